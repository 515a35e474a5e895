# SPDX-License-Identifier: MIT
"""Shares of counts with intervals, and the difference of two shares of different units."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import optimize, stats

# A score interval's ends are found to this; shares are printed with three decimals at most.
_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A share, 0 to 1, or a difference of shares, -1 to 1, with its interval."""

    share: float
    lower: float
    upper: float


def wilson_interval(count: int, n: int, *, level: float = 0.95, corrected: bool = False) -> ShareInterval:
    """Return the share of a count with Wilson's interval.

    count: 0 to n. n: 1 or more. corrected: for continuity, which never covers too little. Raises ValueError otherwise.
    Source: Wilson, J Am Stat Assoc 22 (1927) 209-212; Newcombe, Stat Med 17 (1998) 857-872, methods 3 and 4.

    >>> interval = wilson_interval(81, 263)
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (0.2553, 0.3662)
    """
    _require(count, n, level)
    z, share = _z(level), count / n
    if corrected:
        return ShareInterval(share, _corrected_lower(count, n, z), 1 - _corrected_lower(n - count, n, z))
    middle = 2 * count + z * z
    half = z * math.sqrt(z * z + 4 * count * (1 - share))
    lower, upper = (middle - half) / (2 * (n + z * z)), (middle + half) / (2 * (n + z * z))
    return ShareInterval(share, 0.0 if count == 0 else lower, 1.0 if count == n else upper)


def exact_interval(count: int, n: int, *, level: float = 0.95) -> ShareInterval:
    """Return the share of a count with the interval of Clopper and Pearson, which never covers too little.

    count: 0 to n. n: 1 or more. Raises ValueError otherwise. Source: Clopper and Pearson, Biometrika 26 (1934) 404-413.
    """
    _require(count, n, level)
    tail = (1 - level) / 2
    lower = 0.0 if count == 0 else float(stats.beta.ppf(tail, count, n - count + 1))
    upper = 1.0 if count == n else float(stats.beta.isf(tail, count + 1, n - count))
    return ShareInterval(count / n, lower, upper)


def share_difference(
    first: tuple[int, int], second: tuple[int, int], *, level: float = 0.95, unbiased: bool = True
) -> ShareInterval:
    """Return the first share less the second, of different units, with the score interval.

    first, second: count and n of each. unbiased: with the factor N / (N - 1) of Miettinen and Nurminen; without it the
    interval is Mee's. Raises ValueError for counts outside 0 to n.
    Source: Miettinen and Nurminen, Stat Med 4 (1985) 213-226; Mee, Biometrics 40 (1984) 1175-1176.
    """
    for count, n in (first, second):
        _require(count, n, level)
    z, total = _z(level), first[1] + second[1]
    factor = total / (total - 1) if unbiased else 1.0
    found = first[0] / first[1] - second[0] / second[1]

    def beyond(difference: float) -> float:
        """How far the difference found lies from this one, less what chance allows."""
        variance = _variance_at(first, second, difference) * factor
        return abs(found - difference) - z * math.sqrt(variance)

    return ShareInterval(found, _end(beyond, found, -1.0), _end(beyond, found, 1.0))


def _end(beyond: Callable[[float], float], found: float, side: float) -> float:
    """The difference, on the side of -1 or 1, at which chance allows no more."""
    # A step off what was found: with no count at all its own variance is 0, and the root would be found there.
    start = found + side * 1e-9
    if abs(start) >= 1:
        return side
    return float(optimize.brentq(beyond, start, side, xtol=_TOLERANCE))


def _variance_at(first: tuple[int, int], second: tuple[int, int], difference: float) -> float:
    """The variance of the difference at the two likeliest shares that differ by just so much.

    The first of them solves a cubic: Farrington and Manning, Stat Med 9 (1990) 1447-1454.
    """
    (x1, n1), (x2, n2) = first, second
    ratio, p1, p2 = n2 / n1, x1 / n1, x2 / n2
    a = 1 + ratio
    b = -(1 + ratio + p1 + ratio * p2 + difference * (ratio + 2))
    c = difference**2 + difference * (2 * p1 + ratio + 1) + p1 + ratio * p2
    d = -p1 * difference * (1 + difference)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = math.copysign(math.sqrt(max(0.0, (b / (3 * a)) ** 2 - c / (3 * a))), v)
    turned = (math.pi + math.acos(min(1.0, max(-1.0, v / u**3 if u else 1.0)))) / 3
    likely = min(1.0, max(0.0, 2 * u * math.cos(turned) - b / (3 * a)))
    other = min(1.0, max(0.0, likely - difference))
    return likely * (1 - likely) / n1 + other * (1 - other) / n2


def _require(count: int, n: int, level: float) -> None:
    if not 0 <= count <= n or n < 1:
        raise ValueError(f"a share needs a count from 0 to n and n of 1 or more, got {count} of {n}")
    if not 0 < level < 1:
        raise ValueError(f"a level of confidence lies between 0 and 1, got {level}")


def _z(level: float) -> float:
    return float(stats.norm.isf((1 - level) / 2))


def _corrected_lower(count: int, n: int, z: float) -> float:
    if count == 0:
        return 0.0
    share = count / n
    half = z * math.sqrt(z * z - 2 - 1 / n + 4 * share * (n * (1 - share) + 1))
    return max(0.0, (2 * count + z * z - 1 - half) / (2 * (n + z * z)))
