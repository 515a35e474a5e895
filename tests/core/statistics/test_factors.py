# SPDX-License-Identifier: MIT
"""Factors: what was put in is found again, omega is what it says, and too many factors are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.factors import count_factors, find_factors, general_omega, one_factor_omega, rotate_oblique

LOADINGS = st.lists(st.floats(0.2, 0.9), min_size=4, max_size=7)
# Three group factors of three items each, all of which hang on one general factor.
GENERAL = np.array([0.7, 0.6, 0.5, 0.6, 0.6, 0.5, 0.4, 0.5, 0.6])
GROUP = np.kron(np.eye(3), np.ones((3, 1))) * np.array([0.4, 0.5, 0.4, 0.3, 0.5, 0.4, 0.5, 0.4, 0.3])[:, None]


def correlation_of(*parts):
    common = np.sum([part @ part.T for part in (part.reshape(len(part), -1) for part in parts)], axis=0)
    return np.asarray(common + np.diag(1 - common.diagonal()), np.float64)


@settings(max_examples=40)
@given(LOADINGS)
def test_the_loadings_of_one_factor_are_found_again(loadings):
    truth = np.array(loadings)
    found = find_factors(correlation_of(truth), 1)

    assert found.loadings[:, 0] == pytest.approx(truth, abs=2e-3)
    assert found.uniquenesses == pytest.approx(1 - truth**2, abs=4e-3)
    assert found.residual < 1e-3
    assert found.is_identified == (len(truth) >= 3)


@settings(max_examples=40)
@given(LOADINGS)
def test_omega_is_the_square_of_the_summed_loadings_over_all(loadings):
    truth = np.array(loadings)
    correlation = correlation_of(truth)

    assert one_factor_omega(correlation) == pytest.approx(truth.sum() ** 2 / correlation.sum(), abs=2e-3)


def test_factors_leave_less_than_any_other_uniquenesses_do():
    rng = np.random.default_rng(4)
    correlation = np.corrcoef(rng.standard_normal((40, 6)).T)
    found = find_factors(np.asarray(correlation, np.float64), 2)

    def left(unique):
        values, vectors = np.linalg.eigh(correlation - np.diag(unique))
        best = vectors[:, -2:] * np.sqrt(values[-2:].clip(0))
        return ((correlation - np.diag(unique) - best @ best.T) ** 2).sum()

    best = left(found.uniquenesses)
    tries = found.uniquenesses + rng.normal(0, 0.05, (200, 6))
    assert all(best <= left(one.clip(0.005, 1)) + 1e-6 for one in tries)


def test_a_factor_points_to_where_its_loadings_add_up_to_more_than_0():
    found = find_factors(correlation_of(np.array([0.8, 0.7, 0.6, -0.3])), 1)

    assert found.loadings.sum() > 0
    assert found.loadings[3, 0] < 0


def test_the_general_factor_above_three_groups_is_found():
    correlation = correlation_of(GENERAL, GROUP)
    found = general_omega(correlation)

    common = GENERAL.sum() ** 2 + (GROUP.sum(axis=0) ** 2).sum()
    assert found.total == pytest.approx(common / correlation.sum(), abs=0.01)
    assert found.general == pytest.approx(GENERAL.sum() ** 2 / correlation.sum(), abs=0.03)
    assert found.is_identified


def test_three_factors_of_five_items_are_not_told_apart_and_that_is_said():
    assert not general_omega(correlation_of(np.array([0.8, 0.7, 0.6, 0.5, 0.4]))).is_identified


def test_turning_keeps_what_the_loadings_explain_and_makes_them_simpler():
    found = find_factors(correlation_of(GENERAL, GROUP), 3)
    pattern, between = rotate_oblique(found.loadings)

    assert pattern @ between @ pattern.T == pytest.approx(found.loadings @ found.loadings.T, abs=1e-6)
    assert between.diagonal() == pytest.approx(np.ones(3))

    def products(loadings):
        squares = loadings**2
        return sum((squares[:, a] * squares[:, b]).sum() for a in range(3) for b in range(3) if a != b)

    assert products(pattern) < products(found.loadings) / 10
    # Each item belongs to one of the three.
    assert [set(np.abs(pattern[at : at + 3]).argmax(axis=1)) for at in (0, 3, 6)] == [
        {int(np.abs(pattern[at]).argmax())} for at in (0, 3, 6)
    ]


def test_loadings_that_are_simple_already_are_not_turned():
    simple = np.asarray(np.kron(np.eye(2), np.ones((3, 1))) * 0.7, np.float64)
    pattern, between = rotate_oblique(simple)

    assert pattern == pytest.approx(simple, abs=1e-6)
    assert between == pytest.approx(np.eye(2), abs=1e-6)


def test_as_many_factors_are_counted_as_were_put_in():
    rng = np.random.default_rng(6)
    scores = rng.standard_normal((400, 2)) @ np.kron(np.eye(2), np.full((1, 4), 0.8)) + rng.normal(0, 0.6, (400, 8))

    assert count_factors(scores, rng=rng) == 2
    assert count_factors(rng.standard_normal((400, 8)), rng=rng, draws=40) in {0, 1}


def test_two_items_that_say_nearly_the_same_make_one_factor():
    rng = np.random.default_rng(6)
    base = rng.standard_normal(200)

    assert count_factors(np.column_stack([base, base + rng.normal(0, 0.1, 200)]), rng=rng) == 1


def test_items_that_are_sums_of_others_can_still_be_taken_apart():
    loadings = np.array([0.9, 0.8, 0.7, 0.6])
    correlation = correlation_of(loadings)
    doubled = np.block([[correlation, correlation[:, :1]], [correlation[:1], np.ones((1, 1))]])

    assert find_factors(doubled, 1).residual < 0.1


@pytest.mark.parametrize(("k", "count"), [(4, 0), (3, 2), (2, 1), (4, 3)])
def test_more_factors_than_the_items_can_have_are_refused(k, count):
    with pytest.raises(ValueError, match=f"{k} items can't have {count} factors"):
        find_factors(correlation_of(np.full(k, 0.5)), count)


def test_a_general_factor_above_two_groups_is_refused():
    with pytest.raises(ValueError, match="three group factors or more, not 2"):
        general_omega(correlation_of(GENERAL), 2)
