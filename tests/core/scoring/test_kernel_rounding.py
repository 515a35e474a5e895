# SPDX-License-Identifier: MIT
"""Rounding and bands, on fractions where the wrong way would show."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from trigpoint.frameworks.model import Band, Bands, Rounding
from trigpoint.scoring.rounding import find_bands, round_fraction


@pytest.mark.parametrize(
    ("mode", "of", "expected"),
    [
        (
            "half_up",
            [Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(-1, 2), Fraction(-3, 2)],
            [1, 2, 3, 0, -1],
        ),
        (
            "half_even",
            [Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(-1, 2), Fraction(-3, 2)],
            [0, 2, 2, 0, -2],
        ),
        ("down", [Fraction(1, 2), Fraction(19, 10), Fraction(2), Fraction(-1, 10), Fraction(-2)], [0, 1, 2, -1, -2]),
    ],
)
def test_halves_go_where_the_rule_sends_them(mode: Any, of: list[Fraction], expected: list[int]) -> None:
    tops, bottoms = np.array([one.numerator for one in of]), np.array([one.denominator for one in of])

    rounded, units = round_fraction(tops, bottoms, Rounding(mode, 0))

    assert rounded.tolist() == expected
    assert units.tolist() == [1] * len(of)


def test_a_hair_below_a_half_goes_down() -> None:
    top, bottom = np.array([(10**15 - 1) // 2]), np.array([10**15])

    assert round_fraction(top, bottom, Rounding("half_up", 0))[0].tolist() == [0]
    assert round_fraction(top + 1, bottom, Rounding("half_up", 0))[0].tolist() == [1]


def test_rounding_to_digits_gives_fractions_of_a_power_of_ten() -> None:
    top, bottom = round_fraction(np.array([2]), np.array([3]), Rounding("half_up", 2))

    assert (top.tolist(), bottom.tolist()) == ([67], [100])


def test_no_score_stays_no_score() -> None:
    top, bottom = round_fraction(np.array([0, 5]), np.array([0, 2]), Rounding("half_even", 0))

    assert (top.tolist(), bottom.tolist()) == ([0, 2], [0, 1])


def test_rounding_works_on_whole_numbers_of_any_size() -> None:
    top = np.array([10**40 + 5], dtype=object)

    assert round_fraction(top, np.array([10], dtype=object), Rounding("half_up", 0))[0].tolist() == [10**39 + 1]


# Bands


def bands(band_on: Any, *starts: Any) -> Bands:
    return Bands(band_on, tuple(Band(f"b{at}", "B", **{"from": start}) for at, start in enumerate(starts)))


def test_a_band_begins_exactly_at_its_limit() -> None:
    tops, bottoms = np.array([0, 139, 140, 209, 210]), np.array([2, 2, 2, 3, 3])  # 0, 69.5, 70, 69.67, 70

    assert find_bands(tops, bottoms, bands("raw", 0, 70)).tolist() == [0, 0, 1, 0, 1]
    assert find_bands(tops, bottoms, bands("rounded", 0, 70)).tolist() == [0, 1, 1, 1, 1]


def test_whole_numbers_need_no_rounding_to_find_their_band() -> None:
    assert find_bands(np.array([69, 70]), np.array([1, 1]), bands("rounded", 0, 70)).tolist() == [0, 1]
    assert find_bands(np.array([139, 138]), np.array([2, 2]), bands("rounded", 0, 70)).tolist() == [1, 0]  # 69.5, 69


def test_without_a_score_or_bands_there_is_no_band() -> None:
    assert find_bands(np.array([0, 5]), np.array([0, 1]), bands("raw", 0)).tolist() == [-1, 0]
    assert find_bands(np.array([5]), np.array([1]), None).tolist() == [-1]


def test_a_score_below_the_first_band_has_none() -> None:
    assert find_bands(np.array([-1, 0]), np.array([1, 1]), bands("raw", 0, 2)).tolist() == [-1, 0]


def test_a_limit_with_decimals_is_exact() -> None:
    # 0.3 as a float lies a little below three tenths: a comparison of floats would say "not reached"
    tops, bottoms = np.array([3, 299_999]), np.array([10, 1_000_000])

    assert find_bands(tops, bottoms, bands("raw", 0, Decimal("0.3"))).tolist() == [1, 0]


def test_more_bands_than_half_a_byte_are_told_apart() -> None:
    assert find_bands(np.array([99]), np.array([1]), bands("raw", *range(100))).tolist() == [99]
