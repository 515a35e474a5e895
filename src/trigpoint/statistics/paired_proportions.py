# SPDX-License-Identifier: MIT
"""Whether a share changed among the same units: McNemar's test, and the change with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import optimize, stats

from trigpoint.statistics.proportions import ShareInterval


@dataclass(frozen=True, slots=True)
class PairedCounts:
    """The same units asked twice: yes both times, only first, only second, neither. Counts, 0 or more."""

    both: int
    only_first: int
    only_second: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.only_first, self.only_second, self.neither) < 0 or self.n < 1:
            raise ValueError(f"counts of pairs must be 0 or more and not all 0, got {self}")

    @property
    def n(self) -> int:
        """How many units."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def changed(self) -> int:
        """How many said something else the second time."""
        return self.only_first + self.only_second


@dataclass(frozen=True, slots=True)
class PairedTest:
    """exact: two-sided p by the binomial distribution; mid: by mid-p. chi2: on one degree of freedom."""

    exact: float
    mid: float
    chi2: float
    corrected_chi2: float


def compare_changes(counts: PairedCounts) -> PairedTest:
    """Return McNemar's test that as many changed one way as the other. With nobody changed p is 1 and chi2 is 0.

    Source: McNemar, Psychometrika 12 (1947) 153-157; Fagerland, Lydersen and Laake, BMC Med Res Methodol 13 (2013) 91.
    """
    fewer, changed = min(counts.only_first, counts.only_second), counts.changed
    if changed == 0:
        return PairedTest(exact=1.0, mid=1.0, chi2=0.0, corrected_chi2=0.0)
    away = abs(counts.only_first - counts.only_second)
    exact = min(1.0, 2 * float(stats.binom.cdf(fewer, changed, 0.5)))
    # Half of what is as likely as what was seen; with a tie both tails hold it, and it counts once.
    mid = (
        exact - float(stats.binom.pmf(fewer, changed, 0.5))
        if away
        else 1.0 - float(stats.binom.pmf(fewer, changed, 0.5) / 2)
    )
    return PairedTest(exact, mid, away**2 / changed, max(0, away - 1) ** 2 / changed)


def paired_difference(counts: PairedCounts, *, level: float = 0.95) -> ShareInterval:
    """Return the share of the second time less that of the first, with Tango's score interval.

    Source: Tango, Stat Med 17 (1998) 891-908.
    """
    found = (counts.only_second - counts.only_first) / counts.n
    z = float(stats.norm.isf((1 - level) / 2))

    def beyond(difference: float) -> float:
        return abs(found - difference) * counts.n - z * math.sqrt(counts.n * _variance_at(counts, difference))

    return ShareInterval(found, _end(beyond, found, -1.0), _end(beyond, found, 1.0))


def paired_wald(counts: PairedCounts, *, level: float = 0.95, added: float = 0.0) -> ShareInterval:
    """Return the same difference with Wald's interval, for comparison only: it covers too little in small samples.

    added: to each of the four counts, 0.5 for the interval of Agresti and Min (Biometrics 61 (2005) 515-523).
    """
    n, up, down = counts.n + 4 * added, counts.only_second + added, counts.only_first + added
    found = (up - down) / n
    half = float(stats.norm.isf((1 - level) / 2)) * math.sqrt(up + down - (up - down) ** 2 / n) / n
    return ShareInterval(found, found - half, found + half)


def _end(beyond: Callable[[float], float], found: float, side: float) -> float:
    start = found + side * 1e-9
    if abs(start) >= 1:
        return side
    return float(optimize.brentq(beyond, start, side, xtol=1e-12))


def _variance_at(counts: PairedCounts, difference: float) -> float:
    """Variance of a pair's change where the shares of the two changes are the likeliest with just this difference."""
    up, down, n = counts.only_second, counts.only_first, counts.n
    a = 2.0 * n
    b = -up - down + (2 * n - up + down) * difference
    c = -down * difference * (1 - difference)
    likely_down = (math.sqrt(max(0.0, b * b - 4 * a * c)) - b) / (2 * a)
    return max(0.0, 2 * likely_down + difference * (1 - difference))
