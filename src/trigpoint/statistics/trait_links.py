# SPDX-License-Identifier: MIT
"""Linking two fits of the graded model through the items both have: one trait scale for two groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from trigpoint.statistics.graded_response import GradedItem

Floats = NDArray[np.float64]
FEWEST_ITEMS = 3
# Where characteristic curves are compared.
LOOKED_AT: Floats = np.linspace(-4.5, 4.5, 31)


class TraitMethod(Enum):
    """How the two scales are brought together through the common items."""

    MEAN_MEAN = "mean-mean"
    MEAN_SIGMA = "mean-sigma"
    HAEBARA = "Haebara"
    STOCKING_LORD = "Stocking-Lord"


@dataclass(frozen=True, slots=True)
class TraitLink:
    """Trait of the second scale = slope x trait of the first + intercept; slope above 0.

    variances: of slope and of intercept, and their covariance, by leaving items out; nan where not known.
    """

    slope: float
    intercept: float
    variances: tuple[float, float, float] = (np.nan, np.nan, np.nan)

    def at(self, trait: Floats) -> Floats:
        """Return traits of the first scale on the second."""
        return self.slope * trait + self.intercept

    def error_at(self, trait: Floats) -> Floats:
        """Return the standard error of traits on the second scale."""
        slope, intercept, together = self.variances
        return np.asarray(np.sqrt(np.maximum(trait**2 * slope + 2 * trait * together + intercept, 0.0)))

    def moved(self, one: GradedItem) -> GradedItem:
        """Return an item of the first fit with the parameters that it has on the second scale."""
        thresholds = tuple(self.slope * threshold + self.intercept for threshold in one.thresholds)
        return GradedItem(one.discrimination / self.slope, thresholds, one.error / self.slope)


def link_traits(first: Sequence[GradedItem], second: Sequence[GradedItem], method: TraitMethod) -> TraitLink:
    """Return the line that takes the first fit's trait to the second's, with errors by the jackknife over items.

    first, second: the same items in one order. The errors are those of which items happen to be common; that the
    items' parameters are themselves estimates adds to them. Raises ValueError for fewer than 3 items, items with
    different numbers of categories, or slopes that do not go the same way on the whole.
    Source: Kolen and Brennan, Test Equating (2014), chapter 6; Haebara, Japanese Psychological Research 22 (1980)
    144-149; Stocking and Lord, Applied Psychological Measurement 7 (1983) 201-210. Characteristic curves are compared
    both ways, weighed by the normal distribution.
    """
    _require_alike(first, second)
    line = _line(first, second, method)
    if len(first) == FEWEST_ITEMS:
        return TraitLink(*line)
    less = np.array([_line(_without(first, at), _without(second, at), method) for at in range(len(first))])
    spread = np.cov(less.T, ddof=0) * (len(less) - 1)
    return TraitLink(*line, (float(spread[0, 0]), float(spread[1, 1]), float(spread[0, 1])))


def _without(every: Sequence[GradedItem], at: int) -> Sequence[GradedItem]:
    return [*every[:at], *every[at + 1 :]]


def _line(first: Sequence[GradedItem], second: Sequence[GradedItem], method: TraitMethod) -> tuple[float, float]:
    if method is TraitMethod.MEAN_SIGMA:
        return _moments(first, second, _spread)
    start = _moments(first, second, _sharpness)
    if method is TraitMethod.MEAN_MEAN:
        return start
    curves, is_total = [_Curves.read(every) for every in (first, second)], method is TraitMethod.STOCKING_LORD
    found = optimize.least_squares(
        lambda line: _gaps(float(np.exp(line[0])), line[1], curves[0], curves[1], is_total=is_total),
        np.array([np.log(start[0]), start[1]]),
        xtol=1e-12,
    )
    return float(np.exp(found.x[0])), float(found.x[1])


def _moments(
    first: Sequence[GradedItem],
    second: Sequence[GradedItem],
    slope: Callable[[Sequence[GradedItem], Sequence[GradedItem]], float],
) -> tuple[float, float]:
    stretch = slope(first, second)
    middles = [np.mean([threshold for one in every for threshold in one.thresholds]) for every in (first, second)]
    return stretch, float(middles[1] - stretch * middles[0])


def _sharpness(first: Sequence[GradedItem], second: Sequence[GradedItem]) -> float:
    means = [np.mean([one.discrimination for one in every]) for every in (first, second)]
    return float(means[0] / means[1])


def _spread(first: Sequence[GradedItem], second: Sequence[GradedItem]) -> float:
    spreads = [np.std([threshold for one in every for threshold in one.thresholds]) for every in (first, second)]
    return float(spreads[1] / spreads[0])


@dataclass(frozen=True, slots=True)
class _Curves:
    """Items as arrays: slopes, shape (items, 1, 1); thresholds, (items, most, 1), filled up by ones never reached."""

    slopes: Floats
    thresholds: Floats

    @classmethod
    def read(cls, every: Sequence[GradedItem]) -> _Curves:
        most = max(len(one.thresholds) for one in every)
        rows = [
            [*one.thresholds, *[np.copysign(np.inf, one.discrimination)] * (most - len(one.thresholds))]
            for one in every
        ]
        return cls(np.array([one.discrimination for one in every]).reshape(-1, 1, 1), np.array(rows)[:, :, np.newaxis])

    def moved(self, slope: float, intercept: float) -> _Curves:
        return _Curves(self.slopes / slope, self.thresholds * slope + intercept)

    def reached(self) -> Floats:
        """The chance of each category above the lowest, or a higher one: shape (items, most, grid)."""
        return np.asarray(special.expit(self.slopes * (LOOKED_AT - self.thresholds)))


def _gaps(slope: float, intercept: float, first: _Curves, second: _Curves, *, is_total: bool) -> Floats:
    """How far characteristic curves lie apart at each point, on the second scale and on the first, weighed."""
    weights = np.exp(-(LOOKED_AT**2) / 4)  # squared, the normal distribution
    there, back = first.moved(slope, intercept), second.moved(1 / slope, -intercept / slope)
    apart = np.stack([there.reached() - second.reached(), first.reached() - back.reached()])
    if is_total:
        return np.asarray((apart.sum(axis=(1, 2)) * weights).ravel())
    edge = np.zeros_like(apart[:, :, :1])
    return np.asarray((np.diff(np.concatenate([edge, apart, edge], axis=2), axis=2) * weights).ravel())


def _require_alike(first: Sequence[GradedItem], second: Sequence[GradedItem]) -> None:
    if len(first) != len(second) or len(first) < FEWEST_ITEMS:
        raise ValueError(f"a link takes the same {FEWEST_ITEMS} items or more, got {len(first)} and {len(second)}")
    unlike = [
        str(at)
        for at, (one, other) in enumerate(zip(first, second, strict=True), start=1)
        if len(one.thresholds) != len(other.thresholds)
    ]
    if unlike:
        raise ValueError(f"common items have as many categories in both fits, not so: item {', '.join(unlike)}")
    if sum(one.discrimination for one in first) * sum(one.discrimination for one in second) <= 0:
        raise ValueError("the common items rise with the trait in one fit and fall in the other")
