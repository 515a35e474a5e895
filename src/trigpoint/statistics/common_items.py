# SPDX-License-Identifier: MIT
"""Linking two forms given to unlike groups through what both forms ask: Tucker, Levine, chained."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from trigpoint.statistics.equating import LinearLink, ScoreCounts, link_by_percentile, smooth

Floats = NDArray[np.float64]
# Items whose difference between the rounds is this many robust deviations from the middle one drift.
DRIFTING = 2.7
# Steps that the range of scores is cut into for percentiles, and moments that smoothing keeps.
STEPS, MOMENTS = 100, 4


class AnchorMethod(Enum):
    """How the two groups are brought together through the common items."""

    TUCKER = "Tucker"
    LEVINE = "Levine"
    CHAINED = "chained"


@dataclass(frozen=True, slots=True)
class FormScores:
    """One group's scores: total and of the common items, arrays of one length, none missing; both vary."""

    total: Floats
    common: Floats

    def __post_init__(self) -> None:
        if len(self.total) != len(self.common) or len(self.total) < 3:
            raise ValueError("a link takes three units or more in each round, each with both scores")
        if np.ptp(self.total) == 0 or np.ptp(self.common) == 0:
            raise ValueError("scores that do not vary link nothing")

    @property
    def covariance(self) -> float:
        """Of total and common."""
        return float(np.cov(self.total, self.common)[0, 1])

    def drawn(self, rows: NDArray[np.intp]) -> FormScores:
        """Return the scores of some units."""
        return FormScores(self.total[rows], self.common[rows])


def link_through(first: FormScores, second: FormScores, method: AnchorMethod, *, weight: float = 0.5) -> LinearLink:
    """Return the line that takes totals of the first form to the scale of the second.

    weight: of the first group in the group that both stand for, 0 to 1; it does not matter to CHAINED. The common items
    count in both totals. Raises ValueError for a weight outside, or totals that do not go with the common items.
    Source: Kolen and Brennan, Test Equating (2014), chapter 4.
    """
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight lies between 0 and 1, got {weight:g}")
    if min(first.covariance, second.covariance) <= 0:
        raise ValueError("totals must go up with the common items")
    if method is AnchorMethod.CHAINED:
        one, other = _line(first.total, first.common), _line(second.common, second.total)
        return LinearLink(other.intercept + other.slope * one.intercept, other.slope * one.slope)
    slopes = [_regression(group, method) for group in (first, second)]
    away = float(first.common.mean() - second.common.mean())
    spread = float(first.common.var(ddof=1) - second.common.var(ddof=1))
    rest, both = 1 - weight, weight * (1 - weight)
    means = (first.total.mean() - rest * slopes[0] * away, second.total.mean() + weight * slopes[1] * away)
    variances = (
        first.total.var(ddof=1) - rest * slopes[0] ** 2 * spread + both * (slopes[0] * away) ** 2,
        second.total.var(ddof=1) + weight * slopes[1] ** 2 * spread + both * (slopes[1] * away) ** 2,
    )
    if min(variances) <= 0:
        raise ValueError("the groups differ too much for the common items to bridge")
    slope = float(np.sqrt(variances[1] / variances[0]))
    return LinearLink(float(means[1] - slope * means[0]), slope)


@dataclass(frozen=True, slots=True)
class CurveLink:
    """Scores of the first form, rising, and what they are on the scale of the second."""

    scores: Floats
    linked: Floats

    def at(self, scores: Floats) -> Floats:
        """Return scores of the first form on the scale of the second; beyond the ends as far off as at the end."""
        beyond = scores - np.clip(scores, self.scores[0], self.scores[-1])
        return np.asarray(np.interp(scores, self.scores, self.linked) + beyond)


def chain_percentiles(first: FormScores, second: FormScores) -> CurveLink:
    """Return the curve that takes totals to the common items by percentile in the first group, and on in the second.

    Scores are sorted into steps of a hundredth of their range; counts are smoothed, keeping four moments where scores
    are many enough. Raises ValueError where a group has too few different scores.
    Source: Kolen and Brennan, Test Equating (2014), chapters 3 and 5.
    """
    there = _percentiles(first.total, first.common)
    back = _percentiles(second.common, second.total)
    return CurveLink(there.scores, back.at(there.linked))


def _percentiles(scores: Floats, onto: Floats) -> CurveLink:
    rulers = [np.linspace(one.min(), one.max(), STEPS + 1) for one in (scores, onto)]
    counts = [_smoothed(one) for one in (scores, onto)]
    steps = link_by_percentile(counts[0], counts[1])
    return CurveLink(rulers[0], np.interp(steps, np.arange(STEPS + 1), rulers[1]))


def _smoothed(scores: Floats) -> ScoreCounts:
    step = np.rint((scores - scores.min()) / np.ptp(scores) * STEPS).astype(np.intp)
    counts = np.bincount(step, minlength=STEPS + 1).astype(np.float64)
    return smooth(ScoreCounts(counts), min(MOMENTS, int(np.count_nonzero(counts)) - 1))


def link_errors(
    groups: tuple[FormScores, FormScores],
    link: Callable[[FormScores, FormScores], LinearLink | CurveLink],
    at: Floats,
    *,
    rng: np.random.Generator,
    draws: int = 1000,
) -> Floats:
    """Return the standard error of a link at some totals of the first form, from draws of units anew.

    Source: Kolen and Brennan, Test Equating (2014), chapter 7.
    """
    first, second = groups
    sizes = len(first.total), len(second.total)
    found: list[Floats] = []
    while len(found) < draws:
        rows = [rng.integers(0, size, size) for size in sizes]
        # The rare draw of units that are all alike bears no link, and another is taken.
        with suppress(ValueError):
            found.append(link(first.drawn(rows[0]), second.drawn(rows[1])).at(at))
    return np.asarray(np.std(found, axis=0, ddof=1))


def drift(differences: Floats) -> Floats:
    """Return how far each common item's change lies from the middle one, in robust deviations.

    differences: length k, later less earlier mean of each item. All 0 where three quarters or more changed alike.
    Source: Huynh and Meyer, Practical Assessment, Research and Evaluation 15 (2010) 2 (0.74 of the quartile range).
    """
    middle = float(np.median(differences))
    low, high = np.quantile(differences, (0.25, 0.75))
    spread = 0.74 * float(high - low)
    return (differences - middle) / spread if spread > 0 else np.zeros(len(differences))


def _regression(group: FormScores, method: AnchorMethod) -> float:
    """How much a total moves with the common items: as seen (Tucker), or as true scores would (Levine)."""
    if method is AnchorMethod.TUCKER:
        return group.covariance / float(group.common.var(ddof=1))
    return float(group.total.var(ddof=1)) / group.covariance


def _line(scores: Floats, onto: Floats) -> LinearLink:
    slope = float(onto.std(ddof=1) / scores.std(ddof=1))
    return LinearLink(float(onto.mean()) - slope * float(scores.mean()), slope)
