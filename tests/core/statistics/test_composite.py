# SPDX-License-Identifier: MIT
"""Composite indicators: each way by hand, means between their parts, and weights that add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.composite import (
    Aggregation,
    Layer,
    Normalisation,
    aggregate,
    climb_layers,
    effective_weights,
    importance,
    normalise,
    rank_down,
)

COLUMN = np.array([[2.0], [10], [4], [4]])
TABLES = st.lists(st.lists(st.floats(1, 100), min_size=4, max_size=4), min_size=3, max_size=12).map(np.array)
LAYER = Layer(np.array([0, 0, 1, 1]), np.array([1.0, 3, 2, 2]))
TOP = Layer(np.array([0, 0]), np.array([1.0, 2]))


@pytest.mark.parametrize(
    ("method", "ends", "expected"),
    [
        (Normalisation.MIN_MAX, (0, 100), [0, 100, 25, 25]),
        (Normalisation.MIN_MAX, (1, 5), [1, 5, 2, 2]),
        (Normalisation.Z_SCORE, (50, 10), [50 - 30 / math.sqrt(12), 50 + 50 / math.sqrt(12), 50 - 10 / math.sqrt(12)]),
        (Normalisation.RANK, (0, 1), [1, 4, 2, 2]),
        (Normalisation.BORDA, (0, 1), [0, 3, 1, 1]),
        (Normalisation.PERCENT_RANK, (0, 1), [0, 1, 1 / 3, 1 / 3]),
        (Normalisation.DISTANCE_TO_MOST, (0, 1), [0, 1, 0.25, 0.25]),
    ],
)
def test_each_way_is_worked_out_by_hand(method, ends, expected):
    # Mean 5, squares 9 + 25 + 1 + 1 = 36 over 3.
    found = normalise(COLUMN, method, low=ends[0], high=ends[1])[:, 0]

    assert found[: len(expected)] == pytest.approx(expected)
    assert found[3] == found[2]


@pytest.mark.parametrize("method", list(Normalisation))
@given(values=TABLES)
def test_more_is_never_worth_less_and_where_less_is_better_never_more(method, values):
    low, high = (0, 1) if method is not Normalisation.Z_SCORE else (0, 2)
    found = normalise(values, method, low=low, high=high)
    turned = normalise(values, method, low=low, high=high, directions=np.array([-1.0, 1, 1, 1]))

    for column in range(4):
        order = np.argsort(values[:, column], kind="stable")
        rising = found[order, column]
        if np.isfinite(rising).all():
            assert (np.diff(rising) >= -1e-9).all()
    falling = turned[np.argsort(values[:, 0], kind="stable"), 0]
    if np.isfinite(falling).all():
        assert (np.diff(falling) <= 1e-9).all()


@pytest.mark.parametrize("method", list(Normalisation))
def test_a_value_that_is_missing_counts_for_nothing(method):
    with_gap = normalise(np.vstack([COLUMN, [[np.nan]]]), method)

    assert np.isnan(with_gap[-1, 0])
    assert with_gap[:-1] == pytest.approx(normalise(COLUMN, method))


@pytest.mark.parametrize("method", [Normalisation.MIN_MAX, Normalisation.Z_SCORE, Normalisation.DISTANCE_TO_MOST])
def test_units_that_are_all_alike_are_not_told_apart(method):
    assert np.isnan(normalise(np.full((3, 1), 7.0), method)).all()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Aggregation.ARITHMETIC, [(2 + 3 * 8) / 4, (4 + 16) / 2]),
        (Aggregation.GEOMETRIC, [(2 * 8**3) ** 0.25, 8]),
        (Aggregation.HARMONIC, [4 / (1 / 2 + 3 / 8), 2 / (1 / 4 + 1 / 16)]),
    ],
)
def test_each_mean_is_worked_out_by_hand(method, expected):
    assert aggregate(np.array([[2.0, 8, 4, 16]]), LAYER, method)[0] == pytest.approx(expected)


@given(TABLES)
def test_means_lie_between_their_parts_in_the_order_everybody_knows(values):
    arithmetic, geometric, harmonic = (aggregate(values, LAYER, method) for method in Aggregation)

    assert (harmonic <= geometric + 1e-9).all()
    assert (geometric <= arithmetic + 1e-9).all()
    assert (harmonic[:, 0] >= values[:, :2].min(axis=1) - 1e-9).all()
    assert (arithmetic[:, 0] <= values[:, :2].max(axis=1) + 1e-9).all()


@pytest.mark.parametrize("method", list(Aggregation))
def test_a_part_that_is_missing_leaves_its_weight_out_and_a_whole_without_parts_is_missing(method):
    found = aggregate(np.array([[2.0, np.nan, np.nan, np.nan]]), LAYER, method)

    assert found[0, 0] == pytest.approx(2)
    assert np.isnan(found[0, 1])


@given(TABLES)
def test_the_index_is_the_sum_of_parts_by_their_effective_weights(values):
    pillars, index = climb_layers(values, [LAYER, TOP], Aggregation.ARITHMETIC)
    first, second = effective_weights([LAYER, TOP])

    assert index[:, 0] == pytest.approx(values @ first)
    assert index[:, 0] == pytest.approx(pillars @ second)
    assert (first.sum(), second.sum()) == pytest.approx((1, 1))


def test_effective_weights_are_worked_out_by_hand():
    first, second = effective_weights([LAYER, TOP])

    assert second == pytest.approx([1 / 3, 2 / 3])
    assert first == pytest.approx([1 / 12, 3 / 12, 1 / 3, 1 / 3])


def test_a_part_that_makes_the_order_is_all_important_and_noise_is_not():
    rng = np.random.default_rng(2013)
    index = rng.standard_normal(2000)

    assert importance(index, index) > 0.95
    assert importance(index, rng.standard_normal(2000)) < 0.02
    half = importance(index, index + rng.standard_normal(2000))
    assert half == pytest.approx(0.5, abs=0.06)


def test_importance_is_worked_out_by_hand():
    # Two classes with means 2 and 6 about 4: 4 * 4 of 4 * 4 + 4 * 1.
    assert importance(np.array([1.0, 3, 5, 7]), np.array([1.0, 2, 3, 4]), classes=2) == pytest.approx(16 / 20)


@pytest.mark.parametrize("index", [[5.0, 5, 5], [5.0, np.nan, np.nan]])
def test_an_index_that_does_not_vary_has_no_important_part(index):
    assert math.isnan(importance(np.array(index), np.array([1.0, 2, 3])))


def test_ranks_run_down_and_equals_share_the_least():
    assert rank_down(np.array([[5.0, 9, 5, 1], [1, 2, 3, 4]])).tolist() == [[2, 1, 2, 4], [4, 3, 2, 1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: normalise(np.zeros((0, 2)), Normalisation.RANK), "units and indicators"),
        (lambda: normalise(np.zeros(3), Normalisation.RANK), "units and indicators"),
        (lambda: normalise(COLUMN, Normalisation.MIN_MAX, low=5, high=5), "a range from 5 to 5 holds nothing"),
        (lambda: normalise(COLUMN, Normalisation.Z_SCORE, low=-9, high=0), "holds nothing"),
        (
            lambda: aggregate(np.array([[0.0, 1, 1, 1]]), LAYER, Aggregation.GEOMETRIC),
            "a geometric mean needs values above 0",
        ),
        (lambda: aggregate(np.array([[-1.0, 1, 1, 1]]), LAYER, Aggregation.HARMONIC), "a harmonic mean needs"),
        (lambda: Layer(np.array([0, 1]), np.array([1.0, 0])), "without any weight below it: 2"),
        (lambda: Layer(np.array([0, 0]), np.array([1.0, -1])), "0 or more"),
        (lambda: Layer(np.array([0, 0]), np.array([1.0])), "a whole and a weight"),
    ],
)
def test_what_makes_no_index_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(st.lists(st.lists(st.integers(0, 6), min_size=5, max_size=5), min_size=1, max_size=8))
def test_ranks_are_those_of_scipy_row_by_row(rows):
    index = np.array(rows, float)

    slow = np.array([stats.rankdata(-row, method="min") for row in index])
    assert np.array_equal(rank_down(index), slow)
    assert np.array_equal(rank_down(index[0]), slow[0])


@given(st.lists(st.integers(0, 6), min_size=2, max_size=12))
def test_a_rank_is_one_more_than_how_many_are_above(values):
    ranks = rank_down(np.array(values, float))

    assert ranks.tolist() == [1 + sum(other > value for other in values) for value in values]
