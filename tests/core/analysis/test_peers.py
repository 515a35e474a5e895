# SPDX-License-Identifier: MIT
"""Where a score stands among its peers: against the middle half, never of fewer than five, never by name."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.analysis.peers import SMALLEST_GROUP, PeerDistribution, PeerPosition, compare_with_peers, summarise_peers

SCORES = st.fractions(0, 100, max_denominator=12)
TENS = [Fraction(number) for number in (10, 20, 30, 40, 50)]


def test_the_distribution_has_n_extremes_quartiles_and_median() -> None:
    assert summarise_peers(TENS) == PeerDistribution(
        5, Fraction(10), Fraction(20), Fraction(30), Fraction(40), Fraction(50)
    )


@pytest.mark.parametrize(
    ("score", "position"),
    [
        (Fraction(1999, 100), PeerPosition.BELOW),
        (Fraction(20), PeerPosition.ABOUT_THE_SAME),
        (Fraction(40), PeerPosition.ABOUT_THE_SAME),
        (Fraction(4001, 100), PeerPosition.ABOVE),
        (None, PeerPosition.CANT_TELL),
    ],
)
def test_a_score_is_held_against_the_middle_half_unrounded(score: Fraction | None, position: PeerPosition) -> None:
    assert compare_with_peers(score, TENS).position is position


def test_fewer_than_five_peers_with_a_score_are_not_shown() -> None:
    compared = compare_with_peers(Fraction(50), [*TENS[:4], None, None])

    assert (compared.peers, compared.with_score, compared.distribution) == (6, 4, None)
    assert compared.position is PeerPosition.CANT_TELL


def test_peers_without_a_score_count_as_peers_and_pull_nothing_down() -> None:
    compared = compare_with_peers(Fraction(50), [*TENS, None])

    assert (compared.peers, compared.with_score) == (6, 5)
    assert compared.distribution == summarise_peers(TENS)


def test_where_all_peers_are_alike_only_another_score_is_below_or_above() -> None:
    alike = [Fraction(50)] * 5

    found = [compare_with_peers(Fraction(score), alike).position.value for score in (49, 50, 51)]

    assert found == ["below", "about the same", "above"]


@given(SCORES, st.lists(SCORES, min_size=SMALLEST_GROUP, max_size=30))
def test_the_order_of_peers_changes_nothing(score: Fraction, peers: list[Fraction]) -> None:
    assert compare_with_peers(score, peers) == compare_with_peers(score, reversed(peers))


@given(SCORES, SCORES, st.lists(SCORES, min_size=SMALLEST_GROUP, max_size=30))
def test_a_higher_score_never_stands_lower(one: Fraction, other: Fraction, peers: list[Fraction]) -> None:
    order = [PeerPosition.BELOW, PeerPosition.ABOUT_THE_SAME, PeerPosition.ABOVE]
    low, high = (order.index(compare_with_peers(score, peers).position) for score in sorted((one, other)))

    assert low <= high


@given(st.lists(SCORES, min_size=SMALLEST_GROUP, max_size=30))
def test_what_is_shown_stands_in_order(peers: list[Fraction]) -> None:
    found = summarise_peers(sorted(peers))

    assert found is not None
    shown = [found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest]
    assert shown == sorted(shown)
    # A slow and obvious second way: at least half of the scores on each side of the median.
    assert sum(one <= found.median for one in peers) * 2 >= len(peers)
    assert sum(one >= found.median for one in peers) * 2 >= len(peers)
