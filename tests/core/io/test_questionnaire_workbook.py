# SPDX-License-Identifier: MIT
from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.frameworks import number_scale, option_scale
from tests.support.questionnaires import BEDS, STRATEGY, cell_of, small_framework, small_questionnaire
from trigpoint.errors import FileTrouble
from trigpoint.io.questionnaire_sheets import Column, name_sheets
from trigpoint.io.questionnaire_workbook import build_questionnaire_workbook, write_questionnaire_workbook
from trigpoint.io.spreadsheet_cells import SheetRows, read_cells
from trigpoint.submissions import Unit
from trigpoint.submissions.questionnaire_rows import CurrentAnswer, QuestionnairePart, build_parts

FORM = small_questionnaire()
RAW = build_questionnaire_workbook(FORM)


BEDS_TEXT = (
    "How many beds have a screen?\nAnswer only if “Plan” (plan) is yes or Don't know.\n"
    "Type a whole number from 0 to 900."
)


def sheets(raw: bytes = RAW) -> dict[str, SheetRows]:
    return {sheet.name: sheet for sheet in read_cells(raw, "q.xlsx").sheets}


def texts(sheet: SheetRows) -> list[list[str | float | None]]:
    return [[cell.text for cell in row.values()] for row in sheet.rows.values()]


def part_of(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


def test_each_place_has_a_sheet_with_a_heading_its_sections_and_its_questions() -> None:
    found = sheets()

    assert list(found) == ["Read me", "Organisation", "Acute", "Community", "Lists"]
    headings = ["Id", "Question", "What good looks like", "Answer", "Note", "Last round", "Evidence asked for"]
    hidden = ["Version", "Answer when downloaded", "Note when downloaded"]
    assert texts(found["Organisation"]) == [
        [*headings, *hidden],
        ["plans"],
        ["strategy", "Is there a strategy?", "The board read it this year.", "partly", "See the minutes", "no",
         "The minutes.", 3.0, "partly", "See the minutes"],
    ]  # fmt: skip
    assert texts(found["Acute"])[3:5] == [
        ["places"],
        [
            "beds",
            BEDS_TEXT,
            40.0,
            12.0,
            1.0,
            40.0,
        ],
    ]


def test_columns_of_guidance_are_left_out_where_no_question_has_any() -> None:
    assert Column.GOOD not in texts(sheets()["Community"])[0]
    assert Column.LAST not in texts(sheets()["Community"])[0]


def test_the_first_sheet_says_what_the_file_is_and_what_being_missing_means() -> None:
    told = {row[0]: row[-1] for row in texts(sheets()["Read me"])}

    assert told["Organisation"] == "Made-up trust"
    assert told["Organisation code"] == "RXX"
    assert told["Framework"] == "made-up@1"
    assert told["Framework hash"] == FORM.framework.hash
    assert told["Downloaded"] == "2026-05-04 12:00 UTC"
    assert (told["Sheet Organisation"], told["Sheet Acute"]) == ("1 question", "3 questions")
    assert told["Don't know"] == (
        "You looked, and can't tell. Choose it by name where it is offered. It does not count in the score."
    )
    assert set(told) >= {"Not answered", "Not applicable", "Not shown", "How to fill it in"}


def test_the_document_carries_what_it_belongs_to() -> None:
    assert read_cells(RAW, "q.xlsx").properties == {
        "Layout of this file": "1",
        "Framework": "made-up@1",
        "Framework hash": FORM.framework.hash,
        "Round": "2026",
        "Organisation code": "RXX",
    }


def test_a_form_of_nobody_names_nobody() -> None:
    raw = build_questionnaire_workbook(
        small_questionnaire(organisation=None, organisation_name="", answers={}, made_at=None)
    )

    assert "Organisation code" not in read_cells(raw, "q.xlsx").properties
    assert not {"Organisation", "Organisation code", "Downloaded"} & {row[0] for row in texts(sheets(raw)["Read me"])}


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    assert build_questionnaire_workbook(small_questionnaire()) == RAW


def test_only_answers_and_notes_can_be_typed() -> None:
    sheet, styles = part_of(RAW, "xl/worksheets/sheet3.xml"), part_of(RAW, "xl/styles.xml")
    formats = ET.fromstring(styles).findall("{*}cellXfs/{*}xf")
    unlocked = {at for at, one in enumerate(formats) if one.find("{*}protection[@locked='0']") is not None}
    named = re.findall(r'<c r="([A-Z]+)\d+" s="(\d+)"', sheet)
    heading = {cell.text: re.sub(r"\d", "", cell.name) for cell in sheets()["Acute"].rows[1].values()}

    assert "<sheetProtection " in sheet
    assert "password" not in sheet
    assert {column for column, style in named if int(style) in unlocked} == {heading["Answer"], heading["Note"]}


def test_the_columns_that_tell_conflicts_are_hidden_and_the_heading_stays_and_repeats() -> None:
    sheet = part_of(RAW, "xl/worksheets/sheet2.xml")

    assert re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*hidden="1"', sheet) == [("8", "10")]
    assert '<pane ySplit="1"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "Organisation!$1:$1" in part_of(RAW, "xl/workbook.xml")


def test_an_answer_is_chosen_from_the_labels_of_its_list() -> None:
    cell = cell_of(RAW, "Organisation", "strategy", "Answer").partition("!")[2]
    sheet = part_of(RAW, "xl/worksheets/sheet2.xml")

    (source,) = re.findall(rf'sqref="{cell}"[^>]*><formula1>Lists!\$A\$1:\$A\$(\d+)</formula1>', sheet)
    assert [row[0] for row in texts(sheets()["Lists"])][: int(source)] == [
        "no",
        "partly",
        "yes",
        "Don't know",
        "Not applicable",
    ]
    assert 'state="hidden"' in part_of(RAW, "xl/workbook.xml")


def test_a_number_is_held_to_its_range_and_says_so() -> None:
    cell = cell_of(RAW, "Acute", "beds", "Answer").partition("!")[2]
    sheet = part_of(RAW, "xl/worksheets/sheet3.xml")

    tests = f"{cell}&gt;=0,{cell}&lt;=900,{cell}=INT({cell})"
    words = f'OR({cell}="Don\'t know",{cell}="Not applicable")'
    assert f"<formula1>IF(ISNUMBER({cell}),AND({tests}),{words})</formula1>" in sheet
    assert "Type a whole number from 0 to 900, or Don't know, or Not applicable, or leave the cell empty." in sheet


def test_a_number_without_an_upper_bound_or_a_way_of_being_missing_is_held_to_what_there_is() -> None:
    framework = small_framework(
        scales=[option_scale("answer", ["no", "partly", "yes"]), number_scale("count", 0)],
        missing_refused=["dont_know", "not_applicable"],
    )
    raw = build_questionnaire_workbook(small_questionnaire(framework, answers={}))
    cell = cell_of(raw, "Acute", "beds", "Answer").partition("!")[2]

    assert f"IF(ISNUMBER({cell}),AND({cell}&gt;=0),FALSE)" in part_of(raw, "xl/worksheets/sheet3.xml")


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5 staff", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "＝1"])  # noqa: RUF001
def test_what_people_typed_never_starts_a_formula(text: str) -> None:
    answers = {STRATEGY: CurrentAnswer(1, "yes", text)}

    raw = build_questionnaire_workbook(small_questionnaire(organisation_name=text, answers=answers))

    cells = [cell for sheet in sheets(raw).values() for row in sheet.rows.values() for cell in row.values()]
    assert not any(cell.formula for cell in cells)
    typed = [cell.text for cell in cells if isinstance(cell.text, str)]
    assert typed.count(f"'{text}") == 3  # the name, the note, the note when downloaded
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "＝")) for one in typed)  # noqa: RUF001


def test_markup_and_ampersands_stay_text() -> None:
    raw = build_questionnaire_workbook(small_questionnaire(organisation_name="<b>A & B</b> &P"))

    assert "<b>A & B</b> &P" in [row[-1] for row in texts(sheets(raw)["Read me"])]
    assert "A &amp;&amp; B&lt;/b&gt; &amp;&amp;P" in part_of(raw, "xl/worksheets/sheet2.xml")


def test_rows_are_as_high_as_their_text_and_no_higher_than_a_row_can_be() -> None:
    answers = {STRATEGY: CurrentAnswer(1, "yes", "long " * 5000)}

    raw = build_questionnaire_workbook(small_questionnaire(answers=answers))

    heights = [float(one) for one in re.findall(r'<row [^>]*\bht="([\d.]+)"', part_of(raw, "xl/worksheets/sheet2.xml"))]
    assert heights == [405.0]


def test_a_note_that_no_cell_can_hold_is_refused() -> None:
    answers = {BEDS: CurrentAnswer(1, 1.0, "x" * 32_768)}

    with pytest.raises(FileTrouble, match="32,767 letters a cell"):
        build_questionnaire_workbook(small_questionnaire(answers=answers))


def test_a_questionnaire_is_written_to_its_file(tmp_path: Path) -> None:
    write_questionnaire_workbook(FORM, tmp_path / "q.xlsx")

    assert (tmp_path / "q.xlsx").read_bytes() == RAW
    with pytest.raises(FileTrouble, match="No such file or directory"):
        write_questionnaire_workbook(FORM, tmp_path / "nowhere" / "q.xlsx")


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Acute"], ["Acute"]),
        (["Read me", "LISTS", "History"], ["Read me 2", "LISTS 2", "History 2"]),
        (["A/B: [x]*?", "'quoted'", "   "], ["A B   x", "quoted", "Questions"]),
        (["x" * 40, "X" * 40, "x" * 31], ["x" * 31, "X" * 27 + " 2", "x" * 27 + " 3"]),
        (["Questions", "?"], ["Questions", "Questions 2"]),
    ],
)
def test_sheets_have_names_that_every_program_takes(titles: list[str], names: list[str]) -> None:
    assert list(name_sheets([QuestionnairePart(title, title, ()) for title in titles])) == names


def test_a_unit_of_the_whole_organisation_has_its_sheet() -> None:
    raw = build_questionnaire_workbook(small_questionnaire(units=(Unit("RXX"),), answers={}))

    assert list(sheets(raw)) == ["Read me", "Organisation", "General", "Lists"]
    assert len(build_parts(small_questionnaire(units=(Unit("RXX"),), answers={}))) == 2
