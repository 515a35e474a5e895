# SPDX-License-Identifier: MIT
"""How far those who replied are like all who were asked, and what those who did not could change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Representativeness:
    """rates: share that replied in each stratum. rate: of all. indicator: 1 when all strata replied alike, 0 at worst.

    error: standard error of the indicator.
    """

    rates: Floats
    rate: float
    indicator: float
    error: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a mean of all lies, whatever those who did not reply would have said."""

    lower: float
    upper: float


def representativeness(replied: NDArray[np.bool_], strata: Codes) -> Representativeness:
    """Return response rates by stratum and the R-indicator, less its bias.

    replied: length n, all who were asked. strata: length n, 0 up, each with a unit. Raises ValueError for nobody asked
    or a stratum without a unit. Source: Schouten, Cobben and Bethlehem, Survey Methodology 35 (2009) 101-113; Shlomo,
    Skinner and Schouten, J Stat Plan Inference 142 (2012) 201-211.
    """
    sizes = np.bincount(strata)
    if not len(sizes) or (sizes == 0).any():
        raise ValueError("each stratum must have somebody who was asked")
    rates = np.bincount(strata, weights=replied) / sizes
    n, rate = len(replied), float(replied.mean())
    spread = float((sizes * (rates - rate) ** 2).sum()) / max(n - 1, 1)
    # Rates vary by chance as well: what that adds to their variance is taken off again.
    by_chance = float((rates * (1 - rates)).sum()) / n
    deviation = float(np.sqrt(max(0.0, spread - by_chance)))
    return Representativeness(
        np.asarray(rates), rate, 1 - 2 * deviation, _indicator_error(sizes, rates, rate, deviation)
    )


def _indicator_error(sizes: NDArray[np.intp], rates: Floats, rate: float, deviation: float) -> float:
    """By the delta method: how the standard deviation of the rates moves with each."""
    if deviation == 0:
        return 0.0
    slopes = sizes * (rates - rate) / (sizes.sum() * deviation)
    return float(2 * np.sqrt((slopes**2 * rates * (1 - rates) / sizes).sum()))


def bound_mean(values: Floats, asked: int, *, least: float, most: float) -> Bounds:
    """Return the least and the most that the mean of all asked can be.

    values: of those who replied, between least and most. asked: all. Raises ValueError otherwise.
    Source: Manski, Partial Identification of Probability Distributions (2003), chapter 1.
    """
    if asked < len(values) or asked < 1:
        raise ValueError(f"{len(values)} replies of {asked} asked can't be")
    if least > most or (values < least).any() or (values > most).any():
        raise ValueError(f"values must lie between {least:g} and {most:g}")
    total, silent = float(values.sum()), asked - len(values)
    return Bounds((total + silent * least) / asked, (total + silent * most) / asked)


def tip(values: Floats, asked: int, shifts: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return what the mean of all would be if those who did not reply differed from the others by a shift: pairs.

    values: of those who replied, one or more. Source: Rubin, Multiple Imputation for Nonresponse in Surveys (1987), 6.
    """
    if not len(values) or asked < len(values):
        raise ValueError(f"{len(values)} replies of {asked} asked show nothing about the others")
    silent = 1 - len(values) / asked
    return tuple((float(shift), float(values.mean()) + silent * shift) for shift in shifts)


def tipping_shift(values: Floats, asked: int, target: float) -> float | None:
    """Return by how much those who did not reply would have to differ for the mean of all to be a target.

    None when everybody replied, so that nothing can move it.
    """
    if asked < len(values) or not len(values):
        raise ValueError(f"{len(values)} replies of {asked} asked show nothing about the others")
    silent = 1 - len(values) / asked
    return None if silent == 0 else (target - float(values.mean())) / silent
