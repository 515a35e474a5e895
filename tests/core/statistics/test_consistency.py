# SPDX-License-Identifier: MIT
"""Cronbach's alpha: by hand, by a slow second way, within its bounds, and refused where there is none."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trigpoint.statistics.consistency import Gaps, check_items, cronbach_alpha, item_covariance

ITEMS = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 6), min_size=k, max_size=k), min_size=6, max_size=25)
)
BY_HAND = np.array([[1.0, 2, 3], [2, 2, 5], [3, 5, 4], [6, 5, 8]])


def scale(rows):
    answers = np.array(rows, float)
    assume((answers.std(axis=0) > 0).all() and answers.sum(axis=1).std() > 0)
    return answers


def one_factor(rng, n, loading, k=6):
    return loading * rng.standard_normal((n, 1)) + math.sqrt(1 - loading**2) * rng.standard_normal((n, k))


def test_alpha_is_worked_out_by_hand():
    found = cronbach_alpha(BY_HAND)

    # Variances 14/3, 9/3, 14/3; sums 6, 9, 12, 19 with variance 93/3.
    assert found.raw == pytest.approx(3 / 2 * (1 - (14 + 9 + 14) / 93))
    assert (found.k, found.n, found.gaps) == (3, 4, Gaps.LISTWISE)


@given(ITEMS)
def test_alpha_agrees_with_a_slow_second_way(rows):
    answers = scale(rows)
    k = answers.shape[1]

    between = sum(np.cov(answers[:, one], answers[:, other])[0, 1] for one, other in combinations(range(k), 2))
    assert cronbach_alpha(answers).raw == pytest.approx(k / (k - 1) * 2 * between / answers.sum(axis=1).var(ddof=1))


@given(ITEMS)
def test_the_standardised_alpha_is_that_of_standardised_items(rows):
    answers = scale(rows)
    standardised = (answers - answers.mean(axis=0)) / answers.std(axis=0, ddof=1)
    assume(standardised.sum(axis=1).std() > 1e-6)

    assert cronbach_alpha(answers).standardised == pytest.approx(cronbach_alpha(standardised).raw, rel=1e-6, abs=1e-6)


@given(ITEMS, st.integers(1, 5), st.integers(-9, 9))
def test_place_scale_and_order_do_not_matter(rows, times, more):
    answers = scale(rows)
    found = cronbach_alpha(answers)

    assert cronbach_alpha(times * answers[::-1, ::-1] + more).raw == pytest.approx(found.raw, abs=1e-8)
    assert found.raw <= 1 + 1e-9
    assert found.lower <= found.raw <= found.upper


@given(ITEMS)
def test_without_gaps_both_ways_with_gaps_are_the_same(rows):
    answers = scale(rows)

    assert cronbach_alpha(answers, gaps=Gaps.PAIRWISE).raw == pytest.approx(cronbach_alpha(answers).raw, abs=1e-9)


def test_the_two_ways_with_gaps_count_other_units():
    answers = np.vstack([BY_HAND, [[4, math.nan, 1], [math.nan, 3, 3], [0, 1, math.nan]]])

    assert cronbach_alpha(answers).n == 4
    assert cronbach_alpha(answers).raw == pytest.approx(cronbach_alpha(BY_HAND).raw)
    pairwise = cronbach_alpha(answers, gaps=Gaps.PAIRWISE)
    assert pairwise.n == 5
    covariance, _ = item_covariance(answers, Gaps.PAIRWISE)
    pairs = answers[:, [0, 2]][np.isfinite(answers[:, [0, 2]]).all(axis=1)]
    assert covariance[0, 2] == pytest.approx(np.cov(pairs.T)[0, 1])


def test_items_that_say_the_same_have_an_alpha_of_1():
    answers = np.column_stack([np.arange(9.0)] * 3)
    found = cronbach_alpha(answers)

    assert (found.raw, found.standardised) == pytest.approx((1, 1))
    assert math.isnan(found.lambda6)  # each is a sum of the others


@given(ITEMS)
def test_items_are_checked_against_the_sum_of_the_others(rows):
    answers = scale(rows)
    k = answers.shape[1]
    found = check_items(answers)

    for at in range(k):
        others = np.delete(answers, at, 1)
        rest = others.sum(axis=1)
        if rest.std() > 0:
            assert found.rest[at] == pytest.approx(np.corrcoef(answers[:, at], rest)[0, 1], abs=1e-9)
        if k == 2:
            assert math.isnan(found.alpha_without[at])
        elif rest.std() > 0:
            assert found.alpha_without[at] == pytest.approx(cronbach_alpha(others).raw)


def test_an_item_turned_the_wrong_way_round_stands_out():
    answers = one_factor(np.random.default_rng(1), 300, 0.8)
    answers[:, 2] *= -1
    found = check_items(answers)

    assert (found.rest < 0).tolist() == [False, False, True, False, False, False]
    assert found.alpha_without.argmax() == 2
    assert found.n == 300


def test_the_interval_and_the_error_cover_the_true_alpha():
    rng, loading, k = np.random.default_rng(1951), 0.7, 6
    truth = k / (k - 1) * (1 - k / (k + k * (k - 1) * loading**2))
    found = [cronbach_alpha(one_factor(rng, 80, loading, k)) for _ in range(500)]

    covered = np.mean([one.lower <= truth <= one.upper for one in found])
    by_error = np.mean([abs(one.raw - truth) <= 1.96 * one.error for one in found])
    assert covered == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 500))
    assert by_error == pytest.approx(0.95, abs=0.035)
    # In 80 units of one factor the error is what alphas vary by.
    assert np.std([one.raw for one in found]) == pytest.approx(np.mean([one.error for one in found]), rel=0.12)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (np.ones((9, 1)), "two items or more"),
        (np.arange(9.0), "two items or more"),
        (np.array([[1.0, 2], [2, 1]]), "2 units answered every item"),
        (np.array([[1.0, math.nan], [2, 1], [math.nan, 3], [3, 5]]), "2 units answered every item"),
        (np.column_stack([np.arange(9.0), np.ones(9), np.zeros(9)]), "do not vary say nothing: 2, 3"),
    ],
)
def test_what_is_no_scale_is_refused(answers, message):
    for function in (cronbach_alpha, check_items):
        with pytest.raises(ValueError, match=message):
            function(answers)


def test_a_pair_that_nobody_answered_is_refused():
    answers = np.array([[1, math.nan], [2, math.nan], [3, math.nan], [math.nan, 1], [math.nan, 2], [math.nan, 3]])

    with pytest.raises(ValueError, match="0 units answered some pair"):
        cronbach_alpha(answers, gaps=Gaps.PAIRWISE)
