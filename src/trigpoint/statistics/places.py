# SPDX-License-Identifier: MIT
"""Places in a ranking, with ties as what they are: several values share a range of places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction


def shared_places(values: Sequence[Fraction]) -> tuple[tuple[int, int], ...]:
    """Return the first and last place that each value shares, from 1, the highest value first.

    values: length n, any order, none missing. Returns length n, in the order of the values.

    >>> shared_places([Fraction(7), Fraction(9), Fraction(7)])
    ((2, 3), (1, 1), (2, 3))
    """
    rising = sorted(values)
    count = len(rising)
    return tuple((count - bisect_right(rising, value) + 1, count - bisect_left(rising, value)) for value in values)


def shared_place(value: Fraction, values: Sequence[Fraction]) -> tuple[int, int]:
    """Return the first and last place, from 1, that a value shares among `values`, of which it is one.

    >>> shared_place(Fraction(7), [Fraction(7), Fraction(9), Fraction(7)])
    (2, 3)
    """
    return 1 + sum(1 for other in values if other > value), sum(1 for other in values if other >= value)
