# SPDX-License-Identifier: MIT
"""Whether the spread of paired values changed: the Pitman–Morgan test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class SpreadTest:
    """Two standard deviations of the same units (divisor n - 1), and the test that they are equal.

    correlation: between the two values of a unit. t: negative when the spread fell; n - 2 degrees of freedom.
    p: two-sided.
    """

    first: float
    second: float
    correlation: float
    t: float
    p: float


def compare_spread(first: Sequence[float], second: Sequence[float]) -> SpreadTest:
    """Return the Pitman–Morgan test of equal spread of paired values.

    first, second: length n, 3 or more, none missing. The test is the same as that of no correlation between change and
    mean of the two values (Oldham). Two values in perfect correlation give t of plus or minus infinity and p of 0.
    Raises ValueError when the lengths differ, n is below 3, or either has no spread.
    Source: Morgan, Biometrika 31 (1939) 13-19; Pitman, Biometrika 31 (1939) 9-12.
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != other.shape or one.size < 3:
        raise ValueError(f"a test of spread needs 3 or more pairs, got {one.size} and {other.size} values")
    sd_one, sd_other = float(np.std(one, ddof=1)), float(np.std(other, ddof=1))
    if sd_one == 0 or sd_other == 0:
        raise ValueError("a test of spread needs values that differ from each other")
    r = float(np.corrcoef(one, other)[0, 1])
    t = _t(sd_one, sd_other, r, one.size)
    return SpreadTest(sd_one, sd_other, r, t, _two_sided_p(t, one.size - 2))


def _t(sd_one: float, sd_other: float, r: float, n: int) -> float:
    top = math.sqrt(n - 2) * (sd_other**2 - sd_one**2)
    bottom = 2 * sd_one * sd_other * math.sqrt(max(0.0, 1 - r**2))
    if bottom == 0:
        return math.copysign(math.inf, top) if top else 0.0
    return top / bottom


def _two_sided_p(t: float, degrees_of_freedom: int) -> float:
    # Imported here, and not scipy.stats: that takes half a second, and most claims need no test.
    from scipy.special import stdtr

    return float(2 * stdtr(degrees_of_freedom, -abs(t)))
