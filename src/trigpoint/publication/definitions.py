# SPDX-License-Identifier: MIT
"""The definitions that travel with published numbers, in words, read off from the framework's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Bands, MissingRules, Rounding
from trigpoint.publication.cohort import SummaryCohort

_POLICY = {
    "leave_out": "is left out, so it pulls a score neither up nor down",
    "zero": "counts as nothing achieved",
    "no_score": "takes the score away",
}
_STATE = {
    "not_answered": "not answered",
    "dont_know": "don’t know",
    "not_applicable": "not applicable",
    "not_shown": "not shown",
}
_MODE = {"half_up": "half up", "half_even": "half to even", "down": "down"}
_BASIS = {"self": "self-assessed"}
TIES = "no ranks are given; equal scores stand as equals, and a score on the edge of two bands is in the upper one"
DISPLAY = "pages print scores with one decimal and percentages with none, half up from the exact value; files hold all"
QUARTILES = "on unrounded scores, in proportion between two scores (Hyndman and Fan 1996, type 7)"


def describe_release(framework: Framework, cohort: SummaryCohort, basis: str) -> Mapping[str, str]:
    """Return the definitions of a release's numbers, each under a name of its own."""
    bands = framework.scoring.bands
    return {
        "basis": describe_basis(basis),
        "cohort": f"the summary counts {cohort.definition}",
        "rounding": describe_rounding(framework),
        "display": DISPLAY,
        "missing": describe_missing(framework.scoring.missing),
        "bands": describe_bands(bands) if bands else "the framework has no bands",
        "quartiles": QUARTILES,
        "ties": TIES,
        "no_score": "a unit without a score has an empty cell, never 0; the counts beside it say why",
    }


def describe_basis(basis: str) -> str:
    """Return what the answers rest on, in words where a part of the basis is a known one."""
    return "; ".join(_BASIS.get(part, part) for part in basis.split("; "))


def describe_rounding(framework: Framework) -> str:
    """Return how each level's scores are rounded, as part of the rule.

    The order is that of the measures tree, top first.
    """
    levels = dict.fromkeys(measure.level for measure in framework.walk_measures())
    return "; ".join(f"{level}: {_rounding(framework.scoring.levels[level].rounding)}" for level in levels)


def _rounding(rounding: Rounding | None) -> str:
    if rounding is None:
        return "not rounded"
    decimals = "decimal" if rounding.digits == 1 else "decimals"
    to = "a whole number" if rounding.digits == 0 else f"{rounding.digits} {decimals}"
    return f"rounded {_MODE[rounding.mode]} to {to}"


def describe_missing(rules: MissingRules) -> str:
    """Return what each way of being missing does to a score."""
    named = {spot.name: getattr(rules, spot.name) for spot in fields(rules)}
    return "; ".join(f"{_STATE[state]} {_POLICY[policy]}" for state, policy in named.items())


def describe_bands(bands: Bands) -> str:
    """Return where each band begins, and on what number."""
    on = "the score rounded half up to a whole number" if bands.band_on == "rounded" else "the unrounded score"
    edges = ", ".join(f"{band.title} from {band.from_score}" for band in bands.bands)
    return f"{edges}; on {on}"
