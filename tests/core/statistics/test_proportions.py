# SPDX-License-Identifier: MIT
"""Shares with intervals: worked values, bounds, a slow second way, and how often they cover the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from trigpoint.statistics.proportions import exact_interval, share_difference, wilson_interval

COUNTS = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
INTERVALS = (
    wilson_interval,
    exact_interval,
    lambda count, n, **options: wilson_interval(count, n, corrected=True, **options),
)


def test_wilsons_interval_is_worked_out_by_hand():
    z = stats.norm.isf(0.025)
    found = wilson_interval(3, 10)

    middle, half = (0.3 + z**2 / 20) / (1 + z**2 / 10), z * math.sqrt(0.3 * 0.7 / 10 + z**2 / 400) / (1 + z**2 / 10)
    assert (found.share, found.lower, found.upper) == pytest.approx((0.3, middle - half, middle + half))


@given(COUNTS)
def test_the_ends_of_wilsons_interval_are_where_the_score_test_just_rejects(counted):
    count, n = counted
    found, z = wilson_interval(count, n), stats.norm.isf(0.025)

    for end in (found.lower, found.upper):
        if 0 < end < 1:
            assert abs(count / n - end) / math.sqrt(end * (1 - end) / n) == pytest.approx(z)


@given(COUNTS)
def test_the_ends_of_the_exact_interval_leave_half_of_the_rest_on_each_side(counted):
    count, n = counted
    found = exact_interval(count, n)

    if count > 0:
        assert stats.binom.sf(count - 1, n, found.lower) == pytest.approx(0.025)
    if count < n:
        assert stats.binom.cdf(count, n, found.upper) == pytest.approx(0.025)


@pytest.mark.parametrize("interval", INTERVALS)
@given(counted=COUNTS)
def test_an_interval_holds_the_share_and_stays_between_0_and_1(interval, counted):
    count, n = counted
    found = interval(count, n)

    assert 0 <= found.lower <= found.share + 1e-12
    assert found.share - 1e-12 <= found.upper <= 1
    assert found.share == count / n
    assert found.lower < found.upper


@pytest.mark.parametrize("interval", INTERVALS)
@given(counted=COUNTS)
def test_turning_yes_and_no_around_turns_the_interval_around(interval, counted):
    count, n = counted
    yes, no = interval(count, n), interval(n - count, n)

    assert (yes.lower, yes.upper) == pytest.approx((1 - no.upper, 1 - no.lower), abs=1e-9)


@pytest.mark.parametrize("interval", INTERVALS)
@given(counted=COUNTS)
def test_more_confidence_takes_a_wider_interval(interval, counted):
    narrow, wide = interval(*counted, level=0.8), interval(*counted, level=0.99)

    assert wide.lower <= narrow.lower
    assert wide.upper >= narrow.upper


@given(COUNTS)
def test_the_correction_only_widens(counted):
    plain, corrected = wilson_interval(*counted), wilson_interval(*counted, corrected=True)

    assert corrected.lower <= plain.lower + 1e-12
    assert corrected.upper >= plain.upper - 1e-12


@pytest.mark.parametrize("share", [0.03, 0.13, 0.5])
def test_how_often_the_intervals_cover_is_worked_out_exactly(share):
    n = 60
    chance = stats.binom.pmf(np.arange(n + 1), n, share)

    def coverage(interval):
        return sum(
            chance[count] for count in range(n + 1) if interval(count, n).lower <= share <= interval(count, n).upper
        )

    assert coverage(exact_interval) >= 0.95
    assert coverage(wilson_interval) == pytest.approx(0.95, abs=0.03)


def slow_variance(first, second, difference):
    """The likeliest pair of shares with a difference, found by trying."""
    (x1, n1), (x2, n2) = first, second

    def unlikely(second_share):
        shares = (second_share + difference, x1, n1), (second_share, x2, n2)
        return -sum(stats.binom.logpmf(x, n, min(1, max(0, share))) for share, x, n in shares)

    low, high = max(0.0, -difference), min(1.0, 1 - difference)
    best = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
    return best * (1 - best) / n2 + (best + difference) * (1 - best - difference) / n1


@pytest.mark.parametrize(
    ("first", "second"), [((56, 70), (48, 80)), ((3, 20), (9, 25)), ((7, 12), (7, 30)), ((19, 20), (10, 40))]
)
def test_the_ends_of_a_difference_are_where_the_score_test_just_rejects(first, second):
    found = share_difference(first, second, unbiased=False)

    for end in (found.lower, found.upper):
        z = abs(found.share - end) / math.sqrt(slow_variance(first, second, end))
        assert z == pytest.approx(stats.norm.isf(0.025), rel=1e-4)


@given(COUNTS, COUNTS)
def test_a_difference_turns_with_its_sides_and_holds_what_was_found(first, second):
    one, other = share_difference(first, second), share_difference(second, first)

    assert (one.lower, one.upper) == pytest.approx((-other.upper, -other.lower), abs=1e-6)
    assert -1 <= one.lower <= one.share <= one.upper <= 1


@given(COUNTS, COUNTS)
def test_the_unbiased_interval_is_the_wider(first, second):
    wide, narrow = share_difference(first, second), share_difference(first, second, unbiased=False)

    assert wide.lower <= narrow.lower + 1e-9
    assert wide.upper >= narrow.upper - 1e-9


def test_none_against_none_is_still_no_certainty():
    found = share_difference((0, 20), (0, 20))

    assert found.share == 0
    assert found.upper == pytest.approx(-found.lower)
    # Mee's for no count of 20: the difference at which z is reached with the second share at 0.
    z2 = stats.norm.isf(0.025) ** 2 * 40 / 39
    assert found.upper == pytest.approx(z2 / (20 + z2), abs=1e-6)


def test_all_against_none_ends_at_1():
    assert share_difference((9, 9), (0, 9)).upper == 1


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_counts_outside_are_refused(count, n):
    for interval in INTERVALS:
        with pytest.raises(ValueError, match=f"got {count} of {n}"):
            interval(count, n)
    with pytest.raises(ValueError, match="a count from 0 to n"):
        share_difference((1, 2), (count, n))


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson_interval(1, 2, level=level)
