# SPDX-License-Identifier: MIT
"""Where to cut a size into strata: equal roots of frequencies, and the fewest draws of all ways to cut."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.strata_bounds import cut_by_root_frequency, cut_for_fewest, sizes_of

VALUES = st.lists(st.integers(1, 40), min_size=8, max_size=30).filter(lambda values: len(set(values)) >= 4)


def test_equal_frequencies_are_cut_into_equal_parts():
    values = np.repeat(np.arange(0.5, 10), 4)

    assert cut_by_root_frequency(values, 2, classes=10) == pytest.approx([0.5 + 9 / 2])
    assert sizes_of(values, (5.0,)) == (20, 20)


def test_roots_of_frequencies_are_cut_not_frequencies():
    # 16 and 9 and 4 and 1: roots 4, 3, 2, 1 add up to 10, half of which lies between 4 and 7.
    values = np.repeat([0.5, 1.5, 2.5, 3.5], (16, 9, 4, 1))
    bounds = cut_by_root_frequency(values, 2, classes=4)

    assert sizes_of(values, bounds) == (16, 14)


def test_a_value_at_a_bound_belongs_above_it():
    assert sizes_of(np.array([1.0, 2, 2, 3]), (2.0,)) == (1, 3)


@given(VALUES)
def test_every_value_is_in_one_stratum(values):
    numbers = np.array(values, float)
    bounds = cut_by_root_frequency(numbers, 3)

    assert list(bounds) == sorted(bounds)
    assert sum(sizes_of(numbers, bounds)) == len(values)


def draws_of(strata, wanted):
    """Neyman's draws rounded up for an error, of all but the last, which is taken whole."""
    *drawn, whole = strata
    weights = [len(one) * np.std(one) for one in drawn]
    bottom = wanted**2 + sum(len(one) * np.var(one) for one in drawn)
    exact = [sum(weights) * weight / bottom for weight in weights]
    return [min(len(s), max(1, math.ceil(n - 1e-9))) for s, n in zip(drawn, exact, strict=True)] + [len(whole)]


@settings(max_examples=40, deadline=None)
@given(VALUES, st.sampled_from([0.02, 0.1]))
def test_no_other_way_to_cut_needs_fewer_draws(values, cv):
    numbers = np.array(sorted(values), float)
    found = cut_for_fewest(numbers, 3, cv=cv)

    levels = sorted(set(values))
    best = min(
        sum(
            draws_of(
                [numbers[numbers < a], numbers[(numbers >= a) & (numbers < b)], numbers[numbers >= b]],
                cv * numbers.sum(),
            )
        )
        for a, b in combinations(levels[1:], 2)
    )
    assert sum(found.drawn) == best
    assert found.drawn[-1] == found.sizes[-1]
    assert sum(found.sizes) == len(values)


def test_an_error_that_is_harder_to_meet_takes_more_draws():
    values = np.random.default_rng(1).lognormal(3, 1, 80).round()

    loose, tight = (sum(cut_for_fewest(values, 3, cv=cv).drawn) for cv in (0.1, 0.02))
    assert loose < tight


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cut_by_root_frequency(np.arange(9.0), 1), "two or more"),
        (lambda: cut_by_root_frequency(np.ones(9), 2), "values that differ"),
        (lambda: cut_for_fewest(np.arange(9.0), 1, cv=0.1), "1 strata can't be cut"),
        (lambda: cut_for_fewest(np.ones(9), 2, cv=0.1), "2 strata can't be cut out of 1 different"),
        (lambda: cut_for_fewest(np.arange(9.0), 2, cv=0.0), "an error of 0"),
        (lambda: cut_for_fewest(np.arange(500.0), 5, cv=0.1), "5 strata can't be cut out of 500"),
    ],
)
def test_what_can_t_be_cut_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
