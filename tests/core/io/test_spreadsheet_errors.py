# SPDX-License-Identifier: MIT
"""Cells that are errors are told, each by its name, and never taken for answers left out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.io import spreadsheet_errors
from trigpoint.io.answers import read_answers
from trigpoint.io.spreadsheet_errors import list_error_cells
from trigpoint.io.spreadsheets import read_sheet


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "f.xlsx"


def with_errors(file: Path, **cells: str) -> Path:
    """A file of one answer, with formulas that came to these errors."""
    with xlsxwriter.Workbook(str(file)) as made:
        sheet = made.add_worksheet("answers")
        sheet.write_row(0, 0, ["organisation", "question", "answer"])
        sheet.write_row(1, 0, ["X01", "sees_gp_record"])
        for place, error in cells.items():
            sheet.write_formula(place, "=1/0", None, error)
    return file


def repacked(file: Path, part: str, old: str, new: str) -> Path:
    """The same file with a text in one of its parts changed, in all places."""
    with zipfile.ZipFile(file) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    assert old.encode() in contents[part]
    with zipfile.ZipFile(file, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return file


def test_every_error_is_told_by_the_name_of_its_cell(file: Path) -> None:
    with pytest.raises(AnswersProblems) as caught:
        read_answers(with_errors(file, C2="#N/A", A3="#REF!", D3="#DIV/0!"))

    advice = "not an answer. Correct its formula, or type its value."
    assert caught.value.problems == (
        Problem(str(file), 2, None, f"the cell C2 is the error #N/A, {advice}"),
        Problem(str(file), 3, None, f"the cell A3 is the error #REF!, {advice}"),
        Problem(str(file), 3, None, f"the cell D3 is the error #DIV/0!, {advice}"),
    )


def test_a_text_that_looks_like_an_error_is_a_text(file: Path) -> None:
    with xlsxwriter.Workbook(str(file)) as made:
        made.add_worksheet().write_row(0, 0, ["#N/A", 't="e"'])

    assert read_sheet(file) == [(1, ["#N/A", 't="e"'])]


def test_an_error_on_another_sheet_is_no_matter(file: Path) -> None:
    with xlsxwriter.Workbook(str(file)) as made:
        made.add_worksheet("answers").write_row(0, 0, ["a"])
        made.add_worksheet("sums").write_formula("A1", "=1/0", None, "#DIV/0!")

    assert read_sheet(file) == [(1, ["a"])]
    with pytest.raises(AnswersProblems, match="the cell A1 is the error #DIV/0!"):
        read_sheet(file, "sums")


def test_a_cell_that_does_not_say_where_it_stands_is_told_too(file: Path) -> None:
    repacked(with_errors(file, C2="#N/A"), "xl/worksheets/sheet1.xml", ' r="C2"', "")

    assert [one.message[:23] for one in list_error_cells(file, "answers")] == ["a cell is the error #N/"]


@pytest.mark.parametrize("spelled", ["t='e'", 't = "e"'])
def test_other_programs_write_the_same_in_other_ways(file: Path, spelled: str) -> None:
    repacked(with_errors(file, C2="#N/A"), "xl/worksheets/sheet1.xml", 't="e"', spelled)

    assert len(list_error_cells(file, "answers")) == 1


def test_a_part_may_be_named_from_the_top_of_the_archive(file: Path) -> None:
    repacked(with_errors(file, C2="#N/A"), "xl/_rels/workbook.xml.rels", '"worksheets/', '"/xl/worksheets/')

    assert len(list_error_cells(file, "answers")) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_an_error_is_seen_wherever_the_file_is_cut_into_pieces(
    file: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet_errors, "_PIECE", size)

    found = list_error_cells(with_errors(file, C2="#N/A"), "answers")

    assert len(found) == 1
