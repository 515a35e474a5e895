# SPDX-License-Identifier: MIT
"""Linking through common items: by hand, unlike groups brought together, errors that hold, and drifting items."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from trigpoint.statistics.common_items import (
    AnchorMethod,
    FormScores,
    chain_percentiles,
    drift,
    link_errors,
    link_through,
)

METHODS = list(AnchorMethod)


def made_up(rng, n, ability, *, easier=0.0, scale=1.0, common=20, others=20):
    """A group answers common items and others; the second form may be easier and on another scale."""
    theta = rng.normal(ability, 1, n)
    shared = 50 + 10 * theta + rng.normal(0, 10 / np.sqrt(common) * 2, n)
    rest = 50 + 10 * theta + rng.normal(0, 10 / np.sqrt(others) * 2, n)
    return FormScores(scale * ((shared + rest) / 2 + easier), shared)


def test_tucker_is_worked_out_by_hand():
    first = FormScores(np.array([10.0, 20, 30, 40]), np.array([1.0, 3, 3, 5]))
    second = FormScores(np.array([20.0, 20, 40, 40]), np.array([2.0, 4, 6, 4]))

    # Variances of the common items 8/3 both; covariances 60/3 and 40/3; means 3 and 4.
    slopes = 20 / (8 / 3), (40 / 3) / (8 / 3)
    means = 25 - 0.5 * slopes[0] * (3 - 4), 30 + 0.5 * slopes[1] * (3 - 4)
    variances = 500 / 3 + 0.25 * slopes[0] ** 2, 400 / 3 + 0.25 * slopes[1] ** 2
    found = link_through(first, second, AnchorMethod.TUCKER)
    assert found.slope == pytest.approx(np.sqrt(variances[1] / variances[0]))
    assert found.intercept == pytest.approx(means[1] - found.slope * means[0])


def test_chained_goes_over_the_common_items():
    rng = np.random.default_rng(1)
    first, second = made_up(rng, 50, 0), made_up(rng, 60, 1)
    found = link_through(first, second, AnchorMethod.CHAINED)

    over = (first.total - first.total.mean()) / first.total.std(ddof=1) * first.common.std(ddof=1) + first.common.mean()
    there = (over - second.common.mean()) / second.common.std(ddof=1) * second.total.std(ddof=1) + second.total.mean()
    assert found.at(first.total) == pytest.approx(there)


@pytest.mark.parametrize("method", METHODS)
def test_like_groups_on_one_form_are_linked_as_they_are(method):
    rng = np.random.default_rng(2)
    found = link_through(made_up(rng, 20_000, 0), made_up(rng, 20_000, 0), method)

    assert found.at(np.array([40.0, 50, 60])) == pytest.approx([40, 50, 60], abs=0.5)


@pytest.mark.parametrize("method", METHODS)
def test_a_form_that_is_easier_is_linked_though_the_groups_differ(method):
    rng = np.random.default_rng(3)
    first, second = made_up(rng, 20_000, 0), made_up(rng, 20_000, 0.8, easier=5, scale=1.2)
    found = link_through(first, second, method)

    # Tucker takes the common items for true scores, and so leaves some of the groups' difference in.
    tolerance = 1.6 if method is AnchorMethod.TUCKER else 0.9
    assert found.at(np.array([50.0, 60])) == pytest.approx([1.2 * 55, 1.2 * 65], abs=tolerance)


def test_the_weight_matters_little_to_like_groups_and_not_at_all_when_chained():
    rng = np.random.default_rng(4)
    first, second = made_up(rng, 500, 0), made_up(rng, 500, 0.5)

    ends = [link_through(first, second, AnchorMethod.CHAINED, weight=weight) for weight in (0, 1)]
    assert ends[0] == ends[1]
    tucker = [link_through(first, second, AnchorMethod.TUCKER, weight=weight).at(np.array([50.0])) for weight in (0, 1)]
    assert tucker[0] == pytest.approx(tucker[1], abs=2)


@pytest.mark.parametrize("method", METHODS)
def test_errors_are_what_links_of_other_groups_vary_by(method):
    at = np.array([40.0, 50, 65])
    rng = np.random.default_rng(5)
    links = [link_through(made_up(rng, 120, 0), made_up(rng, 120, 0.3), method).at(at) for _ in range(300)]
    told = link_errors(
        (made_up(rng, 120, 0), made_up(rng, 120, 0.3)), partial(link_through, method=method), at, rng=rng
    )

    assert told == pytest.approx(np.std(links, axis=0), rel=0.35)
    assert told[1] < told[2]


def test_a_draw_that_bears_no_link_is_drawn_anew():
    tiny = FormScores(np.array([1.0, 2, 3]), np.array([1.0, 2, 4]))
    found = link_errors(
        (tiny, tiny), partial(link_through, method=AnchorMethod.CHAINED), np.array([2.0]), rng=np.random.default_rng(1)
    )

    assert np.isfinite(found).all()
    assert found[0] > 0


def test_items_that_changed_unlike_the_others_drift():
    changes = np.array([9.0, 10, 10, 11, 10, 9, 11, 40, 10, -20])

    assert (np.abs(drift(changes)) > 2.7).tolist() == [False] * 7 + [True, False, True]


def test_drift_is_worked_out_by_hand_and_moves_with_nothing():
    # Median 2, quartiles 1 and 3.
    assert drift(np.array([0.0, 1, 2, 3, 4])) == pytest.approx(np.array([-2, -1, 0, 1, 2]) / (0.74 * 2))
    assert drift(np.array([0.0, 1, 2, 3, 4]) + 7) == pytest.approx(drift(np.array([0.0, 1, 2, 3, 4])))


def test_where_all_changed_alike_nothing_drifts():
    assert drift(np.full(6, 4.0)).tolist() == [0] * 6


@pytest.mark.parametrize(
    ("total", "common", "message"),
    [
        ([1, 2], [1, 2], "three units or more"),
        ([1, 2, 3], [1, 2], "each with both scores"),
        ([1, 1, 1], [1, 2, 3], "do not vary"),
        ([1, 2, 3], [2, 2, 2], "do not vary"),
    ],
)
def test_scores_that_link_nothing_are_refused(total, common, message):
    with pytest.raises(ValueError, match=message):
        FormScores(np.array(total, float), np.array(common, float))


def test_totals_that_go_against_the_common_items_and_weights_outside_are_refused():
    up, down = FormScores(np.arange(5.0), np.arange(5.0)), FormScores(np.arange(5.0), -np.arange(5.0))

    with pytest.raises(ValueError, match="must go up with the common items"):
        link_through(up, down, AnchorMethod.TUCKER)
    with pytest.raises(ValueError, match="between 0 and 1, got 2"):
        link_through(up, up, AnchorMethod.TUCKER, weight=2)


def test_groups_that_differ_too_much_are_refused():
    # By Levine the second total would vary by less than nothing in a group whose common scores hardly vary.
    narrow = FormScores(np.arange(6.0), 50 + np.arange(6) / 100)
    loose = FormScores(np.array([1.0, 2, 3, 4, 5, 6]), np.array([30.0, 10, 50, 20, 60, 40]))

    with pytest.raises(ValueError, match="differ too much"):
        link_through(narrow, loose, AnchorMethod.LEVINE, weight=1.0)


@pytest.mark.parametrize("method", METHODS)
def test_a_scale_and_a_place_of_the_second_form_carry_over(method):
    rng = np.random.default_rng(6)
    first, second = made_up(rng, 80, 0), made_up(rng, 90, 0.4)
    moved = FormScores(3 * second.total + 7, second.common)
    plain, carried = (link_through(first, one, method) for one in (second, moved))

    assert carried.slope == pytest.approx(3 * plain.slope)
    assert carried.intercept == pytest.approx(3 * plain.intercept + 7)


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_units_does_not_matter(method):
    rng = np.random.default_rng(7)
    first, second = made_up(rng, 40, 0), made_up(rng, 40, 0.4)
    turned = first.drawn(np.arange(40)[::-1])

    assert link_through(turned, second, method).slope == pytest.approx(link_through(first, second, method).slope)


def test_percentiles_chained_bend_where_a_form_is_harder_at_one_end():
    rng = np.random.default_rng(20)
    first, second = made_up(rng, 6000, 0), made_up(rng, 6000, 0)
    # the same form, but that scores above the middle count for half as much
    middle = float(np.median(second.total))
    bent = FormScores(
        np.where(second.total > middle, middle + (second.total - middle) / 2, second.total), second.common
    )

    found = chain_percentiles(first, bent)

    spread = float(second.total.std())
    low, high = found.at(np.array([middle - spread, middle + spread]))
    assert low == pytest.approx(middle - spread, abs=0.15 * spread)
    assert high == pytest.approx(middle + spread / 2, abs=0.15 * spread)


def test_percentiles_chained_rise_and_go_on_beyond_the_ends_as_far_off_as_there():
    rng = np.random.default_rng(21)
    first, second = made_up(rng, 300, 0), made_up(rng, 300, 0.5)

    found = chain_percentiles(first, second)
    top, bottom = float(first.total.max()), float(first.total.min())

    assert (np.diff(found.linked) >= -1e-9).all()
    assert found.at(np.array([top + 7]))[0] == pytest.approx(found.at(np.array([top]))[0] + 7)
    assert found.at(np.array([bottom - 7]))[0] == pytest.approx(found.at(np.array([bottom]))[0] - 7)


def test_a_group_linked_to_itself_by_percentile_stays_as_it_is():
    one = made_up(np.random.default_rng(22), 250, 0)
    at = np.quantile(one.total, [0.1, 0.5, 0.9])

    assert chain_percentiles(one, one).at(at) == pytest.approx(at, abs=0.02 * float(np.ptp(one.total)))


def test_percentiles_take_another_unit_of_either_form_along():
    rng = np.random.default_rng(23)
    first, second = made_up(rng, 400, 0), made_up(rng, 400, 0.2)
    at = np.quantile(first.total, [0.2, 0.5, 0.8])

    usual = chain_percentiles(first, second).at(at)
    stretched = chain_percentiles(
        FormScores(first.total * 10 + 3, first.common), FormScores(second.total / 4, second.common)
    )

    assert stretched.at(at * 10 + 3) == pytest.approx(usual / 4)


def test_few_different_scores_are_smoothed_as_far_as_they_go():
    few = FormScores(np.array([1.0, 1, 2, 2, 3, 3]), np.array([0.0, 1, 0, 1, 1, 0]))

    assert chain_percentiles(few, few).at(np.array([2.0]))[0] == pytest.approx(2, abs=0.2)


def test_errors_by_percentile_are_those_of_draws_anew():
    rng = np.random.default_rng(24)
    first, second = made_up(rng, 200, 0), made_up(rng, 200, 0)
    at = np.quantile(first.total, [0.02, 0.5])

    ends, middle = link_errors((first, second), chain_percentiles, at, rng=rng, draws=100)

    assert 0 < middle < ends
