# SPDX-License-Identifier: MIT
"""Funnel plots: how far a unit may lie from the target by chance alone, with the spread of the group allowed for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
FEWEST = 5


class Extremes(Enum):
    """What is done with the outermost z before the spread of the group is estimated from them."""

    TRIMMED = "left out by rank"
    WINSORISED = "drawn in to the quantiles"
    KEPT = "kept"


class RatioScale(Enum):
    """On which scale ratios of observed to expected are compared."""

    ROOT = "square root"
    LOG = "logarithm"


@dataclass(frozen=True, slots=True)
class Spread:
    """phi: mean square of z, 1 by chance alone. between: variance between units on the scale, 0 or more. n: counted."""

    phi: float
    between: float
    n: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Units against a target. All arrays have the length n of the units.

    values: in their own unit. target: in the same. z: on the scale, before anything is allowed for. errors: standard
    errors on the scale. spread: of the group. lower_bound, upper_bound: of what the scale can hold.
    """

    values: Floats
    target: float
    z: Floats
    errors: Floats
    spread: Spread
    scaled_target: float
    bounds: tuple[float, float]
    back: Callable[[Floats], Floats]

    def limits(self, level: float, *, allow_spread: bool = True, errors: Floats | None = None) -> tuple[Floats, Floats]:
        """Return the lower and upper limits of each unit in its own unit, at a two-sided level such as 0.998.

        allow_spread: for the variance between units. errors: of other units, as for drawing curves; the units' own
        when None. Source: Spiegelhalter, Qual Saf Health Care 14 (2005) 347-351.
        """
        own = self.errors if errors is None else errors
        between = self.spread.between if allow_spread else 0.0
        half = stats.norm.isf((1 - level) / 2) * np.sqrt(own**2 + between)
        low, high = (np.clip(self.scaled_target + side * half, *self.bounds) for side in (-1, 1))
        return self.back(low), self.back(high)

    def outside(self, level: float, *, allow_spread: bool = True) -> NDArray[np.bool_]:
        """Return whether each unit lies beyond its limits."""
        lower, upper = self.limits(level, allow_spread=allow_spread)
        return np.asarray((self.values < lower) | (self.values > upper))


def plot_ratios(
    observed: Floats,
    expected: Floats,
    *,
    scale: RatioScale = RatioScale.ROOT,
    extremes: Extremes = Extremes.WINSORISED,
    share: float = 0.1,
) -> Funnel:
    """Return the funnel of observed over expected counts, against a ratio of 1.

    observed: 0 or more, above 0 on the logarithmic scale. expected: above 0. share: at each end, of the extremes.
    Raises ValueError for other counts, fewer than 5 units, or units that are all alike.
    Source: Spiegelhalter 2005 (CQC: square root, winsorised; SHMI: logarithm, trimmed).
    """
    if (observed < 0).any() or (expected <= 0).any():
        raise ValueError("observed counts must be 0 or more and expected ones above 0")
    ratio = observed / expected
    if scale is RatioScale.ROOT:
        return _build(ratio, 1.0, (np.sqrt, np.square, (0.0, np.inf)), 1 / (2 * np.sqrt(expected)), (extremes, share))
    if (observed == 0).any():
        raise ValueError("a count of 0 has no logarithm: use the square root")
    return _build(ratio, 1.0, (np.log, np.exp, (-np.inf, np.inf)), 1 / np.sqrt(expected), (extremes, share))


def poisson_limits(expected: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact limits of observed over expected counts by chance alone.

    Source: Garwood, Biometrika 28 (1936) 437-442.
    """
    tail = (1 - level) / 2
    lower = stats.chi2.ppf(tail, 2 * expected) / 2 / expected
    return np.asarray(lower), np.asarray(stats.chi2.isf(tail, 2 * (expected + 1)) / 2 / expected)


def plot_shares(
    counts: Floats, sizes: Floats, *, extremes: Extremes = Extremes.WINSORISED, share: float = 0.1
) -> Funnel:
    """Return the funnel of shares against the share of all together, on the arcsine scale.

    counts: 0 to sizes. sizes: 1 or more. Limits never leave 0 to 1. Raises ValueError as `plot_ratios`.
    """
    if (sizes < 1).any() or (counts < 0).any() or (counts > sizes).any():
        raise ValueError("counts must lie between 0 and sizes, and sizes be 1 or more")
    scale = (lambda shares: np.arcsin(np.sqrt(shares)), lambda angle: np.sin(angle) ** 2, (0.0, np.pi / 2))
    target = float(counts.sum() / sizes.sum())
    return _build(counts / sizes, target, scale, 1 / (2 * np.sqrt(sizes)), (extremes, share))


def plot_means(
    means: Floats, errors: Floats, *, target: float, extremes: Extremes = Extremes.WINSORISED, share: float = 0.1
) -> Funnel:
    """Return the funnel of means against a target. errors: standard errors, above 0. Raises ValueError otherwise."""
    if (errors <= 0).any():
        raise ValueError("standard errors must be above 0")
    same: _Scale = (np.asarray, np.asarray, (-np.inf, np.inf))
    return _build(means, target, same, errors, (extremes, share))


_Scale = tuple[Callable[[Floats], Floats], Callable[[Floats], Floats], tuple[float, float]]


def _build(values: Floats, target: float, scale: _Scale, errors: Floats, ends: tuple[Extremes, float]) -> Funnel:
    there, back, bounds = scale
    if len(values) < FEWEST:
        raise ValueError(f"a funnel of {len(values)} units says nothing: it takes {FEWEST} or more")
    if np.ptp(values) == 0:
        raise ValueError("units are all alike, so none can stand out")
    scaled_target = float(there(np.array([target]))[0])
    z = (there(values) - scaled_target) / errors
    return Funnel(values, target, z, errors, estimate_spread(z, errors, *ends), scaled_target, bounds, back)


def estimate_spread(z: Floats, errors: Floats, extremes: Extremes, share: float) -> Spread:
    """Return how much further apart units lie than chance puts them.

    z, errors: length n. share: at each end, 0 to below 0.5. Raises ValueError for another share.
    Source: Spiegelhalter 2005, with the moments of DerSimonian and Laird, Control Clin Trials 7 (1986) 177-188.
    """
    if not 0 <= share < 0.5:
        raise ValueError(f"the share of extremes at each end lies from 0 to below a half, got {share}")
    if extremes is Extremes.WINSORISED:
        z = np.clip(z, *np.quantile(z, (share, 1 - share)))
    elif extremes is Extremes.TRIMMED and share:
        kept = _kept_by_rank(z, share)
        z, errors = z[kept], errors[kept]
    n, weights = len(z), 1 / errors**2
    phi = float((z**2).mean())
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return Spread(phi, max(0.0, float((n * phi - (n - 1)) / room)), n)


def _kept_by_rank(z: Floats, share: float) -> NDArray[np.bool_]:
    """All but the first and last of equal groups by rank, as SHMI's SAS code has them."""
    groups = round(1 / share)
    group = np.floor(stats.rankdata(z) * groups / (len(z) + 1))
    return np.asarray((group > 0) & (group < groups - 1))
