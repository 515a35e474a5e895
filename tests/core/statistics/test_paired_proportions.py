# SPDX-License-Identifier: MIT
"""The same units asked twice: McNemar's test by hand and by enumeration, and the change with its interval."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from trigpoint.statistics.paired_proportions import PairedCounts, compare_changes, paired_difference, paired_wald

COUNT = st.integers(0, 30)
COUNTS = st.tuples(COUNT, COUNT, COUNT, COUNT).filter(any).map(lambda four: PairedCounts(*four))


def turned(counts):
    return PairedCounts(counts.both, counts.only_second, counts.only_first, counts.neither)


def test_the_test_is_worked_out_by_hand():
    found = compare_changes(PairedCounts(10, 6, 1, 5))

    # Of 7 who changed 1 went up: 2 * (1 + 7) / 128.
    assert found.exact == pytest.approx(16 / 128)
    assert found.mid == pytest.approx(16 / 128 - 7 / 128)
    assert found.chi2 == pytest.approx(25 / 7)
    assert found.corrected_chi2 == pytest.approx(16 / 7)


@given(COUNTS)
def test_the_exact_p_counts_every_split_that_is_as_uneven(counts):
    away = abs(counts.only_first - counts.only_second)
    splits = [math.comb(counts.changed, up) for up in range(counts.changed + 1) if abs(counts.changed - 2 * up) >= away]

    assert compare_changes(counts).exact == pytest.approx(sum(splits) / 2**counts.changed)


@given(COUNTS)
def test_p_values_are_between_0_and_1_and_do_not_turn_with_the_rounds(counts):
    found, back = compare_changes(counts), compare_changes(turned(counts))

    assert found == back
    assert 0 < found.mid <= found.exact <= 1
    assert found.corrected_chi2 <= found.chi2


def test_with_a_tie_or_nobody_changed_there_is_nothing_to_find():
    assert compare_changes(PairedCounts(5, 0, 0, 5)).exact == 1
    tie = compare_changes(PairedCounts(5, 3, 3, 5))
    assert (tie.exact, tie.chi2) == (1, 0)
    assert tie.mid == pytest.approx(1 - math.comb(6, 3) / 64 / 2)


def test_mid_p_errs_about_as_often_as_it_says_and_exact_p_less():
    rng = np.random.default_rng(47)
    tables = rng.multinomial(60, [0.5, 0.15, 0.15, 0.2], 600)
    tests = [compare_changes(PairedCounts(*map(int, table))) for table in tables]

    assert np.mean([test.mid < 0.05 for test in tests]) == pytest.approx(0.05, abs=0.027)
    assert np.mean([test.exact < 0.05 for test in tests]) <= 0.05


@given(COUNTS)
def test_the_difference_is_of_all_units_and_holds_what_was_found(counts):
    found = paired_difference(counts)

    first = counts.both + counts.only_first
    second = counts.both + counts.only_second
    assert found.share == pytest.approx((second - first) / counts.n)
    assert -1 <= found.lower <= found.share <= found.upper <= 1
    back = paired_difference(turned(counts))
    assert (found.lower, found.upper) == pytest.approx((-back.upper, -back.lower), abs=1e-6)


@pytest.mark.parametrize("table", [(794, 150, 86, 570), (10, 6, 1, 5), (3, 0, 7, 2), (1, 2, 3, 30)])
def test_the_ends_of_the_difference_are_where_the_score_test_just_rejects(table):
    counts = PairedCounts(*table)
    found = paired_difference(counts)

    for end in (found.lower, found.upper):
        down, up, same = counts.only_first, counts.only_second, counts.both + counts.neither

        def unlikely(share_down, end=end, down=down, up=up, same=same):
            share_up = share_down + end
            parts = (down, share_down), (up, share_up), (same, 1 - share_up - share_down)
            return -sum(count * math.log(max(share, 1e-300)) for count, share in parts if count)

        low, high = max(0.0, -end), (1 - end) / 2
        best = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
        variance = (2 * best + end - end**2) / counts.n
        assert abs(found.share - end) / math.sqrt(variance) == pytest.approx(stats.norm.isf(0.025), rel=1e-4)


def test_nobody_changed_is_still_no_certainty():
    found = paired_difference(PairedCounts(20, 0, 0, 20))
    z2 = stats.norm.isf(0.025) ** 2

    assert (found.lower, found.upper) == pytest.approx((-z2 / (40 + z2), z2 / (40 + z2)), abs=1e-6)


def test_everybody_changing_ends_at_1():
    assert paired_difference(PairedCounts(0, 0, 9, 0)).upper == 1
    assert paired_difference(PairedCounts(0, 9, 0, 0)).lower == -1


def test_walds_interval_is_worked_out_by_hand():
    found = paired_wald(PairedCounts(10, 6, 1, 5))

    half = stats.norm.isf(0.025) * math.sqrt(7 - 25 / 22) / 22
    assert (found.lower, found.upper) == pytest.approx((-5 / 22 - half, -5 / 22 + half))
    assert paired_wald(PairedCounts(10, 6, 1, 5), added=0.5).share == pytest.approx(-5 / 24)


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (1, -1, 0, 0)])
def test_counts_that_are_none_are_refused(table):
    with pytest.raises(ValueError, match="0 or more and not all 0"):
        PairedCounts(*table)
