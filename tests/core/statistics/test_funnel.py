# SPDX-License-Identifier: MIT
"""Funnel plots: worked by hand, held to their bounds, and right about chance as often as they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.funnel import (
    Extremes,
    RatioScale,
    estimate_spread,
    plot_means,
    plot_ratios,
    plot_shares,
    poisson_limits,
)

Z95 = stats.norm.isf(0.025)
ZS = st.lists(st.floats(-9, 9), min_size=10, max_size=40)
SIZES = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 200)), min_size=6, max_size=30)


def numbers(*values):
    return np.array(values, float)


def test_z_and_spread_are_worked_out_by_hand():
    found = plot_means(numbers(70, 72, 80, 60, 68), numbers(1, 2, 2, 5, 1), target=70, extremes=Extremes.KEPT)

    assert found.z == pytest.approx([0, 1, 5, -2, -2])
    # phi = (0 + 1 + 25 + 4 + 4) / 5; weights 1, 1/4, 1/4, 1/25, 1.
    total, squares = 1 + 0.25 + 0.25 + 0.04 + 1, 1 + 0.0625 + 0.0625 + 0.0016 + 1
    between = (34 - 4) / (total - squares / total)
    assert (found.spread.phi, found.spread.between) == pytest.approx((34 / 5, between))
    lower, upper = found.limits(0.95)
    assert upper - 70 == pytest.approx(70 - lower)
    assert upper[0] == pytest.approx(70 + Z95 * math.sqrt(1 + between))
    assert found.limits(0.95, allow_spread=False)[1][1] == pytest.approx(70 + Z95 * 2)


def test_only_those_beyond_their_limits_are_outside():
    found = plot_means(numbers(70, 72, 80, 60, 68), numbers(1, 2, 2, 5, 1), target=70, extremes=Extremes.KEPT)

    # Without the spread z is 0, 1, 5, -2, -2 against 1.96 and 3.09.
    assert found.outside(0.95, allow_spread=False).tolist() == [False, False, True, True, True]
    assert found.outside(0.998, allow_spread=False).tolist() == [False, False, True, False, False]
    assert not found.outside(0.998).any()


def test_winsorising_draws_the_extremes_in_to_the_quantiles():
    z = np.arange(11.0)
    spread = estimate_spread(z, np.ones(11), Extremes.WINSORISED, 0.1)

    assert spread.phi == pytest.approx((1 + sum(k * k for k in range(1, 10)) + 81) / 11)
    assert spread.n == 11


def test_trimming_leaves_out_the_first_and_the_last_tenth_by_rank():
    z = np.arange(1.0, 21)
    spread = estimate_spread(z, np.ones(20), Extremes.TRIMMED, 0.1)

    # Ranks over 21 in tenths: 1 and 2 are in the first, 19 and 20 in the last.
    assert spread.n == 16
    assert spread.phi == pytest.approx(sum(k * k for k in range(3, 19)) / 16)


@given(ZS.filter(lambda zs: len(set(zs)) == len(zs)), st.sampled_from(Extremes))
def test_the_order_of_units_does_not_matter_to_the_spread(zs, extremes):
    z = np.array(zs)
    spread = estimate_spread(z, np.ones(len(z)), extremes, 0.1)

    assert estimate_spread(z[::-1], np.ones(len(z)), extremes, 0.1).phi == pytest.approx(spread.phi)
    assert spread.between >= 0


@given(ZS, st.sampled_from([Extremes.KEPT, Extremes.WINSORISED]))
def test_the_side_does_not_matter_to_the_spread(zs, extremes):
    z = np.array(zs)

    turned = estimate_spread(-z, np.ones(len(z)), extremes, 0.1)
    assert turned.phi == pytest.approx(estimate_spread(z, np.ones(len(z)), extremes, 0.1).phi)


@given(ZS)
def test_drawing_extremes_in_never_adds_to_the_spread(zs):
    z = np.array(zs)

    kept = estimate_spread(z, np.ones(len(z)), Extremes.KEPT, 0.1).phi
    assert estimate_spread(np.abs(z), np.ones(len(z)), Extremes.WINSORISED, 0.0).phi == pytest.approx(kept)


@given(SIZES)
def test_limits_of_shares_stay_between_0_and_1_around_the_share_of_all(pairs):
    counts, sizes = (np.array(side, float) for side in zip(*pairs, strict=True))
    if np.ptp(counts / sizes) == 0:
        return
    found = plot_shares(counts, sizes)

    assert found.target == pytest.approx(counts.sum() / sizes.sum())
    for level in (0.95, 0.998):
        lower, upper = found.limits(level)
        assert (lower >= 0).all()
        assert (upper <= 1).all()
        assert (lower <= found.target + 1e-12).all()
        assert (upper >= found.target - 1e-12).all()
        narrow = found.limits(level, allow_spread=False)
        assert (narrow[0] >= lower - 1e-12).all()
        assert (narrow[1] <= upper + 1e-12).all()


def test_a_tiny_unit_has_limits_that_do_not_fold_back():
    found = plot_shares(numbers(1, 0, 40, 60, 55), numbers(1, 1, 100, 100, 100))

    lower, upper = found.limits(0.998)
    assert (lower[0], upper[0]) == (0, 1)


def test_limits_can_be_asked_of_other_units_as_for_curves():
    found = plot_shares(numbers(1, 5, 40, 60, 55), numbers(10, 10, 100, 100, 100))

    lower, upper = found.limits(0.95, errors=1 / (2 * np.sqrt(np.array([10.0, 100]))))
    assert (lower[0], upper[1]) == pytest.approx((found.limits(0.95)[0][0], found.limits(0.95)[1][2]))


def test_ratios_are_compared_with_1_on_either_scale():
    observed, expected = numbers(10, 22, 30, 36, 60), numbers(10, 20, 30, 40, 50)
    root = plot_ratios(observed, expected)
    log = plot_ratios(observed, expected, scale=RatioScale.LOG)

    assert root.z[1] == pytest.approx((math.sqrt(1.1) - 1) * 2 * math.sqrt(20))
    assert log.z[1] == pytest.approx(math.log(1.1) * math.sqrt(20))
    assert (root.target, log.target) == (1, 1)


@pytest.mark.parametrize("expected", [0.5, 7.0, 250.0])
def test_exact_limits_leave_half_of_the_rest_on_each_side(expected):
    lower, upper = poisson_limits(np.array([expected]), 0.95)

    # At the upper limit as the mean, the observed count or fewer come in 2.5 %.
    assert stats.gamma.sf(upper[0] * expected, expected + 1) == pytest.approx(0.025)
    assert stats.gamma.cdf(lower[0] * expected, expected) == pytest.approx(0.025)


def shares_outside(spread, extremes, *, allow_spread):
    rng = np.random.default_rng(2005)
    errors = rng.uniform(1, 5, 200)
    plots = [
        plot_means(rng.normal(70, np.sqrt(errors**2 + spread)), errors, target=70, extremes=extremes) for _ in range(40)
    ]
    return np.mean([one.outside(0.95, allow_spread=allow_spread).mean() for one in plots])


def test_by_chance_alone_one_in_twenty_lies_outside():
    assert shares_outside(0, Extremes.KEPT, allow_spread=False) == pytest.approx(0.05, abs=0.01)


def test_where_units_differ_a_third_lies_outside_unless_the_spread_is_allowed_for():
    assert shares_outside(16, Extremes.KEPT, allow_spread=False) > 0.25
    assert shares_outside(16, Extremes.KEPT, allow_spread=True) == pytest.approx(0.05, abs=0.01)


def test_drawing_in_the_extremes_of_units_that_are_not_extreme_makes_limits_too_narrow():
    assert shares_outside(16, Extremes.WINSORISED, allow_spread=True) == pytest.approx(0.12, abs=0.02)


@pytest.mark.parametrize(
    ("plot", "message"),
    [
        (lambda: plot_means(numbers(1, 2, 3, 4), np.ones(4), target=2), "a funnel of 4 units says nothing"),
        (lambda: plot_means(np.ones(5), np.ones(5), target=1), "all alike"),
        (lambda: plot_means(np.arange(5.0), np.zeros(5), target=1), "above 0"),
        (lambda: plot_shares(numbers(1, 2, 3, 4, 9), np.full(5, 8.0)), "between 0 and sizes"),
        (lambda: plot_shares(np.zeros(5), np.zeros(5)), "sizes be 1 or more"),
        (lambda: plot_ratios(-np.ones(5), np.ones(5)), "observed counts must be 0 or more"),
        (lambda: plot_ratios(np.ones(5), np.zeros(5)), "expected ones above 0"),
        (lambda: plot_ratios(numbers(0, 1, 2, 3, 4), np.ones(5), scale=RatioScale.LOG), "has no logarithm"),
        (lambda: plot_ratios(np.arange(5.0), np.ones(5), share=0.5), "from 0 to below a half, got 0.5"),
    ],
)
def test_what_makes_no_funnel_is_refused(plot, message):
    with pytest.raises(ValueError, match=message):
        plot()
