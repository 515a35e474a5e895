# SPDX-License-Identifier: MIT
"""Which units changed by more than the error of measurement explains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Of both scores at 95 %: Jacobson and Truax, J Consult Clin Psychol 59 (1991) 12-19.
BAR = 1.959963984540054 * math.sqrt(2)
# Nobody measured it, so counts are shown for errors from small to large, in points.
ERRORS = (1.0, 2.0, 3.0, 4.0, 5.0)


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """At an error of measurement: the change needed, and how many units are worse, undecided and better."""

    error: float
    bar: float
    worse: int
    undecided: int
    better: int


def count_reliable_changes(changes: Sequence[Fraction], errors: Sequence[float] = ERRORS) -> tuple[ReliableChange, ...]:
    """Return for each standard error of measurement how many units changed beyond doubt.

    changes: later less earlier score. errors: in points, above 0, of one score. Raises ValueError otherwise.

    >>> count_reliable_changes([Fraction(12), Fraction(-3)], [4.0])[0].better
    1
    """
    if any(error <= 0 for error in errors):
        raise ValueError("an error of measurement must be above 0")
    counted = []
    for error in errors:
        bar = BAR * error
        worse, better = sum(one < -bar for one in changes), sum(one > bar for one in changes)
        counted.append(ReliableChange(error, bar, worse, len(changes) - worse - better, better))
    return tuple(counted)
