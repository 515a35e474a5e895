# SPDX-License-Identifier: MIT
"""Inequality: by hand, by all pairs, within its bounds, and in parts that add up."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.inequality import gini, split_theil, theil

VALUES = st.lists(st.integers(0, 100), min_size=2, max_size=30).filter(any).map(lambda values: np.array(values, float))


def test_the_indices_are_worked_out_by_hand():
    values = np.array([1.0, 3, 4])

    # Absolute differences of all pairs, both ways: 2 * (2 + 3 + 1) = 12, over 2 * 9 * the mean of 8 / 3.
    assert gini(values) == pytest.approx(12 / (2 * 9 * 8 / 3))
    assert gini(values, unbiased=True) == pytest.approx(12 / (2 * 6 * 8 / 3))
    assert theil(values) == pytest.approx(sum(v / 8 * math.log(v / 8 * 3) for v in (1, 3, 4)))


@given(VALUES)
def test_ginis_index_is_half_the_mean_difference_over_the_mean(values):
    differences = [abs(one - other) for one, other in product(values, values)]

    assert gini(values) == pytest.approx(np.mean(differences) / 2 / values.mean())


@given(VALUES, st.integers(1, 9))
def test_neither_scale_nor_order_matters_and_bounds_hold(values, scale):
    n = len(values)

    for index, most in ((gini, (n - 1) / n), (theil, math.log(n))):
        assert index(scale * values[::-1]) == pytest.approx(index(values), abs=1e-12)
        assert -1e-12 <= index(values) <= most + 1e-12
        assert index(np.concatenate([values, values])) == pytest.approx(index(values), abs=1e-12)


@given(VALUES, st.integers(1, 50))
def test_giving_the_same_to_everybody_makes_it_less_unequal(values, more):
    assert gini(values + more) <= gini(values) + 1e-12
    assert theil(values + more) <= theil(values) + 1e-12


def test_the_ends_of_the_scale():
    everything, same = np.array([0.0, 0, 0, 10]), np.full(4, 7.0)

    assert (gini(everything), gini(everything, unbiased=True)) == (0.75, 1)
    assert theil(everything) == pytest.approx(math.log(4))
    assert (gini(same), theil(same)) == pytest.approx((0, 0))


def test_parts_are_worked_out_by_hand():
    parts = split_theil(np.array([1.0, 3, 4]), np.array([0, 0, 1]))

    # Each group has half of all: the first with two of three units, the second with one.
    between = 0.5 * math.log(0.5 * 3 / 2) + 0.5 * math.log(0.5 * 3)
    first = 0.25 * math.log(0.5) + 0.75 * math.log(1.5)
    assert parts.between == pytest.approx(between)
    assert parts.by_group == pytest.approx([first / 2, 0])


@given(VALUES, st.integers(1, 4))
def test_parts_add_up_to_the_whole(values, count):
    groups = np.arange(len(values)) % min(count, len(values))
    parts = split_theil(values, groups)

    assert parts.between + parts.within == pytest.approx(parts.total)
    assert parts.total == pytest.approx(theil(values), abs=1e-12)
    assert parts.within == pytest.approx(parts.by_group.sum())
    assert parts.between >= -1e-12


def test_with_one_group_all_lies_within_and_with_as_many_as_units_all_between():
    values = np.array([1.0, 3, 4])

    assert split_theil(values, np.zeros(3, int)).between == pytest.approx(0)
    assert split_theil(values, np.arange(3)).within == pytest.approx(0)


@pytest.mark.parametrize("values", [[], [0, 0], [1, -1], [1, math.nan]])
def test_values_that_have_no_inequality_are_refused(values):
    for index in (gini, theil):
        with pytest.raises(ValueError, match="0 or more, none missing and not all 0"):
            index(np.array(values, float))


def test_one_unit_has_no_unbiased_index():
    with pytest.raises(ValueError, match="two units or more"):
        gini(np.array([3.0]), unbiased=True)


@pytest.mark.parametrize("groups", [[0, 2, 2], [0, 0]])
def test_groups_that_do_not_fit_are_refused(groups):
    with pytest.raises(ValueError, match="each unit a group"):
        split_theil(np.array([1.0, 2, 3]), np.array(groups))
