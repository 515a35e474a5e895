# SPDX-License-Identifier: MIT
"""What an order can bear: by hand, by slow ways, and how often the sets hold the true ranks."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.rank_uncertainty import draw_ranks, expected_ranks, rank_sets, told_apart

UNITS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=2, max_size=12)


def rng(seed=1):
    return np.random.default_rng(seed)


def split(units):
    estimates, errors = zip(*units, strict=True)
    return np.array(estimates, float), np.array(errors, float)


def test_expected_ranks_are_worked_out_by_hand():
    found = expected_ranks(np.array([50.0, 60, 90]), np.array([3.0, 4, 0]))

    # The first two differ by 10 with an error of 5; the third lies far above.
    close = stats.norm.sf(2)
    assert found == pytest.approx([1 + (1 - close) + 1, 1 + close + 1, 1], abs=1e-9)


@given(UNITS)
def test_expected_ranks_add_up_to_those_of_an_order(units):
    estimates, errors = split(units)
    n = len(units)
    found = expected_ranks(estimates, errors)

    assert found.sum() == pytest.approx(n * (n + 1) / 2)
    assert ((found >= 1 - 1e-9) & (found <= n + 1e-9)).all()
    slow = [
        1
        + sum(
            stats.norm.cdf((y - x) / math.hypot(s, t))
            for k, (y, t) in enumerate(zip(estimates, errors, strict=True))
            if k != i
        )
        for i, (x, s) in enumerate(zip(estimates, errors, strict=True))
    ]
    assert found == pytest.approx(slow)


def test_without_any_error_ranks_are_places_and_equals_share_them():
    assert expected_ranks(np.array([5.0, 9, 5, 1]), np.zeros(4)).tolist() == [2.5, 1, 2.5, 4]


def test_drawn_ranks_agree_with_what_is_to_be_expected():
    estimates, errors = np.linspace(40, 90, 12), np.full(12, 6.0)
    found = draw_ranks(estimates, errors, rng=rng(), top=3)

    assert found.top.sum() == pytest.approx(3)
    assert (np.diff(found.top) >= -0.02).all()
    assert (
        (found.lower <= expected_ranks(estimates, errors)) & (found.upper >= expected_ranks(estimates, errors))
    ).all()
    again = draw_ranks(estimates, errors, rng=rng(), top=3)
    assert again.top.tolist() == found.top.tolist()


def test_a_unit_far_above_is_first_in_every_draw():
    found = draw_ranks(np.array([90.0, 10, 11]), np.ones(3), rng=rng(), top=1)

    assert (found.lower[0], found.upper[0], found.top[0]) == (1, 1, 1)


@settings(max_examples=40)
@given(UNITS)
def test_a_set_of_ranks_holds_the_place_of_the_estimate(units):
    estimates, errors = split(units)
    n = len(units)
    for together in (True, False):
        sets = rank_sets(estimates, errors, rng=rng(), together=together)
        for at, estimate in enumerate(estimates):
            assert sets.best[at] <= 1 + (estimates > estimate).sum()
            assert sets.worst[at] >= n - (estimates < estimate).sum()
        assert ((sets.best >= 1) & (sets.worst <= n) & (sets.best <= sets.worst)).all()


def test_units_far_apart_have_one_rank_and_equals_all_of_them():
    apart = rank_sets(np.array([10.0, 90, 50]), np.ones(3), rng=rng())
    equal = rank_sets(np.full(4, 50.0), np.ones(4), rng=rng())

    assert (apart.best.tolist(), apart.worst.tolist()) == ([3, 1, 2], [3, 1, 2])
    assert (equal.best.tolist(), equal.worst.tolist()) == ([1] * 4, [4] * 4)


def test_more_error_never_makes_a_set_smaller():
    estimates = np.linspace(40, 90, 15)
    small, large = (rank_sets(estimates, np.full(15, error), rng=rng()) for error in (3.0, 9.0))

    assert (large.best <= small.best).all()
    assert (large.worst >= small.worst).all()


def test_what_holds_together_is_wider_than_what_holds_for_each():
    estimates = np.linspace(40, 90, 15)
    together, each = (rank_sets(estimates, np.full(15, 5.0), rng=rng(), together=one) for one in (True, False))

    assert (together.worst - together.best).sum() > (each.worst - each.best).sum()


def slow_told_apart(estimates, errors, noise, level=0.95):
    """Pair by pair, step by step."""
    n = len(estimates)
    pairs, above = set(combinations(range(n), 2)), set()
    while pairs:
        statistic = {(i, j): abs(noise[:, i] - noise[:, j]) / math.hypot(errors[i], errors[j]) for i, j in pairs}
        limit = np.quantile(np.max(list(statistic.values()), axis=0), level)
        new = {(i, j) for i, j in pairs if abs(estimates[i] - estimates[j]) / math.hypot(errors[i], errors[j]) > limit}
        if not new:
            break
        above |= {(i, j) if estimates[i] > estimates[j] else (j, i) for i, j in new}
        pairs -= new
    return above


@settings(max_examples=30, deadline=None)
@given(UNITS)
def test_pairs_are_told_apart_as_by_a_slow_second_way(units):
    estimates, errors = split(units)
    noise = errors * rng(7).standard_normal((2000, len(units)))

    found = told_apart(estimates, errors, rng=rng(7))
    assert {(int(i), int(j)) for i, j in zip(*np.nonzero(found), strict=True)} == slow_told_apart(
        estimates, errors, noise
    )


@pytest.mark.parametrize("together", [True, False])
def test_sets_hold_the_true_ranks_as_often_as_they_say(together):
    truth, errors, held = np.linspace(50, 62, 10), np.full(10, 3.0), []
    random = rng(2023)
    ranks = np.arange(10, 0, -1)
    for _ in range(200):
        sets = rank_sets(random.normal(truth, errors), errors, rng=random, together=together)
        inside = (sets.best <= ranks) & (ranks <= sets.worst)
        held.append(inside.all() if together else inside[4])

    assert np.mean(held) >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / 200)


def test_drawn_intervals_of_near_ties_hold_the_true_rank_too_seldom_to_claim_anything():
    truth, errors = np.linspace(50, 50.5, 30), np.full(30, 3.0)
    random, held = rng(9), []
    for _ in range(60):
        found = draw_ranks(random.normal(truth, errors), errors, rng=random)
        ranks = np.arange(30, 0, -1)
        held.append(((found.lower <= ranks) & (ranks <= found.upper)).all())

    assert np.mean(held) < 0.5


@pytest.mark.parametrize(
    ("estimates", "errors", "message"),
    [
        ([1.0], [1.0], "two units or more"),
        ([1.0, 2], [1.0, -1], "errors of 0 or more"),
        ([1.0, math.nan], [1.0, 1], "an estimate and an error"),
        ([1.0, 2], [1.0], "an estimate and an error"),
    ],
)
def test_what_has_no_ranks_is_refused(estimates, errors, message):
    for function in (rank_sets, draw_ranks, told_apart):
        with pytest.raises(ValueError, match=message):
            function(np.array(estimates), np.array(errors), rng=rng())
    with pytest.raises(ValueError, match=message):
        expected_ranks(np.array(estimates), np.array(errors))


def test_a_top_of_more_than_there_are_and_units_without_error_are_refused():
    with pytest.raises(ValueError, match="a top of 3 can't be taken of 2"):
        draw_ranks(np.array([1.0, 2]), np.ones(2), rng=rng(), top=3)
    with pytest.raises(ValueError, match="at most one may have an error of 0"):
        rank_sets(np.array([1.0, 2]), np.zeros(2), rng=rng())
