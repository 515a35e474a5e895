# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.rounding import cut_decimals, round_half_up

DECIMALS = st.decimals(min_value=-1000, max_value=1000, places=4)
DIGITS = st.integers(min_value=-2, max_value=3)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-2"),
        ("-0.5", 0, "0"),
        ("-2.51", 0, "-3"),
        ("70.25", 1, "70.3"),
        ("70.15", 1, "70.2"),
        ("2.49999", 0, "2"),
        ("70.503", 0, "71"),
        ("81.681", 1, "81.7"),
        ("-32.2", -1, "-30"),
        ("25", -1, "30"),
    ],
)
def test_a_half_goes_up(value: str, digits: int, rounded: str) -> None:
    assert round_half_up(Fraction(value), digits=digits) == Fraction(rounded)


@pytest.mark.parametrize(
    ("value", "digits", "cut"), [("70.503", 0, "70"), ("81.681", 1, "81.6"), ("-1.99", 1, "-1.9"), ("129", -2, "100")]
)
def test_cutting_never_goes_away_from_zero(value: str, digits: int, cut: str) -> None:
    assert cut_decimals(Fraction(value), digits=digits) == Fraction(cut)


def test_a_third_is_rounded_exactly() -> None:
    assert round_half_up(Fraction(263, 3), digits=1) == Fraction("87.7")


@given(DECIMALS, DIGITS)
def test_rounding_agrees_with_decimal_arithmetic(value: Decimal, digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    halfway_up = value + unit / 2

    assert round_half_up(Fraction(value), digits=digits) == Fraction(halfway_up.quantize(unit, ROUND_FLOOR))
    assert cut_decimals(Fraction(value), digits=digits) == Fraction(value.quantize(unit, ROUND_DOWN))


@given(st.fractions(min_value=-1000, max_value=1000), DIGITS)
def test_rounding_moves_a_value_by_half_a_unit_at_most_and_cutting_by_less_than_one(
    value: Fraction, digits: int
) -> None:
    unit = Fraction(10) ** -digits

    assert abs(round_half_up(value, digits=digits) - value) <= unit / 2
    assert 0 <= abs(value) - abs(cut_decimals(value, digits=digits)) < unit


@given(st.fractions(min_value=-1000, max_value=1000), DIGITS)
def test_rounding_twice_changes_nothing(value: Fraction, digits: int) -> None:
    once = round_half_up(value, digits=digits)

    assert round_half_up(once, digits=digits) == once
    assert cut_decimals(once, digits=digits) == once
