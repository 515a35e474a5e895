# SPDX-License-Identifier: MIT
"""From a few units to the total of all: by number, by size, by a line on sizes, by stratum. Few units bear little."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
# Of fewer units the variance itself is not known, and an interval would pretend that it is.
FEWEST_FOR_INTERVAL = 5
FEWEST_FOR_BOOTSTRAP = 20
# Intervals are of 95 %.
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class TotalEstimate:
    """A total of all units. error, lower, upper: None where so few units bear no interval. n: units it rests on."""

    way: str
    total: float
    error: float | None
    lower: float | None
    upper: float | None
    n: int


def expand(values: Floats, population: int) -> TotalEstimate:
    """Return the total by number of units: the mean of those known times all.

    values: of those known, none missing. population: all. Raises ValueError for nobody known, or more than all.
    Source: Cochran, Sampling Techniques (1977), chapter 2. Of skewed costs it covers too little: see the methodology.
    """
    n = _require(values, population)
    spread = float(values.var(ddof=1)) if n > 1 else 0.0
    variance = population**2 * (1 - n / population) * spread / n
    return _with_interval("by number", population * float(values.mean()), variance, n, n - 1)


def by_ratio(values: Floats, sizes: Floats, all_sizes: float, population: int) -> TotalEstimate:
    """Return the total by size: what a unit of size costs, times the size of all.

    sizes: of those known, above 0. all_sizes: their sum over all. Raises ValueError otherwise.
    Source: Cochran, Sampling Techniques (1977), chapter 6.
    """
    n = _require(values, population)
    if (sizes <= 0).any() or all_sizes < sizes.sum():
        raise ValueError("sizes must be above 0, and those known no more than all")
    ratio = float(values.sum() / sizes.sum())
    spread = float(((values - ratio * sizes) ** 2).sum()) / max(n - 1, 1)
    enlarged = (all_sizes / population / float(sizes.mean())) ** 2
    variance = population**2 * (1 - n / population) * enlarged * spread / n
    return _with_interval("by size", ratio * all_sizes, variance, n, n - 1)


def by_regression(values: Floats, known: Floats, totals: Floats, population: int) -> TotalEstimate:
    """Return the total by a line on what is known of all (GREG).

    known: shape (n, p), with a column of ones where an intercept is wanted. totals: of its columns over all.
    Raises ValueError for fewer units than effects plus one, or columns that say the same.
    Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), chapter 6.
    """
    n = _require(values, population)
    columns = known.shape[1]
    if n <= columns or np.linalg.matrix_rank(known) < columns:
        raise ValueError(f"{n} units can't bear a line of {columns} effects")
    effects = np.linalg.lstsq(known, values, rcond=None)[0]
    residual = values - known @ effects
    total = float(totals @ effects) + population * float(residual.mean())
    variance = population**2 * (1 - n / population) * float((residual**2).sum()) / (n - columns) / n
    return _with_interval("by a line on sizes", total, variance, n, n - columns)


def by_stratum(values: Floats, strata: NDArray[np.intp], sizes: NDArray[np.intp]) -> TotalEstimate:
    """Return the total by number within strata. sizes: of all in each stratum. Raises ValueError for one without units.

    Degrees of freedom by Satterthwaite. A stratum of one known unit has no variance: then there is no interval.
    """
    counts = np.bincount(strata, minlength=len(sizes))
    if (counts == 0).any() or len(counts) != len(sizes) or (counts > sizes).any():
        raise ValueError("each stratum must have a unit that is known, and no more than it has")
    total, parts = 0.0, []
    for at, size in enumerate(sizes):
        own = values[strata == at]
        total += float(size * own.mean())
        spread = float(own.var(ddof=1)) if len(own) > 1 else math.nan
        parts.append((float(size) ** 2 * (1 - len(own) / float(size)) * spread / len(own), len(own)))
    variance = sum(part for part, _ in parts)
    known = math.isfinite(variance) and variance > 0
    df = variance**2 / sum(part**2 / (count - 1) for part, count in parts) if known else 0.0
    return _with_interval("by stratum", total, variance if known else math.nan, len(values), df)


def by_logs(values: Floats, population: int) -> TotalEstimate:
    """Return the total if costs were lognormal, by Cox's interval of the mean: how far skew alone may move it.

    values: above 0. Raises ValueError otherwise. Source: Zhou and Gao, Stat Med 16 (1997) 783-790.
    """
    n = _require(values, population)
    if (values <= 0).any():
        raise ValueError("logarithms need values above 0")
    logs = np.log(values)
    spread = float(logs.var(ddof=1)) if n > 1 else 0.0
    middle = float(logs.mean()) + spread / 2
    total = population * math.exp(middle)
    if n < FEWEST_FOR_INTERVAL:
        return TotalEstimate("by logarithms", total, None, None, None, n)
    half = float(stats.t.isf(TAIL, n - 1)) * math.sqrt(spread / n + spread**2 / (2 * (n - 1)))
    return TotalEstimate(
        "by logarithms", total, None, population * math.exp(middle - half), population * math.exp(middle + half), n
    )


def bootstrap_interval(
    values: Floats, statistic: Callable[[Floats], float], *, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the BCa interval of a statistic. Raises ValueError for fewer than 20 units, which can't show their tails.

    Source: Efron, J Am Stat Assoc 82 (1987) 171-185.
    """
    if len(values) < FEWEST_FOR_BOOTSTRAP:
        raise ValueError(f"{len(values)} units are too few to draw from again: it takes {FEWEST_FOR_BOOTSTRAP}")
    found = stats.bootstrap(
        (values,), statistic, confidence_level=1 - 2 * TAIL, method="BCa", vectorized=False, rng=rng,
        n_resamples=2000,
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def _require(values: Floats, population: int) -> int:
    n = len(values)
    if not 1 <= n <= population or not np.isfinite(values).all():
        raise ValueError(f"{n} known of {population} can't be, or one of them is missing")
    return n


def _with_interval(way: str, total: float, variance: float, n: int, df: float) -> TotalEstimate:
    if n < FEWEST_FOR_INTERVAL or math.isnan(variance):
        return TotalEstimate(way, total, None, None, None, n)
    error = math.sqrt(variance)
    half = float(stats.t.isf(TAIL, df)) * error
    return TotalEstimate(way, total, error, total - half, total + half, n)
