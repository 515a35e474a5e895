# SPDX-License-Identifier: MIT
"""Intraclass correlations: by hand, by analysis of variance, and how often their intervals cover the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.agreement import RatingDesign, rater_agreement

RATINGS = st.tuples(st.integers(3, 8), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def table(rows):
    ratings = np.array(rows, float)
    assume(ratings.mean(axis=1).std() > 1e-6)
    return ratings


def squares(ratings):
    """Mean squares cell by cell."""
    n, k = ratings.shape
    mean = ratings.mean()
    targets = sum(k * (row.mean() - mean) ** 2 for row in ratings) / (n - 1)
    raters = sum(n * (column.mean() - mean) ** 2 for column in ratings.T) / (k - 1)
    left = sum(
        (ratings[i, j] - ratings[i].mean() - ratings[:, j].mean() + mean) ** 2 for i in range(n) for j in range(k)
    ) / ((n - 1) * (k - 1))
    within = sum((value - row.mean()) ** 2 for row in ratings for value in row) / (n * (k - 1))
    return targets, raters, left, within


@given(RATINGS)
def test_each_design_follows_its_formula(rows):
    ratings = table(rows)
    (n, k), (targets, raters, left, within) = ratings.shape, squares(ratings)

    formulas = {
        RatingDesign.OTHER_RATERS: (targets - within, targets + (k - 1) * within, targets),
        RatingDesign.AGREEMENT: (
            targets - left,
            targets + (k - 1) * left + k * (raters - left) / n,
            targets + (raters - left) / n,
        ),
        RatingDesign.CONSISTENCY: (targets - left, targets + (k - 1) * left, targets),
    }
    for design, (top, single, mean) in formulas.items():
        assume(single > 1e-9 and mean > 1e-9)
        assert rater_agreement(ratings, design).value == pytest.approx(top / single, abs=1e-9)
        assert rater_agreement(ratings, design, average=True).value == pytest.approx(top / mean, abs=1e-9)


@given(RATINGS)
def test_raters_whose_levels_differ_agree_less_than_they_are_consistent(rows):
    ratings = table(rows)
    apart = ratings + 20 * np.arange(ratings.shape[1])

    consistent = rater_agreement(apart, RatingDesign.CONSISTENCY)
    assume(consistent.value > 0)
    assert rater_agreement(apart, RatingDesign.AGREEMENT).value < consistent.value
    assert consistent.value == pytest.approx(rater_agreement(ratings, RatingDesign.CONSISTENCY).value, abs=1e-9)


@given(RATINGS, st.integers(1, 5), st.integers(-9, 9))
def test_place_scale_and_order_of_targets_do_not_matter(rows, times, more):
    ratings = table(rows)

    for design in RatingDesign:
        one, other = rater_agreement(ratings, design), rater_agreement(times * ratings[::-1] + more, design)
        assert other.value == pytest.approx(one.value, abs=1e-8)
        assert other.lower == pytest.approx(one.lower, abs=1e-6)


def test_the_mean_of_all_follows_spearman_and_brown():
    ratings = np.array([[9.0, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2]])

    for design in RatingDesign:
        one, mean = rater_agreement(ratings, design), rater_agreement(ratings, design, average=True)
        for single, all_of_them in ((one.value, mean.value), (one.lower, mean.lower), (one.upper, mean.upper)):
            assert all_of_them == pytest.approx(3 * single / (1 + 2 * single))
        assert (one.mean_of, mean.mean_of) == (1, 3)


def test_full_agreement_is_1():
    ratings = np.repeat(np.arange(5.0)[:, None], 3, axis=1)

    for design in RatingDesign:
        found = rater_agreement(ratings, design)
        assert found.value == 1
        assert found.p == 0


def test_the_test_is_that_of_targets():
    ratings = np.array([[9.0, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2]])
    found = rater_agreement(ratings, RatingDesign.OTHER_RATERS)

    usual = stats.f_oneway(*ratings)
    assert (found.f, found.p) == pytest.approx((usual.statistic, usual.pvalue))
    assert found.df == (3, 8)


@pytest.mark.parametrize("design", list(RatingDesign))
def test_intervals_cover_the_truth(design):
    rng = np.random.default_rng(1979)
    covered = []
    for _ in range(300):
        targets, raters = rng.normal(0, 2, (25, 1)), rng.normal(0, 1, (1, 6))
        noise = rng.normal(0, 1.5, (25, 6))
        if design is RatingDesign.OTHER_RATERS:
            noise += rng.normal(0, 1, (25, 6))
            ratings, truth = targets + noise, 4 / (4 + 1.5**2 + 1)
        else:
            ratings = targets + raters + noise
            truth = 4 / (4 + 1.5**2 + (1 if design is RatingDesign.AGREEMENT else 0))
        found = rater_agreement(ratings, design)
        covered.append(found.lower <= truth <= found.upper)

    assert np.mean(covered) == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 300))


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        (np.ones((1, 4)), "two targets and two raters"),
        (np.ones((4, 1)), "two targets and two raters"),
        (np.ones(4), "two targets and two raters"),
        (np.array([[1.0, math.nan], [2, 3]]), "every rating"),
        (np.array([[1.0, 3], [3, 1], [2, 2]]), "targets do not differ"),
    ],
)
def test_what_says_nothing_about_agreement_is_refused(ratings, message):
    with pytest.raises(ValueError, match=message):
        rater_agreement(ratings, RatingDesign.AGREEMENT)
