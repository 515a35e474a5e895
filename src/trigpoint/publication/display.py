# SPDX-License-Identifier: MIT
"""Numbers as people read them. A number is rounded here, once, and nowhere before."""

from __future__ import annotations

from fractions import Fraction

from trigpoint.statistics.rounding import round_half_up

NO_SCORE = "no score"


def display_score(score: Fraction | None) -> str:
    """Return a score with one decimal, half up; words when there is none.

    >>> display_score(Fraction(1409, 20)), display_score(Fraction(70)), display_score(None)
    ('70.5', '70.0', 'no score')
    """
    if score is None:
        return NO_SCORE
    return f"{float(round_half_up(score, digits=1)):.1f}"


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
    whole = round_half_up(percent, digits=0)
    if whole == 0 and percent > 0:
        return "under 1%"
    if whole == 100 and percent < 100:
        return "over 99%"
    return f"{int(whole)}%"


def display_part(part: Fraction) -> str:
    """Return what makes up a score, such as points or a weight: whole as it is, else with two decimals, half up.

    >>> display_part(Fraction(70)), display_part(Fraction(1, 8)), display_part(Fraction(75, 2))
    ('70', '0.13', '37.50')
    """
    return str(part.numerator) if part.denominator == 1 else f"{float(round_half_up(part, digits=2)):.2f}"
