# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.questionnaires import (
    BEDS,
    PLAN,
    STRATEGY,
    Edits,
    Formula,
    cell_of,
    refilled,
    small_framework,
    small_questionnaire,
    spoilt,
)
from trigpoint.errors import AnswersProblems, FileTrouble, TooLarge
from trigpoint.io.questionnaire_upload import read_questionnaire_workbook
from trigpoint.io.questionnaire_workbook import build_questionnaire_workbook
from trigpoint.io.spreadsheet_cells import SheetCell, SheetRows
from trigpoint.io.spreadsheet_parts import LARGEST_UPLOAD
from trigpoint.submissions import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import CurrentAnswer, Questionnaire
from trigpoint.submissions.read_rows import AnswerRow, preview_changes

FORM = small_questionnaire()
RAW = build_questionnaire_workbook(FORM)
ANSWER = {place: cell_of(RAW, sheet, place.question, "Answer") for sheet, place in (("Acute", BEDS), ("Acute", PLAN))}
ANSWER[STRATEGY] = cell_of(RAW, "Organisation", "strategy", "Answer")
NOTE = {STRATEGY: cell_of(RAW, "Organisation", "strategy", "Note"), BEDS: cell_of(RAW, "Acute", "beds", "Note")}


def rows(raw: bytes, expected: Questionnaire = FORM) -> Mapping[AnswerPlace, AnswerRow]:
    return {row.place: row for row in read_questionnaire_workbook(raw, expected).rows}


def problems(raw: bytes, expected: Questionnaire = FORM) -> list[str]:
    with pytest.raises(AnswersProblems) as refused:
        read_questionnaire_workbook(raw, expected, file="ours.xlsx")
    return [str(one).removeprefix("ours.xlsx: ") for one in refused.value.problems]


def test_a_file_nobody_touched_says_what_it_said_and_changes_nothing() -> None:
    read = read_questionnaire_workbook(RAW, FORM)

    assert (read.ref, read.hash, read.round, read.organisation) == (
        FORM.framework.ref,
        FORM.framework.hash,
        "2026",
        "RXX",
    )
    assert rows(RAW)[STRATEGY] == AnswerRow(STRATEGY, 3, "partly", "See the minutes", "partly", "See the minutes")
    assert rows(RAW)[PLAN] == AnswerRow(PLAN, None, Missing.NOT_ANSWERED, "", Missing.NOT_ANSWERED, "")
    assert rows(RAW)[AnswerPlace("community", "plan")].note == "=1+1"
    assert len(read.rows) == 6
    assert preview_changes(FORM.answers, read) == ()


def test_what_another_program_saved_reads_the_same() -> None:
    assert rows(refilled(RAW)) == rows(RAW)
    assert rows(refilled(RAW, keep_properties=False)) == rows(RAW)


def test_a_file_is_read_from_disk_as_from_memory(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_bytes(RAW)

    assert read_questionnaire_workbook(tmp_path / "q.xlsx", FORM) == read_questionnaire_workbook(RAW, FORM)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.xlsx").write_bytes(bytes(LARGEST_UPLOAD + 1))

    with pytest.raises(FileTrouble, match="No such file"):
        read_questionnaire_workbook(tmp_path / "none.xlsx", FORM)
    with pytest.raises(TooLarge, match=r"large\.xlsx: a questionnaire has at most 5 MB"):
        read_questionnaire_workbook(tmp_path / "large.xlsx", FORM)


def test_a_file_is_called_by_its_name_and_an_upload_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_bytes(b"no")

    with pytest.raises(AnswersProblems, match=r"^q\.xlsx: can't be read"):
        read_questionnaire_workbook(tmp_path / "q.xlsx", FORM)
    with pytest.raises(AnswersProblems, match=r"^the upload: can't be read"):
        read_questionnaire_workbook(b"no", FORM)


@pytest.mark.parametrize(
    ("place", "typed", "answer"),
    [
        (STRATEGY, " YES ", "yes"),
        (STRATEGY, "don't know", Missing.DONT_KNOW),
        (STRATEGY, None, Missing.NOT_ANSWERED),
        (BEDS, 41, 41.0),
        (BEDS, "41", 41.0),
        (BEDS, "Not applicable", Missing.NOT_APPLICABLE),
        (PLAN, "no", "no"),
    ],
)
def test_what_was_typed_over_is_read_and_previewed(place: AnswerPlace, typed: Any, answer: Any) -> None:
    read = read_questionnaire_workbook(refilled(RAW, {ANSWER[place]: typed}), FORM)

    (change,) = preview_changes(FORM.answers, read)

    before = FORM.answers[place].answer if place in FORM.answers else Missing.NOT_ANSWERED
    assert (change.place, change.answer_from, change.answer_to, change.is_conflict) == (place, before, answer, False)


@pytest.mark.parametrize(
    ("typed", "note"), [("=1+1", "=1+1"), ("'=1+1", "=1+1"), ("'tis", "'tis"), (2026, "2026"), (2.5, "2.5"), (None, "")]
)
def test_a_note_is_taken_as_it_was_typed(typed: str | float | None, note: str) -> None:
    assert rows(refilled(RAW, {NOTE[STRATEGY]: typed}))[STRATEGY].note == note


def test_every_problem_is_told_by_sheet_and_cell_in_one_go() -> None:
    edits: Edits = {
        ANSWER[STRATEGY]: "Maybe",
        ANSWER[PLAN]: Formula("=1+1", 2),
        ANSWER[BEDS]: 901,
        NOTE[STRATEGY]: "fine",
    }

    found = problems(refilled(RAW, edits))

    no_answer = "is not an answer to this question;"
    assert found == [
        f"{ANSWER[STRATEGY]}: 'Maybe' {no_answer} choose one of no, partly, yes, Don't know, Not applicable.",
        f"{ANSWER[PLAN]}: a formula stands here. Type what it comes to.",
        f"{ANSWER[BEDS]}: '901' {no_answer} type a whole number from 0 to 900, or Don't know, or Not applicable.",
    ]


def test_a_formula_is_no_note() -> None:
    assert problems(refilled(RAW, {NOTE[BEDS]: Formula("=NA()", "#N/A")})) == [
        f"{NOTE[BEDS]}: a formula stands here. Type what it comes to."
    ]


def test_a_cell_that_is_an_error_is_told() -> None:
    assert problems(spoilt(RAW, ANSWER[BEDS])) == [f"{ANSWER[BEDS]}: the error #REF! stands here, not an answer."]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"round": "2025"}, "was made for another round: '2026', not '2025'. Take a new download."),
        ({"organisation": "RYY"}, "was made for another organisation: 'RXX', not 'RYY'. Take a new download."),
    ],
)
def test_a_file_of_something_else_is_refused_and_nothing_else_is_said(changes: dict[str, str], said: str) -> None:
    assert problems(refilled(RAW, {ANSWER[BEDS]: "x"}), replace(FORM, **changes)) == [said]  # type: ignore[arg-type]


def test_a_file_of_another_framework_or_state_of_it_is_refused() -> None:
    other = small_questionnaire(small_framework(version="2", title="Another"))

    said = problems(RAW, other)

    assert said[0] == "was made for another framework: 'made-up@1', not 'made-up@2'. Take a new download."
    assert said[1].startswith("was made for another state of the framework: ")


def test_a_file_that_does_not_say_what_it_belongs_to_is_refused() -> None:
    raw = refilled(RAW, keep_properties=False, change=lambda sheets: sheets[1:])

    assert problems(raw)[3] == "does not say its round. Take a new download and copy your answers into it."
    assert len(problems(raw)) == 5


def test_a_form_of_nobody_is_not_read_back() -> None:
    nobody = small_questionnaire(organisation=None)

    with pytest.raises(FileTrouble, match="a form that is nobody's yet can't be read back"):
        read_questionnaire_workbook(build_questionnaire_workbook(nobody), nobody)


def test_a_missing_sheet_is_told() -> None:
    raw = refilled(RAW, change=lambda sheets: [sheet for sheet in sheets if sheet.name != "Acute"])

    assert problems(raw) == ["the sheet 'Acute' is missing. Take a new download and copy your answers."]


def test_a_sheet_of_ones_own_does_no_harm_but_a_copy_of_ours_does() -> None:
    own = SheetRows("Workings", {1: {1: SheetCell("A1", "Sum"), 2: SheetCell("B1", 4.0)}})
    copy = replace(own, name="Acute (2)", rows={1: {1: SheetCell("A1", "Id"), 2: SheetCell("B1", "Answer")}})

    assert rows(refilled(RAW, change=lambda sheets: [*sheets, own])) == rows(RAW)
    assert problems(refilled(RAW, change=lambda sheets: [*sheets, copy])) == [
        "the sheet 'Acute (2)' is not one of this questionnaire. Delete it."
    ]


def changed(name: str, change: Callable[[dict[int, dict[int, SheetCell]]], Any]) -> Callable[[list[SheetRows]], Any]:
    """Do something to the rows of one sheet."""

    def apply(sheets: list[SheetRows]) -> list[SheetRows]:
        made = []
        for sheet in sheets:
            lines = {number: dict(row) for number, row in sheet.rows.items()}
            if sheet.name == name:
                change(lines)
            made.append(replace(sheet, rows=lines))
        return made

    return apply


def test_missing_columns_are_told() -> None:
    def rename(lines: dict[int, dict[int, SheetCell]]) -> None:
        for at, cell in lines[1].items():
            if cell.text in {"Answer", "Version"}:
                lines[1][at] = replace(cell, text="My column")

    assert problems(refilled(RAW, change=changed("Acute", rename))) == [
        "Acute: the columns Answer, Version can't be found in the first row. Take a new download."
    ]


def test_one_missing_column_is_told_as_one() -> None:
    edits = {cell.replace(cell[-1], "1"): "?" for cell in (NOTE[STRATEGY],)}

    assert problems(refilled(RAW, edits)) == [
        "Organisation: the column Note can't be found in the first row. Take a new download."
    ]


def test_columns_are_found_wherever_they_stand_and_the_first_of_two_counts() -> None:
    def swap(lines: dict[int, dict[int, SheetCell]]) -> None:
        for number, row in lines.items():
            moved = {30 - at: replace(cell, name=f"{chr(64 + 26 - at)}{number}") for at, cell in row.items()}
            row.clear()
            row.update(moved)
        lines[1][60] = SheetCell("BH1", "answer")

    assert rows(refilled(RAW, change=changed("Acute", swap))) == rows(RAW)


def test_a_lost_row_an_unknown_id_and_one_that_stands_twice_are_told() -> None:
    at = int(ANSWER[BEDS].partition("!")[2][1:])

    assert problems(refilled(RAW, {f"Acute!A{at}": "bedz"})) == [
        f"Acute!A{at}: 'bedz' is not the id of a question on this sheet.",
        "Acute: no row has the id beds. Take a new download.",
    ]
    assert problems(refilled(RAW, {f"Acute!A{at}": "plan"}))[0].startswith(
        f"Acute!A{at}: plan stands twice, first in A"
    )


def test_an_answer_in_a_row_without_an_id_is_told() -> None:
    at = int(ANSWER[BEDS].partition("!")[2][1:])

    assert problems(refilled(RAW, {f"Acute!A{at}": None}))[0] == (
        f"Acute!row {at}: an answer or note stands in a row without an id."
    )


def test_of_many_lost_rows_the_first_are_named() -> None:
    questions = [
        {"id": f"q{at}", "scale": "answer", "text": "?", "measure": ("plans", "places")[at % 2]} for at in range(9)
    ]
    form = small_questionnaire(small_framework(questions=questions), answers={}, last_answers={})
    raw = build_questionnaire_workbook(form)

    def lose(lines: dict[int, dict[int, SheetCell]]) -> None:
        for number in list(lines)[1:]:
            del lines[number]

    assert problems(refilled(raw, change=changed("Acute", lose)), form) == [
        "Acute: no row has the id q0, q1, q2, q3, q4 and 4 more. Take a new download."
    ]


@pytest.mark.parametrize("typed", ["two", "-1", 1.5, "²"])
def test_a_version_that_was_changed_is_told(typed: str | float) -> None:
    version = cell_of(RAW, "Organisation", "strategy", "Version")

    assert problems(refilled(RAW, {version: typed})) == [
        f"{version}: the version of the answer was changed. Take a new download."
    ]


def test_what_stood_there_when_downloaded_must_be_an_answer() -> None:
    was = cell_of(RAW, "Organisation", "strategy", "Answer when downloaded")

    assert problems(refilled(RAW, {was: "Maybe"}))[0].startswith(f"{was}: 'Maybe' is not an answer")


def test_an_answer_that_is_no_longer_offered_may_stay_but_not_be_chosen() -> None:
    remark = AnswerPlace("acute", "remark")
    form = small_questionnaire(answers={remark: CurrentAnswer(1, Missing.DONT_KNOW)})
    raw = build_questionnaire_workbook(form)

    assert rows(raw, form)[remark].answer is Missing.DONT_KNOW
    other = cell_of(raw, "Community", "remark", "Answer")
    assert problems(refilled(raw, {other: "Don't know"}), form) == [
        f'{other}: "Don\'t know" is not an answer to this question; choose one of no, partly, yes.'
    ]
