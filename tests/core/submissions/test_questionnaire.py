# SPDX-License-Identifier: MIT
from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.support.frameworks import Draft, draft, number_scale
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import (
    as_answer,
    build_answers,
    complete_answers,
    keep_answers,
    shown_questions,
)

EVERYONE = Unit("X01")


def asked(**rules: Any) -> Draft:
    """Three questions of which the second is a number, with more keys for some of them."""
    of = draft(["first", "count", "last"])
    questions = [{**question, **rules.get(question["id"], {})} for question in of.content["questions"]]
    questions[1]["scale"] = "number"
    return of.with_content(
        questions=questions,
        scales=[*of.content["scales"], number_scale("number")],
        care_settings=[{"id": "acute", "title": "Acute"}, {"id": "community", "title": "Community"}],
    ).with_scoring(points={**of.scoring["points"], "number": [[0, 0], [1, 100]]})


def shown(of: Draft, answers: dict[str, Answer], *care_settings: str) -> tuple[str, ...]:
    return shown_questions(of.framework, Unit("X01", care_settings=care_settings), answers)


def test_without_rules_every_question_is_shown_in_order() -> None:
    assert shown(asked(), {}) == ("first", "count", "last")


@pytest.mark.parametrize(
    ("settings", "is_shown"), [((), True), (("acute",), True), (("community",), False), (("acute", "community"), True)]
)
def test_a_question_for_one_care_setting_is_shown_to_units_that_give_it(
    settings: tuple[str, ...], is_shown: bool
) -> None:
    assert ("last" in shown(asked(last={"care_settings": ["acute"]}), {}, *settings)) == is_shown


OPENED_BY_ANSWER = asked(last={"shown_when": {"question": "first", "answers": ["partly", "dont_know"]}})


@pytest.mark.parametrize(
    ("answer", "is_shown"),
    [
        ("partly", True),
        ("yes", False),
        (Missing.DONT_KNOW, True),
        (Missing.NOT_APPLICABLE, False),
        (Missing.NOT_ANSWERED, False),
        (None, False),
    ],
)
def test_an_earlier_answer_opens_a_question(answer: Answer | None, is_shown: bool) -> None:
    answers = {} if answer is None else {"first": answer}

    assert ("last" in shown(OPENED_BY_ANSWER, answers)) == is_shown


OPENED_BY_NUMBER = asked(last={"shown_when": {"question": "count", "at_least": Decimal("1.5")}})


@pytest.mark.parametrize(
    ("number", "is_shown"), [(1.5, True), (2.0, True), (1.4999, False), (0.0, False), (Missing.DONT_KNOW, False)]
)
def test_an_earlier_number_opens_a_question_from_its_least_value(number: Answer, is_shown: bool) -> None:
    assert ("last" in shown(OPENED_BY_NUMBER, {"count": number})) == is_shown


def test_a_number_where_an_option_was_expected_opens_nothing() -> None:
    assert "last" not in shown(OPENED_BY_ANSWER, {"first": 1.0})


def test_one_open_route_of_several_is_enough() -> None:
    routes = [{"question": "first", "answers": ["yes"]}, {"question": "count", "at_least": 1}]
    of = asked(last={"shown_when_any": routes})

    assert "last" in shown(of, {"first": "yes"})
    assert "last" in shown(of, {"count": 1.0})
    assert "last" not in shown(of, {"first": "no", "count": 0.0})


def test_a_question_that_is_not_shown_opens_nothing_whatever_was_answered() -> None:
    of = asked(
        count={"shown_when": {"question": "first", "answers": ["yes"]}},
        last={"shown_when": {"question": "count", "at_least": 0}},
    )

    assert shown(of, {"first": "no", "count": 5.0}) == ("first",)
    assert shown(of, {"first": "yes", "count": 5.0}) == ("first", "count", "last")


def test_answers_are_completed_with_the_ways_of_being_missing() -> None:
    framework = OPENED_BY_ANSWER.framework

    assert complete_answers(framework, EVERYONE, {"first": "yes", "last": "yes"}) == {
        "first": "yes",
        "count": Missing.NOT_ANSWERED,
        "last": Missing.NOT_SHOWN,  # what was answered to a question that is not shown does not count
    }


def test_answers_already_collected_are_kept_where_the_question_should_not_have_been_shown() -> None:
    framework = OPENED_BY_ANSWER.framework

    assert keep_answers(framework, EVERYONE, {"first": "yes", "last": "yes"}) == {
        "first": "yes",
        "count": Missing.NOT_ANSWERED,
        "last": "yes",
    }
    assert keep_answers(framework, EVERYONE, {"first": "yes"})["last"] is Missing.NOT_SHOWN
    assert keep_answers(framework, EVERYONE, {"last": Missing.NOT_ANSWERED})["last"] is Missing.NOT_ANSWERED


def test_a_measure_answered_in_another_return_is_not_shown_in_this_one_but_for_what_was_given() -> None:
    framework = asked().framework

    assert keep_answers(framework, EVERYONE, {"first": "yes"}, hidden_measures={"all"}) == {
        "first": "yes",
        "count": Missing.NOT_SHOWN,
        "last": Missing.NOT_SHOWN,
    }


def test_returns_become_a_table_of_codes_and_numbers() -> None:
    framework = OPENED_BY_ANSWER.framework

    table = build_answers(framework, [(EVERYONE, {"first": "partly", "count": 3, "last": "yes"}), (Unit("X02"), {})])

    assert table.codes.tolist() == [[1, 0, 2], [255, 255, 252]]
    assert np.array_equal(table.numbers["count"], [3.0, math.nan], equal_nan=True)
    assert (table.framework, table.framework_hash, table.round) == (framework.ref, framework.hash, "2020")


def test_the_round_may_be_another_than_the_one_the_framework_was_made_for() -> None:
    assert build_answers(asked().framework, [], round_id="2021").round == "2021"


def test_a_table_without_units_has_a_column_for_each_question() -> None:
    table = build_answers(asked().framework, [])

    assert table.codes.shape == (0, 3)
    assert table.numbers["count"].shape == (0,)


def test_an_answer_to_a_question_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match=r"made-up@1 has no question also, other"):
        build_answers(asked().framework, [(EVERYONE, {"other": "yes", "also": "no", "first": "yes"})])


@pytest.mark.parametrize("answers", [{"first": "maybe"}, {"first": 1.0}, {"count": "many"}, {"count": math.nan}])
def test_an_answer_outside_its_scale_is_refused(answers: dict[str, Answer]) -> None:
    with pytest.raises(ValueError, match="not in"):
        build_answers(asked().framework, [(EVERYONE, answers)])


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("yes", "yes"),
        ("dont_know", Missing.DONT_KNOW),
        ("not_shown", Missing.NOT_SHOWN),
        (3, 3.0),
        (Decimal("0.1"), 0.1),
    ],
)
def test_a_word_or_number_of_a_file_is_the_answer_it_stands_for(value: Any, answer: Answer) -> None:
    assert as_answer(value) == answer
