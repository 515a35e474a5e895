# SPDX-License-Identifier: MIT
"""The share of variance between groups: by hand, against the whole covariance matrix, and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from trigpoint.statistics.variance_between import compare_groups, fit_group_effects

VALUES = st.lists(st.integers(0, 100), min_size=15, max_size=15)
GROUPS = np.repeat(np.arange(5), (2, 3, 3, 3, 4))
ONE = np.ones((15, 1))
AT = np.ones(1)


def simulated(rng, sizes, *, between, within=10.0):
    groups = np.repeat(np.arange(len(sizes)), sizes)
    return rng.normal(0, between, len(sizes))[groups] + rng.normal(70, within, len(groups)), groups


def test_the_statistic_is_worked_out_by_hand():
    values, groups = np.array([1.0, 3, 5, 7, 9, 11]), np.array([0, 0, 1, 1, 2, 2])
    found = compare_groups(values, groups)

    # Means 2, 6, 10 of two each about 6: between 2 * (16 + 0 + 16) = 64 on 2; within 6 * 1 = 6 on 3.
    f = 64 / 2 / (6 / 3)
    assert found.f == pytest.approx(f)
    assert (found.between_df, found.within_df) == (2, 3)
    assert found.p == pytest.approx(stats.f.sf(f, 2, 3))
    assert found.share == pytest.approx((f - 1) / (f + 1))  # groups of two


@given(VALUES)
def test_it_is_the_analysis_of_variance_that_scipy_has(values):
    numbers = np.array(values, float)
    parts = [numbers[group == GROUPS] for group in range(5)]
    assume(any(len(set(part)) > 1 for part in parts))

    found = compare_groups(numbers, GROUPS)

    usual = stats.f_oneway(*parts)
    assert (found.f, found.p) == pytest.approx((usual.statistic, usual.pvalue), abs=1e-9)


@given(VALUES, st.integers(1, 9), st.integers(-40, 40))
def test_neither_scale_nor_place_matters_to_the_share(values, scale, more):
    numbers = np.array(values, float)
    assume(any(len(set(numbers[group == GROUPS])) > 1 for group in range(5)))

    assert compare_groups(scale * numbers + more, GROUPS).share == pytest.approx(
        compare_groups(numbers, GROUPS).share, abs=1e-9
    )
    found = compare_groups(numbers, GROUPS)
    assert 0 <= found.share_lower <= found.share <= found.share_upper <= 1


def test_after_a_fixed_effect_only_the_rest_is_compared():
    rng = np.random.default_rng(3)
    types = np.array([0, 1] * 8)[:15]
    values = 40.0 * types + rng.normal(0, 1, 15)
    fixed = np.column_stack([np.ones(15), types])

    found = compare_groups(values, GROUPS, fixed=fixed)

    full = np.hstack([fixed, np.eye(5)[GROUPS][:, 1:]])
    rest, whole = (values - x @ np.linalg.lstsq(x, values, rcond=None)[0] for x in (fixed, full))
    assert found.f == pytest.approx((rest @ rest - whole @ whole) / 4 / (whole @ whole / 9))
    assert (found.between_df, found.within_df) == (4, 9)


@pytest.mark.parametrize(
    ("values", "groups", "message"),
    [
        ([1.0, 2, 3], [0, 0, 0], "nothing to compare"),
        ([1.0, 2, 3], [0, 1, 2], "nothing to compare"),
        ([1.0, 1, 5, 5], [0, 0, 1, 1], "do not differ within groups"),
        ([], [], "nothing to compare"),
    ],
)
def test_what_can_t_be_compared_is_refused(values, groups, message):
    with pytest.raises(ValueError, match=message):
        compare_groups(np.array(values), np.array(groups, int))


def slow_fit(values, groups, fixed):
    """REML by the whole covariance matrix, without profiling."""
    same = (groups[:, None] == groups[None, :]).astype(float)

    def deviance(logs):
        covariance = math.exp(logs[0]) * same + math.exp(logs[1]) * np.eye(len(values))
        inverse = np.linalg.inv(covariance)
        square = fixed.T @ inverse @ fixed
        residual = values - fixed @ np.linalg.solve(square, fixed.T @ inverse @ values)
        return np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(square)[1] + residual @ inverse @ residual

    start = np.log([values.var() / 2, values.var() / 2])
    return np.exp(optimize.minimize(deviance, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-11}).x)


def test_the_variances_are_those_of_the_whole_likelihood():
    values, groups = simulated(np.random.default_rng(7), (3, 5, 2, 8, 4, 6, 1, 3), between=8)
    fixed = np.column_stack([np.ones(len(values)), (np.arange(len(values)) % 2).astype(float)])

    found = fit_group_effects(values, groups, fixed=fixed, at=np.array([1, 0.5]))

    between, within = slow_fit(values, groups, fixed)
    assert (found.between, found.within) == pytest.approx((between, within), rel=1e-4)
    assert found.share == pytest.approx(between / (between + within), rel=1e-4)


def test_effects_are_the_conditional_means_of_a_normal_model():
    values, groups = simulated(np.random.default_rng(7), (3, 5, 2, 8, 4, 6, 1, 3), between=8)
    fixed = np.ones((len(values), 1))
    found = fit_group_effects(values, groups, fixed=fixed, at=AT)

    belongs = np.eye(8)[groups]
    covariance = found.between * belongs @ belongs.T + found.within * np.eye(len(values))
    conditional = found.between * belongs.T @ np.linalg.solve(covariance, values - found.fixed[0])
    assert found.effects == pytest.approx(conditional)
    assert found.means == pytest.approx(found.fixed[0] + conditional)
    # The variance of prediction, the long way: of the effects given the values, and what the intercept adds.
    gain = found.between * belongs.T @ np.linalg.inv(covariance)
    precision = np.linalg.inv(fixed.T @ np.linalg.solve(covariance, fixed))
    rest = 1 - gain.sum(axis=1)
    variance = found.between * (1 - (gain @ belongs).diagonal()) + rest**2 * precision[0, 0]
    assert found.errors == pytest.approx(np.sqrt(variance))


@settings(max_examples=30)
@given(VALUES)
def test_groups_are_drawn_in_towards_the_mean_never_past_it(values):
    numbers = np.array(values, float)
    assume(numbers.std() > 0)
    found = fit_group_effects(numbers, GROUPS, fixed=ONE, at=AT)

    crude = np.array([numbers[group == GROUPS].mean() for group in range(5)])
    away = crude - found.fixed[0]
    assert (np.abs(found.effects) <= np.abs(away) + 1e-9).all()
    assert (found.effects * away >= -1e-9).all()


def test_groups_that_differ_by_chance_alone_are_drawn_in_to_one_mean():
    values = np.array([1.0, 9, 1, 9, 1, 9])
    found = fit_group_effects(values, np.array([0, 0, 1, 1, 2, 2]), fixed=np.ones((6, 1)), at=AT)

    assert (found.between, found.share) == (0, 0)
    assert found.means == pytest.approx([5, 5, 5])
    assert found.errors == pytest.approx([math.sqrt(values.var(ddof=1) / 6)] * 3)


def test_too_few_units_are_refused():
    with pytest.raises(ValueError, match="2 units are too few for 1 fixed effects"):
        fit_group_effects(np.array([1.0, 2]), np.array([0, 1]), fixed=np.ones((2, 1)), at=AT)


def test_the_test_errs_as_often_as_it_says_and_finds_what_is_there():
    rng = np.random.default_rng(20171)
    sizes = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
    null = [compare_groups(*simulated(rng, sizes, between=0)).p < 0.05 for _ in range(600)]
    real = [compare_groups(*simulated(rng, sizes, between=7)).p < 0.05 for _ in range(200)]

    assert np.mean(null) == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / 600))
    assert np.mean(real) > 0.85


def test_the_interval_of_the_share_covers_it():
    rng = np.random.default_rng(20172)
    truth = 5**2 / (5**2 + 10**2)
    covers = []
    for _ in range(400):
        found = compare_groups(*simulated(rng, (6,) * 25, between=5))
        covers.append(found.share_lower <= truth <= found.share_upper)

    assert np.mean(covers) == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 400))
