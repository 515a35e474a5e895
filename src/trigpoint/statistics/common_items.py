# SPDX-License-Identifier: MIT
"""Linking two forms given to unlike groups through what both forms ask: Tucker, Levine, chained."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from trigpoint.statistics.equating import LinearLink

Floats = NDArray[np.float64]
# Items whose difference between the rounds is this many robust deviations from the middle one drift.
DRIFTING = 2.7


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


def link_errors(
    first: FormScores,
    second: FormScores,
    method: AnchorMethod,
    at: Floats,
    *,
    rng: np.random.Generator,
) -> Floats:
    """Return the standard error of the link at some totals of the first form, from 1,000 draws of units anew.

    Source: Kolen and Brennan, Test Equating (2014), chapter 7.
    """
    sizes = len(first.total), len(second.total)
    found: list[Floats] = []
    while len(found) < 1000:
        rows = [rng.integers(0, size, size) for size in sizes]
        # The rare draw of units that are all alike bears no link, and another is taken.
        with suppress(ValueError):
            found.append(link_through(first.drawn(rows[0]), second.drawn(rows[1]), method).at(at))
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
