# SPDX-License-Identifier: MIT
"""How far ratings of the same targets agree: the six intraclass correlations of Shrout and Fleiss."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


class RatingDesign(Enum):
    """Who rated whom. In the names of Shrout and Fleiss: ICC(1), ICC(2) and ICC(3)."""

    OTHER_RATERS = "each target by raters of its own"
    AGREEMENT = "all targets by the same raters, whose levels count"
    CONSISTENCY = "all targets by the same raters, whose levels do not count"


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """An intraclass correlation with its interval, and the F test that it is 0. mean_of: ratings averaged, or 1."""

    value: float
    lower: float
    upper: float
    f: float
    df: tuple[float, float]
    p: float
    mean_of: int


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares of n targets by k raters: of targets, raters, what is left, and all within targets."""

    n: int
    k: int
    targets: float
    raters: float
    left: float
    within: float


def rater_agreement(
    ratings: Floats, design: RatingDesign, *, average: bool = False, level: float = 0.95
) -> RaterAgreement:
    """Return the intraclass correlation of one rating, or of the mean of all k.

    ratings: shape (n targets, k raters), none missing, n and k of 2 or more. It may be below 0 when targets differ by
    less than chance. Raises ValueError for missing ratings, too few, or targets that do not differ at all.
    Source: Shrout and Fleiss, Psychol Bull 86 (1979) 420-428; McGraw and Wong, Psychol Methods 1 (1996) 30-46.
    """
    squares = _mean_squares(ratings)
    mean_of = squares.k if average else 1
    if design is RatingDesign.AGREEMENT:
        return _agreement(squares, mean_of, level)
    noise, df2 = (
        (squares.within, squares.n * (squares.k - 1))
        if design is RatingDesign.OTHER_RATERS
        else (squares.left, (squares.n - 1) * (squares.k - 1))
    )
    f, df = _ratio(squares.targets, noise), (squares.n - 1, df2)
    tail = (1 - level) / 2
    # The interval of F over the same formula that makes the correlation of F.
    ends = f / stats.f.isf(tail, *df), f * stats.f.isf(tail, *df[::-1])
    value, lower, upper = (_from_f(one, squares.k, average=average) for one in (f, *ends))
    return RaterAgreement(value, lower, upper, f, (float(df[0]), float(df[1])), float(stats.f.sf(f, *df)), mean_of)


def _agreement(squares: _Squares, mean_of: int, level: float) -> RaterAgreement:
    n, k = squares.n, squares.k
    share = k / mean_of  # k for one rating, 1 for the mean of all
    top = squares.targets - squares.left
    value = top / (squares.targets + (share - 1) * squares.left + share / n * (squares.raters - squares.left))
    # Satterthwaite's degrees of freedom at the correlation found.
    a = share * value / (n * (1 - value)) if value < 1 else np.inf
    b = 1 + share * value * (n - 1) / (n * (1 - value)) if value < 1 else np.inf
    parts = (a * squares.raters) ** 2 / (k - 1) + (b * squares.left) ** 2 / ((n - 1) * (k - 1))
    v = (a * squares.raters + b * squares.left) ** 2 / parts if 0 < parts < np.inf else float((n - 1) * (k - 1))
    tail = (1 - level) / 2
    low, high = stats.f.isf(tail, n - 1, v), stats.f.isf(tail, v, n - 1)
    rest = share * squares.raters + (share * n - share - n) * squares.left
    lower = n * (squares.targets - low * squares.left) / (low * rest + n * squares.targets)
    upper = n * (high * squares.targets - squares.left) / (rest + n * high * squares.targets)
    f = _ratio(squares.targets, squares.left)
    return RaterAgreement(
        float(value), float(lower), float(upper), f, (n - 1.0, float(v)), float(stats.f.sf(f, n - 1, v)), mean_of
    )


def _from_f(f: float, k: int, *, average: bool) -> float:
    if np.isinf(f):
        return 1.0
    return (f - 1) / f if average else (f - 1) / (f + k - 1)


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else float("inf")


def _mean_squares(ratings: Floats) -> _Squares:
    if ratings.ndim != 2 or min(ratings.shape) < 2 or not np.isfinite(ratings).all():
        raise ValueError("agreement needs two targets and two raters or more, and every rating")
    n, k = ratings.shape
    mean, targets, raters = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    among_targets = k * float(((targets - mean) ** 2).sum())
    among_raters = n * float(((raters - mean) ** 2).sum())
    left = float(((ratings - targets[:, None] - raters + mean) ** 2).sum())
    if among_targets <= 1e-14 * max(1.0, float((ratings**2).sum())):
        raise ValueError("targets do not differ, so nothing can be said about agreement on them")
    return _Squares(
        n, k, among_targets / (n - 1), among_raters / (k - 1), left / ((n - 1) * (k - 1)),
        (among_raters + left) / (n * (k - 1)),
    )  # fmt: skip
