# SPDX-License-Identifier: MIT
"""Whether the spread of paired values changed: the Pitman–Morgan test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


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


def compare_spread(first: Sequence[Fraction], second: Sequence[Fraction]) -> SpreadTest:
    """Return the Pitman–Morgan test of equal spread of paired values.

    first, second: length n, 3 or more, none missing, exact. The test is the same as that of no correlation between
    change and mean of the two values (Oldham). Two values in perfect correlation give t of plus or minus infinity and p
    of 0 when their spreads differ; t of 0 and p of 1 when all units moved by the same amount.
    Raises ValueError when the lengths differ, n is below 3, or either has no spread.
    Source: Morgan, Biometrika 31 (1939) 13-19; Pitman, Biometrika 31 (1939) 9-12.
    """
    n = len(first)
    if n != len(second) or n < 3:
        raise ValueError(f"a test of spread needs 3 or more pairs, got {n} and {len(second)} values")
    xx, yy, xy = _sums_of_products(first, second)
    if xx == 0 or yy == 0:
        raise ValueError("a test of spread needs values that differ from each other")
    t = _t(xx, yy, xy, n)
    sd_first, sd_second = (math.sqrt(total / (n - 1)) for total in (xx, yy))
    return SpreadTest(sd_first, sd_second, _signed_root(xy * xy / (xx * yy), xy), t, _two_sided_p(t, n - 2))


def _sums_of_products(first: Sequence[Fraction], second: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """The sums of squares about the two means, and the sum of products."""
    n = len(first)
    mean_first, mean_second = sum(first, Fraction(0)) / n, sum(second, Fraction(0)) / n
    aways = [(one - mean_first, other - mean_second) for one, other in zip(first, second, strict=True)]
    zero = Fraction(0)
    return (
        sum((x * x for x, _ in aways), zero),
        sum((y * y for _, y in aways), zero),
        sum((x * y for x, y in aways), zero),
    )


def _t(xx: Fraction, yy: Fraction, xy: Fraction, n: int) -> float:
    # Exact until the root. Where all move by the same amount both top and bottom are 0, and what floats leave of a
    # difference in the one, over what they leave in the other, can be any number at all.
    top, bottom = yy - xx, 4 * (xx * yy - xy * xy)
    if bottom == 0:
        return math.copysign(math.inf, top) if top else 0.0
    return _signed_root((n - 2) * top * top / bottom, top)


def _signed_root(square: Fraction, sign: Fraction) -> float:
    return math.copysign(math.sqrt(square), sign)


def _two_sided_p(t: float, degrees_of_freedom: int) -> float:
    # Imported here, and not scipy.stats: that takes half a second, and most claims need no test.
    from scipy.special import stdtr

    return float(2 * stdtr(degrees_of_freedom, -abs(t)))
