# SPDX-License-Identifier: MIT
"""Draws by chance: the same for a seed, each with its chance, spread over the order, with replacements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.drawing import draw_stratified

STRATA = np.repeat([0, 1, 2], (10, 20, 6))
ORDER = np.random.default_rng(0).permutation(36).astype(float)


def draw(seed=1, counts=(3, 5, 2), **options):
    return draw_stratified(STRATA, ORDER, counts, rng=np.random.default_rng(seed), **options)


@given(st.integers(0, 10_000), st.tuples(st.integers(0, 10), st.integers(0, 20), st.integers(0, 6)))
def test_each_stratum_gives_as_many_as_asked_for(seed, counts):
    drawn = draw(seed, counts)

    taken = np.array(drawn.units, int)
    assert np.bincount(STRATA[taken], minlength=3).tolist() == list(counts)
    assert len(set(drawn.units)) == len(drawn.units)
    assert drawn.chances.sum() == pytest.approx(sum(counts))


def test_the_same_seed_draws_the_same_and_another_others():
    assert draw(7).units == draw(7).units
    assert draw(7).replacements == draw(7).replacements
    assert any(draw(7).units != draw(seed).units for seed in range(5))


def test_each_unit_is_drawn_as_often_as_its_chance_says():
    drawn = np.zeros(36)
    for seed in range(2000):
        drawn[list(draw(seed).units)] += 1

    chances = draw().chances
    assert np.unique(chances[:10]).tolist() == [0.3]
    assert drawn / 2000 == pytest.approx(chances, abs=0.045)


def test_draws_are_spread_over_the_order():
    for seed in range(30):
        drawn = draw(seed, (0, 5, 0))
        places = np.argsort(np.argsort(ORDER[10:30]))[[unit - 10 for unit in drawn.units]]
        assert sorted(place // 4 for place in places) == [0, 1, 2, 3, 4]


def test_those_that_are_certain_are_taken_with_a_chance_of_1():
    drawn = draw(3, certain=[0, 35])

    assert {0, 35} <= set(drawn.units)
    assert (drawn.chances[0], drawn.chances[35]) == (1, 1)
    assert drawn.chances[1] == pytest.approx(3 / 9)
    assert len(drawn.units) == 12


def test_replacements_are_all_the_others_of_a_stratum_in_an_order_by_chance():
    drawn = draw(3, certain=[0])

    for at, others in enumerate(drawn.replacements):
        members = set(np.flatnonzero(at == STRATA).tolist())
        assert set(others) == members - set(drawn.units)
    assert any(list(others) != sorted(others) for others in drawn.replacements)


def test_equals_in_the_order_do_not_stand_as_in_the_file():
    units = {
        draw_stratified(np.zeros(10, int), np.ones(10), [1], rng=np.random.default_rng(s)).units for s in range(60)
    }

    assert len(units) >= 8


def test_a_stratum_of_which_all_are_certain_gives_nobody_else():
    drawn = draw_stratified(np.array([0, 1]), np.zeros(2), [0, 1], certain=[0], rng=np.random.default_rng(1))

    assert drawn.units == (0, 1)


@pytest.mark.parametrize(
    ("counts", "certain", "message"),
    [
        ((11, 0, 0), (), "stratum 1 has 10 units to draw from, not 11"),
        ((0, 0, -1), (), "stratum 3 has 6 units to draw from, not -1"),
        ((0, 0, 6), (35,), "stratum 3 has 5 units to draw from, not 6"),
        ((1, 1), (), "2 counts do not fit 3 strata"),
    ],
)
def test_counts_that_do_not_fit_are_refused(counts, certain, message):
    with pytest.raises(ValueError, match=message):
        draw(1, counts, certain=certain)
