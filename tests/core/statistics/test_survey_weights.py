# SPDX-License-Identifier: MIT
"""Weights for those who replied: totals are met, what can't be met is said, and nothing is below 0."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.survey_weights import (
    Margin,
    calibrate,
    effective_size,
    kish_effect,
    post_stratify,
    rake,
)

# Two classings of twelve replies, every pair of classes filled.
ONE = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2])
OTHER = np.array([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
TOTALS = st.lists(st.integers(1, 90), min_size=3, max_size=3)


def margin(codes, totals):
    return Margin(np.array(codes), np.array(totals, float))


def sums(weights, codes):
    return np.bincount(codes, weights=weights)


def test_one_margin_is_met_by_its_ratio():
    found = post_stratify(np.ones(4), margin([0, 0, 1, 1], [10, 30]))

    assert found.values.tolist() == [5, 5, 15, 15]
    assert found.is_converged


@settings(max_examples=60)
@given(TOTALS, st.integers(1, 99))
def test_two_margins_are_met_at_once(totals, share):
    both = sum(totals)
    other = [both * share / 100, both * (100 - share) / 100]
    found = rake(np.ones(12), [margin(ONE, totals), margin(OTHER, other)])

    assert found.is_converged
    assert sums(found.values, ONE) == pytest.approx(totals)
    assert sums(found.values, OTHER) == pytest.approx(other)
    assert (found.values > 0).all()


@given(TOTALS)
def test_raking_keeps_what_the_margins_do_not_know(totals):
    found = rake(np.ones(12), [margin(ONE, totals), margin(OTHER, [sum(totals) / 2] * 2)])

    # The cross-product ratio of four cells stays that of the replies themselves.
    cells = {(a, b): found.values[(a == ONE) & (b == OTHER)][0] for a in range(3) for b in range(2)}
    assert cells[0, 0] * cells[1, 1] == pytest.approx(cells[0, 1] * cells[1, 0])


def test_replies_that_meet_the_totals_keep_their_weights():
    weights = np.arange(1.0, 13)
    found = rake(weights, [margin(ONE, sums(weights, ONE)), margin(OTHER, sums(weights, OTHER))])

    assert found.values == pytest.approx(weights)
    assert found.turns == 1


def test_margins_that_contradict_each_other_are_said_not_to_be_met():
    # Classes that coincide, with other totals.
    found = rake(np.ones(4), [margin([0, 0, 1, 1], [10, 30]), margin([0, 0, 1, 1], [20, 20])])

    assert not found.is_converged
    assert found.worst > 0.1


def test_the_largest_weights_are_cut_and_what_is_cut_goes_to_the_others():
    codes = [0] * 9 + [1]
    plain = rake(np.ones(10), [margin(codes, [50, 50])])
    cut = rake(np.ones(10), [margin(codes, [50, 50])], most=3.0)

    assert plain.values.max() == pytest.approx(50)
    assert cut.values.max() == pytest.approx(3 * cut.values.mean())
    assert cut.values.sum() == pytest.approx(100)
    assert not cut.is_converged


def test_a_cut_that_nothing_reaches_changes_nothing():
    found = rake(np.ones(4), [margin([0, 0, 1, 1], [10, 12])], most=5.0)

    assert found.values == pytest.approx([5, 5, 6, 6])


def test_known_totals_are_met_with_the_least_change_of_squares():
    rng = np.random.default_rng(1992)
    known = np.column_stack([np.ones(30), rng.normal(5, 2, 30)])
    base = rng.uniform(1, 3, 30)
    totals = np.array([70.0, 330.0])
    found = calibrate(base, known, totals)

    assert known.T @ found.values == pytest.approx(totals)
    assert found.turns == 1
    best = ((found.values - base) ** 2 / base).sum()
    null = np.linalg.svd(known.T)[2][2:]
    for shift in rng.normal(0, 0.1, (50, 28)):
        other = found.values + shift @ null
        assert ((other - base) ** 2 / base).sum() >= best - 1e-9


def test_by_rakings_distance_no_weight_falls_below_0():
    known = np.column_stack([np.ones(6), [0.0, 0, 0, 1, 1, 8]])
    plain = calibrate(np.ones(6), known, np.array([6.0, 40]))
    kept = calibrate(np.ones(6), known, np.array([6.0, 40]), keep_above_0=True)

    assert (plain.values < 0).any()
    assert (kept.values > 0).all()
    assert known.T @ kept.values == pytest.approx([6, 40], rel=1e-6)
    assert kept.is_converged


def test_on_classes_calibration_by_rakings_distance_is_raking():
    known = np.column_stack([np.eye(3)[ONE], OTHER])
    totals = [40.0, 20, 30, 55]
    kept = calibrate(np.ones(12), known, np.array(totals), keep_above_0=True)
    raked = rake(np.ones(12), [margin(ONE, totals[:3]), margin(OTHER, [35, 55])])

    assert kept.values == pytest.approx(raked.values, rel=1e-6)


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=20))
def test_the_design_effect_is_one_plus_the_squared_variation_of_weights(weights):
    values = np.array(weights)

    assert kish_effect(values) == pytest.approx(1 + values.var() / values.mean() ** 2)
    assert effective_size(values) == pytest.approx(values.sum() ** 2 / (values**2).sum())
    assert 1 - 1e-9 <= effective_size(values) <= len(values) + 1e-9


@pytest.mark.parametrize(
    ("codes", "totals", "message"),
    [
        ([0, 3], [1, 2], "1 replies are of a class that the population does not have"),
        ([0, -1], [1, 2], "1 replies are of a class"),
        ([0, 1], [1, -2], "0 or more, and not all 0"),
        ([0, 1], [0, 0], "0 or more, and not all 0"),
        ([0, 0], [1, 2, 3], "nobody replied in classes 2, 3: join them to others"),
    ],
)
def test_margins_that_can_t_be_met_are_refused(codes, totals, message):
    with pytest.raises(ValueError, match=message):
        margin(codes, totals)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rake(np.array([1.0, 0]), [margin([0, 1], [1, 1])]), "weights must be above 0"),
        (lambda: rake(np.array([1.0, math.nan]), [margin([0, 1], [1, 1])]), "weights must be above 0"),
        (lambda: rake(np.ones(2), [margin([0, 1], [1, 1]), margin([0, 1], [2, 1])]), "of different size: 2, 3"),
        (lambda: rake(np.ones(2), [margin([0, 1], [1, 1])], most=1.0), "above the mean weight"),
        (lambda: calibrate(np.zeros(2), np.ones((2, 1)), np.ones(1)), "weights must be above 0"),
        (lambda: calibrate(np.ones(2), np.ones((2, 2)), np.ones(2)), "say the same"),
        (
            lambda: calibrate(np.ones(3), np.array([[1.0], [2], [3]]), np.array([-5.0]), keep_above_0=True),
            "can't be reached",
        ),
        (lambda: kish_effect(np.zeros(2)), "not all 0"),
        (lambda: kish_effect(np.array([1.0, -1])), "0 or more"),
    ],
)
def test_what_makes_no_weights_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_class_that_nobody_is_in_and_nobody_replied_of_does_not_matter():
    found = rake(np.ones(3), [margin([0, 0, 2], [6, 0, 4])])

    assert found.values.tolist() == [3, 3, 4]
