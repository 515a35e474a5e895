# SPDX-License-Identifier: MIT
"""Correlated normal numbers that are the same to the last bit on every machine, and the thresholds that cut them.

Only sums, products and square roots are used, one at a time, each of which IEEE 754 rounds in one way; a matrix
library may add in another order on another machine. Whatever comes from a logarithm is rounded to six digits, far
coarser than the last bit in which two libraries can differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

DIGITS = 6
# Beyond any draw that is ever made: a share of 0 or 1 is cut here.
FAR_OUT = 9.0


def draw_normals(rng: np.random.Generator, *shape: int) -> NDArray[np.float64]:
    """Return standard normal numbers of this shape, rounded to DIGITS."""
    return np.round(rng.standard_normal(shape), DIGITS)


def lower_root(matrix: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """Return the lower triangular L with L Lᵀ = matrix (Cholesky), row by row up to the diagonal.

    matrix: symmetric. Raises ValueError when it is not positive definite: no variables have these correlations.
    """
    rows: list[tuple[float, ...]] = []
    for i, given in enumerate(matrix):
        row: list[float] = []
        for j in range(i):
            done = math.fsum(a * b for a, b in zip(row, rows[j], strict=False))
            row.append((given[j] - done) / rows[j][j])
        left = given[i] - math.fsum(a * a for a in row)
        if left <= 0:
            raise ValueError(f"the correlations are not positive definite: row {i + 1} follows from those before it")
        rows.append((*row, math.sqrt(left)))
    return tuple(rows)


def correlate(normals: NDArray[np.float64], root: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Return normals with the correlations of root rootᵀ, rounded to DIGITS.

    normals: shape (n, k), independent. root: k rows, as `lower_root` gives them.
    """
    columns = []
    for row in root:
        column = np.zeros(len(normals))
        for j, weight in enumerate(row):
            column = column + weight * normals[:, j]
        columns.append(np.round(column, DIGITS))
    return np.stack(columns, axis=1)


def mix(factor: NDArray[np.float64], own: NDArray[np.float64], loading: float) -> NDArray[np.float64]:
    """Return standard normals that correlate by `loading`, 0 to 1, with the factor; the rest is their own."""
    return np.round(loading * factor + math.sqrt(1 - loading * loading) * own, DIGITS)


def threshold(share: float) -> float:
    """Return the number below which that share, 0 to 1, of standard normals lies, rounded to DIGITS."""
    if share <= 0:
        return -FAR_OUT
    if share >= 1:
        return FAR_OUT
    return max(-FAR_OUT, round(NormalDist().inv_cdf(share), DIGITS))


def cut(normals: NDArray[np.float64], shares: Sequence[float]) -> NDArray[np.uint8]:
    """Return for each standard normal the position of the class it falls in; classes have these shares, lowest first.

    shares: of any total above 0. Raises ValueError when all are 0.
    """
    total = math.fsum(shares)
    if total <= 0:
        raise ValueError("the shares come to 0: there is no class to fall in")
    limits = [threshold(min(1.0, part / total)) for part in accumulate(shares[:-1])]
    return np.searchsorted(np.array(limits), normals, side="right").astype(np.uint8)
