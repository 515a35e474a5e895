# SPDX-License-Identifier: MIT
"""What a budget would do under stated rules. A calculator of assumptions, not evidence that money works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.inequality import gini

Floats = NDArray[np.float64]
NAME = "allocation"
HIGHEST = 100.0
DRAWS = 1000


class AllocationRule(Enum):
    """Who gets what."""

    EQUALLY = "the same to all"
    REWARD = "the same to the highest"
    LIFT = "the same to the lowest"
    NEAREST = "what is missing to the core level, nearest first"
    FILL = "raise the lowest to a common level"


@dataclass(frozen=True, slots=True)
class AllocationOutcome:
    """What a rule would give: means over draws of the effect, with the 5th and 95th of them for the mean score."""

    rule: AllocationRule
    funded: int
    mean: tuple[float, float, float]
    at_core: float
    lowest: float
    gini: float
    gap: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """before: the same measures without money. grants: rule → organisation → money, for the expected effect."""

    before: AllocationOutcome
    outcomes: tuple[AllocationOutcome, ...]
    grants: Mapping[AllocationRule, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class AllocationPlan:
    """budget: above 0. points: that a unit of it raises a score by, the same for all and in proportion, up to 100.

    error: standard error of points, 0 or more. core: the core level. group: how many are the highest and the lowest.
    """

    budget: float
    points: float
    error: float = 0.0
    core: float = 60.0
    group: int = 20

    def __post_init__(self) -> None:
        if self.budget <= 0 or self.points <= 0 or self.error < 0 or self.group < 1:
            raise CannotAnalyse("An allocation takes a budget, an effect and a group above 0, and no error below 0.")


def analyse_allocation(
    units: ScoredUnits, plan: AllocationPlan, *, rng: np.random.Generator
) -> AnalysisResult[Allocation]:
    """Return what a budget would do under five rules, all with the same draws of the effect.

    Raises CannotAnalyse for scores off 0 to 100, or a group of more than all.
    """
    scores = units.values
    if plan.group > len(scores):
        raise CannotAnalyse(f"A group of {plan.group} can't be taken of {len(scores)} organisations.")
    if scores.min() < 0 or scores.max() > HIGHEST or scores.sum() == 0:
        raise CannotAnalyse("An allocation takes scores from 0 to 100, not all 0.")
    slopes = np.maximum(rng.normal(plan.points, plan.error, DRAWS), 0.0)
    grants = {rule: _grant(rule, scores, plan) for rule in AllocationRule}
    codes = [code for code, _ in units.keys]
    numbers = Allocation(
        _outcome(AllocationRule.EQUALLY, scores, np.zeros(len(scores)), slopes[:1], plan.core),
        tuple(_outcome(rule, scores, money, slopes, plan.core) for rule, money in grants.items()),
        {
            rule: {code: float(one) for code, one in zip(codes, money, strict=True) if one > 0}
            for rule, money in grants.items()
        },
    )
    return _result(units, numbers, plan)


def _grant(rule: AllocationRule, scores: Floats, plan: AllocationPlan) -> Floats:
    budget, slope, group = plan.budget, plan.points, plan.group
    money = np.zeros(len(scores))
    order = np.argsort(scores, kind="stable")
    if rule is AllocationRule.EQUALLY:
        return np.full(len(scores), budget / len(scores))
    if rule in {AllocationRule.REWARD, AllocationRule.LIFT}:
        chosen = order[-group:] if rule is AllocationRule.REWARD else order[:group]
        money[chosen] = budget / group
        return money
    if rule is AllocationRule.FILL:
        return _fill(scores, budget, slope)
    left = budget
    # Nearest first is the most that can be brought to the core level: each costs no less than the one before.
    for at in order[::-1]:
        needed = (plan.core - scores[at]) / slope
        if 0 < needed <= left:
            money[at], left = needed, left - needed
    return money


def _fill(scores: Floats, budget: float, slope: float) -> Floats:
    """The level to which the lowest can be raised, found by halving."""
    low, high = float(scores.min()), HIGHEST
    for _ in range(60):
        level = (low + high) / 2
        if np.maximum(level - scores, 0).sum() / slope <= budget:
            low = level
        else:
            high = level
    return np.asarray(np.maximum(low - scores, 0) / slope)


def _outcome(rule: AllocationRule, scores: Floats, money: Floats, slopes: Floats, core: float) -> AllocationOutcome:
    after = np.minimum(scores + slopes[:, None] * money, HIGHEST)
    means = after.mean(axis=1)
    low, high = np.quantile(means, (0.05, 0.95))
    # A hair below is at the level: what was granted to reach it just reaches it.
    return AllocationOutcome(
        rule=rule,
        funded=int((money > 0).sum()),
        mean=(float(low), float(means.mean()), float(high)),
        at_core=float((after >= core - 1e-9).sum(axis=1).mean()),
        lowest=float(after.min(axis=1).mean()),
        gini=float(np.mean([gini(one) for one in after])),
        gap=float((np.quantile(after, 0.9, axis=1) - np.quantile(after, 0.1, axis=1)).mean()),
    )


def _result(units: ScoredUnits, found: Allocation, plan: AllocationPlan) -> AnalysisResult[Allocation]:
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found, plan.core),
        definition=(
            f"Scores on {units.measure} in {units.round}; a budget of {plan.budget:g}, a unit of which is taken to "
            f"raise a score by {plan.points:g} points (standard error {plan.error:g}), up to 100; core level "
            f"{plan.core:g}."
        ),
        n=len(units.keys),
        of=len(units.keys) + len(units.left_out),
        numbers=found,
        rows=tuple(_rows(found, len(units.keys))),
        checked=(
            CheckedAssumption(
                "money raises scores, and by as much everywhere", Outcome.NOT_CHECKED, "it is taken for granted here"
            ),
            CheckedAssumption(
                "the effect is known well enough to tell rules apart",
                Outcome.DOUBTFUL if plan.error > plan.points / 4 else Outcome.HOLDS,
                f"its error is {100 * plan.error / plan.points:.0f} % of it",
            ),
        ),
        cannot_tell=(
            "Whether money works: the effect was put in, not found.",
            "What organisations would do to get the money: scores that bring money change.",
        ),
        charts=(_draw(found),),
        tables=(_table(found),),
        left_out=tuple((" ".join(key), why) for key, why in units.left_out.items()),
    )


def _say(found: Allocation, core: float) -> str:
    best = max(found.outcomes, key=lambda one: one.at_core)
    lifted = max(found.outcomes, key=lambda one: one.lowest)
    return (
        f"If money does what is assumed, {best.at_core:.0f} organisations would be at {core:g} or above by the rule "
        f"'{best.rule.value}', where {found.before.at_core:.0f} are now; '{lifted.rule.value}' would lift the lowest "
        f"most, from {found.before.lowest:.0f} to {lifted.lowest:.0f}. "
        "This follows from the assumptions, not from evidence."
    )


def _rows(found: Allocation, n: int) -> Sequence[ResultRow]:
    rows = [ResultRow("mean score without money", found.before.mean[1], "points", n)]
    for one in found.outcomes:
        low, middle, high = one.mean
        rows.append(
            ResultRow(f"mean score: {one.rule.value}", middle, "points", n, min(low, middle), max(high, middle),
                      f"{one.funded} are funded")
        )  # fmt: skip
    return rows


def _table(found: Allocation) -> ResultTable:
    names = ("rule", "funded", "mean score", "at the core level", "lowest", "gap of deciles", "Gini")
    columns = (*map(ResultColumn, names[:-1]), ResultColumn(names[-1], 3))
    lines = [("no money", 0, *_line(found.before))]
    lines += [(one.rule.value, one.funded, *_line(one)) for one in found.outcomes]
    return ResultTable("What each rule would give", columns, tuple(lines))


def _line(one: AllocationOutcome) -> tuple[float, float, float, float, float]:
    return one.mean[1], one.at_core, one.lowest, one.gap, one.gini


def _draw(found: Allocation) -> DotChart:
    rows = tuple(DotRow(one.rule.value, (Dot(one.at_core), Dot(one.lowest))) for one in found.outcomes)
    return DotChart(
        "What each rule would give",
        ("organisations at the core level", "lowest score"),
        "organisations, points",
        rows,
        digits=0,
    )
