# SPDX-License-Identifier: MIT
"""Two trait scales brought together by the items both have."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.statistics.test_graded_response import answer
from trigpoint.statistics.graded_response import GradedItem, category_chances, fit_graded_model
from trigpoint.statistics.trait_links import FEWEST_ITEMS, TraitLink, TraitMethod, link_traits

EVERY = list(TraitMethod)


def some_items(seed: int, k: int, most: int = 4):
    rng = np.random.default_rng(seed)
    return [
        GradedItem(
            float(rng.uniform(0.7, 2.2)),
            tuple((np.linspace(-1.2, 1.2, int(rng.integers(1, most + 1))) + rng.uniform(-0.15, 0.15)).tolist()),
        )
        for _ in range(k)
    ]


def seen_from(every, slope: float, intercept: float):
    """The same items on a scale of which `slope` and `intercept` lead to theirs."""
    return [
        GradedItem(one.discrimination * slope, tuple((t - intercept) / slope for t in one.thresholds)) for one in every
    ]


@pytest.mark.parametrize("method", EVERY)
@pytest.mark.parametrize(("slope", "intercept"), [(1, 0), (1.3, -0.4), (0.6, 1.1)])
def test_a_scale_that_was_stretched_and_moved_is_found_exactly(method, slope: float, intercept: float) -> None:
    second = some_items(1, 9)

    found = link_traits(seen_from(second, slope, intercept), second, method)

    assert (found.slope, found.intercept) == pytest.approx((slope, intercept), abs=1e-7)
    assert found.error_at(np.array([-3.0, 0, 3])) == pytest.approx(np.zeros(3), abs=1e-6)


def test_a_link_takes_traits_and_items_to_the_other_scale() -> None:
    link, one = TraitLink(1.5, -0.5), GradedItem(1.2, (-1.0, 0.4), 0.1)

    moved = link.moved(one)

    assert link.at(np.array([0.0, 2.0])).tolist() == [-0.5, 2.5]
    assert category_chances(moved, link.at(np.array([0.7]))) == pytest.approx(category_chances(one, np.array([0.7])))
    assert moved.error == pytest.approx(0.1 / 1.5)


@pytest.mark.parametrize("method", [TraitMethod.HAEBARA, TraitMethod.STOCKING_LORD, TraitMethod.MEAN_MEAN])
def test_linking_back_undoes_it(method) -> None:
    first = some_items(2, 8)
    rng = np.random.default_rng(3)
    second = [
        GradedItem(one.discrimination * float(rng.uniform(0.9, 1.1)), tuple(t + 0.3 for t in one.thresholds))
        for one in first
    ]

    there, back = link_traits(first, second, method), link_traits(second, first, method)

    assert there.slope * back.slope == pytest.approx(1, abs=1e-6)
    assert there.intercept + there.slope * back.intercept == pytest.approx(0, abs=1e-6)


def test_items_that_fall_with_the_trait_take_part() -> None:
    second = some_items(4, 8)
    second[2] = GradedItem(-second[2].discrimination, tuple(reversed(second[2].thresholds)))

    found = link_traits(seen_from(second, 1.2, 0.2), second, TraitMethod.HAEBARA)

    assert (found.slope, found.intercept) == pytest.approx((1.2, 0.2), abs=1e-6)


def test_stocking_and_lord_bring_the_curves_closer_than_the_moments_do() -> None:
    first = some_items(5, 10)
    rng = np.random.default_rng(6)
    second = [
        GradedItem(
            one.discrimination * float(rng.uniform(0.6, 1.5)),
            tuple(t + float(rng.normal(0, 0.2)) for t in one.thresholds),
        )
        for one in first
    ]

    apart = {method: curve_gap(first, second, link_traits(first, second, method)) for method in EVERY}

    assert apart[TraitMethod.STOCKING_LORD] == min(apart.values())


def curve_gap(first, second, link: TraitLink) -> float:
    """The slow version of what is made least: expected totals both ways, a point at a time."""
    back = TraitLink(1 / link.slope, -link.intercept / link.slope)
    total = 0.0
    for point in np.linspace(-4.5, 4.5, 31):
        weight = float(np.exp(-(point**2) / 2))
        for one, other in (([link.moved(i) for i in first], second), (first, [back.moved(i) for i in second])):
            gap = expected_total(one, point) - expected_total(other, point)
            total += weight * gap * gap
    return total


def expected_total(every, point: float) -> float:
    chances = [category_chances(one, np.array([point]))[0] for one in every]
    return float(sum(each @ np.arange(len(each)) for each in chances))


def test_groups_that_differ_are_linked_through_their_answers() -> None:
    made_of, rng = some_items(7, 14), np.random.default_rng(8)
    first = fit_graded_model(answer(made_of, rng.normal(0, 1, 4000), rng))
    second = fit_graded_model(answer(made_of, rng.normal(0.8, 1.2, 4000), rng))  # more able, further apart

    # the second group's 0 is the first's 0.8, and its 1 is 1.2 further: back by (trait - 0.8) / 1.2
    for method in EVERY:
        found = link_traits(first.items, second.items, method)
        assert (found.slope, found.intercept) == pytest.approx((1 / 1.2, -0.8 / 1.2), abs=0.12)
        assert 0 < found.error_at(np.zeros(1))[0] < 0.1
        assert found.error_at(np.array([3.0]))[0] > found.error_at(np.zeros(1))[0]


def test_errors_are_those_of_leaving_each_item_out() -> None:
    first = some_items(11, 6)
    second = [
        GradedItem(one.discrimination * (1 + at / 20), tuple(t + at / 10 for t in one.thresholds))
        for at, one in enumerate(first)
    ]

    found = link_traits(first, second, TraitMethod.MEAN_SIGMA)

    less = [
        link_traits(first[:at] + first[at + 1 :], second[:at] + second[at + 1 :], TraitMethod.MEAN_SIGMA)
        for at in range(6)
    ]
    at_two = np.array([one.slope * 2 + one.intercept for one in less])
    # n - 1 times the mean square away from their mean
    assert found.error_at(np.array([2.0]))[0] == pytest.approx(np.sqrt(5 * ((at_two - at_two.mean()) ** 2).mean()))


def test_of_three_items_none_can_be_left_out_to_learn_the_error() -> None:
    three = some_items(9, FEWEST_ITEMS)

    found = link_traits(three, three, TraitMethod.STOCKING_LORD)

    assert (found.slope, found.intercept) == pytest.approx((1, 0), abs=1e-8)
    assert np.isnan(found.error_at(np.zeros(1))).all()


def test_wrong_use_is_refused() -> None:
    one, other = some_items(10, 4), some_items(10, 4)

    with pytest.raises(ValueError, match="the same 3 items or more, got 2 and 2"):
        link_traits(one[:2], other[:2], TraitMethod.HAEBARA)
    with pytest.raises(ValueError, match="got 4 and 3"):
        link_traits(one, other[:3], TraitMethod.HAEBARA)
    other[1] = GradedItem(1.0, (*other[1].thresholds, 3.0))
    with pytest.raises(ValueError, match="not so: item 2"):
        link_traits(one, other, TraitMethod.HAEBARA)
    fallen = [GradedItem(-each.discrimination, each.thresholds) for each in one]
    with pytest.raises(ValueError, match="rise with the trait in one fit and fall in the other"):
        link_traits(one, fallen, TraitMethod.STOCKING_LORD)
