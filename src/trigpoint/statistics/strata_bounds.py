# SPDX-License-Identifier: MIT
"""Where to cut a size into strata."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Beyond so many ways to cut, they are not all tried.
_MOST_WAYS = 2_000_000


@dataclass(frozen=True, slots=True)
class CutStrata:
    """bounds: where each stratum but the first begins. sizes: units in each. drawn: of each, of the last all."""

    bounds: tuple[float, ...]
    sizes: tuple[int, ...]
    drawn: tuple[int, ...]


def cut_by_root_frequency(values: Floats, count: int, *, classes: int | None = None) -> tuple[float, ...]:
    """Return the bounds of `count` strata by equal sums of the roots of frequencies.

    values: length n. classes: equal steps in which they are counted, 15 for each stratum when None. A value at a bound
    belongs above it. Raises ValueError for fewer than two strata or values without any difference.
    Source: Dalenius and Hodges, J Am Stat Assoc 54 (1959) 88-101.
    """
    if count < 2 or np.ptp(values) == 0:
        raise ValueError("strata are two or more, of values that differ")
    steps = min(15 * count, len(values)) if classes is None else classes
    edges = np.linspace(values.min(), values.max(), steps + 1)
    frequency, _ = np.histogram(values, edges)
    summed = np.sqrt(frequency).cumsum()
    wanted = summed[-1] * np.arange(1, count) / count
    at = np.abs(summed[None, :] - wanted[:, None]).argmin(axis=1)
    return tuple(float(edge) for edge in edges[at + 1])


def sizes_of(values: Floats, bounds: Sequence[float]) -> tuple[int, ...]:
    """Return how many values lie in each stratum, a value at a bound above it."""
    return tuple(
        int(one) for one in np.bincount(np.searchsorted(bounds, values, side="right"), minlength=len(bounds) + 1)
    )


def cut_for_fewest(values: Floats, count: int, *, cv: float) -> CutStrata:
    """Return the strata, the last of which is taken whole, that need the fewest draws for an error of the total.

    values: length n, what is to be totalled or something close to it. cv: error asked for over the total, above 0.
    Draws in the others are by Neyman, rounded up. All ways to cut between two different values are tried.
    Raises ValueError for fewer than two strata, too many ways, or an error of 0 or below.
    Source: Lavallée and Hidiroglou, Survey Methodology 14 (1988) 33-43.
    """
    levels, counts = np.unique(values, return_counts=True)
    cuts = len(levels) - 1
    if count < 2 or cv <= 0 or math.comb(max(cuts, 0), count - 1) not in range(1, _MOST_WAYS):
        raise ValueError(f"{count} strata can't be cut out of {len(levels)} different values for an error of {cv:g}")
    sums = [np.concatenate([[0.0], (counts * levels**power).cumsum()]) for power in range(3)]
    wanted = (cv * float(values.sum())) ** 2
    best: tuple[int, float, tuple[int, ...], tuple[int, ...]] | None = None
    for cut in combinations(range(1, len(levels)), count - 1):
        parts = _draws(sums, (0, *cut, len(levels)), wanted)
        total = sum(parts[1])
        if best is None or (total, parts[0]) < best[:2]:
            best = total, parts[0], cut, parts[1]
    assert best is not None, "there is a way to cut"
    bounds = tuple(float(levels[at - 1] + levels[at]) / 2 for at in best[2])
    return CutStrata(bounds, sizes_of(values, bounds), best[3])


def _draws(sums: Sequence[Floats], ends: Sequence[int], wanted: float) -> tuple[float, tuple[int, ...]]:
    """Draws of each stratum, the last one whole; and their sum before it is rounded."""
    sizes = [float(sums[0][b] - sums[0][a]) for a, b in pairwise(ends)]
    weighted, squares = [], 0.0
    for at in range(len(sizes) - 1):
        a, b = ends[at], ends[at + 1]
        mean = float(sums[1][b] - sums[1][a]) / sizes[at]
        variance = max(0.0, float(sums[2][b] - sums[2][a]) / sizes[at] - mean**2)
        weighted.append(sizes[at] * math.sqrt(variance))
        squares += sizes[at] * variance
    total = sum(weighted)
    exact = [total * one / (wanted + squares) for one in weighted]
    drawn = [min(int(size), max(1, math.ceil(one - 1e-9))) for one, size in zip(exact, sizes, strict=False)]
    return sum(exact) + sizes[-1], (*drawn, int(sizes[-1]))
