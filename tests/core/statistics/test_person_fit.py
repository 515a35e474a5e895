# SPDX-License-Identifier: MIT
"""Patterns that go against the order of the items: counted pair by pair, and likelihoods category by category."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trigpoint.statistics.person_fit import count_guttman_errors, standardised_likelihood

PATTERNS = (
    st.integers(3, 7)
    .flatmap(lambda k: st.lists(st.lists(st.booleans(), min_size=k, max_size=k), min_size=4, max_size=15))
    .map(np.array)
)


def usable(passed):
    shares = passed.mean(axis=0)
    assume(((shares > 0) & (shares < 1)).all())
    return passed


@given(PATTERNS)
def test_errors_are_pairs_of_an_easier_item_failed_and_a_harder_passed(passed):
    found = count_guttman_errors(usable(passed))
    order = sorted(range(passed.shape[1]), key=lambda item: -passed[:, item].mean())

    for unit, pattern in enumerate(passed):
        ordered = [bool(pattern[item]) for item in order]
        pairs = sum(not ordered[i] and ordered[j] for j in range(len(order)) for i in range(j))
        assert found.errors[unit] == pairs
        total = int(pattern.sum())
        most = total * (len(order) - total)
        assert found.normed[unit] == pytest.approx(pairs / most) if most else math.isnan(found.normed[unit])


@given(PATTERNS)
def test_agreement_is_covariance_with_the_others_over_the_most_there_could_be(passed):
    found = count_guttman_errors(usable(passed))
    values = passed.astype(float)

    for unit in range(len(passed)):
        top = bottom = 0.0
        for other in range(len(passed)):
            if other != unit:
                mine, theirs = values[unit].mean(), values[other].mean()
                top += (values[unit] * values[other]).mean() - mine * theirs
                bottom += min(mine, theirs) - mine * theirs
        if bottom > 1e-9:
            assert found.agreement[unit] == pytest.approx(top / bottom)
            assert found.agreement[unit] <= 1 + 1e-9


@given(PATTERNS)
def test_u3_is_between_0_and_1_and_0_for_a_pattern_in_order(passed):
    found = count_guttman_errors(usable(passed))

    there = np.isfinite(found.van_der_flier)
    assert ((found.van_der_flier[there] >= -1e-9) & (found.van_der_flier[there] <= 1 + 1e-9)).all()
    assert (np.abs(found.van_der_flier[there & (found.errors == 0)]) < 1e-9).all()


def test_the_indices_are_worked_out_by_hand():
    passed = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 1], [1, 1, 0]], bool)
    found = count_guttman_errors(passed)

    # Shares 3/4, 1/2, 1/4. The third unit passed the hardest only: two errors of two possible.
    assert found.errors.tolist() == [0, 0, 2, 0]
    assert found.normed.tolist() == [0, 0, 1, 0]
    assert found.van_der_flier == pytest.approx([0, 0, 1, 0])


def test_who_passes_all_or_nothing_has_no_pattern():
    found = count_guttman_errors(np.array([[1, 1, 1], [0, 0, 0], [1, 0, 0], [1, 1, 0]], bool))

    for index in (found.normed, found.van_der_flier):
        assert np.isnan(index[:2]).all()
        assert np.isfinite(index[2:]).all()
    assert found.errors[:2].tolist() == [0, 0]


def test_among_items_that_are_equally_hard_there_is_no_order_to_go_against():
    found = count_guttman_errors(np.array([[1, 0], [0, 1]], bool))

    assert np.isnan(found.van_der_flier).all()
    assert np.isfinite(found.normed).all()


def chances(theta, difficulty):
    high = 1 / (1 + np.exp(-(np.asarray(theta, float)[:, None] - np.asarray(difficulty, float))))
    return np.stack([1 - high, high], axis=2)


def test_lz_is_worked_out_by_hand():
    given_chances = np.array([[[0.2, 0.8], [0.5, 0.5], [0.7, 0.3]]])
    found = standardised_likelihood(np.array([[1, 0, 1]]), given_chances)

    log = math.log
    own = log(0.8) + log(0.5) + log(0.3)
    mean = sum(p * log(p) + (1 - p) * log(1 - p) for p in (0.8, 0.5, 0.3))
    variance = sum(p * (1 - p) * log(p / (1 - p)) ** 2 for p in (0.8, 0.5, 0.3))
    assert found[0] == pytest.approx((own - mean) / math.sqrt(variance))


def test_answers_that_are_missing_count_for_nothing():
    three = np.array([[[0.2, 0.8], [0.5, 0.5], [0.7, 0.3]]])

    without = standardised_likelihood(np.array([[1, -1, 1]]), three)
    assert without == pytest.approx(standardised_likelihood(np.array([[1, 1]]), three[:, [0, 2]]))
    assert np.isnan(standardised_likelihood(np.array([[-1, -1, -1]]), three)).all()


def test_under_the_model_lz_is_near_standard_normal_and_turned_answers_stand_out():
    rng = np.random.default_rng(85)
    theta, difficulty = rng.standard_normal(500), np.linspace(-2, 2, 40)
    model = chances(theta, difficulty)
    answers = (rng.random((500, 40)) < model[:, :, 1]).astype(int)
    lz = standardised_likelihood(answers, model)

    assert lz.mean() == pytest.approx(0, abs=0.15)
    assert lz.std() == pytest.approx(1, abs=0.1)
    assert (standardised_likelihood(1 - answers, model) < -2).mean() > 0.9


def test_more_categories_than_two_are_allowed_and_an_item_may_have_fewer():
    three = np.array([[[0.2, 0.5, 0.3], [0.4, 0.6, 0.0]]])
    found = standardised_likelihood(np.array([[2, 1]]), three)

    own = math.log(0.3) + math.log(0.6)
    logs = [[(p, math.log(p)) for p in item if p] for item in three[0]]
    mean = sum(p * log for item in logs for p, log in item)
    variance = sum(sum(p * log**2 for p, log in item) - sum(p * log for p, log in item) ** 2 for item in logs)
    assert found[0] == pytest.approx((own - mean) / math.sqrt(variance))


@pytest.mark.parametrize(
    ("passed", "message"),
    [
        (np.ones((1, 3), bool), "two units and two items"),
        (np.ones((3, 1), bool), "two units and two items"),
        (np.array([[1, 1, 0], [1, 0, 0]], bool), "order nothing: 1, 3"),
    ],
)
def test_patterns_that_order_nothing_are_refused(passed, message):
    with pytest.raises(ValueError, match=message):
        count_guttman_errors(passed)


def test_chances_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="must add up to 1"):
        standardised_likelihood(np.array([[0]]), np.array([[[0.5, 0.4]]]))
