# SPDX-License-Identifier: MIT
"""What a league table can bear. A bare place is only given to who asks for it by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import PlaneChart, PlanePoint
from trigpoint.analysis.matched_rounds import UnitKey
from trigpoint.analysis.plain_words import say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.places import shared_places
from trigpoint.statistics.rank_uncertainty import RankSets, draw_ranks, expected_ranks, rank_sets, told_apart

NEARLY_SURE = 0.95
FEWEST = 3
NAME = "ranks"


@dataclass(frozen=True, slots=True)
class UnitRank:
    """What is known of one unit's rank, 1 for the highest score.

    drawn: 95 % of draws lie there. sure: its set of ranks, which holds together with all others'. top: chance of the
    top. place: first and last that its bare score shares; None unless asked for. group: 1 for the highest.
    """

    key: UnitKey
    score: float
    error: float
    expected: float
    drawn: tuple[int, int]
    sure: tuple[int, int]
    top: float
    group: int
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Ranks:
    """units: in the order of the round. top: how many are the top. pairs: of units; apart: those told apart."""

    units: tuple[UnitRank, ...]
    top: int
    pairs: int
    apart: int

    @property
    def groups(self) -> int:
        """How many groups can be told apart."""
        return max(unit.group for unit in self.units)


def analyse_ranks(
    units: ScoredUnits,
    errors: Mapping[UnitKey, float],
    *,
    rng: np.random.Generator,
    top: int = 10,
    bare_places: bool = False,
) -> AnalysisResult[Ranks]:
    """Return what can be said of each unit's rank.

    errors: unit → standard error of its score; who has none is left out. bare_places: give places too, ties declared.
    Raises CannotAnalyse for fewer than 3 units, a top of more than there are, or errors that are none.
    """
    rows = [at for at, key in enumerate(units.keys) if key in errors and np.isfinite(errors[key])]
    if len(rows) < FEWEST:
        raise CannotAnalyse(f"{len(rows)} units with a score and an error make no table: it takes {FEWEST}.")
    spread = np.array([errors[units.keys[at]] for at in rows])
    numbers = _rank(units, rows, spread, rng, top)
    if bare_places:
        places = shared_places([units.scores[at] for at in rows])
        named = (replace(unit, place=place) for unit, place in zip(numbers.units, places, strict=True))
        numbers = replace(numbers, units=tuple(named))
    return _result(units, numbers, set(rows))


def _rank(
    units: ScoredUnits, rows: Sequence[int], spread: NDArray[np.float64], rng: np.random.Generator, top: int
) -> Ranks:
    scores = units.values[list(rows)]
    try:
        drawn = draw_ranks(scores, spread, rng=rng, top=top)
        sure, above = rank_sets(scores, spread, rng=rng), told_apart(scores, spread, rng=rng)
        expected = expected_ranks(scores, spread)
    except ValueError as error:
        raise CannotAnalyse(f"Ranks can't be given: {error}.") from error
    groups = _groups(scores, above)
    ranked = tuple(
        UnitRank(
            key=units.keys[row],
            score=float(scores[at]),
            error=float(spread[at]),
            expected=float(expected[at]),
            drawn=(int(drawn.lower[at]), int(drawn.upper[at])),
            sure=_set_of(sure, at),
            top=float(drawn.top[at]),
            group=groups[at],
        )
        for at, row in enumerate(rows)
    )
    return Ranks(ranked, top, len(rows) * (len(rows) - 1) // 2, int(above.sum()))


def _set_of(sets: RankSets, at: int) -> tuple[int, int]:
    return int(sets.best[at]), int(sets.worst[at])


def _groups(scores: NDArray[np.float64], above: NDArray[np.bool_]) -> Sequence[int]:
    """From the highest down: a new group begins where a unit is told apart from the first of the last one."""
    group = [0] * len(scores)
    first, number = -1, 0
    for at in np.argsort(-scores, kind="stable"):
        if first < 0 or above[first, at]:
            first, number = int(at), number + 1
        group[at] = number
    return group


def _result(units: ScoredUnits, found: Ranks, kept: set[int]) -> AnalysisResult[Ranks]:
    without = {units.keys[at]: "no error of its score" for at in range(len(units.keys)) if at not in kept}
    left_out = {**units.left_out, **without}
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found),
        definition=(
            f"Scores on {units.measure} in {units.round}, unrounded, the highest first; units with a score and its "
            f"standard error. The top is the top {found.top}."
        ),
        n=len(found.units),
        of=len(found.units) + len(left_out),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=tuple(_check(found)),
        cannot_tell=(
            "Who is best: the scores are self-assessed, and a set of ranks is about the score alone.",
            "A unit's rank among its like: units of all kinds stand in one order here.",
        ),
        charts=(_draw(found),),
        tables=(_table(found),),
        left_out=tuple((" ".join(key), why) for key, why in left_out.items()),
    )


def _say(found: Ranks) -> str:
    open_share = 1 - found.apart / found.pairs
    surely = sum(1 for unit in found.units if unit.sure[1] <= found.top)
    likely = sum(1 for unit in found.units if unit.top >= NEARLY_SURE)
    maybe = sum(1 for unit in found.units if unit.sure[0] <= found.top)
    return (
        f"Of all pairs of units, {say_share(open_share)} can't be told apart. "
        f"{_count(surely)} surely in the top {found.top} and {maybe} may be; {likely} have a chance of 95 % or more. "
        f"The scores bear {found.groups} groups, not {len(found.units)} places."
    )


def _count(count: int) -> str:
    return "No unit is" if count == 0 else "One unit is" if count == 1 else f"{count} units are"


def _rows(found: Ranks) -> Sequence[ResultRow]:
    n = len(found.units)
    widths = [unit.sure[1] - unit.sure[0] + 1 for unit in found.units]
    return [
        ResultRow("pairs that can't be told apart", float(found.pairs - found.apart), "pairs", found.pairs),
        ResultRow("groups that can be told apart", float(found.groups), "groups", n),
        ResultRow("ranks that a unit may have, median", float(np.median(widths)), "ranks", n),
        ResultRow("fewest ranks that a unit may have", float(min(widths)), "ranks", n),
        ResultRow(
            f"units surely in the top {found.top}",
            float(sum(one.sure[1] <= found.top for one in found.units)),
            "units",
            n,
        ),
        ResultRow(
            f"units that may be in the top {found.top}",
            float(sum(one.sure[0] <= found.top for one in found.units)),
            "units",
            n,
        ),
    ]


def _table(found: Ranks) -> ResultTable:
    bare = found.units[0].place is not None
    names = ["unit", "score", "error", "expected rank", "drawn from", "drawn to", "set from", "set to", "group"]
    columns = [*map(ResultColumn, names), ResultColumn(f"chance of the top {found.top}", 2)]
    if bare:
        columns.append(ResultColumn("place"))
    lines = tuple(_line(one) for one in found.units)
    return ResultTable("Units, in the order of the round", tuple(columns), lines)


def _line(one: UnitRank) -> tuple[str | float | None, ...]:
    place = () if one.place is None else (_place(one.place),)
    sets = (*one.drawn, *one.sure)
    return (" ".join(one.key), one.score, one.error, one.expected, *sets, one.group, one.top, *place)


def _place(place: tuple[int, int]) -> str:
    return str(place[0]) if place[0] == place[1] else f"{place[0]}= to {place[1]}"


def _check(found: Ranks) -> Sequence[CheckedAssumption]:
    tied = len(found.units) - len({unit.score for unit in found.units})
    return [
        CheckedAssumption(
            "the errors of two units are independent of each other",
            Outcome.NOT_CHECKED,
            "where all answer the same questions they are not quite, and sets of ranks are wider than they need be",
        ),
        CheckedAssumption(
            "no two units have the same score",
            Outcome.DOUBTFUL if tied else Outcome.HOLDS,
            f"{tied} share a score with another",
        ),
        CheckedAssumption(
            "scores vary normally about the true ones",
            Outcome.NOT_CHECKED,
            "scores near 0 or 100 vary to one side",
        ),
    ]


def _draw(found: Ranks) -> PlaneChart:
    ordered = sorted(found.units, key=lambda one: one.expected)
    points = tuple(
        PlanePoint(one.key[0], at + 1, one.expected, one.sure[0], one.sure[1], stands_out=one.sure[1] <= found.top)
        for at, one in enumerate(ordered)
    )
    return PlaneChart(
        f"The ranks that each unit may have; {found.groups} groups",
        "units by expected rank",
        "rank, 1 for the highest score",
        points,
    )
