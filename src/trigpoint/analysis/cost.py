# SPDX-License-Identifier: MIT
"""A national cost from what a few organisations spent: in several ways, with what so few can't bear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.finite_population import (
    FEWEST_FOR_INTERVAL,
    TotalEstimate,
    by_logs,
    by_ratio,
    by_regression,
    expand,
)

NAME = "cost"
# On real skewed costs intervals of 95 % from 14 organisations held the truth in 76 to 85 of 100.
FEW = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """ways: by size (the headline), by a line on size, by number, by logarithms. known: how many told their cost."""

    known: int
    population: int
    share_of_size: float
    ways: tuple[TotalEstimate, ...]

    @property
    def headline(self) -> TotalEstimate:
        """The total by size."""
        return self.ways[0]


def analyse_cost(costs: Mapping[str, float], sizes: Mapping[str, float], *, unit: str = "cost") -> AnalysisResult[Cost]:
    """Return the total cost of all organisations from those that told theirs.

    costs: organisation code → cost, above 0. sizes: of all organisations → something cost goes with, above 0. unit: of
    cost. Raises CannotAnalyse for fewer than 5 costs, which bear no interval, costs of who is not among all, or sizes
    that are not above 0.
    """
    strangers = sorted(set(costs) - set(sizes))
    if strangers:
        raise CannotAnalyse(f"No size is given for {', '.join(strangers)}: every organisation needs one.")
    if len(costs) < FEWEST_FOR_INTERVAL:
        raise CannotAnalyse(
            f"{len(costs)} costs of {len(sizes)} organisations bear no interval: it takes {FEWEST_FOR_INTERVAL}."
        )
    codes = sorted(costs)
    values, own = np.array([costs[code] for code in codes]), np.array([sizes[code] for code in codes])
    everything, population = float(sum(sizes.values())), len(sizes)
    try:
        ways = (
            by_ratio(values, own, everything, population),
            by_regression(
                values, np.column_stack([np.ones(len(own)), own]), np.array([float(population), everything]), population
            ),
            expand(values, population),
            by_logs(values, population),
        )
    except ValueError as error:
        raise CannotAnalyse(f"The cost can't be told: {error}.") from error
    numbers = Cost(len(codes), population, float(own.sum()) / everything, ways)
    return _result(numbers, unit, sorted(set(sizes) - set(costs)))


def _result(found: Cost, unit: str, silent: Sequence[str]) -> AnalysisResult[Cost]:
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found, unit),
        definition=(
            f"Total {unit} of {found.population} organisations, from the {found.known} whose cost is known; by size is "
            "what a unit of size costs them times the size of all."
        ),
        n=found.known,
        of=found.population,
        numbers=found,
        rows=tuple(ResultRow(one.way, one.total, unit, one.n, one.lower, one.upper) for one in found.ways),
        checked=tuple(_check(found)),
        cannot_tell=(
            "What the money bought, or what it should have cost.",
            "The cost of an organisation that is unlike all of those known.",
        ),
        charts=(
            DotChart(
                f"Total {unit}, in four ways",
                ("total",),
                unit,
                tuple(DotRow(one.way, (Dot(one.total, one.lower, one.upper),)) for one in found.ways),
                digits=0,
            ),
        ),
        left_out=tuple((code, "cost not known") for code in silent),
    )


def _say(found: Cost, unit: str) -> str:
    one, totals = found.headline, [way.total for way in found.ways]
    warning = (
        f" From {found.known} organisations the interval is too narrow: of costs as uneven as hospitals' it would "
        "hold the truth in 76 to 85 of 100 cases, not in 95."
        if found.known < FEW
        else ""
    )
    return (
        f"By size the total is {one.total:,.0f} {unit} (95 % interval {one.lower or 0:,.0f} to {one.upper or 0:,.0f}); "
        f"other ways give {min(totals):,.0f} to {max(totals):,.0f}.{warning}"
    )


def _check(found: Cost) -> Sequence[CheckedAssumption]:
    totals = [one.total for one in found.ways]
    apart = max(totals) / min(totals)
    return [
        CheckedAssumption(
            f"costs of {FEW} organisations or more are known",
            Outcome.HOLDS if found.known >= FEW else Outcome.DOUBTFUL,
            f"{found.known}, with {100 * found.share_of_size:.0f} % of all size",
        ),
        CheckedAssumption(
            "the ways agree within a quarter",
            Outcome.HOLDS if apart <= 1.25 else Outcome.DOUBTFUL,
            f"the largest is {apart:.2f} times the smallest",
        ),
        CheckedAssumption(
            "those known are like a draw by chance", Outcome.NOT_CHECKED, "who tells a cost is seldom chosen by chance"
        ),
    ]
