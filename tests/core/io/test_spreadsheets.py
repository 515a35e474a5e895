# SPDX-License-Identifier: MIT
from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.errors import AnswersProblems, FileTrouble, TooLarge
from trigpoint.io.spreadsheets import LARGEST_XLSX, read_sheet, write_sheet


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "f.xlsx"


def test_a_sheet_written_is_read_as_it_was(file: Path) -> None:
    write_sheet(file, "answers", ["a", "b"], [["1", None], ["x\ny", " two "]])

    assert read_sheet(file) == [(1, ["a", "b"]), (2, ["1", ""]), (3, ["x\ny", " two "])]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_sheet(tmp_path / name, "answers", ["a"], [["1"]])

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_formulas_links_and_numbers_go_in_as_text(file: Path) -> None:
    cells = ["=1+1", "{=SUM(A1:A2)}", "http://example.org", "007", "+44", "@name"]

    write_sheet(file, "answers", cells, [])

    assert read_sheet(file) == [(1, cells)]
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_nobody_is_named_in_the_file(file: Path) -> None:
    write_sheet(file, "answers", ["a"], [])

    with zipfile.ZipFile(file) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
    assert "1980-01-01T00:00:00Z" in core


def workbook(file: Path, cells: dict[tuple[int, int], object], *sheets: str) -> Path:
    with xlsxwriter.Workbook(str(file)) as made:
        first, *_ = [made.add_worksheet(name) for name in sheets or ("first",)]
        for (row, column), value in cells.items():
            if isinstance(value, date):
                first.write_datetime(row, column, value, made.add_format({"num_format": "yyyy-mm-dd"}))
            else:
                first.write(row, column, value)
    return file


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet(file: Path) -> None:
    assert read_sheet(workbook(file, {(3, 1): "a", (5, 1): "b"})) == [(4, ["", "a"]), (6, ["", "b"])]


def test_numbers_dates_and_truths_become_text(file: Path) -> None:
    cells = {(0, 0): 84.0, (0, 1): 0.5, (0, 2): True, (0, 3): date(2017, 11, 30), (0, 4): "a"}

    assert read_sheet(workbook(file, cells)) == [(1, ["84", "0.5", "True", "2017-11-30", "a"])]


def test_a_sheet_is_read_by_name_or_the_first(file: Path) -> None:
    workbook(file, {(0, 0): "here"}, "first", "second")

    assert read_sheet(file) == read_sheet(file, "first") == [(1, ["here"])]
    assert read_sheet(file, "second") == []


def test_a_sheet_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(AnswersProblems) as caught:
        read_sheet(workbook(file, {}), "answers")

    assert str(caught.value).startswith(f"{file}: can't be read as a spreadsheet: ")


def test_a_file_that_is_no_spreadsheet_is_told(file: Path) -> None:
    file.write_bytes(b"text")

    with pytest.raises(AnswersProblems) as caught:
        read_sheet(file)

    assert str(caught.value).endswith(" Save it again as .xlsx.")


def test_every_way_of_cutting_a_spreadsheet_short_is_told(file: Path) -> None:
    write_sheet(file, "answers", ["a"], [["1"]])
    whole = file.read_bytes()

    for end in range(0, len(whole) - 1, 97):
        file.write_bytes(whole[:end])
        with pytest.raises(AnswersProblems):
            read_sheet(file)


def test_a_spreadsheet_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        read_sheet(tmp_path / "absent.xlsx")
    large = tmp_path / "large.xlsx"
    with large.open("wb") as sparse:
        sparse.truncate(LARGEST_XLSX + 1)
    with pytest.raises(TooLarge):
        read_sheet(large)


def test_a_folder_that_is_not_there_can_not_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble) as caught:
        write_sheet(tmp_path / "absent" / "f.xlsx", "answers", ["a"], [])

    assert str(caught.value) == f"{tmp_path}/absent/f.xlsx: No such file or directory."


@pytest.mark.parametrize("heading", [["x"] * 16_385, ["x" * 32_768]])
def test_what_a_spreadsheet_can_not_hold_is_refused_and_not_cut(file: Path, heading: list[str]) -> None:
    with pytest.raises(FileTrouble) as caught:
        write_sheet(file, "answers", heading, [])

    assert str(caught.value) == (
        f"{file}: a spreadsheet holds 1,048,576 rows, 16,384 columns and 32,767 letters a cell, and this is more. "
        "Write .parquet or .csv."
    )
    assert not file.exists()


# Control characters, and what looks like their escape, are not text that spreadsheets keep.
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=8)


@settings(max_examples=40)
@given(st.lists(TEXTS.filter(lambda text: "_x" not in text), min_size=1, max_size=5))
def test_any_text_written_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    file = tmp_path_factory.mktemp("any") / "f.xlsx"

    write_sheet(file, "answers", cells, [])

    assert read_sheet(file) == [(1, cells)]
