# SPDX-License-Identifier: MIT
"""Weights that make those who replied look like all who were asked, as far as is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
# A margin is met when it is off by no more than this share of itself.
CLOSE = 1e-10
MOST_TURNS = 1000
# Newton's method takes fewer than ten steps where the totals can be reached.
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Margin:
    """What is known of all: codes, length n, the class of each who replied, 0 up; totals of all in each class."""

    codes: Codes
    totals: Floats

    def __post_init__(self) -> None:
        outside = (self.codes < 0) | (self.codes >= len(self.totals))
        if outside.any():
            raise ValueError(f"{int(outside.sum())} replies are of a class that the population does not have")
        if (self.totals < 0).any() or self.totals.sum() <= 0:
            raise ValueError("totals of a population must be 0 or more, and not all 0")
        empty = np.flatnonzero((np.bincount(self.codes, minlength=len(self.totals)) == 0) & (self.totals > 0))
        if len(empty):
            raise ValueError(f"nobody replied in classes {', '.join(str(at + 1) for at in empty)}: join them to others")

    @property
    def indicators(self) -> Floats:
        """A column for each class, shape (n, classes)."""
        return np.asarray(np.eye(len(self.totals))[self.codes])


@dataclass(frozen=True, slots=True)
class Weights:
    """values: length n. turns: it took. is_converged: every total is met. worst: share by which one is off at most."""

    values: Floats
    turns: int
    is_converged: bool
    worst: float


def post_stratify(weights: Floats, margin: Margin) -> Weights:
    """Return weights whose sums are the totals of one set of classes.

    weights: length n, above 0. Raises ValueError otherwise. Source: Holt and Smith, J R Stat Soc A 142 (1979) 33-46.
    """
    return rake(weights, [margin])


def rake(weights: Floats, margins: Sequence[Margin], *, most: float | None = None) -> Weights:
    """Return weights whose sums are the totals of several sets of classes, class by class until all are met.

    weights: length n, above 0. most: the largest weight over the mean weight that is allowed; larger ones are cut and
    what is cut goes to the others, which may leave totals unmet. Raises ValueError for weights of 0 or below, totals
    that do not add up to one and the same, or a cut below the mean.
    Source: Deming and Stephan, Ann Math Stat 11 (1940) 427-444; Potter, Proc Surv Res Methods (1990) 225-230.
    """
    if (weights <= 0).any() or not np.isfinite(weights).all():
        raise ValueError("weights must be above 0")
    sums = [float(margin.totals.sum()) for margin in margins]
    if max(sums) - min(sums) > 1e-8 * max(sums):
        raise ValueError(f"the margins are of populations of different size: {', '.join(f'{one:g}' for one in sums)}")
    if most is not None and most <= 1:
        raise ValueError("a largest weight must be above the mean weight")
    values, turns, worst = weights.astype(np.float64), 0, np.inf
    while worst > CLOSE and turns < MOST_TURNS:
        for margin in margins:
            values = values * _ratio(margin, values)[margin.codes]
        if most is not None:
            values = _cut(values, most * values.mean())
        worst, turns = max(float(np.abs(_ratio(margin, values) - 1).max()) for margin in margins), turns + 1
    return Weights(values, turns, worst <= CLOSE, worst)


def calibrate(weights: Floats, known: Floats, totals: Floats, *, keep_above_0: bool = False) -> Weights:
    """Return weights whose sums of known variables are their totals in the population, as near the old as can be.

    weights: length n, above 0. known: shape (n, p), of full rank. totals: length p. keep_above_0: by raking's distance,
    which leaves no weight below 0; else by squares (GREG), in one turn.
    Raises ValueError for weights of 0 or below, variables that say the same, or totals that can't be reached.
    Source: Deville and Särndal, J Am Stat Assoc 87 (1992) 376-382.
    """
    if (weights <= 0).any():
        raise ValueError("weights must be above 0")
    if np.linalg.matrix_rank(known) < known.shape[1]:
        raise ValueError("known variables say the same, so their totals can't be told apart")
    if not keep_above_0:
        effects = np.linalg.solve((known * weights[:, None]).T @ known, totals - known.T @ weights)
        values = weights * (1 + known @ effects)
        return Weights(values, 1, True, _off(known, values, totals))
    values, effects, turns = weights.astype(np.float64), np.zeros(known.shape[1]), 0
    while _off(known, values, totals) > CLOSE:
        curve = (known * values[:, None]).T @ known
        if turns > MOST_STEPS or not np.isfinite(curve).all() or np.linalg.cond(curve) > 1e14:
            raise ValueError("totals can't be reached with weights above 0")
        effects = effects + np.linalg.solve(curve, totals - known.T @ values)
        values, turns = weights * np.exp(np.clip(known @ effects, -700, 700)), turns + 1
    return Weights(np.asarray(values), turns, True, _off(known, values, totals))


def _off(known: Floats, values: Floats, totals: Floats) -> float:
    """By which share of itself, or by how much of 1 where it is smaller, a total is off at most."""
    return float((np.abs(known.T @ values - totals) / np.maximum(np.abs(totals), 1)).max())


def kish_effect(weights: Floats) -> float:
    """Return by how much unequal weights enlarge the variance of a mean: 1 when all are equal.

    Source: Kish, Survey Sampling (1965), 11.7.
    """
    if (weights < 0).any() or weights.sum() <= 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


def effective_size(weights: Floats) -> float:
    """Return how many equally weighted replies are worth as much: n over `kish_effect`."""
    return len(weights) / kish_effect(weights)


def _ratio(margin: Margin, values: Floats) -> Floats:
    """Total over the sum of weights in each class; 1 for a class that has neither."""
    sums = np.bincount(margin.codes, weights=values, minlength=len(margin.totals))
    return np.asarray(np.divide(margin.totals, sums, out=np.ones(len(sums)), where=sums > 0))


def _cut(values: Floats, limit: float) -> Floats:
    over = values > limit
    if not over.any() or over.all():
        return values
    spare = float((values[over] - limit).sum())
    rest = float(values[~over].sum())
    return np.where(over, limit, values * (1 + spare / rest))
