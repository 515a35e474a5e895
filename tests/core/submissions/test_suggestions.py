# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest

from tests.core.submissions.collected import FRAMEWORK, collected
from tests.support.frameworks import draft, option_scale, written
from trigpoint.errors import AnswersProblems, FrameworkMismatch
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.suggestions import IndicatorRow, SuggestedAnswer, suggest_answers, suggest_from_indicators

OLDER = draft(["kept", "said_otherwise", "other_scale", "one", "gone"]).framework
PAIRS = [
    {"from": "kept", "to": "kept", "class": "same"},
    {"from": "said_otherwise", "to": "said_anew", "class": "reworded"},
    {"from": "other_scale", "to": "new_scale", "class": "rescaled"},
    {"from": "one", "to": ["two", "three"], "class": "split"},
]


def newer(codes: tuple[str, ...] = ("no", "partly", "yes"), **content: Any) -> Framework:
    of = draft(["kept", "said_anew", "new_scale", "two", "three"])
    of = of.with_content(version="2", scales=[option_scale("answer", codes)], **content)
    of = of.with_scoring(points={"answer": {code: at for at, code in enumerate(codes)}})
    crosswalk = {"framework": "made-up", "from": "1", "to": "2", "pairs": PAIRS, "withdrawn": ["gone"]}
    return parse_framework({**of.files, "crosswalk.yaml": written(crosswalk)})


def test_answers_to_the_same_and_to_reworded_questions_are_suggested_with_where_they_come_from() -> None:
    previous = dict.fromkeys(OLDER.questions, "partly")

    assert suggest_answers(newer(), OLDER, previous) == {
        "kept": SuggestedAnswer("partly", "same", "kept"),
        "said_anew": SuggestedAnswer("partly", "reworded", "said_otherwise"),
    }


def test_an_answer_that_is_no_longer_in_the_scale_is_not_suggested() -> None:
    assert suggest_answers(newer(("no", "yes")), OLDER, {"kept": "partly", "said_otherwise": "yes"}) == {
        "said_anew": SuggestedAnswer("yes", "reworded", "said_otherwise")
    }


@pytest.mark.parametrize("state", [Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_SHOWN])
def test_what_was_missing_is_not_suggested(state: Missing) -> None:
    assert suggest_answers(newer(), OLDER, {"kept": state}) == {}


def test_not_applicable_is_suggested_where_it_is_still_offered() -> None:
    before = {"kept": Missing.NOT_APPLICABLE}

    assert suggest_answers(newer(), OLDER, before)["kept"].answer is Missing.NOT_APPLICABLE
    assert suggest_answers(newer(missing_refused=["not_applicable"]), OLDER, before) == {}


def test_everything_is_suggested_within_one_version() -> None:
    previous: dict[str, Answer] = {"plan": "yes", "beds": 12.0, "visits": 0.0, "remark": Missing.DONT_KNOW}

    suggested = suggest_answers(FRAMEWORK, FRAMEWORK, previous)

    assert {question: one.answer for question, one in suggested.items()} == {"plan": "yes", "beds": 12.0, "visits": 0.0}
    assert {(one.comparability, one.previous_question) for one in suggested.values()} == {
        ("same", "plan"), ("same", "beds"), ("same", "visits"),
    }  # fmt: skip


@pytest.mark.parametrize("number", [-1.0, 51.0, 2.5, float("nan"), float("inf")])
def test_a_number_out_of_its_range_is_not_suggested(number: float) -> None:
    assert suggest_answers(FRAMEWORK, FRAMEWORK, {"beds": number}) == {}


def test_a_word_is_not_suggested_for_a_number_nor_a_number_for_a_word() -> None:
    assert suggest_answers(FRAMEWORK, FRAMEWORK, {"beds": "yes", "plan": 1.0}) == {}


def test_versions_without_a_crosswalk_suggest_nothing_but_say_so() -> None:
    with pytest.raises(FrameworkMismatch, match="no crosswalk between made-up@3 and made-up@1"):
        suggest_answers(draft().with_content(version="3").framework, OLDER, {})


ROWS = [
    IndicatorRow("RAA", "beds", " 12 "),
    IndicatorRow("RAA", "plan", "yes"),
    IndicatorRow("RBB", "plan", "Partly"),
    IndicatorRow("RBB", "beds", ""),
]


def test_an_existing_return_suggests_answers_for_each_organisation() -> None:
    assert suggest_from_indicators(FRAMEWORK, ROWS) == {
        "RAA": {"beds": SuggestedAnswer(12.0), "plan": SuggestedAnswer("yes")},
        "RBB": {"plan": SuggestedAnswer("partly")},
    }


def test_of_the_missing_answers_in_a_return_only_not_applicable_is_suggested() -> None:
    rows = [IndicatorRow("RAA", "beds", "not_applicable"), IndicatorRow("RAA", "plan", "dont_know")]

    assert suggest_from_indicators(FRAMEWORK, rows) == {"RAA": {"beds": SuggestedAnswer(Missing.NOT_APPLICABLE)}}


def test_a_missing_answer_that_is_refused_is_not_suggested() -> None:
    refusing = collected(missing_refused=["not_applicable"]).framework

    assert suggest_from_indicators(refusing, [IndicatorRow("RAA", "beds", "not_applicable")]) == {}


def test_every_problem_of_a_return_is_told_with_its_line() -> None:
    rows = [
        *ROWS,
        IndicatorRow("RAA", "bedz", "3"),
        IndicatorRow(" ", "beds", "3"),
        IndicatorRow("RCC", "beds", "many"),
        IndicatorRow("RCC", "visits", "51"),
        IndicatorRow("RAA", "plan", "no"),
        IndicatorRow("RBB", "beds", "4"),
    ]

    with pytest.raises(AnswersProblems) as caught:
        suggest_from_indicators(FRAMEWORK, rows, file="return.csv")

    assert [str(problem) for problem in caught.value.problems] == [
        "return.csv:6: in made-up@1 there is no question 'bedz'. Did you mean 'beds'?",
        "return.csv:7: there is no organisation code.",
        (
            "return.csv:8: RCC: 'many' is no answer to 'beds'. There are: a number in its range; "
            "or not_answered, dont_know, not_applicable, not_shown."
        ),
        (
            "return.csv:9: RCC: '51' is no answer to 'visits'. There are: a number in its range; "
            "or not_answered, dont_know, not_applicable, not_shown."
        ),
        "return.csv:10: RAA has 'plan' twice. Keep one.",
        "return.csv:11: RBB has 'beds' twice. Keep one.",
    ]


def test_lines_are_counted_from_where_the_rows_begin() -> None:
    with pytest.raises(AnswersProblems, match=r"indicators:5: there is no organisation code\."):
        suggest_from_indicators(FRAMEWORK, [IndicatorRow("", "beds", "3")], first_line=5)


def test_a_return_without_rows_suggests_nothing() -> None:
    assert suggest_from_indicators(FRAMEWORK, []) == {}
