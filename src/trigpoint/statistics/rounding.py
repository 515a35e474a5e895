# SPDX-License-Identifier: MIT
"""Rounding of exact numbers by whole-number arithmetic, so that half up means half up."""

from __future__ import annotations

from fractions import Fraction


def round_half_up(value: Fraction, *, digits: int) -> Fraction:
    """Return the value rounded to `digits` decimals; a half goes up, so 2.5 becomes 3 and -2.5 becomes -2.

    digits: below 0 rounds to tens, hundreds, and so on.

    >>> round_half_up(Fraction(5, 2), digits=0)
    Fraction(3, 1)
    """
    unit = Fraction(10) ** -digits
    return (2 * value / unit + 1) // 2 * unit


def cut_decimals(value: Fraction, *, digits: int) -> Fraction:
    """Return the value with what stands behind `digits` decimals cut off, towards zero.

    >>> cut_decimals(Fraction(199, 100), digits=1)
    Fraction(19, 10)
    """
    unit = Fraction(10) ** -digits
    steps = abs(value) / unit // 1
    return -steps * unit if value < 0 else steps * unit
