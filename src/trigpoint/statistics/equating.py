# SPDX-License-Identifier: MIT
"""Scores of one form on the scale of another that was given to like people: by mean, by line, by percentile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearLink:
    """The score on the second scale is intercept + slope x the score on the first."""

    intercept: float
    slope: float

    def at(self, scores: Floats) -> Floats:
        """Return scores of the first form on the scale of the second."""
        return np.asarray(self.intercept + self.slope * scores)


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """How many had each whole score, from 0 up: counts, 0 or more, not all 0."""

    counts: Floats

    def __post_init__(self) -> None:
        if self.counts.ndim != 1 or (self.counts < 0).any() or self.counts.sum() <= 0:
            raise ValueError("counts of scores must be 0 or more, and not all 0")

    @property
    def mean(self) -> float:
        """Mean score."""
        return float(np.average(np.arange(len(self.counts)), weights=self.counts))

    @property
    def deviation(self) -> float:
        """Standard deviation of scores, divisor n - 1."""
        away = (np.arange(len(self.counts)) - self.mean) ** 2
        return float(np.sqrt((self.counts * away).sum() / (self.counts.sum() - 1)))


def link_by_mean(first: ScoreCounts, second: ScoreCounts) -> LinearLink:
    """Return the link that gives both forms one mean. Source: Kolen and Brennan, Test Equating (2014), chapter 2."""
    return LinearLink(second.mean - first.mean, 1.0)


def link_by_line(first: ScoreCounts, second: ScoreCounts) -> LinearLink:
    """Return the link that gives both forms one mean and one standard deviation. Raises ValueError without a spread.

    Source: Kolen and Brennan, Test Equating (2014), chapter 2.
    """
    if first.counts.sum() < 2 or second.counts.sum() < 2 or first.deviation == 0:
        raise ValueError("a line takes scores that differ")
    slope = second.deviation / first.deviation
    return LinearLink(second.mean - slope * first.mean, slope)


def link_by_percentile(first: ScoreCounts, second: ScoreCounts) -> Floats:
    """Return for each score of the first form the score of the second with the same percentile rank.

    Source: Kolen and Brennan, Test Equating (2014), chapter 2 (a score stands for half a point either way).
    """
    share, reached = (one.counts / one.counts.sum() for one in (first, second))
    rank = share.cumsum() - share / 2
    below = reached.cumsum()
    # The first score of the second form that leaves more below and at it than the rank.
    at = np.minimum(np.searchsorted(below, rank + 1e-15, side="left"), int(np.flatnonzero(reached)[-1]))
    under = np.where(at > 0, below[at - 1], 0.0)
    inside = np.divide(rank - under, reached[at], out=np.ones(len(at)), where=reached[at] > 0)
    # A score that nobody has or is below stands at the foot of the scale.
    return np.asarray(np.where(rank > 0, at - 0.5 + inside, -0.5))


def smooth(scores: ScoreCounts, degree: int) -> ScoreCounts:
    """Return counts made smooth, with the first `degree` moments kept: log-linear in powers of the score.

    Raises ValueError for a degree below 1 or above what the scores can show.
    Source: Holland and Thayer, J Educ Behav Stat 25 (2000) 133-183.
    """
    counts = scores.counts
    if not 1 <= degree < np.count_nonzero(counts):
        raise ValueError(f"{np.count_nonzero(counts)} different scores can't show {degree} moments")
    x = np.linspace(-1, 1, len(counts))
    design = np.polynomial.legendre.legvander(x, degree)
    fitted, effects = (counts + counts.mean()) / 2, np.zeros(degree + 1)
    effects = np.linalg.lstsq(design, np.log(fitted), rcond=None)[0]
    step = np.ones(1)
    while np.abs(step).max() > 1e-12:
        fitted = np.exp(design @ effects)
        step = np.linalg.solve((design * fitted[:, None]).T @ design, design.T @ (counts - fitted))
        # A whole step may lead astray from a far start; a shorter one gets there too.
        step = step / max(1.0, float(np.abs(step).max()))
        effects = effects + step
    return ScoreCounts(np.exp(design @ effects))
