# SPDX-License-Identifier: MIT
"""Agreement of any number of observers, some of whom did not rate everything: Krippendorff's alpha."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class ValueScale(Enum):
    """What the values are, and so how far apart two of them lie."""

    NOMINAL = "names"
    ORDINAL = "an order"
    INTERVAL = "equal steps"
    RATIO = "equal steps from a true 0"


@dataclass(frozen=True, slots=True)
class ObserverAgreement:
    """alpha: 1 for full agreement, 0 for chance, below 0 for worse. pairable: values that have another of their unit.

    lower, upper: 95 % by drawing units anew; None when no draws were asked for.
    """

    alpha: float
    pairable: int
    units: int
    lower: float | None = None
    upper: float | None = None


def krippendorff_alpha(
    values: Floats, scale: ValueScale, *, rng: np.random.Generator | None = None, draws: int = 1000
) -> ObserverAgreement:
    """Return Krippendorff's alpha.

    values: shape (observers, units), nan where an observer gave none. rng: for the interval, from `draws` of units.
    Raises ValueError when no unit has two values, when all values are the same, or for a ratio scale with negatives.
    Source: Krippendorff, Content Analysis (2004), chapter 11, and Computing Krippendorff's Alpha-Reliability (2011).
    """
    levels, counts = _count_values(values)
    if scale is ValueScale.RATIO and levels.min() < 0:
        raise ValueError("a ratio scale has no values below 0")
    apart = _distances(levels, counts.sum(axis=0), scale)
    alpha = _alpha(counts, apart)
    if alpha is None:
        raise ValueError("all values are the same, so agreement can't be told from chance")
    pairable, units = int(counts.sum()), len(counts)
    if rng is None:
        return ObserverAgreement(alpha, pairable, units)
    drawn = (_alpha(counts[rng.integers(0, units, units)], apart) for _ in range(draws))
    lower, upper = np.quantile([one for one in drawn if one is not None], (0.025, 0.975))
    return ObserverAgreement(alpha, pairable, units, float(lower), float(upper))


def _count_values(values: Floats) -> tuple[Floats, Floats]:
    """The values there are, least first, and how often each was given to each unit with two values or more."""
    paired = np.isfinite(values).sum(axis=0) >= 2
    if not paired.any():
        raise ValueError("no unit has values of two observers")
    kept = values[:, paired]
    levels = np.unique(kept[np.isfinite(kept)])
    return levels, np.asarray((kept[:, :, None] == levels).sum(axis=0), np.float64)


def _distances(levels: Floats, totals: Floats, scale: ValueScale) -> Floats:
    """Squared distances of values, shape (levels, levels)."""
    one, other = levels[:, None], levels[None, :]
    if scale is ValueScale.NOMINAL:
        return np.asarray(one != other, np.float64)
    if scale is ValueScale.INTERVAL:
        return np.asarray((one - other) ** 2)
    if scale is ValueScale.RATIO:
        total = one + other
        return np.asarray(np.divide(one - other, total, out=np.zeros_like(total), where=total > 0) ** 2)
    # As many values as lie between the middles of the two.
    middles = totals.cumsum() - totals / 2
    return np.asarray((middles[:, None] - middles[None, :]) ** 2)


def _alpha(counts: Floats, apart: Floats) -> float | None:
    """One less observed over expected disagreement; None when none can be expected."""
    rated = counts.sum(axis=1)
    # Pairs of values within units, each unit's weighing as much as it has values.
    seen = (np.einsum("ui,ij,uj->u", counts, apart, counts) / (rated - 1)).sum()
    totals = counts.sum(axis=0)
    by_chance = totals @ apart @ totals / (totals.sum() - 1)
    return None if by_chance == 0 else float(1 - seen / by_chance)
