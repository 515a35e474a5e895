# SPDX-License-Identifier: MIT
from __future__ import annotations

from tests.support.frameworks import draft
from trigpoint.scoring import compile_plan
from trigpoint.scoring.plan import LANES, Place


def test_the_mask_of_a_lane_covers_its_bits_and_no_more() -> None:
    assert Place(word=0, shift=5, bits=3).mask == 0b111
    assert Place(word=0, shift=0, bits=1).mask == 1


def test_a_plan_names_its_measures_parents_first() -> None:
    plan = compile_plan(draft({"top": {"left": ["q1"], "right": ["q2"]}}).framework)

    assert plan.measures == ("top", "left", "right")


def test_every_running_sum_has_a_lane() -> None:
    assert set(compile_plan(draft().framework).places) == set(LANES)
