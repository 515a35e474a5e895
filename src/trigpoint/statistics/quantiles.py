# SPDX-License-Identifier: MIT
"""Quantiles of exact numbers, as exact fractions: the same digits on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def exact_quantile(rising: Sequence[Fraction], share: Fraction) -> Fraction | None:
    """Return the score below which a share of the scores lie; None when there are no scores.

    rising: the scores, least first. share: 0 to 1.
    Between two scores it lies in proportion: Hyndman and Fan (1996), type 7, as spreadsheets and numpy have it.

    >>> exact_quantile([Fraction(10), Fraction(20), Fraction(40), Fraction(80)], Fraction(1, 2))
    Fraction(30, 1)
    """
    if not rising:
        return None
    place = share * (len(rising) - 1)
    below = int(place)
    above = min(below + 1, len(rising) - 1)
    return rising[below] + (place - below) * (rising[above] - rising[below])
