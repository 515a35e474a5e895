# SPDX-License-Identifier: MIT
"""Least squares: by hand, against numpy, by leaving each unit out, and how often intervals cover."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.least_squares import fit, fit_propensity

POINTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=6, max_size=25)


def line(points):
    x, y = (np.array(side, float) for side in zip(*points, strict=True))
    assume(len(set(x.tolist())) > 2)
    design = np.column_stack([np.ones(len(x)), x])
    pull = np.einsum("ij,jk,ik->i", design, np.linalg.inv(design.T @ design), design)
    assume(pull.max() < 0.999)
    return y, design


def test_a_line_is_worked_out_by_hand():
    found = fit(np.array([1.0, 3, 2, 5]), np.column_stack([np.ones(4), [0.0, 1, 2, 3]]))

    # Slope: sum of (x - 1.5)(y - 2.75) = 5.5 over 5; pulls 0.7, 0.3, 0.3, 0.7.
    slope = 5.5 / 5
    residual = np.array([1, 3, 2, 5]) - (2.75 + slope * np.array([-1.5, -0.5, 0.5, 1.5]))
    enlarged = residual / (1 - np.array([0.7, 0.3, 0.3, 0.7]))
    error = math.sqrt(((np.array([-1.5, -0.5, 0.5, 1.5]) * enlarged) ** 2).sum()) / 5
    assert (found.effects[1], found.errors[1]) == pytest.approx((slope, error))
    assert found.df == 2
    assert found.p[1] == pytest.approx(2 * stats.t.sf(slope / error, 2))


@given(POINTS)
def test_effects_are_those_of_numpy(points):
    y, design = line(points)

    assert fit(y, design).effects == pytest.approx(np.linalg.lstsq(design, y, rcond=None)[0], abs=1e-6)


@given(POINTS)
def test_errors_are_what_leaving_each_unit_out_shows(points):
    y, design = line(points)
    found = fit(y, design)

    # HC3 is the jackknife about the fit of all, but for its factor.
    left = []
    for at in range(len(y)):
        kept = np.arange(len(y)) != at
        assume(np.linalg.matrix_rank(design[kept]) == 2)
        left.append(np.linalg.lstsq(design[kept], y[kept], rcond=None)[0] - found.effects)
    assert found.errors == pytest.approx(np.sqrt((np.array(left) ** 2).sum(axis=0)), rel=1e-5, abs=1e-7)


@given(POINTS)
def test_a_weight_of_two_gives_the_effects_of_a_unit_that_stands_twice(points):
    y, design = line(points)
    weights = np.where(np.arange(len(y)) % 2, 2.0, 1.0)
    twice = np.repeat(np.arange(len(y)), weights.astype(int))

    assert fit(y, design, weights=weights).effects == pytest.approx(fit(y[twice], design[twice]).effects, abs=1e-8)


def test_a_weight_of_0_leaves_a_unit_out():
    y, design = np.array([1.0, 3, 2, 5, 99]), np.column_stack([np.ones(5), [0.0, 1, 2, 3, 4]])
    without = fit(y, design, weights=np.array([1.0, 1, 1, 1, 0]))

    assert without.effects == pytest.approx(fit(y[:4], design[:4]).effects)
    assert without.df == 2


def test_intervals_cover_where_the_spread_differs():
    rng, covered = np.random.default_rng(1985), []
    x = rng.uniform(0, 1, 60)
    design = np.column_stack([np.ones(60), x])
    for _ in range(400):
        lower, upper = fit(3 + 2 * x + rng.normal(0, 0.2 + 3 * x), design).interval(1)
        covered.append(lower <= 2 <= upper)

    assert np.mean(covered) == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 400))


def test_an_effect_that_is_detectable_is_found_in_four_of_five():
    rng = np.random.default_rng(80)
    design = np.column_stack([np.ones(80), np.arange(80) < 25]).astype(float)
    least = np.mean([fit(rng.normal(0, 5, 80), design).detectable(1) for _ in range(50)])
    found = np.mean([fit(least * design[:, 1] + rng.normal(0, 5, 80), design).p[1] < 0.05 for _ in range(400)])

    assert found == pytest.approx(0.8, abs=0.07)


def test_one_value_is_its_mean_with_its_error():
    found = fit(np.array([2.0, 4, 9]), np.ones((3, 1)))

    # The pull of each is 1/3: residuals -3, -1, 4 enlarged by 3/2, over 3.
    assert (found.effects[0], found.errors[0]) == pytest.approx((5, 1.5 * math.sqrt(26) / 3))


@pytest.mark.parametrize(
    ("y", "design", "weights", "message"),
    [
        ([1, 2, 3], [[1, 1], [1, 1], [1, 1]], None, "columns say the same"),
        ([1, 2], [[1, 0], [1, 1]], None, "2 units are too few for 2 effects"),
        ([1, 2, 3], [[1, 0], [1, 0], [1, 1]], None, "one unit alone decides an effect"),
        ([1, 2, 3], [[1], [1], [1]], [1, -1, 1], "weights must be 0 or more"),
    ],
)
def test_what_can_t_be_fitted_is_refused(y, design, weights, message):
    given_weights = None if weights is None else np.array(weights, float)
    with pytest.raises(ValueError, match=message):
        fit(np.array(y, float), np.array(design, float), weights=given_weights)


def test_propensity_is_the_share_of_members_where_only_an_intercept_is_known():
    chance = fit_propensity(np.array([True, False, False, False]), np.ones((4, 1)))

    assert chance == pytest.approx([0.25] * 4)


def test_the_chances_of_members_and_others_balance_what_is_known():
    rng = np.random.default_rng(2018)
    x = rng.normal(0, 1, 200)
    member = rng.random(200) < 1 / (1 + np.exp(-(x - 1)))
    chance = fit_propensity(member, np.column_stack([np.ones(200), x]))

    # The slopes of the likelihood are 0, and so overlap weights balance x exactly.
    assert chance.sum() == pytest.approx(member.sum())
    weights = np.where(member, 1 - chance, chance)
    assert np.average(x[member], weights=weights[member]) == pytest.approx(
        np.average(x[~member], weights=weights[~member])
    )


@pytest.mark.parametrize(
    ("member", "x", "message"),
    [
        ([1, 1, 1], [1, 2, 3], "members and others"),
        ([0, 0, 0], [1, 2, 3], "members and others"),
        ([0, 0, 1, 1], [1, 2, 3, 4], "do not overlap"),
    ],
)
def test_a_cohort_that_can_t_be_compared_is_refused(member, x, message):
    with pytest.raises(ValueError, match=message):
        fit_propensity(np.array(member, bool), np.column_stack([np.ones(len(x)), np.array(x, float)]))
