# SPDX-License-Identifier: MIT
"""Rounding and bands on fractions, against the plain definitions."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.support.second_scoring import round_slowly
from trigpoint.frameworks.model import Band, Bands, Rounding
from trigpoint.scoring.rounding import find_bands, round_fraction

FRACTIONS = st.tuples(st.integers(-(10**6), 10**6), st.integers(1, 10**4))
HALVES = st.tuples(st.integers(-999, 999).map(lambda whole: 2 * whole + 1), st.sampled_from([2, 20, 200]))
MODES = st.sampled_from(["half_up", "half_even", "down"])
Mode = Literal["half_up", "half_even", "down"]


@given(st.lists(FRACTIONS | HALVES, min_size=1), MODES, st.integers(0, 6))
def test_rounding_whole_arrays_is_rounding_each_fraction(pairs: list[tuple[int, int]], mode: Mode, digits: int) -> None:
    tops, bottoms = np.array(pairs, dtype=np.int64).T

    rounded = round_fraction(tops, bottoms, Rounding(mode, digits))

    found = [Fraction(int(top), int(bottom)) for top, bottom in zip(*rounded, strict=True)]
    assert found == [round_slowly(Fraction(top, bottom), mode, digits) for top, bottom in pairs]


@given(FRACTIONS | HALVES, MODES, st.integers(0, 6))
def test_rounding_twice_is_rounding_once(pair: tuple[int, int], mode: Mode, digits: int) -> None:
    once = round_fraction(np.array([pair[0]]), np.array([pair[1]]), Rounding(mode, digits))

    assert [part.tolist() for part in round_fraction(*once, Rounding(mode, digits))] == [part.tolist() for part in once]


@given(FRACTIONS | HALVES, MODES, st.integers(0, 4))
def test_rounding_moves_a_score_by_less_than_one_unit_of_the_last_digit(
    pair: tuple[int, int], mode: Mode, digits: int
) -> None:
    top, bottom = round_fraction(np.array([pair[0]]), np.array([pair[1]]), Rounding(mode, digits))

    moved = abs(Fraction(int(top[0]), int(bottom[0])) - Fraction(*pair))
    assert moved < Fraction(1, 10**digits) if mode == "down" else moved <= Fraction(1, 2 * 10**digits)


@given(st.lists(FRACTIONS | HALVES, min_size=1), st.sets(st.integers(-100, 100), min_size=1, max_size=5))
def test_a_band_is_the_last_one_that_the_score_has_reached(pairs: list[tuple[int, int]], starts: set[int]) -> None:
    tops, bottoms = np.array(pairs, dtype=np.int64).T
    limits = sorted(starts)
    bands = Bands("raw", tuple(Band(f"b{at}", "Band", **{"from": limit}) for at, limit in enumerate(limits)))

    found = find_bands(tops, bottoms, bands)

    reached = [sum(Fraction(top, bottom) >= limit for limit in limits) - 1 for top, bottom in pairs]
    assert found.tolist() == reached
