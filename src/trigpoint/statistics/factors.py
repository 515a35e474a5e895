# SPDX-License-Identifier: MIT
"""Factors behind correlations: minimum residuals, an oblique rotation, omega, and how many factors there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Floats = NDArray[np.float64]
# As usual for uniquenesses: an item is never all factor.
_LEAST_UNIQUE = 0.005
# Uniquenesses are searched in hundredths, as R's psych does. Where items can't tell factors apart, the answer depends
# on the way there, and this is the way that others go.
_SCALE = 0.01
# A rotation ends where the slope is this flat, or after so many turns; a step is halved down to the shortest.
_FLAT = 1e-7
_MOST_TURNS = 1000
_SHORTEST = 1e-4


@dataclass(frozen=True, slots=True)
class Factors:
    """Loadings, shape (items, factors), and uniquenesses, shape (items,). residual: root mean square off the diagonal.

    Each factor points to where its loadings add up to more than 0. is_identified: the items are enough to tell the
    factors apart; where they are not, other loadings fit as well.
    """

    loadings: Floats
    uniquenesses: Floats
    residual: float
    is_identified: bool


@dataclass(frozen=True, slots=True)
class Omega:
    """total: share of the variance of a sum that all factors make. general: that the general factor makes by itself.

    is_identified: the items are enough to tell the group factors apart.
    """

    total: float
    general: float
    is_identified: bool


def find_factors(correlation: Floats, count: int) -> Factors:
    """Return the factors that leave the least squared residuals between answers.

    correlation: shape (k, k). count: from 1 to k - 2. Raises ValueError otherwise.
    Source: Harman and Jones, Psychometrika 31 (1966) 351-368.
    """
    k = len(correlation)
    if count < 1 or k < count + 2:
        raise ValueError(f"{k} items can't have {count} factors")
    singular = np.linalg.cond(correlation) > 1e12
    start = np.full(k, 0.5) if singular else 1 / np.linalg.inv(correlation).diagonal()
    found = optimize.minimize(
        lambda scaled: _misfit(correlation, _SCALE * scaled, count),
        start / _SCALE,
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_UNIQUE / _SCALE, 1 / _SCALE)] * k,
        options={"maxiter": 5000, "ftol": 2e-9, "gtol": 0},
    )
    loadings = _loadings(correlation, _SCALE * found.x, count)
    loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    off = (correlation - loadings @ loadings.T)[~np.eye(k, dtype=bool)]
    return Factors(
        loadings, 1 - (loadings**2).sum(axis=1), float(np.sqrt((off**2).mean())), (k - count) ** 2 >= k + count
    )


def one_factor_omega(correlation: Floats) -> float:
    """Return omega of one factor: its share of the variance of the sum of standardised items, 0 to 1.

    Source: McDonald, Test Theory (1999), chapter 6.
    """
    loadings = find_factors(correlation, 1).loadings[:, 0]
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - loadings**2).sum()))


def general_omega(correlation: Floats, count: int = 3) -> Omega:
    """Return omega of a general factor above `count` group factors, by Schmid's and Leiman's transformation.

    count: 3 or more, so that the factors' own correlations show what is general. Raises ValueError as `find_factors`.
    Source: Schmid and Leiman, Psychometrika 22 (1957) 53-61; Zinbarg and others, Psychometrika 70 (2005) 123-133.
    """
    if count < 3:
        raise ValueError(f"a general factor shows in three group factors or more, not {count}")
    found = find_factors(correlation, count)
    pattern, between = rotate_oblique(found.loadings)
    turn = np.where(pattern.sum(axis=0) < 0, -1.0, 1.0)
    pattern, between = pattern * turn, between * np.outer(turn, turn)
    general = pattern @ find_factors(between, 1).loadings[:, 0]
    total = float(correlation.sum())
    return Omega(
        (total - float(found.uniquenesses.sum())) / total, float(general.sum()) ** 2 / total, found.is_identified
    )


def rotate_oblique(loadings: Floats) -> tuple[Floats, Floats]:
    """Return the pattern of loadings turned to be as simple as can be (quartimin), and the factors' correlations.

    Source: Jennrich, Psychometrika 67 (2002) 7-19 (gradient projection).
    """
    turn = np.eye(loadings.shape[1])
    pattern, value, gradient = _simplicity(loadings, turn)
    step, turns, slope = 1.0, 0, _along(turn, gradient)
    while np.linalg.norm(slope) > _FLAT and turns < _MOST_TURNS:
        step, turns = 2 * step, turns + 1
        tried, pattern, new, gradient = _try_step(loadings, turn, step * slope)
        while new >= value - 0.5 * step * float(np.linalg.norm(slope)) ** 2 and step > _SHORTEST:
            step /= 2
            tried, pattern, new, gradient = _try_step(loadings, turn, step * slope)
        turn, value = tried, new
        slope = _along(turn, gradient)
    return pattern, turn.T @ turn


def count_factors(answers: Floats, *, rng: np.random.Generator, draws: int = 100) -> int:
    """Return how many factors stand out from chance: eigenvalues above the 95th percentile of those of noise.

    answers: shape (units, k), none missing. Source: Horn, Psychometrika 30 (1965) 179-185.
    """
    n, k = answers.shape
    own = np.linalg.eigvalsh(np.corrcoef(answers.T))[::-1]
    noise = [np.linalg.eigvalsh(np.corrcoef(rng.standard_normal((k, n))))[::-1] for _ in range(draws)]
    above = own > np.quantile(noise, 0.95, axis=0)
    return k if above.all() else int(np.argmin(above))


def _loadings(correlation: Floats, unique: Floats, count: int) -> Floats:
    values, vectors = np.linalg.eigh(correlation - np.diag(unique))
    return np.asarray(vectors[:, ::-1][:, :count] * np.sqrt(values[::-1][:count].clip(0)), np.float64)


def _misfit(correlation: Floats, unique: Floats, count: int) -> tuple[float, Floats]:
    """Half the squares of what the factors leave, diagonal included, and its slope by scaled uniquenesses."""
    loadings = _loadings(correlation, unique, count)
    left = correlation - np.diag(unique) - loadings @ loadings.T
    return float((left**2).sum()) / 2, -_SCALE * left.diagonal()


def _along(turn: Floats, gradient: Floats) -> Floats:
    """The slope, less what would only stretch the factors."""
    return np.asarray(gradient - turn * (turn * gradient).sum(axis=0))


def _try_step(loadings: Floats, turn: Floats, step: Floats) -> tuple[Floats, Floats, float, Floats]:
    tried = turn - step
    tried = tried / np.linalg.norm(tried, axis=0)
    return tried, *_simplicity(loadings, tried)


def _simplicity(loadings: Floats, turn: Floats) -> tuple[Floats, float, Floats]:
    """The pattern at a turn, the sum of products of its squares, and the slope of that by the turn."""
    inverse = np.linalg.inv(turn)
    pattern = loadings @ inverse.T
    others = (pattern**2) @ (1 - np.eye(len(turn)))
    slope = -(pattern.T @ (pattern * others) @ inverse).T
    return pattern, float(((pattern**2) * others).sum()) / 4, slope
