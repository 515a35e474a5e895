# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from tests.support.questionnaires import packed
from trigpoint.errors import AnswersProblems, TooLarge
from trigpoint.io.spreadsheet_cells import MOST_CELLS, SheetCell, SheetRows, read_cells

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
WORKBOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{SHEETS}</workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def book(rows: str, strings: str = "", **others: str) -> bytes:
    parts = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return packed({**parts, **others})


def sheet(rows: str, strings: str = "") -> SheetRows:
    (found,) = read_cells(book(rows, strings), "answers.xlsx").sheets
    return found


def only_cell(rows: str, strings: str = "") -> SheetCell:
    (row,) = sheet(rows, strings).rows.values()
    (cell,) = row.values()
    return cell


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', SheetCell("A1", "second")),
        ('<c r="B1"><v>2.50</v></c>', SheetCell("B1", 2.5)),
        ('<c r="A1" t="n"><v>1E2</v></c>', SheetCell("A1", 100.0)),
        ('<c r="A1" t="b"><v>1</v></c>', SheetCell("A1", "TRUE")),
        ('<c r="A1" t="b"><v>0</v></c>', SheetCell("A1", "FALSE")),
        ('<c r="A1" t="e"><v>#N/A</v></c>', SheetCell("A1", None, error="#N/A")),
        ('<c r="A1" t="str"><f>B1</f><v>yes</v></c>', SheetCell("A1", "yes", formula=True)),
        ('<c r="A1"><f>1/B1</f></c>', SheetCell("A1", None, formula=True)),
        ('<c r="A1" t="d"><v>2026-05-04</v></c>', SheetCell("A1", "2026-05-04")),
        ('<c r="A1" t="inlineStr"><is><t>here</t></is></c>', SheetCell("A1", "here")),
        ('<c r="A1" t="inlineStr"><f>B1</f></c>', SheetCell("A1", None, formula=True)),
        ('<c r="AB1" t="s"><v>0</v></c>', SheetCell("AB1", "first")),
    ],
)
def test_every_kind_of_cell_is_read(cell: str, found: SheetCell) -> None:
    strings = "<si><t>first</t></si><si><t>second</t></si>"

    assert only_cell(f'<row r="1">{cell}</row>', strings) == found


def test_blank_cells_are_left_out() -> None:
    rows = '<row r="1"><c r="A1" s="3"/><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t/></is></c></row>'

    assert sheet(rows, "<si><t/></si>").rows == {}


def test_a_text_of_several_runs_is_one_and_its_reading_aid_is_none_of_it() -> None:
    strings = "<si><r><rPr><b/></rPr><t>mostly </t></r><r><t>agree</t></r><rPh><t>hint</t></rPh></si>"

    assert only_cell('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings).text == "mostly agree"


def test_escaped_characters_are_read_and_what_is_no_character_is_marked() -> None:
    strings = "<si><t>a_x000D_b_x005F_c_xD800_d_x0000_</t></si>"

    assert only_cell('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings).text == "a\rb_c\ufffdd\ufffd"


def test_cells_and_rows_without_names_follow_those_before() -> None:
    named = '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
    rows = f"<row><c><v>1</v></c><c><v>2</v></c></row>{named}<row><c><v>5</v></c></row>"

    names = [cell.name for row in sheet(rows).rows.values() for cell in row.values()]

    assert names == ["A1", "B1", "C5", "D5", "A6"]


def test_a_cell_in_the_last_corner_costs_no_more_than_one_in_the_first() -> None:
    found = sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')

    assert found.rows == {1048576: {16384: SheetCell("XFD1048576", 1.0)}}


def test_a_spreadsheet_of_more_cells_than_any_questionnaire_is_refused() -> None:
    cells = "<c/>" * (MOST_CELLS // 2)

    assert read_cells(book(f"<row>{cells[4:]}{cells}</row>"), "a.xlsx").sheets[0].rows == {}
    with pytest.raises(TooLarge, match=r"a.xlsx: 100,000 cells or more, which is no questionnaire"):
        read_cells(book(f"<row>{cells}{cells}<c/></row>"), "a.xlsx")


def test_properties_are_read_where_there_are_any() -> None:
    custom = '<Properties xmlns:v="x"><property name="Round"><v:lpwstr>2026</v:lpwstr></property></Properties>'

    assert read_cells(book("", **{"docProps/custom.xml": custom}), "a.xlsx").properties == {"Round": "2026"}
    assert read_cells(book(""), "a.xlsx").properties == {}


@pytest.mark.parametrize(
    "raw",
    [
        book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
        book('<row r="1"><c r="A1"><v>seven</v></c></row>'),
        book('<row r="1"><c r="1A"><v>7</v></c></row>'),
        book('<row r="one"><c><v>7</v></c></row>'),
        book("<row>"),
        book("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        book("", **{"xl/workbook.xml": f'<w xmlns="{MAIN}"><sheets><sheet name="One"/></sheets></w>'}),
        packed({"word/document.xml": "<document/>"}),
    ],
)
def test_what_does_not_hold_together_is_refused(raw: bytes) -> None:
    with pytest.raises(AnswersProblems, match=r"answers.xlsx: can't be read as a spreadsheet: "):
        read_cells(raw, "answers.xlsx")
