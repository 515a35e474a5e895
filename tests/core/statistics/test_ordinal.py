# SPDX-License-Identifier: MIT
"""Polychoric correlations: what lies behind the categories is found again."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.ordinal import bivariate_normal, ordinal_alpha, polychoric, polychoric_matrix


def behind(rng, n, correlation):
    first = rng.standard_normal(n)
    return first, correlation * first + math.sqrt(1 - correlation**2) * rng.standard_normal(n)


@settings(max_examples=60)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-0.95, 0.95))
def test_the_bivariate_normal_is_that_of_scipy(first, second, correlation):
    theirs = stats.multivariate_normal.cdf([first, second], cov=[[1, correlation], [correlation, 1]])

    ours = bivariate_normal(np.array(first), np.array(second), correlation)
    assert float(ours) == pytest.approx(theirs, abs=2e-6)


def test_limits_at_infinity_leave_one_variable_or_everything():
    assert float(bivariate_normal(np.array(np.inf), np.array(1.0), 0.5)) == pytest.approx(stats.norm.cdf(1))
    assert float(bivariate_normal(np.array(np.inf), np.array(np.inf), 0.5)) == pytest.approx(1)
    assert float(bivariate_normal(np.array(-np.inf), np.array(1.0), 0.5)) == pytest.approx(0)


@pytest.mark.parametrize("correlation", [-0.6, 0.0, 0.3, 0.85])
@pytest.mark.parametrize("limits", [(0.0,), (-1.0, 0.2, 1.0)])
def test_the_correlation_behind_the_categories_is_found_again(correlation, limits):
    first, second = behind(np.random.default_rng(9), 6000, correlation)

    found = polychoric(np.digitize(first, limits).astype(float), np.digitize(second, limits).astype(float))

    assert found == pytest.approx(correlation, abs=0.05)


def test_with_two_halves_it_is_sheppards_formula():
    # Of 100, 40 agree high and 40 low: the chance of both above the middle is 1/4 + asin(r) / (2 pi).
    first = np.repeat([0.0, 0, 1, 1], (40, 10, 10, 40))
    second = np.repeat([0.0, 1, 0, 1], (40, 10, 10, 40))

    assert polychoric(first, second) == pytest.approx(math.sin(2 * math.pi * (0.4 - 0.25)), abs=1e-5)


def test_the_names_of_categories_do_not_matter_but_their_order_does():
    first, second = behind(np.random.default_rng(2), 500, 0.5)
    one, other = np.digitize(first, (-0.5, 0.5)).astype(float), np.digitize(second, (0.0,)).astype(float)

    assert polychoric(10 * one + 3, other**3) == pytest.approx(polychoric(one, other), abs=1e-6)
    assert polychoric(-one, other) == pytest.approx(-polychoric(one, other), abs=1e-5)
    assert polychoric(other, one) == pytest.approx(polychoric(one, other), abs=1e-5)


def test_pairs_with_a_gap_are_left_out():
    first, second = np.array([0.0, 1, 0, 1, 1, math.nan, 0]), np.array([0.0, 1, 0, 1, 0, 1, math.nan])

    assert polychoric(first, second) == polychoric(first[:5], second[:5])


def test_the_matrix_has_each_pair_once_and_alpha_is_of_it():
    base = np.random.default_rng(3).standard_normal((400, 1))
    items = np.digitize(base + np.random.default_rng(4).standard_normal((400, 3)), (-1.0, 0.0, 1.0)).astype(float)
    matrix = polychoric_matrix(items)

    assert matrix == pytest.approx(matrix.T)
    assert matrix.diagonal() == pytest.approx(np.ones(3))
    mean = (matrix.sum() - 3) / 6
    assert ordinal_alpha(items) == pytest.approx(3 * mean / (1 + 2 * mean))


def test_it_lies_above_the_correlation_of_the_numbers_of_the_categories():
    first, second = behind(np.random.default_rng(5), 2000, 0.6)
    one, other = np.digitize(first, (1.0,)).astype(float), np.digitize(second, (1.0,)).astype(float)

    assert polychoric(one, other) > np.corrcoef(one, other)[0, 1] + 0.1


@pytest.mark.parametrize("second", [[1.0, 1, 1], [math.nan] * 3])
def test_a_single_category_is_refused(second):
    with pytest.raises(ValueError, match="two categories or more"):
        polychoric(np.array([0.0, 1, 2]), np.array(second))


def test_a_single_item_is_refused():
    with pytest.raises(ValueError, match="two items or more"):
        ordinal_alpha(np.ones((3, 1)))
