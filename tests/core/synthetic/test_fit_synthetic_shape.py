# SPDX-License-Identifier: MIT
"""The shipped statistics are what the published rounds give, blurred as said, and nothing finer."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import fit_synthetic_shape as fitting
from benchmarks import published_shares as measuring
from tests.core.synthetic.made import shape
from tests.support.shared import shared_data
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.synthetic.providers import allot

RARE = {"not_applicable": 0.4, "not_answered": 0.0, "dont_know": 0.3}
NONE_MISSING = {"not_applicable": 0, "not_answered": 0, "dont_know": 0}


def test_answers_in_few_hands_join_their_neighbour_towards_the_most_frequent() -> None:
    # 3 joins 6; 2 joins 40 from above by way of 4, as 2 alone and then 6 = 4 + 2 is enough
    assert measuring.join_few([3, 6, 40, 4, 2]) == [0, 9, 40, 6, 0]
    assert measuring.join_few([1, 1, 40]) == [0, 0, 42]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=7).filter(lambda counts: max(counts) >= 5))
def test_joining_loses_nobody_and_leaves_no_small_cell(counts: list[int]) -> None:
    joined = measuring.join_few(counts)

    assert sum(joined) == sum(counts)
    assert all(number == 0 or number >= measuring.FEWEST for number in joined)


def test_percentages_stand_on_half_points_but_for_the_largest() -> None:
    blurred = measuring.blur({"never": 50, "partly": 70, "fully": 119, **NONE_MISSING}, NONE_MISSING)

    # 50 / 239 = 20.9 and 70 / 239 = 29.3 per cent; the largest takes the rest
    assert blurred == {"never": 21.0, "partly": 29.5, "fully": 49.5}


def test_missing_states_in_few_hands_get_the_common_rate() -> None:
    blurred = measuring.blur({"never": 0, "fully": 200, "not_applicable": 2, "not_answered": 3, "dont_know": 20}, RARE)

    # 20 of 225 are 8.9 per cent; 2 and 3 are not told, also not that there were any
    assert blurred == {"fully": 90.6, "not_applicable": 0.4, "dont_know": 9.0}
    assert sum(blurred.values()) == pytest.approx(100)


@given(st.lists(st.integers(0, 200), min_size=2, max_size=7).filter(lambda counts: max(counts) >= 10))
def test_percentages_come_to_100(counts: list[int]) -> None:
    named = {f"a{at}": number for at, number in enumerate(counts)}

    assert sum(measuring.blur({**named, **NONE_MISSING}, RARE).values()) == pytest.approx(100, abs=0.05)


def test_numbers_that_next_to_nobody_gave_are_made_up_and_not_measured() -> None:
    assert measuring.count_numbers(np.array([3500.0, 1.0, np.nan])) == {}
    assert measuring.blur(NONE_MISSING, NONE_MISSING) == measuring.MADE_UP_NUMBERS


def test_classes_of_numbers_are_widened_until_each_holds_enough() -> None:
    # 3 + 3 from 60 to 69; 7 from 70 to 74; 75 to 79 has 4 and takes in 80 to 84
    numbers = np.array([61.0] * 3 + [66.0] * 3 + [71.0] * 7 + [76.0] * 4 + [82.0] * 2)

    assert measuring.count_numbers(numbers) == {"60..69": 6, "70..74": 7, "75..84": 6}


@given(st.lists(st.integers(0, 100), min_size=10, max_size=120))
def test_classes_of_numbers_hold_everybody_and_never_a_few(numbers: list[int]) -> None:
    classes = measuring.count_numbers(np.array(numbers, dtype=np.float64))

    assert sum(classes.values()) == len(numbers)
    assert min(classes.values()) >= measuring.FEWEST


def test_the_common_rate_is_taken_over_all_questions_with_few() -> None:
    few = {"fully": 98, "not_applicable": 2, "not_answered": 0, "dont_know": 0}
    counts = {"one": few, "two": {**few, "not_applicable": 3, "fully": 97}, "three": {**few, "not_applicable": 40}}

    # (2 + 3) of 200; nobody knows less than 5 don't knows
    assert measuring.rare_percents(counts) == {"not_applicable": 2.5, "not_answered": 0.0, "dont_know": 0.0}


def test_impossible_correlations_are_moved_to_the_nearest_possible_ones() -> None:
    near = fitting.nearest_correlations(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]))

    assert np.linalg.eigvalsh(near).min() > 0
    assert np.array_equal(near, near.T)
    assert np.array_equal(near, np.round(near, 2))
    assert np.array_equal(np.diag(near), np.ones(3))


@cache
def published() -> tuple[measuring.Measured, measuring.Measured]:
    folder = shared_data("nhs-dma")
    first = measuring.measure(folder, "2015-16", settings=None)
    settings = dict(zip(first.organisations, first.care_settings, strict=True))
    return first, measuring.measure(folder, "2017", settings=settings)


@pytest.mark.parametrize("which", [0, 1])
def test_the_shipped_shares_are_those_of_the_published_round(which: int) -> None:
    file = fitting.FITTED_FILES[1 + which]

    assert measuring.shares_text(published()[which]) == read_shape_texts()[file]


def test_the_shipped_care_settings_and_gaps_are_those_of_the_published_rounds() -> None:
    combinations = measuring.care_settings_percents(published()[0])

    assert {one.care_settings: 100 * one.share for one in shape().care_settings} == pytest.approx(combinations)
    for measured, round_shape in zip(published(), shape().rounds, strict=True):
        assert measuring.gap_percent(measured) == pytest.approx(100 * round_shape.section_gap_share)


def test_rounds_of_the_shipped_shape_spread_and_correlate_as_the_published_ones() -> None:
    """One more step of the calibration, from what is shipped: it has nothing left to make good."""
    wanted = fitting.published_spread(published())
    settings = allot(fitting.UNITS_MADE, shape().care_settings)

    made = fitting.make_spread(published(), shape().rounds, np.array(shape().correlations), settings)

    assert made.deviations == pytest.approx(wanted.deviations, abs=0.5)
    assert made.correlations == pytest.approx(wanted.correlations, abs=0.1)
    assert np.abs(made.correlations - wanted.correlations).mean() < 0.02
    assert made.tendencies == pytest.approx(wanted.tendencies, abs=0.005)
    for at, round_shape in enumerate(shape().rounds):
        again = fitting.adjust(at, round_shape, wanted, made)
        moved = [abs(a.loading - b.loading) for a, b in zip(again.sections, round_shape.sections, strict=True)]
        assert max(moved) <= 0.02


def test_what_is_written_is_what_is_shipped() -> None:
    combinations = {one.care_settings: 100 * one.share for one in shape().care_settings}
    matrix = np.array(shape().correlations)

    texts = read_shape_texts()
    assert fitting.fitted_text(shape().rounds, combinations) == texts["fitted.yaml"]
    assert fitting.correlations_text(shape().rounds, matrix) == texts["section_correlations.csv"]
