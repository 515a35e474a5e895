# SPDX-License-Identifier: MIT
"""How far the items of a scale hang together: Cronbach's alpha and what each item does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


class Gaps(Enum):
    """What is done with units that did not answer every item."""

    LISTWISE = "only units that answered every item"
    PAIRWISE = "for each pair of items the units that answered both"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha of k answers.

    n: units that count; for pairwise the fewest of any pair. standardised: of correlations. lambda6: Guttman's.
    lower, upper: Feldt's 95 % interval. error: asymptotic standard error.
    """

    raw: float
    standardised: float
    lambda6: float
    lower: float
    upper: float
    error: float
    k: int
    n: int
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class ItemConsistency:
    """What each item does, arrays of length k. rest: correlation with the sum of the others. alpha_without: of them.

    alpha_without: nan with two items only. n: units that answered every item.
    """

    rest: Floats
    alpha_without: Floats
    n: int


def cronbach_alpha(answers: Floats, *, gaps: Gaps = Gaps.LISTWISE, level: float = 0.95) -> Alpha:
    """Return Cronbach's alpha with its interval.

    answers: shape (units, k), nan where there is no answer; reversed items turned round already. k of 2 or more.
    Raises ValueError for fewer than two items or three units, an item that does not vary, a pair never answered
    together. High alpha is no virtue of a checklist, whose items need not measure one thing.
    Source: Cronbach, Psychometrika 16 (1951) 297-334; Feldt, Woodruff and Salih, Appl Psychol Meas 11 (1987) 93-103;
    Duhachek and Iacobucci, J Appl Psychol 89 (2004) 792-808.
    """
    covariance, n = item_covariance(answers, gaps)
    k, raw = len(covariance), _alpha(covariance)
    deviations = np.sqrt(covariance.diagonal())
    correlation = covariance / np.outer(deviations, deviations)
    tail = (1 - level) / 2
    df = (n - 1, (n - 1) * (k - 1))
    return Alpha(
        raw=raw,
        standardised=_alpha(correlation),
        lambda6=_lambda6(correlation),
        lower=1 - (1 - raw) * float(stats.f.isf(tail, *df)),
        upper=1 - (1 - raw) * float(stats.f.ppf(tail, *df)),
        error=_error(covariance, n),
        k=k,
        n=n,
        gaps=gaps,
    )


def check_items(answers: Floats) -> ItemConsistency:
    """Return each item's correlation with the rest and alpha without it, of units that answered every item.

    Raises ValueError as `cronbach_alpha` does. Source: Nunnally and Bernstein, Psychometric Theory (1994), chapter 8.
    """
    covariance, n = item_covariance(answers, Gaps.LISTWISE)
    k = len(covariance)
    kept = [np.delete(np.delete(covariance, at, 0), at, 1) for at in range(k)]
    with_rest = covariance.sum(axis=1) - covariance.diagonal()
    rest_variance = np.array([rest.sum() for rest in kept])
    bottom = np.sqrt(covariance.diagonal() * rest_variance)
    without = [_alpha(rest) if k > 2 else math.nan for rest in kept]
    rest = np.divide(with_rest, bottom, out=np.full(k, np.nan), where=bottom > 0)
    return ItemConsistency(np.asarray(rest), np.array(without), n)


def item_covariance(answers: Floats, gaps: Gaps) -> tuple[Floats, int]:
    """Return the covariances of items, shape (k, k), and the fewest units behind any. Raises ValueError."""
    if answers.ndim != 2 or answers.shape[1] < 2:
        raise ValueError("a scale needs two items or more")
    there = np.isfinite(answers)
    if gaps is Gaps.LISTWISE:
        answers = answers[there.all(axis=1)]
        there = np.isfinite(answers)
    seen = there.astype(np.float64)
    counts = seen.T @ seen
    n = int(counts.min())
    if n < 3:
        raise ValueError(f"{n} units answered {'every item' if gaps is Gaps.LISTWISE else 'some pair'}: 3 are needed")
    filled = np.where(there, answers, 0.0)
    # Each mean of a pair is over the units that answered both, as the covariance is.
    sums = filled.T @ seen
    covariance = (filled.T @ filled - sums * sums.T / counts) / (counts - 1)
    still = np.flatnonzero(covariance.diagonal() <= 1e-12 * np.square(filled).max(axis=0).clip(1e-300))
    if len(still):
        raise ValueError(f"items that do not vary say nothing: {', '.join(str(at + 1) for at in still)}")
    return np.asarray(covariance), n


def _alpha(covariance: Floats) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _lambda6(correlation: Floats) -> float:
    """From squared multiple correlations; nan when one item is a sum of others."""
    if np.linalg.cond(correlation) > 1e12:
        return math.nan
    return float(1 - (1 / np.linalg.inv(correlation).diagonal()).sum() / correlation.sum())


def _error(covariance: Floats, n: int) -> float:
    k, total, trace = len(covariance), float(covariance.sum()), float(np.trace(covariance))
    square = covariance @ covariance
    spread = total * (float(np.trace(square)) + trace**2) - 2 * trace * float(square.sum())
    return math.sqrt(max(0.0, 2 * k**2 / ((k - 1) ** 2 * total**3) * spread) / n)
