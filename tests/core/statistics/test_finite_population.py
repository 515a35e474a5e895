# SPDX-License-Identifier: MIT
"""From a few to all: by hand, where they agree, how seldom intervals of skewed costs cover, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.finite_population import (
    bootstrap_interval,
    by_logs,
    by_ratio,
    by_regression,
    by_stratum,
    expand,
)

VALUES = np.array([2.0, 4, 6, 9, 14])
SIZES = np.array([1.0, 2, 3, 4, 8])
COSTS = st.lists(st.floats(1, 100), min_size=5, max_size=20).map(np.array)


def test_the_total_by_number_is_worked_out_by_hand():
    found = expand(VALUES, 20)

    error = 20 * math.sqrt((1 - 5 / 20) * VALUES.var(ddof=1) / 5)
    assert found.error == pytest.approx(error)
    assert (found.total, found.n) == (140, 5)
    assert found.upper == pytest.approx(140 + stats.t.isf(0.025, 4) * error)


def test_the_total_by_size_is_worked_out_by_hand():
    found = by_ratio(VALUES, SIZES, 90, 20)

    ratio = 35 / 18
    residual = VALUES - ratio * SIZES
    variance = 20**2 * (1 - 5 / 20) * (90 / 20 / 3.6) ** 2 * (residual**2).sum() / 4 / 5
    assert (found.total, found.error) == pytest.approx((ratio * 90, math.sqrt(variance)))


@given(COSTS)
def test_a_line_through_nothing_but_the_mean_is_the_total_by_number(values):
    one = by_regression(values, np.ones((len(values), 1)), np.array([30.0]), 30)
    other = expand(values, 30)

    assert (one.total, one.error, one.upper) == pytest.approx((other.total, other.error, other.upper), abs=1e-6)


@given(COSTS)
def test_one_stratum_is_the_total_by_number(values):
    one = by_stratum(values, np.zeros(len(values), int), np.array([30]))
    other = expand(values, 30)

    assert one.total == pytest.approx(other.total)
    if other.error:
        assert (one.error, one.lower) == pytest.approx((other.error, other.lower), abs=1e-6)


def test_strata_add_up_each_by_its_own_mean():
    found = by_stratum(VALUES, np.array([0, 0, 0, 1, 1]), np.array([12, 8]))

    assert found.total == pytest.approx(12 * 4 + 8 * 11.5)
    parts = [144 * (1 - 3 / 12) * 4 / 3, 64 * (1 - 2 / 8) * 12.5 / 2]
    df = sum(parts) ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 1)
    assert found.error == pytest.approx(math.sqrt(sum(parts)))
    assert found.upper == pytest.approx(found.total + stats.t.isf(0.025, df) * found.error)


def test_costs_that_follow_size_exactly_leave_no_error():
    found = by_ratio(3 * SIZES, SIZES, 90, 20)
    line = by_regression(5 + 3 * SIZES, np.column_stack([np.ones(5), SIZES]), np.array([20.0, 90]), 20)

    assert (found.total, found.error) == pytest.approx((270, 0), abs=1e-9)
    assert (line.total, line.error) == pytest.approx((370, 0), abs=1e-6)


def test_all_known_is_all_there_is():
    assert expand(VALUES, 5).error == 0
    assert expand(VALUES, 5).total == 35


@pytest.mark.parametrize("count", [1, 4])
def test_fewer_than_five_have_a_total_and_no_interval(count):
    values, sizes = VALUES[:count], SIZES[:count]
    found = [expand(values, 20), by_ratio(values, sizes, 90, 20), by_logs(values, 20)]

    assert all(one.total > 0 for one in found)
    assert {(one.error, one.lower, one.upper) for one in found} == {(None, None, None)}


def test_a_stratum_of_one_has_no_interval_either():
    found = by_stratum(VALUES, np.array([0, 0, 0, 0, 1]), np.array([12, 8]))

    assert found.total == pytest.approx(12 * 5.25 + 8 * 14)
    assert found.error is None


def test_logarithms_follow_cox():
    found = by_logs(VALUES, 20)

    logs = np.log(VALUES)
    middle, spread = logs.mean() + logs.var(ddof=1) / 2, logs.var(ddof=1)
    half = stats.t.isf(0.025, 4) * math.sqrt(spread / 5 + spread**2 / 8)
    assert found.total == pytest.approx(20 * math.exp(middle))
    assert (found.lower, found.upper) == pytest.approx((20 * math.exp(middle - half), 20 * math.exp(middle + half)))


def population():
    """A made-up nation of 671 hospitals whose costs are as skewed as those of real ones, and follow their size."""
    rng = np.random.default_rng(671)
    sizes = rng.lognormal(5, 0.9, 671)
    return sizes * rng.lognormal(0, 0.9, 671), sizes


def test_of_skewed_costs_the_intervals_of_fourteen_cover_too_seldom():
    costs, sizes = population()
    rng = np.random.default_rng(14)
    covered: dict[str, list[bool]] = {"number": [], "size": []}
    for _ in range(1500):
        drawn = rng.choice(671, 14, replace=False)
        for name, found in (
            ("number", expand(costs[drawn], 671)),
            ("size", by_ratio(costs[drawn], sizes[drawn], sizes.sum(), 671)),
        ):
            assert found.lower is not None
            assert found.upper is not None
            covered[name].append(found.lower <= costs.sum() <= found.upper)

    assert 0.6 < np.mean(covered["number"]) < 0.85
    assert np.mean(covered["number"]) < np.mean(covered["size"]) < 0.93


def test_of_costs_that_are_not_skewed_they_cover_as_often_as_they_say():
    rng, covered = np.random.default_rng(15), []
    costs = rng.normal(50, 10, 671)
    for _ in range(600):
        found = expand(costs[rng.choice(671, 14, replace=False)], 671)
        assert found.lower is not None
        assert found.upper is not None
        covered.append(found.lower <= costs.sum() <= found.upper)

    assert np.mean(covered) == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 600))


def test_drawing_again_takes_twenty_and_holds_the_statistic():
    values = np.random.default_rng(1).gamma(2, 3, 25)
    low, high = bootstrap_interval(values, np.mean, rng=np.random.default_rng(2))

    assert low < values.mean() < high
    assert (low, high) == bootstrap_interval(values, np.mean, rng=np.random.default_rng(2))
    with pytest.raises(ValueError, match="14 units are too few to draw from again"):
        bootstrap_interval(values[:14], np.mean, rng=np.random.default_rng(2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expand(np.zeros(0), 5), "0 known of 5"),
        (lambda: expand(VALUES, 4), "5 known of 4"),
        (lambda: expand(np.array([1.0, math.nan]), 9), "one of them is missing"),
        (lambda: by_ratio(VALUES, 0 * SIZES, 90, 20), "sizes must be above 0"),
        (lambda: by_ratio(VALUES, SIZES, 9, 20), "no more than all"),
        (lambda: by_regression(VALUES, np.ones((5, 2)), np.ones(2), 20), "a line of 2 effects"),
        (lambda: by_regression(VALUES[:1], np.ones((1, 1)), np.ones(1), 20), "1 units can't bear a line"),
        (lambda: by_stratum(VALUES, np.zeros(5, int), np.array([9, 9])), "each stratum must have a unit"),
        (lambda: by_stratum(VALUES, np.zeros(5, int), np.array([4])), "no more than it has"),
        (lambda: by_logs(-VALUES, 20), "above 0"),
    ],
)
def test_what_bears_no_total_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
