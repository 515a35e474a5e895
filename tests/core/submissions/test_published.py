# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.frameworks import Draft, draft, option_scale
from trigpoint.errors import AnswersProblems, Problem
from trigpoint.frameworks import Framework
from trigpoint.submissions.intake_report import Finding, IntakeLine, Reading
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.published import Intake, PublishedLayout, take_in, wording_hash
from trigpoint.submissions.units import Unit

ORIGINAL = "The original   wording\nof the SECOND question "
HEADING = ("organisation_name", "organisation_id", "flag", "q1", "", ORIGINAL.strip(), "", "total")
FLAGS = PublishedLayout(setting_flags={"acute": "flag"}, ignored=frozenset({"total"}))


def made() -> Draft:
    """A flag for acute care in column 2; q1 with its score behind it; q2 with its score before it."""
    one = draft(("q1", "q2"))
    first, second = one.content["questions"]
    flag: dict[str, Any] = {"id": "flag", "scale": "tick", "text": "flag"}
    flag["published"] = {"column": 2, "answer_column": 2, "text_sha256": "0" * 64}
    first["published"] = {"column": 3, "answer_column": 3, "score_column": 4, "text_sha256": "1" * 64}
    second["published"] = {
        "column": 5,
        "answer_column": 6,
        "score_column": 5,
        "text_sha256": wording_hash("the original wording of the second question"),
    }
    scales = [*one.content["scales"], option_scale("tick", ["ticked", "unticked"])]
    return one.with_content(
        scales=scales, questions=[flag, first, second], care_settings=[{"id": "acute", "title": "Acute"}]
    )


FRAMEWORK = made().framework
GOOD = ("Trust", "RX1", "ticked", "yes", "100", "50", "partly", "88")


def rows(*cells: Sequence[str], heading: Sequence[str] = HEADING) -> list[tuple[int, Sequence[str]]]:
    return list(enumerate((heading, *cells), start=1))


def taken(*cells: Sequence[str], layout: PublishedLayout = FLAGS, reading: Reading = Reading.SCORE) -> Intake:
    return take_in(rows(*cells), FRAMEWORK, layout, reading=reading, file="f.csv")


def problems(given: list[tuple[int, Sequence[str]]], framework: Framework = FRAMEWORK) -> list[str]:
    with pytest.raises(AnswersProblems) as caught:
        take_in(given, framework, FLAGS, file="f.csv")
    return [str(problem) for problem in caught.value.problems]


def changed(row: Sequence[str], **cells: str) -> list[str]:
    """A row with other cells: at_3="x" puts x into column 3."""
    new = list(row)
    for at, cell in cells.items():
        new[int(at.removeprefix("at_"))] = cell
    return new


def test_answers_are_found_by_our_wording_and_by_the_hash_of_the_originals() -> None:
    intake = taken(GOOD)

    assert intake.answers.units == (Unit("RX1", "General", "Trust", ("acute",)),)
    assert [intake.answers.answer(0, question, FRAMEWORK) for question in ("flag", "q1", "q2")] == [
        "ticked",
        "yes",
        "partly",
    ]
    assert intake.report == ()


def test_columns_are_found_wherever_they_stand() -> None:
    order = (7, 5, 6, 3, 4, 1, 0, 2)
    moved = [tuple(row[at] for at in order) for row in (HEADING, GOOD)]

    intake = take_in(list(enumerate(moved, start=1)), FRAMEWORK, FLAGS)

    assert intake.answers.hash == taken(GOOD).answers.hash


def test_white_space_and_capitals_do_not_change_a_wordings_hash() -> None:
    assert wording_hash(" A  b\n\tC ") == wording_hash("a b c")
    assert wording_hash("a b c") != wording_hash("a b d")


def test_a_disagreement_is_a_line_with_its_place_and_what_was_taken() -> None:
    intake = taken(changed(GOOD, at_3="no"))

    assert intake.report == (
        IntakeLine(
            Finding.CONTRADICTION,
            2,
            "RX1",
            "General",
            "the answer 'no' has the item score '100' in the file; taken as yes",
            question="q1",
            column=4,
            text="no",
            score="100",
            taken="yes",
        ),
    )


def test_the_other_reading_takes_the_text_and_still_makes_the_line() -> None:
    intake = taken(changed(GOOD, at_6="", at_5="100"), reading=Reading.TEXT)

    (line,) = intake.report
    assert (line.taken, line.column, line.text, line.score) == ("not_answered", 7, "", "100")
    assert intake.answers.answer(0, "q2", FRAMEWORK) is Missing.NOT_ANSWERED


def test_a_layout_with_a_care_setting_column_names_the_return_for_it() -> None:
    layout = PublishedLayout(care_setting="total")
    given = [changed(GOOD, at_7=" Acute "), changed(GOOD, at_7="")]

    intake = take_in(rows(*given), FRAMEWORK, layout)

    assert [unit.care_setting for unit in intake.answers.units] == ["Acute", "General"]
    assert intake.answers.units[0].care_settings == ("acute",)


def test_a_flag_that_is_blank_means_that_the_care_is_not_given() -> None:
    assert taken(changed(GOOD, at_2="")).answers.units[0].care_settings == ()


def test_no_rows_at_all_are_an_empty_file() -> None:
    assert problems([]) == ["f.csv: the file is empty: no heading and no returns."]


def test_a_heading_alone_has_no_returns() -> None:
    assert problems(rows()) == ["f.csv: the file has a heading and no returns."]


def test_rows_of_another_width_are_each_told() -> None:
    assert problems(rows(GOOD[:5], GOOD, (*GOOD, "more"))) == [
        f"f.csv:{line}: {cells} cells where the heading has 8: the row is cut short or has a stray comma or quote."
        for line, cells in ((2, 5), (4, 9))
    ]


def test_problems_of_the_heading_name_the_line_it_stands_on() -> None:
    below = [(line + 2, row) for line, row in rows(GOOD, heading=changed(HEADING, at_1="code"))]

    assert {one.split(":")[1] for one in problems(below)} == {"3"}


def test_problems_of_the_heading_and_of_the_rows_widths_come_together() -> None:
    found = problems(rows(GOOD[:5], heading=changed(HEADING, at_1="code")))

    assert found == [
        "f.csv:1: there is no column 'organisation_id'. Is this a file of made-up@1?",
        "f.csv:1:2: the column 'code' is no question of made-up@1. Take it out, or add the question.",
        "f.csv:2: 5 cells where the heading has 8: the row is cut short or has a stray comma or quote.",
    ]


def test_a_renamed_question_is_told_from_both_sides() -> None:
    assert problems(rows(GOOD, heading=changed(HEADING, at_3="Question one"))) == [
        "f.csv:1: no column has the wording of the question 'q1'. Was it renamed?",
        "f.csv:1:4: the column 'Question one' is no question of made-up@1. Take it out, or add the question.",
    ]


def test_when_most_questions_are_absent_it_is_another_rounds_file() -> None:
    heading = changed(HEADING, at_2="a", at_3="b")

    assert problems(rows(GOOD, heading=heading)) == [
        "f.csv:1: 2 questions of made-up@1 have no column: another round's file?"
    ]


def test_a_heading_that_stands_twice_is_not_read_from_either() -> None:
    heading = (*HEADING, "q1", "", "organisation_id")

    assert problems(rows((*GOOD, "no", "0", "RX2"), heading=heading)) == [
        "f.csv:1:9: the column 'q1' stands twice. Keep one.",
        "f.csv:1:11: the column 'organisation_id' stands twice. Keep one.",
    ]


@pytest.mark.parametrize("taken_out", [4, 6])
def test_the_column_beside_a_question_must_be_there(taken_out: int) -> None:
    short = [[*row[:taken_out], *row[taken_out + 1 :]] for row in (HEADING, GOOD)]
    question, column = ("q1", 4) if taken_out == 4 else ("q2", 6)

    assert problems(list(enumerate(short, start=1))) == [
        (
            f"f.csv:1:{column}: beside the question {question!r} there is no column without a heading for its answers "
            "or item scores. Was a column taken out or moved?"
        )
    ]


def test_a_question_in_the_last_column_without_its_answers_is_told() -> None:
    short = [row[:6] for row in (HEADING, GOOD)]

    (problem,) = problems(list(enumerate(short, start=1)))

    assert problem.startswith("f.csv:1:6: beside the question 'q2' ")


def test_cells_that_can_not_be_understood_and_twins_come_together() -> None:
    bad = changed(GOOD, at_2="perhaps", at_3="perhaps", at_4="")

    with pytest.raises(AnswersProblems) as caught:
        taken(GOOD, bad)

    advice = "Correct the cell, or add the answer to the scale."
    assert list(caught.value.problems) == [
        Problem("f.csv", 3, 3, f"RX1: 'perhaps' is not in the scale of 'flag'. {advice}"),
        Problem(
            "f.csv", 3, 4, f"RX1: 'perhaps' is not in the scale of 'q1' and the item score '' doesn't say. {advice}"
        ),
        Problem("f.csv", 3, None, "RX1 General stands twice, first on line 2. Keep the return that counts."),
    ]


def test_questions_without_a_place_in_the_file_are_not_answered() -> None:
    questions = [*FRAMEWORK_DRAFT.content["questions"], {"id": "q3", "measure": "all", "scale": "answer", "text": "q3"}]
    more = FRAMEWORK_DRAFT.with_content(questions=questions).framework

    intake = take_in(rows(GOOD), more, FLAGS)

    assert intake.answers.answer(0, "q3", more) is Missing.NOT_ANSWERED


FRAMEWORK_DRAFT = made()
