# SPDX-License-Identifier: MIT
"""Least squares with errors that hold when the spread differs from unit to unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
# Newton's method takes some five turns; where it takes more, the likelihood has no top.
_MOST_TURNS = 50


@dataclass(frozen=True, slots=True)
class Fit:
    """Effects of the columns of a design. effects, errors, p: length of the columns. df: units left over."""

    effects: Floats
    errors: Floats
    df: int

    @property
    def p(self) -> Floats:
        """Two-sided p of each effect being 0."""
        return np.asarray(2 * stats.t.sf(np.abs(self.effects / self.errors), self.df))

    def interval(self, column: int, level: float = 0.95) -> tuple[float, float]:
        """Return the interval of one effect."""
        half = float(stats.t.isf((1 - level) / 2, self.df) * self.errors[column])
        return float(self.effects[column]) - half, float(self.effects[column]) + half

    def detectable(self, column: int, *, power: float = 0.8, level: float = 0.95) -> float:
        """Return the least true effect that a study like this finds with the power asked for."""
        reach = stats.t.isf((1 - level) / 2, self.df) + stats.t.ppf(power, self.df)
        return float(reach * self.errors[column])


def fit(values: Floats, design: Floats, *, weights: Floats | None = None) -> Fit:
    """Return least squares with HC3 errors.

    values: length n. design: shape (n, p), with a column of ones where an intercept is wanted. weights: length n, 0 or
    more; all 1 when None. A unit that alone decides an effect has no error of its own, and the fit is refused.
    Raises ValueError for columns that say the same, too few units, negative weights, or such a unit.
    Source: MacKinnon and White, Journal of Econometrics 29 (1985) 305-325; Long and Ervin, Am Stat 54 (2000) 217-224.
    """
    times = np.ones(len(values)) if weights is None else weights
    if (times < 0).any():
        raise ValueError("weights must be 0 or more")
    counted = times > 0
    x, y, root = design[counted], values[counted], np.sqrt(times[counted])
    n, columns = x.shape
    if np.linalg.matrix_rank(x * root[:, None]) < columns:
        raise ValueError("columns say the same, or say nothing: their effects can't be told apart")
    if n <= columns:
        raise ValueError(f"{n} units are too few for {columns} effects")
    inverse = np.linalg.inv((x * root[:, None] ** 2).T @ x)
    effects = inverse @ (x * root[:, None] ** 2).T @ y
    pull = np.einsum("ij,jk,ik->i", x * root[:, None], inverse, x * root[:, None])
    if (pull > 1 - 1e-9).any():
        raise ValueError("one unit alone decides an effect, so nothing shows how much it varies")
    residual = (y - x @ effects) * root / (1 - pull)
    inner = (x * root[:, None] * residual[:, None]).T @ (x * root[:, None] * residual[:, None])
    return Fit(np.asarray(effects), np.sqrt((inverse @ inner @ inverse).diagonal()), n - columns)


def fit_propensity(member: NDArray[np.bool_], design: Floats) -> Floats:
    """Return the chance of each unit of being a member, by logistic regression: 0 to 1, shape (n,).

    design: shape (n, p) with an intercept. Raises ValueError when all or none are members, or when the design tells
    members from others without fail, so that there is no overlap to compare in.
    Source: McCullagh and Nelder, Generalized Linear Models (1989), chapter 4.
    """
    if member.all() or not member.any():
        raise ValueError("a cohort needs members and others")
    turns, step = 0, 1.0
    effects: Floats = np.zeros(design.shape[1])
    while step >= 1e-10:
        chance = 1 / (1 + np.exp(-np.clip(design @ effects, -35, 35)))
        curve = (design * (chance * (1 - chance))[:, None]).T @ design
        if turns > _MOST_TURNS or np.linalg.cond(curve) > 1e12:
            raise ValueError("members and others do not overlap, so there is nothing to compare in")
        away = np.asarray(np.linalg.solve(curve, design.T @ (member - chance)), np.float64)
        effects, turns, step = effects + away, turns + 1, float(np.abs(away).max())
    return np.asarray(1 / (1 + np.exp(-(design @ effects))))
