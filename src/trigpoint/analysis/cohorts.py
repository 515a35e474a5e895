# SPDX-License-Identifier: MIT
"""Whether a cohort, such as those that were funded, changed otherwise than the rest: four estimates side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.matched_rounds import MatchedRounds
from trigpoint.analysis.plain_words import say_change, say_list, say_p
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.least_squares import Fit, fit, fit_propensity

Floats = NDArray[np.float64]
SIGNIFICANT = 0.05
FEWEST = 5
# Standardised differences of a baseline above this are usually called unbalanced.
BALANCED = 0.1
NAME = "cohorts"


@dataclass(frozen=True, slots=True)
class CohortEffect:
    """A difference of members from others in points, with its 95 % interval and p."""

    way: str
    difference: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class Cohorts:
    """effects: change, ANCOVA, overlap weights, nearest start. balance: standardised difference of the earlier score.

    expected: mean change of others that started where the members did, by ANCOVA. detectable: in points.
    """

    members: int
    others: int
    member_change: float
    other_change: float
    expected: float
    effects: tuple[CohortEffect, ...]
    balance: float
    weighted_balance: float
    detectable: float

    def effect(self, way: str) -> CohortEffect:
        """Return one of the effects by its way. Raises KeyError."""
        found = next((one for one in self.effects if one.way == way), None)
        if found is None:
            raise KeyError(way)
        return found


ANCOVA = "from the same start (ANCOVA)"


def analyse_cohort(
    matched: MatchedRounds, members: Collection[str], *, name: str, type_of: Mapping[str, str] | None = None
) -> AnalysisResult[Cohorts]:
    """Return how a cohort changed against the others.

    members: organisation codes. name: of the cohort, for reading. type_of: organisation → type; who has none is left
    out. Raises CannotAnalyse for fewer than 5 members or others, or starts that do not overlap.
    """
    rows = [at for at, key in enumerate(matched.keys) if type_of is None or key[0] in type_of]
    codes = [matched.keys[at][0] for at in rows]
    member = np.array([code in members for code in codes], bool)
    if member.sum() < FEWEST or (~member).sum() < FEWEST:
        raise CannotAnalyse(
            f"{int(member.sum())} members of {name} and {int((~member).sum())} others have a score in both rounds: "
            f"it takes {FEWEST} of each."
        )
    first, second = (np.array([float(scores[at]) for at in rows]) for scores in (matched.first, matched.second))
    types = _type_columns([type_of[code] for code in codes]) if type_of else np.empty((len(rows), 0))
    try:
        numbers = _estimate(first, second, member, types)
    except ValueError as error:
        raise CannotAnalyse(f"{name} can't be compared with the others: {error}.") from error
    absent = sorted(set(members) - set(codes))
    return _result(matched, numbers, name, absent, set(rows))


def _type_columns(types: Sequence[str]) -> Floats:
    names = sorted(set(types))
    return np.eye(len(names))[[names.index(one) for one in types]][:, 1:]


def _estimate(first: Floats, second: Floats, member: NDArray[np.bool_], types: Floats) -> Cohorts:
    one, change = np.ones(len(first)), second - first
    start = first - first.mean()
    by_change = fit(change, np.column_stack([one, member]))
    ancova = fit(second, np.column_stack([one, member, start, types]))
    chance = fit_propensity(member, np.column_stack([one, start, types]))
    weights = np.where(member, 1 - chance, chance)
    overlap = fit(change, np.column_stack([one, member]), weights=weights)
    matches = change[member] - _nearest_changes(first, change, member)
    nearest = fit(matches, np.ones((len(matches), 1)))
    member_change = float(change[member].mean())
    return Cohorts(
        members=int(member.sum()),
        others=int((~member).sum()),
        member_change=member_change,
        other_change=float(change[~member].mean()),
        expected=member_change - float(ancova.effects[1]),
        effects=(
            _effect("difference of changes", by_change, 1),
            _effect(ANCOVA, ancova, 1),
            _effect("overlap weights", overlap, 1),
            _effect("nearest start", nearest, 0),
        ),
        balance=_balance(first, member, np.ones(len(first))),
        weighted_balance=_balance(first, member, weights),
        detectable=ancova.detectable(1),
    )


def _effect(way: str, found: Fit, column: int) -> CohortEffect:
    lower, upper = found.interval(column)
    return CohortEffect(way, float(found.effects[column]), lower, upper, float(found.p[column]))


def _nearest_changes(first: Floats, change: Floats, member: NDArray[np.bool_]) -> Floats:
    """For each member the mean change of the others whose start is nearest to its own."""
    away = np.abs(first[member][:, None] - first[~member][None, :])
    nearest = away == away.min(axis=1, keepdims=True)
    return np.asarray((nearest * change[~member]).sum(axis=1) / nearest.sum(axis=1))


def _balance(first: Floats, member: NDArray[np.bool_], weights: Floats) -> float:
    """Difference of mean starts over the standard deviation of all starts within the two groups."""
    means = [float(np.average(first[side], weights=weights[side])) for side in (member, ~member)]
    spread = np.sqrt((first[member].var(ddof=1) + first[~member].var(ddof=1)) / 2)
    return float((means[0] - means[1]) / spread) if spread > 0 else 0.0


def _result(
    matched: MatchedRounds, found: Cohorts, name: str, absent: Sequence[str], kept: set[int]
) -> AnalysisResult[Cohorts]:
    untyped = {matched.keys[at]: "no type" for at in range(len(matched.keys)) if at not in kept}
    left_out = {**matched.left_out, **untyped}
    n = found.members + found.others
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found, name),
        definition=(
            f"Scores on {matched.measure}, unrounded, of units with a score in both {matched.rounds[0]} and "
            f"{matched.rounds[1]}; members are the organisations of {name}."
        ),
        n=n,
        of=n + len(left_out),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=tuple(_check(found, absent)),
        cannot_tell=(
            "What the programme did: its members were chosen, and for more than their earlier score.",
            "Whether members answer more strictly, or more kindly, since they are looked at.",
        ),
        charts=(_draw(found),),
        left_out=tuple((" ".join(key), why) for key, why in left_out.items()),
    )


def _say(found: Cohorts, name: str) -> str:
    headline = found.effect(ANCOVA)
    start = (
        f"Members of {name} changed by {say_change(found.member_change)} points, the others by "
        f"{say_change(found.other_change)}; others that started where they did would be expected to by "
        f"{say_change(found.expected)}."
    )
    interval = f"95 % interval {say_change(headline.lower)} to {say_change(headline.upper)}, {say_p(headline.p)}"
    if headline.p > SIGNIFICANT:
        return (
            f"{start} From the same start there is no difference beyond chance ({interval}); one of less than "
            f"{found.detectable:.1f} points would seldom show among so few."
        )
    more = "more" if headline.difference > 0 else "less"
    return f"{start} From the same start they rose by {abs(headline.difference):.1f} points {more} ({interval})."


def _rows(found: Cohorts) -> Sequence[ResultRow]:
    n = found.members + found.others
    return [
        ResultRow("mean change of members", found.member_change, "points", found.members),
        ResultRow("mean change of the others", found.other_change, "points", found.others),
        ResultRow("expected of the others from the members' start", found.expected, "points", n),
        *(ResultRow(one.way, one.difference, "points", n, one.lower, one.upper, say_p(one.p)) for one in found.effects),
        ResultRow("standardised difference of starts", found.balance, "", n),
        ResultRow("the same with overlap weights", found.weighted_balance, "", n),
        ResultRow("least difference that would show in 4 of 5 studies", found.detectable, "points", n),
    ]


def _check(found: Cohorts, absent: Sequence[str]) -> Sequence[CheckedAssumption]:
    signs = {one.difference > 0 for one in found.effects}
    return [
        CheckedAssumption(
            "members and others started alike",
            Outcome.HOLDS if abs(found.balance) <= BALANCED else Outcome.DOUBTFUL,
            f"standardised difference {found.balance:.2f}, with overlap weights {found.weighted_balance:.2f}",
        ),
        CheckedAssumption(
            "the four ways agree on the direction",
            Outcome.HOLDS if len(signs) == 1 else Outcome.DOUBTFUL,
            ", ".join(say_change(one.difference) for one in found.effects),
        ),
        CheckedAssumption(
            "every member has a score in both rounds",
            Outcome.DOUBTFUL if absent else Outcome.HOLDS,
            f"without one: {say_list(absent)}" if absent else "all have",
        ),
        CheckedAssumption(
            "nothing but start and type tells members from others",
            Outcome.NOT_CHECKED,
            "needs what they were chosen for",
        ),
    ]


def _draw(found: Cohorts) -> DotChart:
    return DotChart(
        title="Members against others, in four ways",
        series=("difference of members from others",),
        unit="points",
        rows=tuple(DotRow(one.way, (Dot(one.difference, one.lower, one.upper),)) for one in found.effects),
        marked=("no difference", 0.0),
    )
