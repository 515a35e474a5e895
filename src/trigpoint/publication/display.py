# SPDX-License-Identifier: MIT
"""Numbers as people read them. A number is rounded here, once, and nowhere before."""

from __future__ import annotations

from fractions import Fraction

NO_SCORE = "no score"


def round_half_up(number: Fraction, digits: int) -> Fraction:
    """Return the number rounded; a half goes up."""
    tens = 10**digits
    return Fraction((2 * number * tens + 1) // 2, tens)


def display_score(score: Fraction | None) -> str:
    """Return a score with one decimal, half up; words when there is none.

    >>> display_score(Fraction(1409, 20)), display_score(Fraction(70)), display_score(None)
    ('70.5', '70.0', 'no score')
    """
    if score is None:
        return NO_SCORE
    return f"{float(round_half_up(score, 1)):.1f}"


def display_count(count: Fraction) -> str:
    """Return a whole number with commas.

    >>> display_count(Fraction(4560))
    '4,560'
    """
    return f"{int(count):,}"


def display_percent(percent: Fraction | None) -> str:
    """Return a percentage without decimals. What is neither none nor all never reads as 0% or 100%.

    >>> display_percent(Fraction(2500, 30)), display_percent(Fraction(1, 3)), display_percent(Fraction(299, 3))
    ('83%', 'under 1%', 'over 99%')
    """
    if percent is None:
        return NO_SCORE
    whole = round_half_up(percent, 0)
    if whole == 0 and percent > 0:
        return "under 1%"
    if whole == 100 and percent < 100:
        return "over 99%"
    return f"{int(whole)}%"
