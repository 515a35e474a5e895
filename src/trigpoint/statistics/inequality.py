# SPDX-License-Identifier: MIT
"""How unequally something is spread over units: Gini's and Theil's indices, Theil's in parts that add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TheilParts:
    """Theil's index in what lies between groups and within them. by_group: each group's part of what lies within."""

    total: float
    between: float
    within: float
    by_group: Floats


def gini(values: Floats, *, unbiased: bool = False) -> float:
    """Return Gini's index, 0 when all have the same to (n - 1) / n when one has all.

    values: length n, 0 or more, not all 0. unbiased: times n / (n - 1), so that one having all gives 1; n of 2 or more.
    Raises ValueError otherwise. Source: Gini 1912; Sen, On Economic Inequality (1973), 2.

    >>> gini(np.array([0.0, 0, 0, 10]))
    0.75
    """
    _require(values)
    n = len(values)
    if unbiased and n < 2:
        raise ValueError("an unbiased index takes two units or more")
    ranks = np.arange(1, n + 1)
    index = float(((2 * ranks - n - 1) * np.sort(values)).sum() / (n * values.sum()))
    return index * n / (n - 1) if unbiased else index


def theil(values: Floats) -> float:
    """Return Theil's T, 0 when all have the same to log n when one has all; a unit with 0 adds nothing.

    values: length n, 0 or more, not all 0. Raises ValueError otherwise.
    Source: Theil, Economics and Information Theory (1967), chapter 4.
    """
    _require(values)
    share = values / values.sum()
    return float(_times_log(share, share * len(values)).sum())


def split_theil(values: Floats, groups: NDArray[np.intp]) -> TheilParts:
    """Return Theil's T between groups and within each of them; they add up to the whole.

    values: length n, 0 or more, not all 0. groups: length n, 0 up, each with a unit. Raises ValueError otherwise.
    Source: Shorrocks, Econometrica 48 (1980) 613-625.
    """
    _require(values)
    sizes = np.bincount(groups)
    if len(groups) != len(values) or (sizes == 0).any():
        raise ValueError(f"each of {len(sizes)} groups must have a unit, and each unit a group")
    shares = np.bincount(groups, weights=values) / values.sum()
    between = float(_times_log(shares, shares * len(values) / sizes).sum())
    inside = np.array([theil(values[groups == at]) if shares[at] else 0.0 for at in range(len(sizes))])
    by_group = shares * inside
    return TheilParts(between + float(by_group.sum()), between, float(by_group.sum()), by_group)


def _times_log(factor: Floats, ratio: Floats) -> Floats:
    """Return factor x log(ratio), 0 where the ratio is 0."""
    return factor * np.log(np.where(ratio > 0, ratio, 1.0))


def _require(values: Floats) -> None:
    if not len(values) or not np.isfinite(values).all() or (values < 0).any() or values.sum() == 0:
        raise ValueError("inequality needs values of 0 or more, none missing and not all 0")
