# SPDX-License-Identifier: MIT
"""A release's spreadsheet on disk: visible sheets only, no author, no moment of making, no formula."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import python_calamine
import xlsxwriter

from trigpoint.errors import FileTrouble
from trigpoint.io.spreadsheets import FIXED_MOMENT
from trigpoint.publication.workbook import Cell, Sheet

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets in order; the same sheets give the same bytes. Raises FileTrouble."""
    try:
        with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
            workbook.set_properties({"created": FIXED_MOMENT.replace(tzinfo=None)})
            bold = workbook.add_format({"bold": True, "valign": "top"})
            wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
            for sheet in sheets:
                _write_sheet(workbook.add_worksheet(sheet.name), sheet, bold, wrapped)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise FileTrouble(f"{path}: can't be written. Does the folder exist, and may you write there?") from error


def _write_sheet(
    page: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    is_cover = sheet.heading == 0
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, wrapped if is_cover and column else None)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            is_bold = column == 0 if is_cover else number < sheet.heading
            _write_cell(page, number, column, cell, bold if is_bold else None)
    if not is_cover:
        page.freeze_panes(sheet.heading, 0)
        page.autofilter(0, 0, len(sheet.rows) - 1, len(sheet.widths) - 1)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, style: xlsxwriter.format.Format | None
) -> None:
    if isinstance(cell, float):
        page.write_number(row, column, cell, style)
    elif cell:
        page.write_string(row, column, cell, style)


def read_workbook(path: Path) -> list[tuple[str, list[list[object]]]]:
    """Return the name and the rows of every sheet, hidden ones too. Raises FileTrouble when it is no spreadsheet."""
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            return [
                (name, [list(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)])
                for name in workbook.sheet_names
            ]
    except (python_calamine.CalamineError, OSError) as error:
        raise FileTrouble(f"{path.name}: can't be read as a spreadsheet: {error}.") from error
