# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.frameworks import Draft, Return, answer_table, draft, number_scale
from tests.support.strategies import drafts_and_returns
from trigpoint.errors import AnswersProblems, FrameworkMismatch, Problem
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.tidy import TIDY_COLUMNS, number_text, read_answer, read_tidy, tidy_answers


def made() -> Draft:
    one = draft(("q1", "q2", "share"))
    questions = one.content["questions"]
    questions[1]["shown_when"] = {"question": "q1", "answers": ["yes"]}
    questions[2]["scale"] = "percent"
    with_number = one.with_content(
        scales=[*one.content["scales"], number_scale("percent", 0, maximum=100)],
        care_settings=[{"id": "acute", "title": "Acute"}, {"id": "community", "title": "Community"}],
    )
    return with_number.with_scoring(points={**one.scoring["points"], "percent": [[0, 0], [50, 100]]})


FRAMEWORK = made().framework


def table() -> AnswerTable:
    return build_answers(
        FRAMEWORK,
        [
            (
                Unit("RX1", "Acute", 'Trust "A", of Z', ("acute", "community")),
                {"q1": "yes", "q2": Missing.DONT_KNOW, "share": 12.5},
            ),
            (Unit("RX2"), {"q1": "no", "share": Missing.NOT_APPLICABLE}),
        ],
    )


def read(**columns: list[str | None]) -> AnswerTable:
    return read_tidy(columns, FRAMEWORK, file="f.csv")


def problems(**columns: list[str | None]) -> list[str]:
    with pytest.raises(AnswersProblems) as caught:
        read(**columns)
    return [str(problem) for problem in caught.value.problems]


def test_a_table_is_one_row_for_each_unit_and_question() -> None:
    columns = tidy_answers(table(), FRAMEWORK)

    assert tuple(columns) == TIDY_COLUMNS
    assert columns["organisation"] == ["RX1"] * 3 + ["RX2"] * 3
    assert columns["care_settings"] == ["acute;community"] * 3 + [""] * 3
    assert columns["question"] == ["q1", "q2", "share"] * 2
    assert columns["answer"] == ["yes", None, "12.5", "no", None, None]
    assert columns["missing"] == [None, "dont_know", None, None, "not_shown", "not_applicable"]
    assert columns["framework"] == ["made-up@1"] * 6
    assert columns["framework_hash"] == [FRAMEWORK.hash] * 6
    assert columns["round"] == ["2020"] * 6


def test_a_table_read_back_is_the_same_table() -> None:
    again = read_tidy(tidy_answers(table(), FRAMEWORK), FRAMEWORK)

    assert again.hash == table().hash
    assert again.units == table().units


@given(drafts_and_returns())
def test_any_table_of_any_framework_read_back_is_the_same_table(made: tuple[Draft, list[Return]]) -> None:
    framework = made[0].framework
    answers = answer_table(framework, made[1])

    assert read_tidy(tidy_answers(answers, framework), framework).hash == answers.hash


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_is_the_same_number_read(number: float) -> None:
    assert float(Decimal(number_text(number))) == number


@pytest.mark.parametrize(
    ("number", "text"), [(84.0, "84"), (0.0, "0"), (-3.0, "-3"), (0.1, "0.1"), (1234567.0, "1234567"), (1e16, "1e+16")]
)
def test_numbers_are_written_as_people_write_them(number: float, text: str) -> None:
    assert number_text(number) == text


def test_only_organisation_question_and_answer_are_needed() -> None:
    answers = read(organisation=["RX1", "RX1"], question=["q1", "share"], answer=["yes", "50"])

    assert answers.units == (Unit("RX1"),)
    assert answers.round == "2020"
    assert [answers.answer(0, question, FRAMEWORK) for question in FRAMEWORK.questions] == [
        "yes",
        Missing.NOT_ANSWERED,
        50.0,
    ]


def test_a_question_that_is_left_out_is_not_shown_where_routing_hides_it() -> None:
    answers = read(organisation=["RX1", "RX1"], question=["q1", "q2"], answer=["no", None])

    assert answers.answer(0, "q2", FRAMEWORK) is Missing.NOT_SHOWN


def test_an_answer_that_was_given_stands_even_where_the_question_is_hidden() -> None:
    answers = read(organisation=["RX1", "RX1"], question=["q1", "q2"], answer=["no", "partly"])

    assert answers.answer(0, "q2", FRAMEWORK) == "partly"


def test_the_round_is_taken_from_the_file() -> None:
    assert read(organisation=["RX1"], question=["q1"], answer=["no"], round=["pilot"]).round == "pilot"
    assert read(organisation=["RX1"], question=["q1"], answer=["no"], round=[None]).round == "2020"


def test_blanks_around_codes_and_care_settings_do_not_count() -> None:
    answers = read(
        organisation=[" RX1 "],
        question=["q1"],
        answer=[" yes "],
        care_setting=[" "],
        care_settings=["acute; community;"],
    )

    assert answers.units == (Unit("RX1", care_settings=("acute", "community")),)


@pytest.mark.parametrize("answer", ["yes", "Yes", "YES"])
def test_an_answer_may_be_its_label(answer: str) -> None:
    assert read(organisation=["RX1"], question=["q1"], answer=[answer]).answer(0, "q1", FRAMEWORK) == "yes"


@pytest.mark.parametrize("state", list(Missing))
def test_a_missing_state_may_stand_in_either_column_or_both(state: Missing) -> None:
    for answer, missing in ((state.value, None), (None, state.value), (state.value, state.value), ("", state.value)):
        assert read_answer(FRAMEWORK, "q1", answer, missing) is state


@pytest.mark.parametrize(
    ("answer", "missing"), [("yes", "dont_know"), (None, "perhaps"), ("dont_know", "not_answered"), ("yes", "x")]
)
def test_an_answer_that_is_also_missing_is_a_problem(answer: str | None, missing: str) -> None:
    message = f"'q1' has the answer {answer or ''!r} and is missing as {missing!r}. Keep one."

    assert read_answer(FRAMEWORK, "q1", answer, missing) == Problem("", None, None, message)


def test_two_blanks_say_nothing() -> None:
    assert read_answer(FRAMEWORK, "q1", " ", None) is None


@pytest.mark.parametrize("text", ["100.5", "-1", "much", "1e999999999", "inf"])
def test_a_number_outside_its_range_is_a_problem(text: str) -> None:
    states = "not_answered, dont_know, not_applicable, not_shown"
    message = f"{text!r} is no answer to 'share'. There are: a number in its range; or {states}."

    assert read_answer(FRAMEWORK, "share", text, None) == Problem("", None, None, message)


def test_columns_that_are_needed_and_not_there_are_all_told() -> None:
    needed = "Needed are organisation, question, answer."
    assert problems(name=["x"]) == [
        f"f.csv:1: there is no column {name!r}. {needed}" for name in ("organisation", "question", "answer")
    ]


def test_columns_without_rows_are_a_problem() -> None:
    assert problems(organisation=[], question=[], answer=[]) == ["f.csv: the file has no answers."]


def test_every_problem_is_told_with_its_line() -> None:
    found = problems(
        organisation=["RX1", "RX1", "RX1", None, "RX2", "RX2"],
        name=["A", "B", "A", None, None, None],
        question=["q1", "q2", "q1", "q1", None, "q9"],
        answer=["yes", "maybe", "no", "no", "no", "no"],
        care_settings=[None, None, None, None, "wards", "wards"],
    )

    states = "not_answered, dont_know, not_applicable, not_shown"
    assert found == [
        "f.csv:3: RX1 General has another name or care settings above.",
        f"f.csv:3: RX1 General: 'maybe' is no answer to 'q2'. There are: no, partly, yes; or {states}.",
        "f.csv:4: RX1 General answers 'q1' twice. Keep one.",
        "f.csv:5: there is no organisation code.",
        "f.csv:6: in made-up@1 there is no care setting 'wards'. There are: acute, community.",
        "f.csv:6: in made-up@1 there is no question ''. There are: q1, q2, share.",
        "f.csv:7: in made-up@1 there is no question 'q9'. There are: q1, q2, share.",
    ]


def test_the_lines_of_the_file_may_be_given() -> None:
    with pytest.raises(AnswersProblems) as caught:
        read_tidy(
            {"organisation": ["RX1", "RX1"], "question": ["q1", "q9"], "answer": ["yes", "no"]},
            FRAMEWORK,
            lines=[2, 7],
        )

    assert [problem.line for problem in caught.value.problems] == [7]


def test_answers_of_several_rounds_are_not_mixed() -> None:
    found = problems(organisation=["RX1", "RX2"], question=["q1"] * 2, answer=["no"] * 2, round=["2021", "2020"])

    assert found == ["f.csv: the answers are of several rounds: 2020, 2021. Make a file of each."]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"framework": [None, "other@2"]},
            (
                "f.csv: these answers were collected with other@2, not made-up@1. Score them with --framework other@2; "
                "to use another version's rules add --rules made-up@1."
            ),
        ),
        (
            {"framework": ["made-up@1", None], "framework_hash": ["0" * 64, None]},
            (
                "f.csv: these answers were collected with other content of made-up@1 (hash 000000000000, not "
                f"{FRAMEWORK.hash[:12]}). Use the framework files they were collected with, or ingest them again."
            ),
        ),
    ],
)
def test_answers_to_another_framework_are_refused(columns: dict[str, Any], message: str) -> None:
    with pytest.raises(FrameworkMismatch) as caught:
        read(organisation=["RX1", "RX2"], question=["q1", "q1"], answer=["no", "no"], **columns)

    assert str(caught.value) == message
