# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from tests.support.frameworks import Draft, draft, number_scale
from trigpoint.frameworks import FrameworkRef
from trigpoint.scoring import compile_plan
from trigpoint.scoring.plan import CODES, WORD_BITS, ScoringPlan

TREE = {"top": {"left": ["q1", "q2"], "right": ["q3"]}}
LADDER: dict[str, Any] = {
    "base": {"value": 0, "id": "base", "title": "Base"},
    "steps": [
        {"value": 1, "id": "first", "title": "First"},
        {"value": 2, "id": "second", "title": "Second", "share_needed": Decimal("0.75")},
    ],
    "step_of": {"q1": "second", "q2": "first", "q3": "first", "q4": "second"},
}


def climbing() -> Draft:
    return draft({"top": {"left": ["q1", "q2"], "right": ["q3", "q4"]}}, kind="level-gate", ladder=LADDER)


def lane(plan: ScoringPlan, name: str, question: str, code: int) -> int:
    """What an answer adds to one running sum."""
    place = plan.places[name]  # type: ignore[index]
    word = int(plan.tables[place.word][plan.questions.index(question) * CODES + code])
    return (word >> place.shift) & place.mask


def test_the_plan_says_what_it_was_made_from() -> None:
    framework = draft(TREE).framework

    plan = compile_plan(framework, rules_of=FrameworkRef("made-up", "0"))

    assert (plan.framework, plan.framework_hash) == (framework.ref, framework.hash)
    assert str(plan.rules_of) == "made-up@0"
    assert compile_plan(framework).rules_of == framework.ref


def test_questions_of_a_measure_stand_side_by_side_in_the_order_asked() -> None:
    of = draft(TREE)
    q1, q2, q3 = of.content["questions"]

    plan = compile_plan(of.with_content(questions=[q1, q3, q2]).framework)

    assert plan.questions == ("q1", "q2", "q3")
    assert plan.starts.tolist() == [0, 2]
    assert plan.group_sizes == (2, 1)


def test_a_measure_covers_the_groups_at_or_under_it() -> None:
    nodes = compile_plan(draft(TREE).framework).nodes

    assert [(node.measure, list(node.below), node.children) for node in nodes] == [
        ("top", [0, 1], (1, 2)),
        ("left", [0], ()),
        ("right", [1], ()),
    ]


def test_a_ladder_has_a_group_for_each_step_of_each_measure_lowest_first() -> None:
    plan = compile_plan(climbing().framework)

    assert plan.questions == ("q2", "q1", "q3", "q4")
    assert plan.nodes[1].steps == ((1, Fraction(1)), (2, Fraction(3, 4)))
    assert [list(node.below) for node in plan.nodes] == [[0, 1, 2, 3], [0, 1], [2, 3]]


def test_a_step_without_a_counted_question_has_no_group() -> None:
    plan = compile_plan(climbing().framework, only=["q1", "q3", "q4"])

    assert plan.nodes[1].steps == ((2, Fraction(3, 4)),)
    assert plan.questions == ("q1", "q3", "q4")


def test_measures_that_one_rule_scores_are_worked_together_children_first() -> None:
    uneven = {"top": {"deep": {"low": ["q1"]}, "flat": ["q2"]}}

    assert compile_plan(draft(TREE).framework).stages == ((1, 2), (0,))
    # low and flat are both means of questions; deep waits for low, top for deep
    assert compile_plan(draft(uneven).framework).stages == ((2, 3), (1,), (0,))


def test_measures_with_other_rules_are_worked_apart() -> None:
    of = draft(TREE)
    measures = [
        {
            **of.content["measures"][0],
            "measures": [
                {"id": "left", "title": "L", "level": "leaf"},
                {"id": "right", "title": "R", "level": "rounded"},
            ],
        }
    ]
    rounded = {"combine": "mean_of_questions", "rounding": {"mode": "down", "digits": 1}}

    plan = compile_plan(
        of.with_content(measures=measures).with_scoring(levels={**of.scoring["levels"], "rounded": rounded}).framework
    )

    assert sorted(plan.stages[:2]) == [(1,), (2,)]
    assert [node.fixed_denominator for node in plan.nodes] == [None, None, 10]


def test_points_and_weights_are_held_as_whole_numbers() -> None:
    of = draft(["q1", "q2"], points={"answer": {"no": 0, "partly": Decimal("33.3"), "yes": 100}})
    weighed = of.with_scoring(weights={"questions": {"q2": Decimal("0.25")}})

    plan = compile_plan(weighed.framework)

    # in tenths of a point and hundredths of a weight
    assert plan.points_unit == 10
    assert [lane(plan, "points", "q1", code) for code in (0, 1, 2)] == [0, 333 * 100, 1000 * 100]
    assert [lane(plan, "points", "q2", code) for code in (0, 1, 2)] == [0, 333 * 25, 1000 * 25]
    assert [lane(plan, "weight", name, 0) for name in ("q1", "q2")] == [100, 25]


def test_marks_are_weighed_by_their_maximum() -> None:
    of = draft(["q1"], kind="sum-of-marks")

    assert lane(compile_plan(of.framework), "weight", "q1", 0) == 100
    assert lane(compile_plan(of.with_scoring(marks_out_of={"answer": 150}).framework), "weight", "q1", 0) == 150


def test_each_answer_is_counted_in_the_one_way_that_it_is() -> None:
    plan = compile_plan(draft(["q1"]).framework)
    names = ("answered", "dont_know", "not_applicable", "not_shown")

    counted = {code: [lane(plan, name, "q1", code) for name in names] for code in (0, 2, 252, 253, 254, 255, 100)}

    assert counted == {
        0: [1, 0, 0, 0],
        2: [1, 0, 0, 0],
        252: [0, 0, 0, 1],
        253: [0, 0, 1, 0],
        254: [0, 1, 0, 0],
        255: [0, 0, 0, 0],  # not answered is what remains of asked
        100: [0, 0, 0, 0],  # no answer has this code
    }


def test_only_what_counts_as_zero_weighs_without_an_answer() -> None:
    missing = {"not_answered": "zero", "dont_know": "leave_out", "not_applicable": "no_score", "not_shown": "leave_out"}

    plan = compile_plan(draft(["q1"], missing=missing).framework)

    assert [lane(plan, "weight", "q1", code) for code in (252, 253, 254, 255)] == [0, 0, 0, 1]
    assert [lane(plan, "points", "q1", code) for code in (252, 253, 254, 255)] == [0, 0, 0, 0]


def test_sums_are_packed_into_one_word_where_they_fit() -> None:
    plan = compile_plan(draft().framework)

    assert len(plan.tables) == 1
    ends = [place.shift + place.bits for place in plan.places.values()]
    assert [place.shift for place in plan.places.values()] == [0, *ends[:-1]]
    assert max(ends) <= WORD_BITS


def test_sums_that_do_not_fit_go_on_in_another_word() -> None:
    fine = draft(points={"answer": {"no": 0, "partly": Decimal("0.000001"), "yes": 1_000_000}})

    plan = compile_plan(fine.with_scoring(weights={"questions": {"q1": Decimal("0.001")}}).framework)

    assert len(plan.tables) > 1
    assert all(place.shift + place.bits <= WORD_BITS for place in plan.places.values())
    assert all(table.shape == (3 * CODES,) for table in plan.tables)
    assert all(int(table.min()) >= 0 for table in plan.tables)


def test_no_lane_can_run_over_into_the_next() -> None:
    # all questions of the framework at their best, summed: each lane still within its mask
    plan = compile_plan(draft([f"q{at}" for at in range(31)], weights={"questions": {"q0": 7}}).framework)
    total = sum(int(table.reshape(-1, CODES)[:, 2].sum()) for table in plan.tables)

    found = {name: (total >> place.shift) & place.mask for name, place in plan.places.items()}

    assert found == {
        "points": 100 * (30 + 7),
        "weight": 30 + 7,
        "answered": 31,
        "dont_know": 0,
        "not_applicable": 0,
        "not_shown": 0,
    }


def test_a_number_has_its_thresholds_as_floats() -> None:
    of = draft(["q1"]).with_content(scales=[number_scale("answer")])

    plan = compile_plan(of.with_scoring(points={"answer": [[0, 0], [Decimal("0.1"), 50], [10, 100]]}).framework)

    assert {name: low.tolist() for name, low in plan.thresholds.items()} == {"q1": [0.0, 0.1, 10.0]}


def test_a_number_that_is_not_counted_has_no_thresholds() -> None:
    of = draft(["q1", "q2"]).with_content(scales=[number_scale("answer")]).with_scoring(points={"answer": [[0, 0]]})

    assert list(compile_plan(of.framework, only=["q2"]).thresholds) == ["q2"]


def test_a_plan_may_count_nothing() -> None:
    plan = compile_plan(draft(TREE).framework, only=[])

    assert plan.questions == ()
    assert plan.starts.shape == (0,)
    assert [list(node.below) for node in plan.nodes] == [[], [], []]
    assert all(np.array_equal(table, []) for table in plan.tables)


def test_weights_of_measures_are_whole_numbers_of_one_unit() -> None:
    weights = {"measures": {"left": Decimal("1.5"), "right": Decimal("0.25")}}

    assert compile_plan(draft(TREE, weights=weights).framework).nodes[0].child_weights == (150, 25)
