# SPDX-License-Identifier: MIT
"""Correlations of what lies behind ordered answers: polychoric, by maximum likelihood in two steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)
_STRONGEST = 0.9999


def polychoric(first: Floats, second: Floats) -> float:
    """Return the correlation of two normal variables of which only ordered categories are seen, -1 to 1.

    first, second: length n, numbers that order the categories; nan where there is no answer, and the pair is left out.
    Raises ValueError when either has one category only.
    Source: Olsson, Psychometrika 44 (1979) 443-460 (two steps).
    """
    both = np.isfinite(first) & np.isfinite(second)
    table = _cross(first[both], second[both])
    if min(table.shape) < 2:
        raise ValueError("a polychoric correlation needs two categories or more of both answers")
    rows, columns = _thresholds(table.sum(axis=1)), _thresholds(table.sum(axis=0))

    def unlikely(correlation: float) -> float:
        corners = bivariate_normal(rows[:, None], columns[None, :], correlation)
        cells = np.diff(np.diff(corners, axis=0), axis=1)
        return -float((table * np.log(cells.clip(1e-300))).sum())

    found = optimize.minimize_scalar(unlikely, bounds=(-_STRONGEST, _STRONGEST), method="bounded",
                                     options={"xatol": 1e-8})  # fmt: skip
    return float(found.x)


def polychoric_matrix(answers: Floats) -> Floats:
    """Return the polychoric correlations of all items, shape (k, k). answers: shape (units, k). Raises ValueError."""
    k = answers.shape[1]
    matrix = np.eye(k)
    for one in range(k):
        for other in range(one):
            matrix[one, other] = matrix[other, one] = polychoric(answers[:, one], answers[:, other])
    return matrix


def ordinal_alpha(answers: Floats) -> float:
    """Return alpha of what lies behind ordered answers: standardised alpha of polychoric correlations.

    answers: shape (units, k), k of 2 or more, nan where there is no answer. Raises ValueError for a single item, or one
    with one category. Source: Zumbo, Gadermann and Zeisser, J Mod Appl Stat Methods 6 (2007) 21-29.
    """
    k = answers.shape[1]
    if k < 2:
        raise ValueError("a scale needs two items or more")
    matrix = polychoric_matrix(answers)
    return float(k / (k - 1) * (1 - k / matrix.sum()))


def bivariate_normal(first: Floats, second: Floats, correlation: float) -> Floats:
    """Return the chance that two standard normal variables both lie below limits; infinite limits are allowed.

    By integration over the correlation: Drezner and Wesolowsky, J Stat Comput Simul 35 (1990) 101-107.
    """
    low, high = np.clip(first, -40, 40), np.clip(second, -40, 40)
    angle = np.arcsin(correlation)
    angles = angle / 2 * (_NODES + 1)
    sine, cosine2 = np.sin(angles), np.cos(angles) ** 2
    shape = np.broadcast_shapes(low.shape, high.shape)
    x, y = np.broadcast_to(low, shape)[..., None], np.broadcast_to(high, shape)[..., None]
    density = np.exp(-(x**2 - 2 * x * y * sine + y**2) / (2 * cosine2))
    along = (density * _WEIGHTS).sum(axis=-1) * angle / 2 / (2 * np.pi)
    return np.asarray(special.ndtr(low) * special.ndtr(high) + along)


def _cross(first: Floats, second: Floats) -> Floats:
    _, one = np.unique(first, return_inverse=True)
    _, other = np.unique(second, return_inverse=True)
    table = np.zeros((int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1))
    np.add.at(table, (one, other), 1)
    return table


def _thresholds(counts: Floats) -> Floats:
    """Limits between categories, from minus to plus infinity."""
    shares = counts.cumsum() / counts.sum()
    return np.concatenate([[-np.inf], special.ndtri(shares[:-1]), [np.inf]])
