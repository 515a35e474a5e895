# SPDX-License-Identifier: MIT
"""The rules of scoring, one at a time, on answers small enough to add up by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.support.frameworks import (
    LEAVE_OUT,
    Draft,
    Return,
    all_scores,
    answer_table,
    draft,
    number_scale,
    scored,
    slow_scores,
)
from tests.support.second_scoring import Given
from trigpoint.errors import AnswersProblems
from trigpoint.scoring import compile_plan, score_answers

TREE = {"top": {"left": ["q1", "q2"], "right": ["q3"]}}
LADDER: dict[str, Any] = {
    "base": {"value": 0, "id": "base", "title": "Base"},
    "steps": [
        {"value": 1, "id": "first", "title": "First"},
        {"value": 2, "id": "second", "title": "Second"},
        {"value": 3, "id": "third", "title": "Third"},
    ],
    "step_of": {"q1": "first", "q2": "first", "q3": "second", "q4": "third"},
}


def value(of: Draft, answers: dict[str, Given], measure: str = "all", **more: Any) -> Fraction | None:
    """The score on a measure, which the slow second version must give as well."""
    fast = scored(of, answers, **more)
    assert all_scores(fast) == slow_scores(of, Return(answers), more.get("only"))
    return fast.score(0, measure).value


# Means of questions


def test_a_score_is_the_mean_of_the_points_of_the_answers() -> None:
    assert value(draft(), {"q1": "yes", "q2": "partly", "q3": "no"}) == Fraction(100 + 50 + 0, 3)


def test_unanswered_questions_do_not_pull_the_score_down() -> None:
    assert value(draft(), {"q1": "yes", "q2": "partly"}) == Fraction(100 + 50, 2)


def test_a_missing_answer_that_counts_as_zero_pulls_the_score_down() -> None:
    zero = draft(missing={**LEAVE_OUT, "dont_know": "zero"})

    assert value(zero, {"q1": "yes", "q2": "dont_know", "q3": "not_applicable"}) == Fraction(100 + 0, 2)


@pytest.mark.parametrize("state", ["not_answered", "dont_know", "not_applicable"])
def test_a_missing_answer_may_take_the_score_away(state: str) -> None:
    strict = draft(missing={**LEAVE_OUT, state: "no_score"})

    assert value(strict, {"q1": "yes", "q2": state, "q3": "yes"}) is None
    assert value(strict, {"q1": "yes", "q2": "yes", "q3": "yes"}) == 100


def test_without_any_answer_there_is_no_score() -> None:
    assert value(draft(), {}) is None
    assert value(draft(missing={**LEAVE_OUT, "not_answered": "zero"}), {}) == 0


def test_a_heavier_question_counts_for_more() -> None:
    heavy = draft(["q1", "q2"], weights={"questions": {"q1": Decimal("2.5")}})

    assert value(heavy, {"q1": "yes", "q2": "no"}) == Fraction(250, 1) / Fraction("3.5")


def test_a_question_of_weight_nothing_counts_for_nothing() -> None:
    light = draft(["q1", "q2"], weights={"questions": {"q1": 0}})

    assert value(light, {"q1": "no", "q2": "yes"}) == 100
    assert value(light, {"q1": "yes"}) is None


def test_a_question_with_points_of_its_own_uses_them() -> None:
    own = draft(["q1", "q2"], question_points={"q1": {"no": 10, "partly": 20, "yes": 30}})

    assert value(own, {"q1": "yes", "q2": "yes"}) == Fraction(30 + 100, 2)


def test_below_the_least_share_of_answers_there_is_no_score() -> None:
    half = draft(["q1", "q2"], rules={"leaf": {"minimum_answered": Decimal("0.5")}})

    assert value(half, {"q1": "yes"}) == 100  # 1 of 2 is a half
    assert value(half, {"q1": "dont_know"}) is None
    assert value(draft(rules={"leaf": {"minimum_answered": Decimal("0.5")}}), {"q1": "yes"}) is None  # 1 of 3


def test_a_unit_that_was_asked_nothing_answered_its_share_of_it() -> None:
    # 0 of 0 is not below a half: that there is no score comes from there being no answer
    of = draft(rules={"leaf": {"minimum_answered": Decimal("0.5")}})
    elsewhere = of.with_content(
        care_settings=[{"id": "acute", "title": "A"}, {"id": "community", "title": "C"}],
        questions=[{**question, "care_settings": ["acute"]} for question in of.content["questions"]],
    )

    score = scored(elsewhere, Return({"q1": "yes"}, ("community",))).score(0, "all")

    assert (score.value, score.asked, score.not_shown, score.coverage) == (None, 0, 3, None)


# Numbers


def by_number(*rows: tuple[Given, Given]) -> Draft:
    of = draft(["q1"]).with_content(scales=[number_scale("answer")])
    return of.with_scoring(points={"answer": [list(row) for row in rows]})


TENTHS = by_number((0, 0), (Decimal("0.1"), 10), (Decimal("0.3"), 30), (1000, 100))


@pytest.mark.parametrize(
    ("number", "points"),
    [(0, 0), (0.0999, 0), (0.1, 10), (0.2999999, 10), (0.3, 30), (999, 30), (1000, 100), (1e15, 100)],
)
def test_a_number_is_worth_the_last_threshold_it_reaches(number: float, points: int) -> None:
    assert value(TENTHS, {"q1": number}) == points


def test_a_number_has_as_many_thresholds_as_there_are_answers() -> None:
    of = by_number(*((at, at % 7) for at in range(200)))

    assert [value(of, {"q1": number}) for number in (0, 127, 128, 199, 1000)] == [0, 127 % 7, 128 % 7, 199 % 7, 199 % 7]


@pytest.mark.parametrize("number", [-1.0, -1e-9, math.nan, -math.inf])
def test_a_number_below_all_that_has_points_is_refused_not_taken_for_missing(number: float) -> None:
    framework = TENTHS.framework
    table = answer_table(framework, [{"q1": 5}, {"q1": 0}])
    table.numbers["q1"][1] = number

    with pytest.raises(AnswersProblems) as raised:
        score_answers(table, compile_plan(framework))

    assert str(raised.value) == f"answers: X01 General: {number} is no answer to 'q1'. Check the answers first."


def test_a_number_beside_a_missing_answer_does_not_count() -> None:
    framework = TENTHS.framework
    table = answer_table(framework, [{"q1": "dont_know"}])
    table.numbers["q1"][0] = 1000.0

    assert score_answers(table, compile_plan(framework)).score(0, "all").value is None


# Shares


def test_a_sum_of_marks_is_a_share_of_the_marks_to_be_had() -> None:
    marks = draft(["q1", "q2"], kind="sum-of-marks", weights={"questions": {"q2": 3}})

    assert value(marks, {"q1": "yes", "q2": "partly"}) == 100 * Fraction(100 + 3 * 50, 100 + 3 * 100)
    assert value(marks, {"q1": "yes"}) == 100


def test_marks_may_be_out_of_more_than_any_answer_gives() -> None:
    marks = draft(["q1"], kind="sum-of-marks", marks_out_of={"answer": Decimal("125.5")})

    assert value(marks, {"q1": "yes"}) == 100 * Fraction(100) / Fraction("125.5")


def test_a_pass_mark_is_the_share_of_controls_met() -> None:
    controls = draft(kind="pass-mark", missing={**LEAVE_OUT, "not_answered": "zero"})

    assert value(controls, {"q1": "yes", "q2": "no"}) == Fraction(100, 3)


# Ladders


def climbing(**scoring: Any) -> Draft:
    missing = {**LEAVE_OUT, "not_answered": "zero"}
    return draft(["q1", "q2", "q3", "q4"], kind="level-gate", **{"ladder": LADDER, "missing": missing, **scoring})


@pytest.mark.parametrize(
    ("met", "level"),
    [
        ((), 0),
        (("q1",), 0),
        (("q1", "q2"), 1),
        (("q1", "q2", "q3"), 2),
        (("q1", "q2", "q3", "q4"), 3),
        (("q1", "q2", "q4"), 1),  # the third step is met, but the second is not
        (("q3", "q4"), 0),
    ],
)
def test_a_level_is_the_highest_whose_every_element_and_every_lower_level_s_is_met(
    met: tuple[str, ...], level: int
) -> None:
    assert value(climbing(), dict.fromkeys(met, "yes")) == level


def test_a_step_may_need_only_a_share_of_its_questions() -> None:
    first, *others = LADDER["steps"]
    ladder = {**LADDER, "steps": [{**first, "share_needed": Decimal("0.5")}, *others]}

    assert value(climbing(ladder=ladder), {"q1": "yes", "q2": "no"}) == 1
    weighed = climbing(ladder=ladder, weights={"questions": {"q2": 2}})
    assert value(weighed, {"q1": "yes", "q2": "no"}) == 0  # 1 of 3


def test_a_step_that_does_not_apply_is_passed_but_not_reached() -> None:
    answers: dict[str, Given] = {"q1": "yes", "q2": "yes", "q3": "not_applicable"}

    assert value(climbing(), {**answers, "q4": "yes"}) == 3
    assert value(climbing(), {**answers, "q4": "no"}) == 1
    assert value(climbing(), {**answers, "q4": "not_applicable"}) == 1


def test_what_nobody_answered_lifts_nobody() -> None:
    # Left out instead of counted as zero, the unanswered third step must not be given away.
    lenient = climbing(missing=LEAVE_OUT)

    assert value(lenient, {"q1": "yes", "q2": "yes"}) == 1
    assert value(lenient, {}) is None


def test_a_ladder_scored_on_some_questions_has_the_levels_of_those() -> None:
    yes: dict[str, Given] = dict.fromkeys(["q1", "q2", "q3", "q4"], "yes")

    assert value(climbing(), yes, only=["q1", "q4"]) == 3
    assert value(climbing(), {**yes, "q1": "no"}, only=["q1", "q4"]) == 0
    assert value(climbing(), yes, only=["q1", "q2"]) == 1
    assert value(climbing(), yes, only=[]) is None


# Means of measures


def test_a_parent_is_the_mean_of_its_measures_not_of_their_questions() -> None:
    assert value(draft(TREE), {"q1": "yes", "q2": "no", "q3": "yes"}, "top") == Fraction(50 + 100, 2)


def test_a_measure_without_a_score_is_left_out_of_its_parent() -> None:
    assert value(draft(TREE), {"q1": "yes"}, "top") == 100


def test_a_measure_without_a_score_may_leave_its_parent_without_one() -> None:
    strict = draft(TREE, rules={"node": {"empty_measures": "no_score"}})

    assert value(strict, {"q1": "yes"}, "top") is None
    assert value(strict, {"q1": "yes", "q3": "no"}, "top") == 50


def test_measures_are_weighed() -> None:
    weighed = draft(TREE, weights={"measures": {"left": Decimal("0.5"), "right": 2}})

    assert value(weighed, {"q1": "yes", "q2": "no", "q3": "yes"}, "top") == (Fraction(1, 2) * 50 + 2 * 100) / Fraction(
        "2.5"
    )


def test_a_measure_of_weight_nothing_can_not_carry_its_parent() -> None:
    weighed = draft(TREE, weights={"measures": {"left": 0}})

    assert value(weighed, {"q1": "yes"}, "top") is None
    assert value(weighed, {"q1": "yes", "q3": "no"}, "top") == 0


def test_a_parent_too_may_need_a_share_of_answers() -> None:
    least = draft(TREE, rules={"node": {"minimum_answered": Decimal("0.666666")}})

    assert value(least, {"q1": "yes", "q3": "yes"}, "top") == 100  # 2 of 3
    assert value(least, {"q1": "yes"}, "top") is None


def test_a_measure_none_of_whose_questions_is_counted_has_no_score() -> None:
    assert value(draft(TREE), {"q1": "yes", "q3": "no"}, "left", only=["q3"]) is None
    assert value(draft(TREE), {"q1": "yes", "q3": "no"}, "top", only=["q3"]) == 0


def test_means_are_of_rounded_scores_where_the_framework_rounds() -> None:
    rounded = draft(TREE, rules={"leaf": {"rounding": {"mode": "half_up", "digits": 0}}})
    rounded = rounded.with_scoring(points={"answer": {"no": 0, "partly": Decimal("0.5"), "yes": 1}})

    # left: (0.5 + 0) / 2 = 0.25 -> 0; right: 0.5 -> 1
    assert value(rounded, {"q1": "partly", "q2": "no", "q3": "partly"}, "top") == Fraction(0 + 1, 2)


def test_a_missing_answer_takes_the_score_of_its_own_measure_away_not_of_those_above() -> None:
    strict = draft(TREE, missing={**LEAVE_OUT, "dont_know": "no_score"})

    assert value(strict, {"q1": "dont_know", "q2": "yes", "q3": "partly"}, "left") is None
    assert value(strict, {"q1": "dont_know", "q2": "yes", "q3": "partly"}, "top") == 50


def test_two_levels_side_by_side_may_need_different_shares_of_answers() -> None:
    of = draft({"top": {"left": ["q1", "q2"], "right": ["q3", "q4"]}})
    [top] = of.content["measures"]
    measures = [{**top, "measures": [top["measures"][0], {**top["measures"][1], "level": "lenient"}]}]
    half = {**of.scoring["levels"]["leaf"], "minimum_answered": 1}
    levels = {**of.scoring["levels"], "leaf": half, "lenient": {"combine": "mean_of_questions"}}
    apart = of.with_content(measures=measures).with_scoring(levels=levels)

    assert value(apart, {"q1": "yes", "q3": "yes"}, "left") is None  # 1 of 2 is not all
    assert value(apart, {"q1": "yes", "q3": "yes"}, "right") == 100
