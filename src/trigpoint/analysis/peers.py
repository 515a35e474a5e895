# SPDX-License-Identifier: MIT
"""Where one unit stands among its peers: as a distribution, never as a place in a league table, never by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from trigpoint.statistics.quantiles import exact_quantile

# Of fewer, somebody who knows the sector could tell whose score the lowest or the highest is.
SMALLEST_GROUP = 5


class PeerPosition(Enum):
    """Where a score lies: against the middle half of the peers, as the tails say little of so few."""

    BELOW = "below"
    ABOUT_THE_SAME = "about the same"
    ABOVE = "above"
    CANT_TELL = "can't tell"


@dataclass(frozen=True, slots=True)
class PeerDistribution:
    """The scores of at least SMALLEST_GROUP peers, exact and unrounded. n: how many have a score."""

    n: int
    lowest: Fraction
    lower_quartile: Fraction
    median: Fraction
    upper_quartile: Fraction
    highest: Fraction


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """One score against its peers.

    peers: how many there are, with a score or without. distribution: None when fewer than SMALLEST_GROUP have one.
    """

    score: Fraction | None
    peers: int
    with_score: int
    distribution: PeerDistribution | None
    position: PeerPosition


def compare_with_peers(score: Fraction | None, peers: Iterable[Fraction | None]) -> PeerComparison:
    """Return where a score lies among those of its peers.

    score: None when the unit has none. peers: a score for each of them, the unit itself left out; None for no score.
    The middle half, both quartiles included, is about the same; can't tell without a score or with too few peers.

    >>> compare_with_peers(Fraction(9), map(Fraction, (1, 2, 3, 4, 5))).position.value
    'above'
    """
    scores = list(peers)
    rising = sorted(one for one in scores if one is not None)
    distribution = summarise_peers(rising)
    return PeerComparison(score, len(scores), len(rising), distribution, find_position(score, distribution))


def summarise_peers(rising: list[Fraction]) -> PeerDistribution | None:
    """Return the distribution of scores, least first; None when they are fewer than SMALLEST_GROUP.

    Quartiles lie in proportion between two scores: Hyndman and Fan (1996), type 7.
    """
    if len(rising) < SMALLEST_GROUP:
        return None
    lower, median, upper = (exact_quantile(rising, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    assert lower is not None, "there are scores"
    assert median is not None, "there are scores"
    assert upper is not None, "there are scores"
    return PeerDistribution(len(rising), rising[0], lower, median, upper, rising[-1])


def find_position(score: Fraction | None, distribution: PeerDistribution | None) -> PeerPosition:
    """Return where a score lies against the middle half of a distribution; either may be missing."""
    if score is None or distribution is None:
        return PeerPosition.CANT_TELL
    if score < distribution.lower_quartile:
        return PeerPosition.BELOW
    return PeerPosition.ABOVE if score > distribution.upper_quartile else PeerPosition.ABOUT_THE_SAME
