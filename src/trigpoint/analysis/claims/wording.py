# SPDX-License-Identifier: MIT
"""A definition in words, made from the definition itself, so that the two can't drift apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from trigpoint.analysis.claims.computations import TITLES
from trigpoint.analysis.claims.model import Comparison, Condition, Criterion, Definition
from trigpoint.analysis.claims.readings import MEAN_OF_ROUNDS, Group


def definition_words(definition: Definition) -> str:
    """Return a definition as one line of words: the computation, all its settings, and the comparison."""
    computation = definition.computation
    settings = [*_settings(computation), *comparison_words(definition.comparison)]
    return f"{TITLES[computation.compute]}: {'; '.join(settings)}"


def group_words(group: Group) -> str:
    """Return a group in words.

    >>> group_words(Group(lowest=50, on="2017"))
    'the 50 lowest on 2017'
    """
    return " ".join(_group_parts(group))


def comparison_words(comparison: Comparison) -> Iterator[str]:
    """Yield how a computed value is compared with the stated one."""
    if comparison.criterion is not None:
        yield f"true when {_criterion_words(comparison.criterion)}"
    elif comparison.within is not None:
        yield f"within {comparison.within} of the stated number"
    else:
        places = "as printed" if comparison.digits is None else _digits_words(comparison.digits)
        yield f"decimals cut, {places}" if comparison.rounding == "cut" else f"rounded half up, {places}"


def _settings(computation: Any) -> Iterator[str]:
    for spot in dataclasses.fields(computation):
        value = getattr(computation, spot.name)
        if spot.name == "compute" or (value is None and spot.name != "care_setting") or value in ((), {}):
            continue
        words = _PHRASES.get(spot.name, _plain(spot.name))(value)
        if words:
            yield words


def _plain(name: str) -> Callable[[Any], str]:
    return lambda value: f"{name.replace('_', ' ')} {_listed(value)}"


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_listed(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(" or ".join(part) if isinstance(part, tuple) else str(part) for part in value)
    return str(value)


def _chosen(words: Mapping[Any, str]) -> Callable[[Any], str]:
    return lambda value: words[value]


# Every setting that is not simply said by its name and value. "" leaves a setting unsaid: it is how anyone reads it.
_PHRASES: Mapping[str, Callable[[Any], str]] = {
    "care_setting": lambda value: "all returns" if value is None else f"{value} returns",
    "without": lambda value: f"without {_listed(value)}",
    "empty": _chosen({"kept": "", "left_out": "empty returns left out"}),
    "missing_part": _chosen(
        {
            "no_score": "no score where a part is missing",
            "zero": "a missing part counts as 0",
            "left_out": "a missing part is left out of the mean",
        }
    ),
    "rounded": _chosen({False: "unrounded scores", True: "scores rounded to whole numbers first"}),
    "questions": lambda value: f"{value} questions" if isinstance(value, str) else f"questions {_listed(value)}",
    "matched_by": _chosen(
        {
            "ods_code": "matched by ODS code",
            "exact_name": "matched by exact name",
            "plain_name": "matched by name, case and signs ignored",
        }
    ),
    "ignored_words": lambda value: f"words ignored: {_listed(value)}",
    "predecessors": lambda value: ", ".join(f"{code} from {' and '.join(codes)}" for code, codes in value.items()),
    "merged": _chosen(
        {
            "by_code": "",
            "averaged": "predecessors of merged organisations averaged",
            "left_out": "merged organisations left out",
        }
    ),
    "ties_keep": lambda value: f"among equals {_listed(value)} first",
    "group": lambda value: f"of {group_words(value)}",
    "groups": lambda value: f"of {'; of '.join(map(group_words, value))}",
    "add_rounded": _chosen({False: "rounded once", True: "each answer rounded, then added"}),
    "times": lambda value: "" if value == 1 else f"times {value}",
    "size": lambda value: f"{value} units",
    "end": lambda value: f"{value} scores",
    "give": lambda value: f"as {value}",
    "rounds": lambda value: f"rounds {' and '.join(value)}",
    "units": lambda value: f"of {_listed(value)}",
}


def _group_parts(group: Group) -> Iterator[str]:
    if group.units:
        yield _listed(group.units)
    elif group.cohorts:
        yield f"cohorts {_listed(group.cohorts)}"
    elif group.highest or group.lowest:
        yield f"the {group.highest} highest" if group.highest else f"the {group.lowest} lowest"
        yield _on_words(group.on)
    else:
        yield "all units"
    if group.ties_keep:
        yield f"(among equals {_listed(group.ties_keep)} first)"
    if group.outside_highest_on:
        yield f"that are not so on {group.outside_highest_on}"
    if group.matched_with:
        yield f"with a score in {' and '.join(group.matched_with)}"
    if group.without:
        yield f"without {_listed(group.without)}"


def _on_words(on: str | None) -> str:
    if on is None:
        return "of the round"
    return "on the mean of both rounds" if on == MEAN_OF_ROUNDS else f"on {on}"


def _digits_words(digits: int) -> str:
    return f"to {digits} decimals" if digits >= 0 else f"to the nearest {10**-digits}"


def _criterion_words(criterion: Criterion) -> str:
    if criterion.order is not None:
        return f"the values are {criterion.order}"
    if criterion.each is not None:
        return "the values are " + ", then ".join(_condition_words(one) for one in criterion.each)
    if criterion.all is not None:
        return f"every value is {_condition_words(criterion.all)}"
    if criterion.most is not None:
        return f"more than half of the values are {_condition_words(criterion.most)}"
    assert criterion.any is not None, "a criterion has exactly one part"
    return f"any value is {_condition_words(criterion.any)}"


def _condition_words(condition: Condition) -> str:
    bounds = {
        "above": condition.above,
        "below": condition.below,
        "at least": condition.at_least,
        "at most": condition.at_most,
    }
    return " and ".join(f"{name} {bound}" for name, bound in bounds.items() if bound is not None)
