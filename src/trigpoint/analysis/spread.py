# SPDX-License-Identifier: MIT
"""Units against a target with limits that know their size (funnel), and how unequally scores are spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Curve, Dot, DotChart, DotRow, PlaneChart, PlanePoint
from trigpoint.analysis.plain_words import say_list, say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import GroupedUnits, ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.funnel import Extremes, Funnel, plot_means
from trigpoint.statistics.inequality import gini, split_theil

WARNING, ALARM = 0.95, 0.998
FUNNEL = "funnel"
INEQUALITY = "inequality"


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    """A group's mean, n, and where it lies: 0 inside, 1 beyond 95 %, 2 beyond 99.8 %; by chance and with spread."""

    group: str
    n: int
    mean: float
    by_chance: int
    with_spread: int


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """groups by name. phi: mean square of z. between: variance between groups beyond chance."""

    target: float
    groups: tuple[FunnelGroup, ...]
    phi: float
    between: float


@dataclass(frozen=True, slots=True)
class Inequality:
    """gini and theil of all; between, within: of theil, None without groups."""

    gini: float
    theil: float
    between: float | None
    within: float | None
    by_group: Mapping[str, float]


def analyse_funnel(units: GroupedUnits) -> AnalysisResult[FunnelPlot]:
    """Return which groups lie outside the funnel. Raises CannotAnalyse for fewer than 5 groups or no difference."""
    names = sorted(set(units.groups))
    at = np.array([names.index(group) for group in units.groups])
    sizes = np.bincount(at).astype(np.float64)
    means = np.bincount(at, weights=units.values) / sizes
    spread = float(units.values.std(ddof=1)) if len(at) > 1 else 0.0
    try:
        funnel = plot_means(
            means, spread / np.sqrt(sizes), target=float(units.values.mean()), extremes=Extremes.WINSORISED
        )
    except ValueError as error:
        raise CannotAnalyse(f"There is no funnel: {error}.") from error
    by_chance, with_spread = (_levels(funnel, allow_spread=one) for one in (False, True))
    groups = tuple(
        FunnelGroup(name, int(sizes[row]), float(means[row]), by_chance[row], with_spread[row])
        for row, name in enumerate(names)
    )
    numbers = FunnelPlot(funnel.target, groups, funnel.spread.phi, funnel.spread.between)
    return _funnel_result(units, numbers, _draw_funnel(numbers, funnel, spread, sizes))


def _funnel_result(units: GroupedUnits, numbers: FunnelPlot, chart: PlaneChart) -> AnalysisResult[FunnelPlot]:
    scored = units.units
    return AnalysisResult(
        analysis=FUNNEL,
        sentence=_say_funnel(numbers, units.grouping),
        definition=f"Mean scores on {scored.measure} in {scored.round}, unrounded, of groups by {units.grouping}.",
        n=len(scored.keys),
        of=len(scored.keys) + len(scored.left_out),
        numbers=numbers,
        rows=tuple(_funnel_rows(numbers)),
        checked=(
            CheckedAssumption(
                "groups differ by chance alone",
                Outcome.DOUBTFUL if numbers.between > 0 else Outcome.HOLDS,
                f"the mean square of z is {numbers.phi:.2f}, 1 by chance",
            ),
            CheckedAssumption(
                "units of a group differ for reasons of their own", Outcome.NOT_CHECKED, "they may share systems"
            ),
        ),
        cannot_tell=("Why a group lies outside: another mix of organisations is one reason.",),
        charts=(chart,),
        tables=(_funnel_table(numbers, units.grouping),),
        left_out=tuple((" ".join(key), why) for key, why in scored.left_out.items()),
    )


def analyse_inequality(units: ScoredUnits, *, groups: GroupedUnits | None = None) -> AnalysisResult[Inequality]:
    """Return how unequally scores are spread, between and within groups where given. Raises CannotAnalyse below 0."""
    scored = units if groups is None else groups.units
    try:
        index = gini(scored.values)
        names = sorted(set(groups.groups)) if groups else ["all"]
        at = np.array([names.index(group) for group in groups.groups]) if groups else np.zeros(len(scored.keys), int)
        parts = split_theil(scored.values, at)
    except ValueError as error:
        raise CannotAnalyse(f"Inequality can't be told: {error}.") from error
    by_group = dict(zip(names, parts.by_group.tolist(), strict=True)) if groups else {}
    between, within = (parts.between, parts.within) if groups else (None, None)
    numbers = Inequality(index, parts.total, between, within, by_group)
    n = len(scored.keys)
    rows = [ResultRow("Gini's index", index, "", n), ResultRow("Theil's T", parts.total, "", n)]
    if groups:
        rows += [ResultRow("between groups", parts.between, "", n), ResultRow("within groups", parts.within, "", n)]
    return AnalysisResult(
        analysis=INEQUALITY,
        sentence=_say_inequality(numbers, groups.grouping if groups else ""),
        definition=f"Scores on {scored.measure} in {scored.round}, unrounded, of units that have one.",
        n=n,
        of=n + len(scored.left_out),
        numbers=numbers,
        rows=tuple(rows),
        checked=(
            CheckedAssumption(
                "a score of 0 is nothing at all", Outcome.DOUBTFUL, "it is the least that can be answered"
            ),
            CheckedAssumption("units count alike, large or small", Outcome.NOT_CHECKED, "no sizes were given"),
        ),
        cannot_tell=("Whether patients are served unequally: units count alike, whoever they serve.",),
        charts=(_draw_inequality(numbers),),
        left_out=tuple((" ".join(key), why) for key, why in scored.left_out.items()),
    )


def _levels(funnel: Funnel, *, allow_spread: bool) -> Sequence[int]:
    return [
        int(warned) + int(alarmed)
        for warned, alarmed in zip(
            funnel.outside(WARNING, allow_spread=allow_spread),
            funnel.outside(ALARM, allow_spread=allow_spread),
            strict=True,
        )
    ]


def _say_funnel(found: FunnelPlot, grouping: str) -> str:
    out = [one.group for one in found.groups if one.with_spread]
    plain = sum(one.by_chance > 0 for one in found.groups)
    said = f"Outside the 95 % limits lie {say_list(out)}" if out else "No group lies outside the 95 % limits"
    return (
        f"{said}, once it is allowed for that groups by {grouping} differ. By chance alone {plain} of "
        f"{len(found.groups)} would be outside, where {0.05 * len(found.groups):.0f} are to be expected."
    )


def _funnel_rows(found: FunnelPlot) -> Sequence[ResultRow]:
    n = len(found.groups)
    return [
        ResultRow("mean of all units", found.target, "points", sum(one.n for one in found.groups)),
        ResultRow("mean square of z", found.phi, "", n, note="1 by chance alone"),
        ResultRow("variance between groups beyond chance", found.between, "", n),
        ResultRow(
            "groups outside 95 %, by chance alone", float(sum(one.by_chance > 0 for one in found.groups)), "groups", n
        ),
        ResultRow(
            "groups outside 95 %, spread allowed for",
            float(sum(one.with_spread > 0 for one in found.groups)),
            "groups",
            n,
        ),
    ]


def _funnel_table(found: FunnelPlot, grouping: str) -> ResultTable:
    words = ("inside", "beyond 95 %", "beyond 99.8 %")
    names = (grouping, "n", "mean", "by chance alone", "spread allowed for")
    lines = tuple((one.group, one.n, one.mean, words[one.by_chance], words[one.with_spread]) for one in found.groups)
    return ResultTable("Groups, by name", tuple(map(ResultColumn, names)), lines)


def _draw_funnel(found: FunnelPlot, funnel: Funnel, spread: float, sizes: NDArray[np.float64]) -> PlaneChart:
    along = np.linspace(max(1.0, float(sizes.min())), float(sizes.max()), 60)
    lower, upper = funnel.limits(WARNING, errors=spread / np.sqrt(along))
    low, high = funnel.limits(WARNING, allow_spread=False, errors=spread / np.sqrt(along))
    x = tuple(along.tolist())
    curves = (
        Curve("mean", x, (found.target,) * len(x)),
        Curve("95 %", x, tuple(upper.tolist())),
        Curve("", x, tuple(lower.tolist())),
        Curve("95 % by chance", x, tuple(high.tolist())),
        Curve("", x, tuple(low.tolist())),
    )
    points = tuple(PlanePoint(one.group, one.n, one.mean, stands_out=one.with_spread > 0) for one in found.groups)
    return PlaneChart("Groups against the mean of all", "units in the group", "mean score, points", points, curves)


def _say_inequality(found: Inequality, grouping: str) -> str:
    two = f"Two units taken at random differ by {say_share(2 * found.gini)} of the mean score"
    if found.between is None:
        return f"{two} (Gini {found.gini:.3f})."
    share = found.between / found.theil if found.theil else 0.0
    return f"{two} (Gini {found.gini:.3f}). Of the inequality {say_share(share)} lies between groups by {grouping}."


def _draw_inequality(found: Inequality) -> DotChart:
    parts = {"all": found.theil} if found.between is None else {"between groups": found.between, **found.by_group}
    rows = tuple(DotRow(name, (Dot(1000 * value),)) for name, value in parts.items())
    return DotChart("Where the inequality lies", ("part",), "thousandths of Theil's T", rows)
