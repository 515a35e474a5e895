# SPDX-License-Identifier: MIT
"""Room for results: whole, apart, and of the kind that a plan needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.support.frameworks import draft
from trigpoint.scoring import compile_plan
from trigpoint.scoring.plan import WORD_BITS
from trigpoint.scoring.results import Results

PLAN = compile_plan(draft({"top": {"left": ["q1"], "right": ["q2"]}}).framework)


def test_there_is_a_place_for_every_measure_and_unit() -> None:
    room = Results.empty(PLAN, 7)

    assert room.numerators.shape == room.denominators.shape == room.bands.shape == (3, 7)
    assert room.counts.shape == (5, 3, 7)
    assert [one.dtype for one in (room.numerators, room.denominators, room.bands, room.counts)] == [
        np.int64,
        np.int64,
        np.int8,
        np.uint16,
    ]


def test_no_place_is_in_two_arrays() -> None:
    room = Results.empty(PLAN, 5)

    room.numerators[:], room.denominators[:], room.bands[:], room.counts[:] = 2**62, -(2**62), -1, 65_535

    assert (room.numerators == 2**62).all()
    assert (room.denominators == -(2**62)).all()
    assert (room.bands == -1).all()
    assert (room.counts == 65_535).all()


def test_the_room_of_some_units_is_a_part_of_the_whole() -> None:
    room = Results.empty(PLAN, 6)
    room.bands[:] = 0

    room.at(slice(2, 4)).bands[:] = 9

    assert room.bands.tolist() == [[0, 0, 9, 9, 0, 0]] * 3


def test_no_units_need_no_room() -> None:
    assert Results.empty(PLAN, 0).counts.shape == (5, 3, 0)


def test_a_wide_plan_has_room_for_whole_numbers_of_any_size() -> None:
    room = Results.empty(replace(PLAN, bits=WORD_BITS + 1), 2)
    room.numerators[:] = 10**30

    assert room.numerators.dtype == room.denominators.dtype == object
    assert room.numerators[2, 1] == 10**30
