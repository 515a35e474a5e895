# SPDX-License-Identifier: MIT
"""Weighted estimates: by hand, by simulation of whole surveys, and with what the weights were fitted to."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trigpoint.statistics.survey_estimates import SurveyDesign, join_margins, weighted_mean, weighted_total
from trigpoint.statistics.survey_weights import Margin, post_stratify


def each_by_itself(n, **known):
    return SurveyDesign(np.arange(n), **known)


def test_an_unweighted_mean_has_the_usual_error():
    values = np.array([1.0, 4, 7, 8])
    found = weighted_mean(values, np.ones(4), each_by_itself(4))

    error = values.std(ddof=1) / 2
    assert found.error == pytest.approx(error)
    assert (found.value, found.n) == (5, 4)
    assert found.upper - 5 == pytest.approx(stats.t.isf(0.025, 3) * error)


def test_where_all_were_asked_and_replied_there_is_no_error():
    found = weighted_mean(np.array([1.0, 4, 7]), np.ones(3), each_by_itself(3, drawn_from=3))

    assert (found.error, found.lower, found.upper) == (0, 4, 4)


def test_a_total_is_worked_out_by_hand():
    found = weighted_total(np.array([1.0, 4, 7]), np.array([2.0, 2, 3]), each_by_itself(3, drawn_from=7))

    # Weighted values 2, 8, 21 about 31 / 3.
    parts = np.array([2, 8, 21.0])
    assert found.value == 31
    assert found.error == pytest.approx(math.sqrt((1 - 3 / 7) * 3 / 2 * ((parts - parts.mean()) ** 2).sum()))


def test_what_was_drawn_together_counts_together():
    values = np.array([1.0, 1, 5, 5, 9, 9])
    together = weighted_mean(values, np.ones(6), SurveyDesign(np.array([0, 0, 1, 1, 2, 2])))
    apart = weighted_mean(values, np.ones(6), each_by_itself(6))

    assert together.value == apart.value
    assert together.error == pytest.approx(np.array([1.0, 5, 9]).std(ddof=1) / math.sqrt(3))
    assert together.error > apart.error


def test_what_the_weights_know_leaves_the_error():
    rng = np.random.default_rng(5)
    kind = np.repeat([0, 1], 50)
    values = 40.0 * kind + rng.normal(0, 1, 100)
    margin = Margin(kind, np.array([300.0, 700]))
    weights = post_stratify(np.ones(100), margin).values
    plain = weighted_mean(values, weights, each_by_itself(100))
    fitted = weighted_mean(values, weights, each_by_itself(100, fitted_to=margin.indicators))

    # Only the spread within the kinds is left: shares 0.3 and 0.7 of 50 each.
    within = [values[kind == one].var() for one in (0, 1)]
    assert fitted.error == pytest.approx(math.sqrt((0.3**2 * within[0] + 0.7**2 * within[1]) / 50 * 100 / 99))
    assert plain.error > 5 * fitted.error


def test_base_weights_weigh_the_fit():
    values, base = np.array([1.0, 2, 9, 4]), np.array([1.0, 5, 1, 1])
    fitted = np.ones((4, 1))
    even = weighted_total(values, base, each_by_itself(4, fitted_to=fitted))
    weighted = weighted_total(values, base, each_by_itself(4, fitted_to=fitted, base=base))

    parts = base * (values - np.average(values, weights=base))
    assert weighted.error == pytest.approx(math.sqrt(4 / 3 * ((parts - parts.mean()) ** 2).sum()))
    assert even.error != pytest.approx(weighted.error)


def test_classes_of_several_margins_are_joined_without_saying_anything_twice():
    joined = join_margins(
        [Margin(np.array([0, 1, 2, 0]), np.ones(3)), Margin(np.array([0, 1, 0, 1]), np.array([1.0, 2]))]
    )

    assert joined.shape == (4, 4)
    assert np.linalg.matrix_rank(joined) == 4


def test_intervals_of_post_stratified_surveys_cover_the_mean_of_all():
    rng = np.random.default_rng(1979)
    kind = np.repeat([0, 1], (600, 400))
    everyone = 30.0 * kind + rng.gamma(2, 8, 1000)
    covered = []
    for _ in range(300):
        drawn = rng.choice(1000, 80, replace=False)
        margin = Margin(kind[drawn], np.array([600.0, 400]))
        weights = post_stratify(np.full(80, 12.5), margin).values
        found = weighted_mean(
            everyone[drawn], weights, each_by_itself(80, drawn_from=1000, fitted_to=margin.indicators)
        )
        covered.append(found.lower <= everyone.mean() <= found.upper)

    assert np.mean(covered) == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 300))


@pytest.mark.parametrize("weights", [[0.0, 0], [2.0, -1]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError, match="0 or more, and not all 0"):
        weighted_mean(np.ones(2), np.array(weights), each_by_itself(2))


def test_one_cluster_has_no_error():
    with pytest.raises(ValueError, match="two clusters or more"):
        weighted_total(np.ones(2), np.ones(2), SurveyDesign(np.zeros(2, int)))
