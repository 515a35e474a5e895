# SPDX-License-Identifier: MIT
"""What an order of estimates can bear: expected ranks, intervals of ranks, and sets that hold the true rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Ranks = NDArray[np.intp]
# Enough for a limit at 95 % to vary by about 1 % from seed to seed.
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class RankSets:
    """The best and the worst rank that each unit may truly have, 1 for the highest; arrays of length n."""

    best: Ranks
    worst: Ranks


@dataclass(frozen=True, slots=True)
class RankDraws:
    """Ranks drawn again and again. lower, upper: quantiles of each unit's; top: its share of draws in the top k."""

    lower: Floats
    upper: Floats
    top: Floats


def expected_ranks(estimates: Floats, errors: Floats) -> Floats:
    """Return the rank of each unit to be expected, 1 for the highest, when estimates vary by their errors.

    estimates, errors: length n, none missing, errors 0 or more. Equal estimates without error share their ranks.
    Raises ValueError otherwise. Source: Goldstein and Spiegelhalter, J R Stat Soc A 159 (1996) 385-443; Laird and
    Louis, J Educ Stat 14 (1989) 29-46.
    """
    _require(estimates, errors)
    away = estimates[None, :] - estimates[:, None]
    spread = np.hypot(errors[:, None], errors[None, :])
    # Without any error one is above the other for certain, and equals share the place.
    above = np.where(spread > 0, special.ndtr(away / np.where(spread > 0, spread, 1.0)), (1 + np.sign(away)) / 2)
    np.fill_diagonal(above, 0.0)
    return np.asarray(1 + above.sum(axis=1))


def draw_ranks(
    estimates: Floats,
    errors: Floats,
    *,
    rng: np.random.Generator,
    top: int = 10,
    level: float = 0.95,
) -> RankDraws:
    """Return quantiles of ranks and how often each unit is in the top, from normal draws about the estimates.

    For display: near ties these cover the true rank too seldom. For claims take `rank_sets`. Raises ValueError.
    Source: Goldstein and Spiegelhalter 1996.
    """
    _require(estimates, errors)
    if not 1 <= top <= len(estimates):
        raise ValueError(f"a top of {top} can't be taken of {len(estimates)} units")
    values = estimates + errors * rng.standard_normal((DRAWS, len(estimates)))
    order = np.argsort(-values, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(estimates) + 1)[None, :], axis=1)
    tail = (1 - level) / 2
    lower, upper = np.quantile(ranks, (tail, 1 - tail), axis=0, method="inverted_cdf")
    return RankDraws(np.asarray(lower, np.float64), np.asarray(upper, np.float64), (ranks <= top).mean(axis=0))


def rank_sets(
    estimates: Floats,
    errors: Floats,
    *,
    rng: np.random.Generator,
    together: bool = True,
    level: float = 0.95,
) -> RankSets:
    """Return sets of ranks that hold the true rank of each unit, or of all units together.

    together: all sets hold at once, as a whole table needs; else each for itself. A unit is only put below another when
    their difference is beyond what the largest of all differences would be by chance, step by step (Romano and Wolf).
    Raises ValueError for missing estimates, negative errors, or pairs of which neither has an error.
    Source: Mogstad, Romano, Shaikh and Wilhelm, Review of Economic Studies 91 (2024) 476-518.
    """
    _require(estimates, errors)
    if (errors == 0).sum() > 1:
        raise ValueError("ranks of units without any error are no estimates: at most one may have an error of 0")
    noise = errors * rng.standard_normal((DRAWS, len(estimates)))
    if together:
        below = _told_apart(estimates, errors, noise, level)
        return _sets(below)
    rows = [_told_from(at, estimates, errors, noise, level) for at in range(len(estimates))]
    worse, better = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    return RankSets(1 + better, len(estimates) - worse)


def told_apart(
    estimates: Floats, errors: Floats, *, rng: np.random.Generator, level: float = 0.95
) -> NDArray[np.bool_]:
    """Return which units lie above which beyond chance, all pairs at once: shape (n, n), [i, j] for i above j."""
    _require(estimates, errors)
    noise = errors * rng.standard_normal((DRAWS, len(estimates)))
    return _told_apart(estimates, errors, noise, level)


def _sets(above: NDArray[np.bool_]) -> RankSets:
    return RankSets(1 + above.sum(axis=0), len(above) - above.sum(axis=1))


def _told_apart(estimates: Floats, errors: Floats, noise: Floats, level: float) -> NDArray[np.bool_]:
    """[i, j]: i is above j, of all pairs together, step by step."""
    spread = np.hypot(errors[:, None], errors[None, :])
    np.fill_diagonal(spread, np.inf)
    away = (estimates[:, None] - estimates[None, :]) / spread
    open_pairs = ~np.eye(len(estimates), dtype=bool)
    while open_pairs.any():
        limit = float(np.quantile(_largest(noise, spread, open_pairs), level))
        found = open_pairs & (np.abs(away) > limit)
        if not found.any():
            break
        open_pairs = open_pairs & ~found
    return ~open_pairs & (away > 0)


def _largest(noise: Floats, spread: Floats, pairs: NDArray[np.bool_]) -> Floats:
    """The largest standardised difference of each draw among pairs, unit by unit so that memory stays small."""
    largest = np.zeros(len(noise))
    for at in np.flatnonzero(pairs.any(axis=1)):
        others = np.flatnonzero(pairs[at])
        others = others[(others > at) | ~pairs[others, at]]
        if len(others):
            differences = np.abs(noise[:, [at]] - noise[:, others]) / spread[at, others]
            largest = np.maximum(largest, differences.max(axis=1))
    return largest


def _told_from(at: int, estimates: Floats, errors: Floats, noise: Floats, level: float) -> tuple[int, int]:
    """How many units lie below one, and how many above, beyond chance."""
    spread = np.hypot(errors[at], errors)
    spread[at] = np.inf
    away = (estimates[at] - estimates) / spread
    differences = np.abs(noise[:, [at]] - noise) / spread
    left = np.ones(len(estimates), bool)
    left[at] = False
    while left.any():
        limit = float(np.quantile(differences[:, left].max(axis=1), level))
        found = left & (np.abs(away) > limit)
        if not found.any():
            break
        left &= ~found
    told = ~left
    return int((told & (away > 0)).sum()), int((told & (away < 0)).sum())


def _require(estimates: Floats, errors: Floats) -> None:
    if len(estimates) != len(errors) or not (np.isfinite(estimates).all() and np.isfinite(errors).all()):
        raise ValueError("every unit needs an estimate and an error")
    if len(estimates) < 2 or (errors < 0).any():
        raise ValueError("ranks need two units or more, and errors of 0 or more")
