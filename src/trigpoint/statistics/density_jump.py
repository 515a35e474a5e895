# SPDX-License-Identifier: MIT
"""Whether the density of some values jumps at a cut, as it does where values were moved across it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
# Of the polynomial that widths are best for; the test itself fits one more, which takes out the bias.
ORDER = 2
# Fewer within a width on either side carry no polynomial.
FEWEST = 20


@dataclass(frozen=True, slots=True)
class DensityJump:
    """left, right: densities at the cut, per unit of the values. t: standardised right less left; p: two-sided.

    widths: how far each side reaches. n: values on each side; used: those within the widths.
    """

    left: float
    right: float
    t: float
    p: float
    widths: tuple[float, float]
    n: tuple[int, int]
    used: tuple[int, int]


@dataclass(frozen=True, slots=True)
class WindowCount:
    """How many values lie within some distance below and above a cut, and how likely so uneven a split is by chance."""

    distance: float
    below: int
    above: int
    p: float


def find_jump(
    values: Floats, cut: float, *, widths: tuple[float, float] | None = None, same_curve: bool = False
) -> DensityJump:
    """Return the test of a jump in the density at a cut: a polynomial for the distribution function on each side.

    values: length n, none missing; one at the cut counts as above. widths: how far to look below and above; chosen from
    the values if not given. same_curve: both sides share all but the slope at the cut, which finds more if it holds.
    Raises ValueError for a width that is not positive, or fewer than 20 values within it.
    Source: Cattaneo, Jansson and Ma, Journal of the American Statistical Association 115 (2020) 1449-1455, with
    jackknife errors. Widths: least mean squared error, the middle of those for the side, the difference and the sum,
    from first looks of 3 and 4 standard deviations that shrink with n.
    """
    away = np.sort(np.asarray(values, np.float64) - cut)
    chosen = widths or choose_widths(values, cut, same_curve=same_curve)
    _require_enough(away, chosen)
    fitted = _fit(away, chosen, ORDER + 1, same_curve=same_curve)
    error = np.sqrt(fitted.variances[0] + fitted.variances[1] - 2 * fitted.covariance)
    t = float((fitted.right - fitted.left) / error)
    below = away < 0
    used = int((below & (away >= -chosen[0])).sum()), int((~below & (away <= chosen[1])).sum())
    n = int(below.sum()), int((~below).sum())
    return DensityJump(fitted.left, fitted.right, t, float(2 * stats.norm.sf(abs(t))), chosen, n, used)


def choose_widths(values: Floats, cut: float, *, same_curve: bool = False) -> tuple[float, float]:
    """Return how far to look on each side, for the least mean squared error of the densities at the cut.

    Curves of a first look over wide ranges say how strong the bend is and how large the error. Never so narrow that
    fewer than 20 values lie within. same_curve: one width for both. Raises ValueError for fewer than 20 on either side.
    """
    away = np.sort(np.asarray(values, np.float64) - cut)
    count, spread = len(away), float(away.std(ddof=1))
    least = _require_enough(away, (np.inf, np.inf))
    look = max(3 * spread * count ** (-1 / 5), *least)
    far = max(4 * spread * count ** (-1 / 9), *least)
    errors = _fit(away, (look, look), ORDER, same_curve=same_curve)
    bends = _fit(away, (far, far), ORDER + 2, derivative=ORDER + 1, same_curve=False)
    constant = _bias_constant() / factorial(ORDER + 1)
    bias = np.array([bends.left * (-1) ** ORDER, bends.right]) * constant
    noise, shared = np.array(errors.variances) * count * look, errors.covariance * count * look
    sides = [_best_width(noise[at], bias[at], count) for at in (0, 1)]
    both = [_best_width(noise.sum() + sign * 2 * shared, bias[1] + sign * bias[0], count) for sign in (-1, 1)]
    wanted = [min(both)] * 2 if same_curve else [float(np.median([side, *both])) for side in sides]
    reach = -away[0], away[-1]
    low, high = (max(least[at], min(float(reach[at]), wanted[at])) for at in (0, 1))
    return low, high


def count_windows(values: Floats, cut: float, distances: Sequence[float]) -> tuple[WindowCount, ...]:
    """Return how values split just below and just above a cut, each with an exact binomial test of an even split.

    Close to the cut any smooth density splits evenly; far from it a slope alone does not. Raises ValueError for a
    distance that is not positive.
    """
    away = np.asarray(values, np.float64) - cut
    return tuple(_count_window(away, distance) for distance in distances)


def _count_window(away: Floats, distance: float) -> WindowCount:
    if not distance > 0:
        raise ValueError(f"a distance from the cut is above 0, got {distance:g}")
    below, above = int(((away < 0) & (away >= -distance)).sum()), int(((away >= 0) & (away <= distance)).sum())
    p = float(stats.binomtest(below, below + above).pvalue) if below + above else 1.0
    return WindowCount(distance, below, above, p)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The derivative of the distribution function at the cut on each side, with the jackknife's (co)variance."""

    left: float
    right: float
    variances: tuple[float, float]
    covariance: float


def _fit(away: Floats, widths: tuple[float, float], order: int, *, derivative: int = 1, same_curve: bool) -> _Fitted:
    count = len(away)
    # Of equal values all stand at the last one's place.
    height = (np.searchsorted(away, away, side="right") - 1) / (count - 1)
    near = (away >= -widths[0]) & (away <= widths[1])
    here, side = away[near], (away[near] >= 0).astype(int)
    width = np.array(widths)[side]
    terms, places = _terms(here / width, side, order, derivative, same_curve=same_curve)
    weighed = terms * ((1 - np.abs(here) / width) / width)[:, np.newaxis]
    inverse = np.linalg.inv(weighed.T @ terms / count)
    slopes = inverse @ (weighed.T @ height[near]) / count
    # What each value adds to the distribution function of all that lie above it.
    above = np.concatenate([np.cumsum(weighed[::-1], axis=0)[::-1], np.zeros((1, terms.shape[1]))])
    shares = above[np.searchsorted(here, away, side="left")] / (count - 1)
    spread = inverse @ (shares.T @ shares / count**2) @ inverse
    scale = factorial(derivative) / np.array(widths) ** derivative
    low, high = places
    return _Fitted(
        left=float(slopes[low] * scale[0]),
        right=float(slopes[high] * scale[1]),
        variances=(float(spread[low, low] * scale[0] ** 2), float(spread[high, high] * scale[1] ** 2)),
        covariance=float(spread[low, high] * scale[0] * scale[1]),
    )


def _terms(
    scaled: Floats, side: NDArray[np.intp], order: int, derivative: int, *, same_curve: bool
) -> tuple[Floats, tuple[int, int]]:
    """The polynomial's terms, a column each, and in which columns the two sides' derivatives stand."""
    powers = scaled[:, np.newaxis] ** np.arange(order + 1)
    if same_curve:
        split = np.stack([np.where(side == 0, scaled, 0.0), np.where(side == 1, scaled, 0.0)], axis=1)
        return np.concatenate([powers[:, :1], split, powers[:, 2:]], axis=1), (1, 2)
    apart = np.concatenate([powers * (side == at)[:, np.newaxis] for at in (0, 1)], axis=1)
    return apart, (derivative, order + 1 + derivative)


def _bias_constant() -> float:
    """What a unit of the next derivative adds to the slope of the fitted polynomial, weights falling in a line to 0."""
    moments = np.array([1 / (power + 1) - 1 / (power + 2) for power in range(2 * ORDER + 2)])
    places = np.arange(ORDER + 1)
    return float(np.linalg.solve(moments[places[:, np.newaxis] + places], moments[places + ORDER + 1])[1])


def _best_width(noise: float, bias: float, count: int) -> float:
    if bias == 0:  # a straight line, which no width bends
        return np.inf
    return float((noise / (2 * ORDER * bias**2 * count)) ** (1 / (2 * ORDER + 1)))


def _require_enough(away: Floats, widths: tuple[float, float]) -> tuple[float, float]:
    """The distances on each side within which the fewest lie."""
    sides = np.sort(-away[away < 0]), np.sort(away[away >= 0])
    for name, distances, width in zip(("below", "above"), sides, widths, strict=True):
        if not width > 0:
            raise ValueError(f"a width is above 0, got {width:g}")
        within = int((distances <= width).sum())
        if within < FEWEST:
            raise ValueError(f"{within} values lie {name} the cut and within the width: a test takes {FEWEST}")
    return float(sides[0][FEWEST - 1]), float(sides[1][FEWEST - 1])
