# SPDX-License-Identifier: MIT
"""Numbers in ranges, so that a count of answers need not keep each number as it was given."""

from __future__ import annotations

import math

from trigpoint.frameworks.model import NumberRange

MOST_RANGES = 10  # as many bars as a reader takes in; a percentage falls into tens
_DECADES = (0, 1, 10, 100, 1_000, 10_000, 100_000)  # above the least number, where there is no greatest


def list_range_starts(limits: NumberRange) -> tuple[float, ...]:
    """Return the least number of each range, from the least number of the scale up; the last one has no end.

    Equal ranges between the two ends of a scale; each whole number by itself where there are few; tens, hundreds and so
    on for a scale without an upper end.

    >>> list_range_starts(NumberRange(minimum=0, maximum=100, whole=True))
    (0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
    >>> list_range_starts(NumberRange(minimum=1, maximum=3, whole=True))
    (1.0, 2.0, 3.0)
    """
    least = float(limits.minimum)
    if limits.maximum is None:
        return tuple(least + step for step in _DECADES)
    span = float(limits.maximum) - least
    if span < MOST_RANGES and (limits.whole or span == 0):
        return tuple(least + step for step in range(int(span) + 1))
    # The last range takes the upper end in as well: 0 to 100 goes by tens, from 90 to 100 by eleven.
    width = math.ceil(span / MOST_RANGES) if limits.whole else span / MOST_RANGES
    return tuple(least + width * position for position in range(math.ceil(span / width)))
