# SPDX-License-Identifier: MIT
"""A scoring plan as arrays: the same facts, in the places where loops look for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.support.frameworks import LEAVE_OUT, Draft, draft, number_scale
from trigpoint.io.content import list_frameworks, read_framework
from trigpoint.scoring import compile_plan
from trigpoint.scoring.flat_plan import NONE, FlatPlan, flatten_plan
from trigpoint.scoring.many_units import FLOAT_BITS
from trigpoint.scoring.plan import CODES, LANES

TREE = {"top": {"left": ["q1", "q2"], "right": ["q3"]}}


def flat(of: Draft) -> FlatPlan:
    plan = compile_plan(of.framework)
    return flatten_plan(plan, np.arange(len(plan.questions)))


def at(of: Draft, measure: str) -> int:
    return compile_plan(of.framework).measures.index(measure)


def test_groups_of_questions_stand_side_by_side() -> None:
    found = flat(draft(TREE))

    assert found.group_starts.tolist() == [0, 2, 3]
    assert found.tables.shape[1] == 3 * CODES


def test_a_measure_has_the_groups_and_the_questions_below_it() -> None:
    of = draft(TREE)
    found = flat(of)

    facts = {
        name: (found.below_start[at(of, name)], found.below_stop[at(of, name)], found.sizes[at(of, name)])
        for name in ("top", "left", "right")
    }
    assert facts == {"top": (0, 2, 3), "left": (0, 1, 2), "right": (1, 2, 1)}


def test_children_come_with_their_weights() -> None:
    of = draft(TREE, weights={"measures": {"left": 3, "right": Decimal("0.5")}})
    found, top = flat(of), at(of, "top")

    own = slice(found.child_starts[top], found.child_starts[top + 1])
    assert found.children[own].tolist() == [at(of, "left"), at(of, "right")]
    assert found.child_weights[own].tolist() == [30, 5]


def test_children_come_before_their_parents() -> None:
    of = draft({"a": {"b": {"c": ["q1"], "d": ["q2"]}, "e": ["q3"]}})

    order = flat(of).order.tolist()

    assert sorted(order) == list(range(5))
    assert order.index(at(of, "c")) < order.index(at(of, "b")) < order.index(at(of, "a"))


@pytest.mark.parametrize(("mode", "position"), [("half_up", 0), ("half_even", 1), ("down", 2)])
def test_rounding_is_a_position_and_a_power_of_ten(mode: str, position: int) -> None:
    of = draft(TREE, rules={"leaf": {"rounding": {"mode": mode, "digits": 2}}})
    found = flat(of)

    assert found.rounding[at(of, "left")] == position
    assert found.tens[at(of, "left")] == 100
    assert found.rounding[at(of, "top")] == NONE
    assert found.tens[at(of, "top")] == 1


def test_children_that_are_rounded_share_a_denominator_and_others_do_not() -> None:
    rounded = draft(TREE, rules={"leaf": {"rounding": {"mode": "half_up", "digits": 1}}})
    unrounded = draft(TREE)

    assert flat(rounded).fixed_common[at(rounded, "top")] == 10
    assert flat(unrounded).fixed_common[at(unrounded, "top")] == NONE


def test_ways_of_being_missing_that_take_a_score_away_are_named() -> None:
    for position, state in enumerate(("not_answered", "dont_know", "not_applicable")):
        found = flat(draft(TREE, missing={**LEAVE_OUT, state: "no_score"}))

        assert found.taken_away.tolist() == [which == position for which in range(3)]


def test_a_least_share_of_answers_is_a_fraction_and_0_where_none_is_asked() -> None:
    of = draft(TREE, rules={"leaf": {"minimum_answered": Decimal("0.75")}})
    found = flat(of)

    assert (found.least_top[at(of, "left")], found.least_bottom[at(of, "left")]) == (3, 4)
    assert (found.least_top[at(of, "top")], found.least_bottom[at(of, "top")]) == (0, 1)


def test_bands_are_fractions_that_rise() -> None:
    bands: Any = [{"id": "low", "title": "L", "from": 0}, {"id": "high", "title": "H", "from": Decimal("62.5")}]
    raw = flat(draft(TREE, bands={"band_on": "raw", "bands": bands}))

    assert list(zip(raw.band_tops.tolist(), raw.band_bottoms.tolist(), strict=True)) == [(0, 1), (125, 2)]
    assert not raw.bands_on_rounded
    assert flat(draft(TREE, bands={"band_on": "rounded", "bands": bands})).bands_on_rounded
    assert len(flat(draft(TREE)).band_tops) == 0


def test_thresholds_of_all_number_questions_are_joined() -> None:
    of = draft(["q1", "q2"]).with_content(scales=[number_scale("answer")])
    found = flat(of.with_scoring(points={"answer": [[0, 10], [Decimal("2.5"), 30]]}))

    assert found.number_questions.tolist() == [0, 1]
    assert found.thresholds.tolist() == [0, 2.5, 0, 2.5]
    assert found.threshold_starts.tolist() == [0, 2, 4]


@pytest.mark.parametrize("ref", [str(one) for one in list_frameworks()])
def test_every_shipped_framework_fits(ref: str) -> None:
    plan = compile_plan(read_framework(ref))
    found = flatten_plan(plan, np.arange(len(plan.questions)))

    assert plan.bits <= FLOAT_BITS
    assert found.tables.shape == (len(plan.tables), len(plan.questions) * CODES)
    assert len(found.place_word) == len(LANES)
    assert len(found.rule) == len(plan.nodes)
    assert found.step_starts[-1] == sum(len(node.steps) for node in plan.nodes)
