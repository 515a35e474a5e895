# SPDX-License-Identifier: MIT
"""Means and totals of a weighted survey, with errors that know what the weights were fitted to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from trigpoint.statistics.survey_weights import Margin

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SurveyDesign:
    """How replies came about. clusters: length n, what was drawn together, 0 up. drawn_from: clusters there are.

    drawn_from None: so many that it does not matter. fitted_to: shape (n, p), what weights were fitted to, or None.
    base: length n, the weights before they were fitted; all alike when None.
    """

    clusters: NDArray[np.intp]
    drawn_from: float | None = None
    fitted_to: Floats | None = None
    base: Floats | None = None

    @property
    def count(self) -> int:
        """How many clusters were drawn."""
        return int(self.clusters.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """value with its standard error; lower, upper: 95 % by t on clusters less 1."""

    value: float
    error: float
    lower: float
    upper: float
    n: int


def join_margins(margins: list[Margin]) -> Floats:
    """Return the classes of several margins as columns, those that the others imply left out: shape (n, p)."""
    columns = margins[0].indicators
    for margin in margins[1:]:
        columns = np.hstack([columns, margin.indicators[:, 1:]])
    return columns


def weighted_mean(values: Floats, weights: Floats, design: SurveyDesign) -> SurveyEstimate:
    """Return the weighted mean with its error by linearisation; residuals are from what the weights were fitted to.

    values, weights: length n, none missing, weights 0 or more. Raises ValueError for weights that are all 0, or fewer
    than two clusters. Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), chapters 5 and 6.
    """
    total = float(weights.sum())
    if total <= 0 or (weights < 0).any():
        raise ValueError("weights must be 0 or more, and not all 0")
    mean = float(weights @ values) / total
    return _estimate(mean, (values - mean) / total, weights, design)


def weighted_total(values: Floats, weights: Floats, design: SurveyDesign) -> SurveyEstimate:
    """Return the weighted total with its error, as `weighted_mean`."""
    return _estimate(float(weights @ values), values, weights, design)


def _estimate(value: float, influence: Floats, weights: Floats, design: SurveyDesign) -> SurveyEstimate:
    if design.count < 2:
        raise ValueError("an error takes two clusters or more")
    left = influence if design.fitted_to is None else _residual(influence, design.fitted_to, design.base)
    sums = np.bincount(design.clusters, weights=weights * left, minlength=design.count)
    rest = 1 - design.count / design.drawn_from if design.drawn_from else 1.0
    variance = rest * design.count / (design.count - 1) * float(((sums - sums.mean()) ** 2).sum())
    error = math.sqrt(max(0.0, variance))
    half = float(stats.t.isf(0.025, design.count - 1)) * error
    return SurveyEstimate(value, error, value - half, value + half, len(weights))


def _residual(influence: Floats, fitted_to: Floats, base: Floats | None) -> Floats:
    root = np.ones(len(influence)) if base is None else np.sqrt(base)
    effects = np.linalg.lstsq(fitted_to * root[:, None], influence * root, rcond=None)[0]
    return np.asarray(influence - fitted_to @ effects)
