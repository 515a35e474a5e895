# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.frameworks import LEAVE_OUT, draft, number_scale
from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import AnswerOption, Scale
from trigpoint.submissions.cells import CellReader, CellReading, code_spelled
from trigpoint.submissions.intake_report import Finding, Reading
from trigpoint.submissions.missing import Missing

OPTIONS = {
    "id": "answer",
    "title": "Answer",
    "answers": [
        {"code": "no", "label": "No", "published": ["Not at all"]},
        {"code": "partly", "label": "Partly"},
        {"code": "mostly", "label": "Mostly"},
        {"code": "yes", "label": "Yes"},
    ],
}
# Two answers are worth 50, so a score of 50 does not say which it was.
POINTS = {"no": 0, "partly": 50, "mostly": 50, "yes": 100}


def framework(dont_know: str = "leave_out", not_answered: str = "leave_out") -> Framework:
    made = draft(("q1",), points={"answer": POINTS})
    missing = {**LEAVE_OUT, "dont_know": dont_know, "not_answered": not_answered}
    return made.with_content(scales=[OPTIONS]).with_scoring(missing=missing).framework


def number_framework() -> Framework:
    made = draft(("q1",), points={"answer": [[0, 0], [10, 40], [50, 100]]})
    return made.with_content(scales=[number_scale("answer", 0, maximum=100, whole=True)]).framework


def reader(framework: Framework, reading: Reading = Reading.SCORE, question: str = "q1") -> CellReader:
    return CellReader(framework, framework.questions[question], reading)


@pytest.mark.parametrize(
    ("text", "score", "answer"),
    [
        ("No", "0", "no"),
        (" yes ", "100", "yes"),
        ("NOT AT ALL", "0.0", "no"),
        ("Partly", "50", "partly"),
        ("Mostly", "50", "mostly"),
        ("", "", Missing.NOT_ANSWERED),
        ("  ", " ", Missing.NOT_ANSWERED),
        ("N/A", "Not scored", Missing.NOT_APPLICABLE),
        ("not applicable", "", Missing.NOT_APPLICABLE),
        ("Don't Know", "", Missing.DONT_KNOW),
        ("Don’t know", "", Missing.DONT_KNOW),
    ],
)
def test_text_and_score_that_agree_are_read_without_a_finding(text: str, score: str, answer: str | Missing) -> None:
    assert reader(framework()).read(text, score) == CellReading(answer)


@pytest.mark.parametrize(
    ("text", "score", "by_score", "by_text", "finding"),
    [
        ("No", "100", "yes", "no", Finding.CONTRADICTION),
        ("43593", "0", "no", Missing.NOT_ANSWERED, Finding.DAMAGED),
        ("", "0", "no", Missing.NOT_ANSWERED, Finding.CONTRADICTION),
        ("N/A", "100", "yes", Missing.NOT_APPLICABLE, Finding.CONTRADICTION),
        # An answer without a score was left out of the published scores.
        ("Yes", "", Missing.NOT_ANSWERED, "yes", Finding.CONTRADICTION),
        # 50 is the score of two answers and 7 of none: only the text says what it was.
        ("Yes", "50", "yes", "yes", Finding.CONTRADICTION),
        ("Yes", "7", "yes", "yes", Finding.CONTRADICTION),
        ("Yes", "many", "yes", "yes", Finding.CONTRADICTION),
    ],
)
def test_where_text_and_score_disagree_the_reading_decides(
    text: str, score: str, by_score: str | Missing, by_text: str | Missing, finding: Finding
) -> None:
    message = f"the answer {text!r} has the item score {score!r} in the file"

    assert reader(framework(), Reading.SCORE).read(text, score) == CellReading(by_score, finding, message)
    assert reader(framework(), Reading.TEXT).read(text, score) == CellReading(by_text, finding, message)


@pytest.mark.parametrize("score", ["", "not scored", "50", "7"])
def test_a_cell_that_neither_text_nor_score_explain_is_not_guessed(score: str) -> None:
    for reading in Reading:
        read = reader(framework(), reading).read("Perhaps", score)

        assert (read.answer, read.finding) == (None, None)
        assert read.message == f"'Perhaps' is not in the scale of 'q1' and the item score {score!r} doesn't say"


def test_a_dont_know_that_counts_as_zero_has_a_score_of_zero() -> None:
    zero = framework(dont_know="zero")

    assert reader(zero).read("Don't know", "0") == CellReading(Missing.DONT_KNOW)
    assert reader(framework()).read("Don't know", "0").answer == "no"  # the file scored it, against the rules
    assert reader(zero).read("Don't know", "").finding is Finding.CONTRADICTION


def test_a_blank_answer_has_a_blank_score_even_where_it_counts_as_zero() -> None:
    zero = framework(not_answered="zero")

    assert reader(zero).read("", "") == CellReading(Missing.NOT_ANSWERED)
    assert reader(zero).read("", "0").finding is Finding.CONTRADICTION


def test_without_a_score_column_the_text_alone_says_it() -> None:
    assert reader(framework()).read("Partly", None).answer == "partly"
    assert reader(framework()).read("Perhaps", None) == CellReading(
        None, message="'Perhaps' is not in the scale of 'q1'"
    )


def test_an_unscored_questions_score_cell_is_not_looked_at() -> None:
    made = draft(("q1",), points={"answer": POINTS}).with_content(scales=[OPTIONS])
    questions = [*made.content["questions"], {"id": "q2", "scale": "answer", "text": "q2"}]

    assert reader(made.with_content(questions=questions).framework, question="q2").read("Yes", "0").answer == "yes"


@pytest.mark.parametrize(
    ("text", "score", "answer", "finding"),
    [
        ("10", "40", 10.0, None),
        ("49", "40", 49.0, None),
        ("100", "100", 100.0, None),
        ("9", "0", 9.0, None),
        ("50", "40", 50.0, Finding.CONTRADICTION),
        ("", "", Missing.NOT_ANSWERED, None),
    ],
)
def test_a_number_agrees_with_the_points_of_its_threshold(
    text: str, score: str, answer: float | Missing, finding: Finding | None
) -> None:
    read = reader(number_framework()).read(text, score)

    assert (read.answer, read.finding) == (answer, finding)


@pytest.mark.parametrize("text", ["101", "-1", "1.5", "nan", "inf", "1e999999999", "ten"])
def test_a_number_outside_its_range_is_no_answer(text: str) -> None:
    assert reader(number_framework()).read(text, "").answer is None


SPELLED = Scale("s", "S", (AnswerOption("first", "a"), AnswerOption("other", "Not applicable", ("None of these",))))


@pytest.mark.parametrize(
    ("text", "code"), [("a", "first"), (" A ", "first"), ("none of THESE", "other"), ("b", None), ("", None)]
)
def test_an_answer_is_found_by_its_label_or_a_published_spelling_in_any_capitals(text: str, code: str | None) -> None:
    assert code_spelled(SPELLED, text) == code


def test_an_answer_of_the_scale_is_not_taken_for_a_missing_one() -> None:
    options = {**OPTIONS, "answers": [*OPTIONS["answers"], {"code": "none", "label": "Not applicable"}]}
    own = draft(("q1",), points={"answer": {**POINTS, "none": 30}}).with_content(scales=[options]).framework

    assert reader(own).read("Not applicable", "30") == CellReading("none")
    assert reader(own).read("N/A", "") == CellReading(Missing.NOT_APPLICABLE)


@given(text=st.text(max_size=12), score=st.none() | st.text(max_size=6) | st.sampled_from(["", "0", "50", "100"]))
def test_any_text_is_read_or_refused_and_never_stops_the_reader(text: str, score: str | None) -> None:
    for own in (framework(), number_framework()):
        for reading in Reading:
            one = reader(own, reading)
            read = one.read(text, score)

            assert read == one.read(text, score)
            assert read.answer is not None or read.message
            assert read.finding is None or read.answer is not None
