# SPDX-License-Identifier: MIT
"""How many to draw of each stratum: the best there is, in whole numbers, by trying all."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.sample_sizes import Strata, for_error, neyman, proportional, whole_neyman, within_cost

STRATA = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 20), st.integers(1, 5)), min_size=2, max_size=4)


def strata(rows):
    sizes, deviations, costs = (np.array(column, float) for column in zip(*rows, strict=True))
    return Strata(sizes, deviations, costs)


PLAIN = Strata(np.array([100.0, 50]), np.array([1.0, 4]))


def test_parts_are_worked_out_by_hand():
    # Size times deviation: 100 and 200.
    assert proportional(PLAIN, 30) == pytest.approx([20, 10])
    assert neyman(PLAIN, 30) == pytest.approx([10, 20])


def test_costs_draw_from_where_it_is_cheap():
    given_strata = Strata(PLAIN.sizes, PLAIN.deviations, np.array([1.0, 16]))

    # 100 / 1 and 200 / 4.
    assert neyman(given_strata, 30) == pytest.approx([20, 10])
    drawn = within_cost(given_strata, 450)
    assert drawn @ np.array([1.0, 16]) == pytest.approx(450)
    assert drawn == pytest.approx([50, 25])


@settings(max_examples=60, deadline=None)
@given(STRATA, st.integers(2, 20))
def test_whole_draws_have_the_least_error_of_all_ways(rows, n):
    found_strata = strata([(size, deviation, 1) for size, deviation, _ in rows])
    sizes = found_strata.sizes.astype(int)
    if not len(sizes) <= n <= sizes.sum():
        return
    drawn = whole_neyman(found_strata, n)

    best = min(
        found_strata.mean_error(np.array(way, float))
        for way in product(*(range(1, size + 1) for size in sizes))
        if sum(way) == n
    )
    assert drawn.sum() == n
    assert ((drawn >= 1) & (drawn <= sizes)).all()
    assert found_strata.mean_error(drawn.astype(float)) == pytest.approx(best, abs=1e-9)


@given(STRATA)
def test_the_error_asked_for_is_had_at_the_least_cost(rows):
    given_strata = strata(rows)
    wanted = 0.7 * given_strata.mean_error(np.full(len(rows), 0.5))
    drawn = for_error(given_strata, wanted)

    assert given_strata.mean_error(drawn) == pytest.approx(wanted)
    assert given_strata.costs is not None
    dearer = within_cost(given_strata, 1.1 * float(drawn @ given_strata.costs))
    assert given_strata.mean_error(dearer) < wanted or wanted < 1e-12


@given(STRATA, st.integers(1, 40))
def test_exact_parts_add_up_and_beat_proportional_ones(rows, n):
    given_strata = strata([(size, deviation, 1) for size, deviation, _ in rows])

    assert neyman(given_strata, n).sum() == pytest.approx(n)
    if (neyman(given_strata, n) <= given_strata.sizes).all() and (
        proportional(given_strata, n) <= given_strata.sizes
    ).all():
        assert (
            given_strata.mean_error(neyman(given_strata, n))
            <= given_strata.mean_error(proportional(given_strata, n)) + 1e-9
        )


def test_a_small_stratum_is_taken_whole():
    drawn = whole_neyman(Strata(np.array([3.0, 100]), np.array([50.0, 1])), 20, least=2)

    assert drawn.tolist() == [3, 17]


def test_a_stratum_smaller_than_the_least_gives_what_it_has():
    assert whole_neyman(Strata(np.array([1.0, 9]), np.array([1.0, 1])), 4, least=2).tolist() == [1, 3]


def test_nothing_drawn_of_a_stratum_that_varies_has_no_error():
    assert PLAIN.mean_error(np.array([0.0, 3])) == math.inf
    assert PLAIN.mean_error(np.array([100.0, 50])) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Strata(np.array([0.0, 3]), np.ones(2)), "each stratum must have a unit"),
        (lambda: Strata(np.zeros(0), np.zeros(0)), "each stratum must have a unit"),
        (lambda: Strata(np.ones(2), np.array([1.0, -1])), "deviations must be 0 or more"),
        (lambda: Strata(np.ones(2), np.zeros(2)), "not all 0"),
        (lambda: Strata(np.ones(2), np.ones(3)), "deviations must be"),
        (lambda: Strata(np.ones(2), np.ones(2), np.array([1.0, 0])), "costs must be above 0"),
        (lambda: within_cost(PLAIN, 10), "the cost of a draw"),
        (lambda: within_cost(Strata(PLAIN.sizes, PLAIN.deviations, np.ones(2)), 0), "a budget above 0"),
        (lambda: for_error(PLAIN, 0), "above 0"),
        (lambda: whole_neyman(PLAIN, 1), "1 draws can't be parted: it takes from 2 to 150"),
        (lambda: whole_neyman(PLAIN, 151), "151 draws can't be parted"),
        (lambda: whole_neyman(PLAIN, 5, least=0), "one draw or more"),
    ],
)
def test_what_can_t_be_parted_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
