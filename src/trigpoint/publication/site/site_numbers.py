# SPDX-License-Identifier: MIT
"""How sure the scores of a release are: worked out once, and shown on every page that shows a score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from trigpoint.analysis.change import RoundOfAnswers, analyse_change
from trigpoint.analysis.ranks import Ranks, UnitRank, analyse_ranks
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import ScoredUnits, list_scored_units
from trigpoint.analysis.uncertainty import analyse_uncertainty
from trigpoint.errors import CannotAnalyse
from trigpoint.publication.site.site_releases import Site, SiteRelease
from trigpoint.scoring.compile import compile_plan

Key = tuple[str, str]
SEED = 1
# Of a normal distribution, 95 % lie within so many standard errors.
WITHIN = 1.96
# Places are worked out pair by pair, and a table of more returns is nothing that anybody reads.
MOST_RANKED = 1000


@dataclass(frozen=True, slots=True)
class SiteNumbers:
    """headline: the measure on top, "" where a framework has several. intervals: unit → lowest and highest score that
    other questions of the same kind could well have given. ranks: unit → what is known of its place.

    results: the analyses behind them, for their definitions. unsure_because: why there are no places, else "".
    """

    headline: str
    intervals: Mapping[Key, tuple[float, float]]
    ranks: Mapping[Key, UnitRank]
    results: tuple[AnalysisResult[Any], ...] = ()
    unsure_because: str = ""


def work_out_numbers(one: SiteRelease, *, rng_of: Callable[[int], np.random.Generator]) -> SiteNumbers:
    """Return how sure a release's scores are. rng_of: seed → generator; the seed is the same for every release."""
    release = one.release
    roots = release.framework.content.measures
    if len(roots) != 1:
        return SiteNumbers("", {}, {}, unsure_because="The framework has no score on top of all others.")
    headline, plan = roots[0].id, compile_plan(release.framework)
    try:
        unsure = analyse_uncertainty(release.table.answers, plan, headline, rng=rng_of(SEED))
    except CannotAnalyse as error:
        return SiteNumbers(headline, {}, {}, unsure_because=str(error))
    errors = {unit.key: unit.question_error for unit in unsure.numbers.units if np.isfinite(unit.question_error)}
    reach = {
        unit.key: (unit.score - WITHIN * errors[unit.key], unit.score + WITHIN * errors[unit.key])
        for unit in unsure.numbers.units
        if unit.key in errors
    }
    try:
        ranks = _rank(list_scored_units(release.table, headline), errors, rng_of(SEED))
    except CannotAnalyse as error:
        return SiteNumbers(headline, reach, {}, (unsure,), str(error))
    return SiteNumbers(headline, reach, {unit.key: unit for unit in ranks.numbers.units}, (unsure, ranks))


def _rank(units: ScoredUnits, errors: Mapping[Key, float], rng: np.random.Generator) -> AnalysisResult[Ranks]:
    if len(errors) > MOST_RANKED:
        raise CannotAnalyse(f"Places of more than {MOST_RANKED:,} returns are not worked out.")
    return analyse_ranks(units, errors, rng=rng)


def say_what_moved(site: Site) -> tuple[str, str] | None:
    """Return the sentence on what moved to the newest round and its definition, or why there is none; None for one."""
    if len(site.current) < 2:
        return None
    before, after = (RoundOfAnswers(one.release.table.answers, one.release.framework) for one in site.current[-2:])
    roots = site.newest.release.framework.content.measures
    try:
        result = analyse_change(before, after, roots[0].id)
    except CannotAnalyse as error:
        return f"What moved since {before.answers.round} can’t be said.", str(error)
    return result.sentence, result.definition
