# SPDX-License-Identifier: MIT
from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.places import shared_place, shared_places

VALUES = st.lists(st.fractions(min_value=0, max_value=5, max_denominator=3), min_size=1, max_size=30)


def test_equals_share_the_places_they_fill() -> None:
    values = [Fraction(90), Fraction(80), Fraction(90), Fraction(70)]

    assert shared_places(values) == ((1, 2), (3, 3), (1, 2), (4, 4))


def test_no_value_has_no_place() -> None:
    assert shared_places([]) == ()


@given(VALUES)
def test_places_agree_with_counting_who_is_above(values: list[Fraction]) -> None:
    slowly = tuple(
        (1 + sum(other > value for other in values), sum(other >= value for other in values)) for value in values
    )

    assert shared_places(values) == slowly
    assert tuple(shared_place(value, values) for value in values) == slowly


@given(VALUES)
def test_every_place_is_filled_once(values: list[Fraction]) -> None:
    filled = [place for first, last in set(shared_places(values)) for place in range(first, last + 1)]

    assert sorted(filled) == list(range(1, len(values) + 1))


@given(VALUES)
def test_the_order_of_the_values_does_not_matter(values: list[Fraction]) -> None:
    turned = list(reversed(values))

    assert shared_places(turned) == tuple(reversed(shared_places(values)))


@given(VALUES, st.fractions(min_value=1, max_value=9), st.fractions(min_value=-9, max_value=9))
def test_scale_and_shift_leave_places_alone(values: list[Fraction], scale: Fraction, shift: Fraction) -> None:
    assert shared_places([scale * value + shift for value in values]) == shared_places(values)
