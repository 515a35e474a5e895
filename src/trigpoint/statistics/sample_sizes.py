# SPDX-License-Identifier: MIT
"""How many of each stratum to draw: in proportion, as good as can be (Neyman), by cost, or for an error asked for."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Strata:
    """sizes: units of each stratum, 1 or more. deviations: standard deviation in each, 0 or more. costs: of one draw.

    costs None: all alike.
    """

    sizes: Floats
    deviations: Floats
    costs: Floats | None = None

    def __post_init__(self) -> None:
        if not len(self.sizes) or (self.sizes < 1).any():
            raise ValueError("each stratum must have a unit")
        if len(self.deviations) != len(self.sizes) or (self.deviations < 0).any() or self.deviations.sum() == 0:
            raise ValueError("deviations must be 0 or more, and not all 0")
        if self.costs is not None and (self.costs <= 0).any():
            raise ValueError("costs must be above 0")

    @property
    def roots(self) -> Floats:
        """Root of the cost of one draw in each stratum."""
        return np.ones(len(self.sizes)) if self.costs is None else np.sqrt(self.costs)

    def mean_error(self, drawn: Floats) -> float:
        """Return the standard error of the mean of all with so many drawn; infinite where a stratum has none."""
        if ((drawn <= 0) & (self.deviations > 0)).any():
            return math.inf
        shares = self.sizes / self.sizes.sum()
        kept = np.maximum(drawn, 1e-300)
        variances = shares**2 * (1 - drawn / self.sizes) * self.deviations**2 / kept
        return math.sqrt(max(0.0, float(variances.sum())))


def proportional(strata: Strata, n: float) -> Floats:
    """Return n parted as the sizes of strata are, not rounded."""
    return np.asarray(n * strata.sizes / strata.sizes.sum())


def neyman(strata: Strata, n: float) -> Floats:
    """Return n parted so that the mean has the least error, not rounded; costs count where they are given.

    Source: Neyman, J R Stat Soc 97 (1934) 558-625.
    """
    weights = strata.sizes * strata.deviations / strata.roots
    return np.asarray(n * weights / weights.sum())


def within_cost(strata: Strata, budget: float) -> Floats:
    """Return the draws that give the least error for a budget, not rounded. Raises ValueError without costs.

    Source: Cochran, Sampling Techniques (1977), 5.5.
    """
    if strata.costs is None or budget <= 0:
        raise ValueError("a budget above 0 and the cost of a draw in each stratum are needed")
    weights = strata.sizes * strata.deviations
    return np.asarray(budget * weights / strata.roots / (weights * strata.roots).sum())


def for_error(strata: Strata, error: float) -> Floats:
    """Return the draws that cost least for a standard error of the mean, not rounded. Raises ValueError for 0 or below.

    Source: Cochran, Sampling Techniques (1977), 5.5.
    """
    if error <= 0:
        raise ValueError("an error asked for must be above 0")
    weights = strata.sizes * strata.deviations
    bottom = (error * strata.sizes.sum()) ** 2 + float((strata.sizes * strata.deviations**2).sum())
    return np.asarray(weights / strata.roots * (weights * strata.roots).sum() / bottom)


def whole_neyman(strata: Strata, n: int, *, least: int = 1) -> Counts:
    """Return whole draws with the least error of all that add up to n, by priority of the next draw.

    least: of each stratum, or all of it where it is smaller; 1 or more. No stratum gives more than it has, so a stratum
    that would is taken whole. Raises ValueError for an n that these do not allow.
    Source: Wright, Statistics and Probability Letters 129 (2017) 50-57.
    """
    if least < 1:
        raise ValueError("each stratum gives one draw or more")
    sizes = strata.sizes.astype(np.intp)
    drawn = np.minimum(least, sizes)
    if not int(drawn.sum()) <= n <= int(sizes.sum()):
        raise ValueError(f"{n} draws can't be parted: it takes from {int(drawn.sum())} to {int(sizes.sum())}")
    weights = strata.sizes * strata.deviations / strata.roots
    waiting = [(-_priority(weights, drawn, at), at) for at in range(len(sizes)) if drawn[at] < sizes[at]]
    heapq.heapify(waiting)
    for _ in range(n - int(drawn.sum())):
        _, at = heapq.heappop(waiting)
        drawn[at] += 1
        if drawn[at] < sizes[at]:
            heapq.heappush(waiting, (-_priority(weights, drawn, at), at))
    return drawn


def _priority(weights: Floats, drawn: Counts, at: int) -> float:
    return float(weights[at] / math.sqrt(drawn[at] * (drawn[at] + 1)))
