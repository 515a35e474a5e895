# SPDX-License-Identifier: MIT
"""Means like for like: worked by hand, by a slow second way, and refused where the mix can't carry them."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.standardisation import (
    MixedGroups,
    adjust_by_model,
    split_difference,
    standardise_directly,
    standardise_indirectly,
)

UNITS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 2), st.integers(0, 1)), min_size=12, max_size=40)


def mixed(rows):
    values, groups, types = zip(*rows, strict=True)
    return MixedGroups(np.array(values, float), np.array(groups), np.array(types), max(groups) + 1, max(types) + 1)


def complete(rows):
    """Units that fill every cell twice, so that each method can be used."""
    filled = [(10 * group + 7 * kind + extra, group, kind) for group in range(3) for kind in (0, 1) for extra in (0, 5)]
    return mixed([*filled, *rows])


#          value, group, type
BY_HAND = mixed([(10, 0, 0), (20, 0, 0), (30, 0, 1), (50, 1, 0), (60, 1, 1), (70, 1, 1), (80, 1, 1)])


def test_direct_means_weigh_each_group_by_the_mix_of_all():
    found = standardise_directly(BY_HAND)

    # 3 of 7 units are of the first type, 4 of the second.
    assert found.means == pytest.approx([3 / 7 * 15 + 4 / 7 * 30, 3 / 7 * 50 + 4 / 7 * 70])


def test_a_direct_error_needs_two_units_of_each_type():
    found = standardise_directly(complete([]))

    assert np.isnan(standardise_directly(BY_HAND).errors).all()
    # Each cell has two values 5 apart: variance 12.5; the mix is a half of each.
    assert found.errors == pytest.approx([math.sqrt(2 * 0.25 * 12.5 / 2)] * 3)


def test_a_group_that_lacks_a_type_has_no_direct_mean_but_an_indirect_one():
    units = mixed([(10, 0, 0), (20, 0, 0), (50, 1, 0), (60, 1, 1), (70, 1, 1)])

    assert np.isnan(standardise_directly(units).means[0])
    assert standardise_directly(units).means[1] == pytest.approx(3 / 5 * 50 + 2 / 5 * 65)
    assert np.isfinite(standardise_indirectly(units).by_difference).all()


def test_indirect_means_add_what_the_mix_does_not_explain():
    found = standardise_indirectly(BY_HAND)

    first, second = (10 + 20 + 50) / 3, (30 + 60 + 70 + 80) / 4
    expected = [(2 * first + second) / 3, (first + 3 * second) / 4]
    overall = 320 / 7
    assert found.expected == pytest.approx(expected)
    assert found.by_difference == pytest.approx([overall + 20 - expected[0], overall + 65 - expected[1]])
    assert found.by_ratio == pytest.approx([overall * 20 / expected[0], overall * 65 / expected[1]])


def test_an_expected_mean_of_zero_has_no_ratio():
    units = mixed([(-5, 0, 0), (5, 1, 0)])

    assert np.isnan(standardise_indirectly(units).by_ratio).all()


@given(UNITS)
def test_direct_means_agree_with_exact_fractions(rows):
    units = complete(rows)
    found = standardise_directly(units)

    listed = list(zip(units.values.astype(int).tolist(), units.groups.tolist(), units.types.tolist(), strict=True))
    for group in range(3):
        total = Fraction(0)
        for kind in (0, 1):
            cell = [value for value, g, k in listed if (g, k) == (group, kind)]
            total += Fraction(sum(k == kind for _, _, k in listed), len(listed)) * Fraction(sum(cell), len(cell))
        assert found.means[group] == pytest.approx(float(total))


@given(UNITS, st.integers(-50, 50))
def test_adding_to_every_value_adds_to_every_mean(rows, more):
    units = complete(rows)
    moved = replace(units, values=units.values + more)

    for method in (standardise_directly, adjust_by_model):
        assert method(moved).means == pytest.approx(method(units).means + more, abs=1e-8)
        assert method(moved).errors == pytest.approx(method(units).errors, abs=1e-8)


@given(UNITS)
def test_the_model_s_means_are_those_of_a_regression_solved_apart(rows):
    units = complete(rows)
    found = adjust_by_model(units)

    # Group effects after taking out the type effect by least squares within groups.
    kind = (units.types == 1).astype(float)
    within = np.array([kind[units.groups == g].mean() for g in range(3)])[units.groups]
    crude = np.array([units.values[units.groups == g].mean() for g in range(3)])
    slope = ((kind - within) * (units.values - crude[units.groups])).sum() / ((kind - within) ** 2).sum()
    share = np.array([kind[units.groups == g].mean() for g in range(3)])
    assert found.means == pytest.approx(crude + slope * (kind.mean() - share))


def test_with_one_mix_everywhere_all_methods_give_the_plain_mean():
    units = complete([])

    for means in (
        standardise_directly(units).means,
        standardise_indirectly(units).by_difference,
        adjust_by_model(units).means,
    ):
        assert means == pytest.approx(units.crude)


def test_the_model_refuses_groups_that_share_no_type():
    with pytest.raises(ValueError, match="share no type"):
        adjust_by_model(mixed([(1, 0, 0), (2, 0, 0), (3, 1, 1), (4, 1, 1)]))


def test_the_model_refuses_when_nothing_is_left_over():
    with pytest.raises(ValueError, match="2 units are too few for 2 effects"):
        adjust_by_model(mixed([(1, 0, 0), (2, 1, 0)]))


def test_a_difference_splits_by_hand():
    split = split_difference(BY_HAND, 0, 1)

    # Shares of types 2/3, 1/3 against 1/4, 3/4; means 15, 30 against 50, 70.
    rate = (2 / 3 + 1 / 4) / 2 * (15 - 50) + (1 / 3 + 3 / 4) / 2 * (30 - 70)
    mix = (15 + 50) / 2 * (2 / 3 - 1 / 4) + (30 + 70) / 2 * (1 / 3 - 3 / 4)
    assert (split.difference, split.rate, split.mix) == pytest.approx((20 - 65, rate, mix))


@given(UNITS)
def test_the_parts_of_a_split_add_up_and_turn_with_the_groups(rows):
    units = complete(rows)
    one, other = split_difference(units, 0, 2), split_difference(units, 2, 0)

    assert one.rate + one.mix == pytest.approx(one.difference)
    assert (one.rate, one.mix) == pytest.approx((-other.rate, -other.mix))


def test_a_split_is_refused_where_a_type_is_in_one_of_the_two_only():
    units = mixed([(1, 0, 0), (2, 1, 0), (3, 1, 1)])

    with pytest.raises(ValueError, match="each type that one of them has"):
        split_difference(units, 0, 1)


def test_a_type_that_neither_has_does_not_hinder_a_split():
    units = mixed([(1, 0, 0), (2, 1, 0), (3, 2, 1)])

    assert split_difference(units, 0, 1).rate == -1


@given(UNITS)
def test_the_order_of_units_does_not_matter(rows):
    units = complete(rows)
    order = np.random.default_rng(1).permutation(len(units.values))
    turned = replace(units, values=units.values[order], groups=units.groups[order], types=units.types[order])

    assert standardise_directly(turned).means == pytest.approx(standardise_directly(units).means)
    assert adjust_by_model(turned).errors == pytest.approx(adjust_by_model(units).errors)


@pytest.mark.parametrize(
    ("rows", "counts", "message"),
    [
        ([(1, 0, 0), (2, 2, 0)], (3, 1), r"each of 3 groups must have a unit; without one: \[1\]"),
        ([(1, 0, 0), (2, 1, 0)], (2, 2), r"each of 2 types must have a unit; without one: \[1\]"),
        ([(1, 0, 0), (2, 1, 1)], (1, 2), "each of 1 groups"),
        ([(float("nan"), 0, 0)], (1, 1), "no missing value"),
    ],
)
def test_units_that_do_not_fit_are_refused(rows, counts, message):
    values, groups, types = zip(*rows, strict=True)

    with pytest.raises(ValueError, match=message):
        MixedGroups(np.array(values, float), np.array(groups), np.array(types), *counts)


def test_the_mean_of_groups_is_not_the_mean_of_units():
    of_groups, of_units = BY_HAND.crude.mean(), BY_HAND.values.mean()

    assert (of_groups, of_units) == pytest.approx((42.5, 320 / 7))
