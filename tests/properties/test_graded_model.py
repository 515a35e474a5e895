# SPDX-License-Identifier: MIT
"""What holds of the graded model, of links of its traits and of jumps of a density, whatever the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.density_jump import count_windows, find_jump
from trigpoint.statistics.graded_response import (
    GRID,
    GradedItem,
    GradedModel,
    category_chances,
    estimate_traits,
    fit_graded_model,
    item_information,
)
from trigpoint.statistics.trait_links import TraitLink, TraitMethod, link_traits

slopes = st.floats(0.3, 3.0)
steps = st.lists(st.floats(0.3, 1.5), min_size=1, max_size=5)


@st.composite
def graded_items(draw: Any) -> GradedItem:
    start = draw(st.floats(-2.5, 0.0))
    return GradedItem(draw(slopes), tuple((start + np.cumsum(draw(steps))).tolist()))


several = st.lists(graded_items(), min_size=4, max_size=8)
lines = st.tuples(st.floats(0.4, 2.5), st.floats(-2.0, 2.0))


@given(graded_items())
def test_chances_are_chances_and_higher_grades_come_with_higher_traits(one: GradedItem) -> None:
    chances = category_chances(one, GRID)
    expected = chances @ np.arange(chances.shape[1])

    assert (chances >= 0).all()
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(GRID)), abs=1e-9)
    assert (np.diff(expected) > -1e-12).all()


@given(graded_items())
def test_more_grades_never_tell_less(one: GradedItem) -> None:
    coarse = GradedItem(one.discrimination, one.thresholds[:1])

    assert (item_information(one, GRID) >= item_information(coarse, GRID) - 1e-9).all()


@given(graded_items(), lines)
def test_a_link_changes_the_scale_and_not_the_chances(one: GradedItem, line: tuple[float, float]) -> None:
    link = TraitLink(*line)

    assert category_chances(link.moved(one), link.at(GRID)) == pytest.approx(category_chances(one, GRID), abs=1e-9)


@settings(max_examples=40)
@given(several, lines, st.sampled_from(list(TraitMethod)))
def test_a_scale_moved_in_any_way_is_found_again(
    second: list[GradedItem], line: tuple[float, float], method: TraitMethod
) -> None:
    slope, intercept = line
    first = [TraitLink(1 / slope, -intercept / slope).moved(one) for one in second]
    thresholds = [threshold for one in second for threshold in one.thresholds]
    if np.std(thresholds) < 0.1:
        return

    found = link_traits(first, second, method)

    assert (found.slope, found.intercept) == pytest.approx(line, abs=1e-4)


@settings(max_examples=40)
@given(several, st.integers(0, 2**32 - 1))
def test_a_unit_that_answers_one_question_higher_is_not_placed_lower(every: list[GradedItem], seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = GradedModel(tuple(every), 0.0, 0, has_settled=True, n=50)
    low = np.array([[float(rng.integers(0, len(one.thresholds))) for one in every]])
    high = low.copy()
    high[0, rng.integers(0, len(every))] += 1

    (before,), _ = estimate_traits(model, low)
    (after,), _ = estimate_traits(model, high)

    assert after > before


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_turning_all_answers_round_turns_all_thresholds_round(seed: int) -> None:
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=120)
    answers = np.array([(trait + rng.normal(0, 1, 120) > cut).astype(float) for cut in (-0.5, 0.0, 0.3, 0.8)]).T

    usual, turned = fit_graded_model(answers, still=1e-6), fit_graded_model(1 - answers, still=1e-6)

    # all questions fall with the turned trait's opposite: slopes stay, thresholds change sign
    for one, other in zip(usual.items, turned.items, strict=True):
        assert other.discrimination == pytest.approx(one.discrimination, abs=1e-3)
        assert other.thresholds[0] == pytest.approx(-one.thresholds[0], abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.5, 3.0), st.floats(-50, 50))
def test_a_jump_does_not_depend_on_the_unit(seed: int, unit: float, shift: float) -> None:
    values = np.random.default_rng(seed).normal(0.2, 1, 250)

    one, other = find_jump(values, 0, widths=(1, 1)), find_jump(values * unit + shift, shift, widths=(unit, unit))

    assert other.t == pytest.approx(one.t, abs=1e-6)


@given(st.lists(st.integers(-20, 20), max_size=60), st.floats(0.5, 25))
def test_windows_count_what_lies_within(values: list[int], distance: float) -> None:
    (found,) = count_windows(np.array(values, float), 0, [distance])

    assert found.below + found.above == sum(abs(value) <= distance for value in values)
    assert 0 < found.p <= 1


@settings(max_examples=20)
@given(several, lines)
def test_linking_back_undoes_a_link(second: list[GradedItem], line: tuple[float, float]) -> None:
    slope, intercept = line
    first = [TraitLink(1 / slope, -intercept / slope).moved(one) for one in second]

    there = link_traits(first, second, TraitMethod.STOCKING_LORD)
    back = link_traits(second, first, TraitMethod.STOCKING_LORD)

    assert there.slope * back.slope == pytest.approx(1, abs=1e-4)
    assert back.at(there.at(GRID)) == pytest.approx(GRID, abs=1e-3)
