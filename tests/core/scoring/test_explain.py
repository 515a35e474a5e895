# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from tests.support.frameworks import LEAVE_OUT, Draft, Return, answer_table, draft, number_scale
from tests.support.strategies import drafts_and_returns
from trigpoint.frameworks import Framework
from trigpoint.scoring import ScoreTable, compile_plan, compile_under_rules_of, score_answers
from trigpoint.scoring.explain import Explanation, answer_in_words, explain_score
from trigpoint.scoring.rules import with_rules_of
from trigpoint.submissions import Missing

HALF_UP = {"rounding": {"mode": "half_up", "digits": 0}}


def explained(made: Draft, answers: dict[str, Any], measure: str = "all", **more: Any) -> Explanation:
    framework = made.framework
    table = score_answers(answer_table(framework, [answers]), compile_plan(framework, **more))
    return explain_score(framework, table, 0, measure, **more)


def adds(explanation: Explanation) -> dict[str, Fraction]:
    return {line.part: line.adds for line in explanation.lines}


def seen(*parts: Any) -> tuple[Any, ...]:
    """Several parts of a result together, to be compared with plain numbers."""
    return parts


def notes(explanation: Explanation) -> dict[str, str]:
    return {line.part: line.note for line in explanation.lines}


def test_each_answer_adds_its_share_of_the_mean() -> None:
    one = explained(draft(), {"q1": "yes", "q2": "partly", "q3": "no"})

    assert adds(one) == {"q1": Fraction(100, 3), "q2": Fraction(50, 3), "q3": 0}
    assert one.score.value == Fraction(100 + 50 + 0, 3)
    assert one.rounding == 0
    assert one.no_score_because == ""
    assert one.rule == "the mean of the points of its questions, not rounded"
    assert (one.measure, one.title) == ("all", "all")


def test_a_line_says_the_answer_what_it_is_worth_and_what_it_weighs() -> None:
    made = draft(weights={"questions": {"q2": Decimal("0.5")}})

    first, second, third = explained(made, {"q1": "yes", "q2": "partly"}).lines

    assert seen(first.answer, first.points, first.weight, first.adds) == ("yes", 100, 1, Fraction(100) / Fraction(3, 2))
    assert seen(second.answer, second.points, second.weight, second.adds) == (
        "partly",
        50,
        Fraction(1, 2),
        Fraction(50, 3),
    )
    assert seen(third.answer, third.points, third.adds) == ("not answered", None, 0)
    assert third.note == "left out: it counts for nothing"
    assert third.title == "q3"


def test_what_rounding_added_is_a_part_of_the_sum() -> None:
    one = explained(draft(("q1", "q2"), rules={"leaf": HALF_UP}), {"q1": "partly", "q2": "no"})

    # (50 + 0) / 2 = 25; (100 + 50 + 50) / 3 = 66.67 -> 67
    assert seen(one.score.value, one.rounding) == (25, 0)
    two = explained(draft(rules={"leaf": HALF_UP}), {"q1": "yes", "q2": "partly", "q3": "partly"})
    assert seen(two.score.value, two.rounding) == (67, 67 - Fraction(200, 3))
    assert sum(adds(two).values()) + two.rounding == 67


def test_a_missing_answer_that_counts_as_zero_adds_nothing_but_weighs() -> None:
    missing = {**LEAVE_OUT, "dont_know": "zero"}

    one = explained(draft(("q1", "q2"), missing=missing), {"q1": "yes", "q2": "dont_know"})

    assert one.score.value == Fraction(100 + 0, 2)
    assert [seen(line.answer, line.points, line.note) for line in one.lines] == [
        ("yes", 100, ""),
        ("don't know", 0, ""),
    ]


def test_marks_are_shares_of_what_can_be_had() -> None:
    made = draft(("q1", "q2"), kind="sum-of-marks", marks_out_of={"answer": 200})

    one = explained(made, {"q1": "yes", "q2": "partly"})

    # 100 + 50 marks of 200 + 200
    assert one.score.value == Fraction(100 * (100 + 50), 400)
    assert adds(one) == {"q1": Fraction(100 * 100, 400), "q2": Fraction(100 * 50, 400)}
    assert one.rule.startswith("the marks earned as a share of the marks possible, out of 100")


def test_marks_out_of_the_largest_in_the_table_when_nothing_else_is_said() -> None:
    one = explained(draft(("q1", "q2"), kind="sum-of-marks"), {"q1": "yes", "q2": "partly"})

    assert one.score.value == sum(adds(one).values()) == Fraction(100 * (100 + 50), 200)


def with_number(points: list[list[int]], **more: Any) -> Draft:
    made = draft(("q1", "q2"), **more)
    made.content["questions"][1]["scale"] = "number"
    return made.with_content(scales=[*made.content["scales"], number_scale("number", 0)]).with_scoring(
        points={**made.scoring["points"], "number": points}
    )


def test_a_number_is_worth_the_points_of_the_last_threshold_it_reaches() -> None:
    made = with_number([[0, 0], [10, 40], [50, 90]])

    one = explained(made, {"q1": "no", "q2": 49.5})

    assert adds(one) == {"q1": 0, "q2": Fraction(40, 2)}
    assert one.lines[1].answer == "49.5"


def test_a_numbers_marks_are_out_of_the_largest_threshold() -> None:
    one = explained(with_number([[0, 0], [10, 40]], kind="sum-of-marks"), {"q1": "no", "q2": 10})

    assert adds(one) == {"q1": 0, "q2": Fraction(100 * 40, 100 + 40)}


def test_requirements_met_are_a_share_of_those_that_count() -> None:
    one = explained(draft(kind="pass-mark"), {"q1": "yes", "q2": "no", "q3": "not_applicable"})

    assert one.score.value == Fraction(100 * 1, 2)
    assert adds(one) == {"q1": 50, "q2": 0, "q3": 0}


def test_a_parent_is_made_of_its_children_with_their_weights() -> None:
    made = draft({"top": {"one": ["q1"], "two": ["q2"], "three": ["q3"]}}, weights={"measures": {"one": 3}})

    top = explained(made, {"q1": "yes", "q2": "partly"}, "top")

    assert adds(top) == {"one": Fraction(3 * 100, 4), "two": Fraction(50, 4), "three": 0}
    assert top.score.value == Fraction(3 * 100 + 50, 3 + 1)
    assert notes(top) == {"one": "", "two": "", "three": "left out: it has no score"}
    assert top.rule == "the mean of the measures below it, not rounded"


def ladder(share: str = "1", **more: Any) -> Draft:
    steps = [
        {"value": 2, "id": "two", "title": "Level two", "share_needed": Decimal(share)},
        {"value": 3, "id": "three", "title": "Level three"},
        {"value": 4, "id": "four", "title": "Level four"},
    ]
    step_of = {"q1": "two", "q2": "two", "q3": "three", "q4": "four"}
    rungs = {"base": {"value": 1, "id": "one", "title": "Level one"}, "steps": steps, "step_of": step_of}
    return draft(("q1", "q2", "q3", "q4"), kind="level-gate", ladder=rungs, **more)


def test_a_ladder_is_climbed_step_by_step_until_one_is_not_met() -> None:
    one = explained(ladder(), {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes"})

    assert one.score.value == 2 == 1 + 1
    assert adds(one) == {"one": 1, "two": 1, "three": 0, "four": 0}
    assert notes(one) == {
        "one": "where everyone starts",
        "two": "met",
        "three": "not met: q3",
        "four": "met, but a step below is not",
    }
    assert [seen(line.points, line.weight) for line in one.lines] == [(1, 1), (2, 2), (0, 1), (1, 1)]
    assert one.rule == "the highest step met together with every step below it, not rounded"


def test_a_share_of_a_step_may_be_enough() -> None:
    one = explained(ladder("0.5"), {"q1": "yes", "q2": "no", "q3": "no", "q4": "no"})

    assert one.score.value == 2
    assert notes(one)["two"] == "met"


def test_a_step_met_by_its_share_above_one_that_is_not_is_said_to_be_met() -> None:
    steps = ladder("0.5")
    turned = {"q1": "three", "q2": "three", "q3": "two", "q4": "four"}
    steps = steps.with_scoring(
        ladder={
            **steps.scoring["ladder"],
            "step_of": turned,
            "steps": [
                {"value": 2, "id": "two", "title": "Two"},
                {"value": 3, "id": "three", "title": "Three", "share_needed": Decimal("0.5")},
                {"value": 4, "id": "four", "title": "Four"},
            ],
        }
    )

    one = explained(steps, {"q1": "yes", "q2": "no", "q3": "no", "q4": "no"})

    assert notes(one)["three"] == "met, but a step below is not"


def test_a_step_on_which_nothing_counts_is_passed_and_not_reached() -> None:
    one = explained(ladder(), {"q1": "yes", "q2": "yes", "q3": "not_applicable", "q4": "not_applicable"})

    assert one.score.value == 2
    assert adds(one) == {"one": 1, "two": 1, "three": 0, "four": 0}
    assert one.rounding == 0
    assert notes(one)["three"] == notes(one)["four"] == "passed: nothing on it counts here"


def test_a_ladder_without_a_score_has_no_lines() -> None:
    one = explained(ladder(), {})

    assert seen(one.lines, one.score.value, one.rounding) == ((), None, 0)
    assert one.no_score_because == "no question of it was answered"


def test_only_the_questions_that_count_are_explained() -> None:
    one = explained(draft(), {"q1": "yes", "q2": "no", "q3": "no"}, only=["q1", "q2"])

    assert adds(one) == {"q1": 50, "q2": 0}
    assert one.score.value == 50


def test_a_step_whose_questions_are_not_counted_is_no_part_of_the_ladder() -> None:
    one = explained(ladder(), {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes"}, only=["q1", "q2", "q4"])

    assert one.score.value == 4
    assert adds(one) == {"one": 1, "two": 1, "four": 2}


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        ({"mode": "half_up", "digits": 0}, "rounded to a whole number (a half goes up)"),
        ({"mode": "half_even", "digits": 1}, "rounded to 1 decimal (a half goes to the even neighbour)"),
        ({"mode": "down", "digits": 2}, "rounded to 2 decimals (always down)"),
    ],
)
def test_the_rule_says_how_it_rounds(rounding: dict[str, Any], words: str) -> None:
    one = explained(draft(rules={"leaf": {"rounding": rounding}}), {"q1": "yes"})

    assert one.rule == f"the mean of the points of its questions, {words}"


def routed() -> Draft:
    made = draft({"top": {"one": ["q1"], "two": ["q2"]}})
    made.content["questions"][1]["shown_when"] = {"question": "q1", "answers": ["yes"]}
    return made


def needing(share: str, **scoring: Any) -> Draft:
    return draft(("q1", "q2", "q3"), rules={"leaf": {"minimum_answered": Decimal(share)}}, **scoring)


@pytest.mark.parametrize(
    ("made", "answers", "measure", "because"),
    [
        (draft(), {}, "all", "no question of it was answered"),
        (draft(), {"q1": "dont_know"}, "all", "no question of it was answered"),
        (routed(), {"q1": "no"}, "two", "no question of it is asked here"),
        (needing("0.5"), {"q1": "yes"}, "all", "1 of 3 questions answered is under the 50% that it needs"),
        (needing("0.375"), {"q1": "yes"}, "all", "1 of 3 questions answered is under the 37.5% that it needs"),
        (needing("1"), {"q1": "yes"}, "all", "1 of 3 questions answered is under the 100% that it needs"),
        (
            draft(missing={**LEAVE_OUT, "dont_know": "no_score"}),
            {"q1": "yes", "q2": "dont_know"},
            "all",
            "an answer is missing (don't know), which allows no score",
        ),
        (
            draft(missing={**LEAVE_OUT, "dont_know": "no_score", "not_answered": "no_score"}),
            {"q1": "yes", "q2": "yes"},
            "all",
            "an answer is missing (not answered or don't know), which allows no score",
        ),
        (
            draft(weights={"questions": {"q1": 0}}),
            {"q1": "yes"},
            "all",
            "no question that counts was answered",
        ),
        (
            draft({"top": {"one": ["q1"], "two": ["q2"]}}, rules={"node": {"empty_measures": "no_score"}}),
            {"q1": "yes"},
            "top",
            "it needs a score on every measure below it, and there is none on two",
        ),
        (
            draft({"top": {"one": ["q1", "q2"], "two": ["q3"]}}, rules={"leaf": {"minimum_answered": Decimal("0.6")}}),
            {"q1": "yes"},
            "top",
            "it needs a score on a measure below it that counts, and there is none on one, two",
        ),
    ],
)
def test_why_there_is_no_score(made: Draft, answers: dict[str, Any], measure: str, because: str) -> None:
    one = explained(made, answers, measure)

    assert one.score.value is None
    assert one.no_score_because == because
    assert one.rounding == 0


def test_a_parent_without_a_score_adds_nothing_from_its_children() -> None:
    made = draft({"top": {"one": ["q1"], "two": ["q2"]}}, rules={"node": {"empty_measures": "no_score"}})

    assert adds(explained(made, {"q1": "yes"}, "top")) == {"one": 0, "two": 0}


def test_an_unknown_measure_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explained(draft(), {}, "nothing")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("partly", "partly"),
        (1234567.0, "1234567"),
        (0.5, "0.5"),
        (Missing.DONT_KNOW, "don't know"),
        (Missing.NOT_APPLICABLE, "not applicable"),
        (Missing.NOT_SHOWN, "not shown"),
    ],
)
def test_answers_are_said_as_people_read_them(answer: Any, words: str) -> None:
    framework = draft().framework

    assert answer_in_words(framework, framework.questions["q1"], answer) == words


def assert_adds_up(framework: Framework, table: ScoreTable, unit: int, only: list[str] | None = None) -> None:
    """The lines and the rounding are the score, and rounding is no more than the rule allows."""
    for measure in framework.walk_measures():
        one = explain_score(framework, table, unit, measure.id, only=only)
        assert (one.score.value is None) == bool(one.no_score_because)
        if one.score.value is None:
            assert one.rounding == 0
            continue
        assert sum((line.adds for line in one.lines), Fraction(0)) + one.rounding == one.score.value
        rule = framework.scoring.levels[measure.level].rounding
        step = Fraction(0) if rule is None else Fraction(1, 10**rule.digits)
        assert abs(one.rounding) <= (step if rule is not None and rule.mode == "down" else step / 2)


@given(drafts_and_returns())
def test_every_explanation_of_any_framework_adds_up_exactly(made: tuple[Draft, list[Return]]) -> None:
    framework = made[0].framework
    table = score_answers(answer_table(framework, made[1]), compile_plan(framework))

    for unit in range(len(made[1])):
        assert_adds_up(framework, table, unit)


@settings(max_examples=40)
@given(drafts_and_returns())
def test_explanations_of_some_of_the_questions_add_up_exactly(made: tuple[Draft, list[Return]]) -> None:
    framework = made[0].framework
    only = list(framework.questions)[::2]
    table = score_answers(answer_table(framework, made[1]), compile_plan(framework, only=only))

    assert_adds_up(framework, table, 0, only)


def test_scores_by_another_versions_rules_are_explained_by_those_rules() -> None:
    own = draft(("q1", "q2"))
    other = own.with_content(version="2").with_scoring(missing={**LEAVE_OUT, "dont_know": "zero"}).framework
    table = score_answers(
        answer_table(own.framework, [{"q1": "yes", "q2": "dont_know"}]), compile_under_rules_of(own.framework, other)
    )

    one = explain_score(with_rules_of(own.framework, other), table, 0, "all")

    assert one.score.value == sum(adds(one).values()) == Fraction(100 + 0, 2)
