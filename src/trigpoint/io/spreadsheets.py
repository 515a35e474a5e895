# SPDX-License-Identifier: MIT
"""One sheet of a spreadsheet in, one sheet out, with nothing in it that was not asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from trigpoint.errors import AnswersProblems, FileTrouble, Problem
from trigpoint.io.delimited import require_size
from trigpoint.io.spreadsheet_errors import list_error_cells

LARGEST_XLSX = 200_000_000
LARGEST_ROWS = 1_048_576  # of a sheet, in every program that reads .xlsx
# A spreadsheet carries the moment it was made; a fixed one gives the same bytes every time.
FIXED_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
# Text goes in as text: "=1+1" in somebody's note must not run.
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def read_sheet(path: Path, name: str | None = None) -> list[tuple[int, list[str]]]:
    """Return the rows of a sheet as text, each with its number; blank rows are left out. name: the first if None.

    Whole numbers lose the ".0" that spreadsheets give them. Raises TooLarge, FileTrouble or AnswersProblems, which name
    every cell that is an error, such as #N/A.
    """
    require_size(path, LARGEST_XLSX)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_name(name) if name is not None else workbook.get_sheet_by_index(0)
        problems = list_error_cells(path, sheet.name)
    except (python_calamine.CalamineError, zipfile.BadZipFile, ET.ParseError, LookupError) as error:
        message = f"can't be read as a spreadsheet: {error}. Save it again as .xlsx."
        raise AnswersProblems([Problem(str(path), None, None, message)]) from error
    if problems:
        raise AnswersProblems(problems)
    # Not without the empty area above and to the left, or rows and columns would be counted from another corner.
    cells = sheet.to_python(skip_empty_area=False)
    rows = [(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)]
    return [(number, row) for number, row in rows if any(row)]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def write_sheet(path: Path, name: str, heading: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Write a spreadsheet of one sheet, every cell as text; None is an empty cell. Raises FileTrouble."""
    with new_workbook(path, constant_memory=True) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate([heading, *rows]):
            for column, cell in enumerate(row):
                if cell is not None:
                    write_cell(sheet, (number, column), cell, path=path)


@contextmanager
def new_workbook(path: Path, **options: bool) -> Iterator[xlsxwriter.Workbook]:
    """Give a workbook to be filled, and write it when all went well; the same cells give the same bytes.

    Raises FileTrouble when the file can't be written.
    """
    # Made in memory first: a file that can't be written, or holds too much, leaves nothing behind.
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN | options) as workbook:
        workbook.set_properties({"created": FIXED_MOMENT.replace(tzinfo=None)})
        yield workbook
    try:
        path.write_bytes(made.getvalue())
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def write_cell(sheet: Worksheet, place: tuple[int, int], cell: str | float, *, path: Path, style: Any = None) -> None:
    """Write a text or a number at (row, column), from 0. Raises FileTrouble for what a spreadsheet would cut off."""
    write = sheet.write_number if isinstance(cell, float) else sheet.write_string
    if write(*place, cell, style) != 0:
        raise FileTrouble(
            f"{path}: a spreadsheet holds {LARGEST_ROWS:,} rows, 16,384 columns and 32,767 letters a cell, "
            "and this is more. Write .parquet or .csv."
        )
