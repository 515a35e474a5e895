# SPDX-License-Identifier: MIT
"""Fractions rounded and put into bands by whole-number arithmetic, so that half up means half up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks.model import Bands, Exact, Rounding

Whole = NDArray[Any]  # int64, or Python ints in an object array when a plan is wide


def round_fraction(numerator: Whole, denominator: Whole, rounding: Rounding) -> tuple[Whole, Whole]:
    """Return fractions rounded to `digits` decimals, as fractions of a power of ten; no score (0/0) stays none.

    half_up: a half goes up (towards plus infinity). half_even: to the even neighbour. down: towards minus infinity.
    """
    tens = 10**rounding.digits
    bottom = np.where(denominator == 0, 1, denominator)
    scaled = numerator * tens
    if rounding.mode == "down":
        rounded = scaled // bottom
    else:
        rounded = (2 * scaled + bottom) // (2 * bottom)
        if rounding.mode == "half_even":
            is_half = (2 * scaled + bottom) % (2 * bottom) == 0
            rounded = rounded - (is_half & (rounded % 2 == 1))
    return rounded, np.where(denominator == 0, 0, np.full_like(bottom, tens))


def find_bands(numerator: Whole, denominator: Whole, bands: Bands | None) -> NDArray[np.int8]:
    """Return the position of each score's band, -1 where there is no score or no band."""
    position = np.full(numerator.shape, -1, np.int8)
    if bands is None:
        return position
    if bands.band_on == "rounded" and (denominator > 1).any():  # else they are whole numbers already
        numerator, denominator = round_fraction(numerator, denominator, Rounding("half_up", 0))
    for band in bands.bands:  # they rise, so a score's band is the last of those it has reached
        position += _is_at_least(numerator, denominator, band.from_score)
    return np.where(denominator == 0, np.int8(-1), position)


def _is_at_least(numerator: Whole, denominator: Whole, limit: Exact) -> NDArray[np.bool_]:
    exact = Fraction(limit)
    return np.asarray(numerator * exact.denominator >= denominator * exact.numerator, dtype=np.bool_)
