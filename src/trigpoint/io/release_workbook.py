# SPDX-License-Identifier: MIT
"""A release's spreadsheet on disk: visible sheets only, no author, no moment of making, no formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import python_calamine
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trigpoint.errors import FileTrouble
from trigpoint.io.spreadsheets import LARGEST_ROWS, new_workbook, write_cell
from trigpoint.publication.workbook import Sheet


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets in order; the same sheets give the same bytes.

    Raises FileTrouble when the file can't be written, or would not hold every row and letter.
    """
    for sheet in sheets:
        _require_rows(sheet, path)
    with new_workbook(path) as workbook:
        bold = workbook.add_format({"bold": True, "valign": "top"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _Writer(workbook.add_worksheet(sheet.name), Path(path.name), bold, wrapped).write(sheet)


def _require_rows(sheet: Sheet, path: Path) -> None:
    """Told before anything is written: a sheet cut off at the last row that fits would look whole."""
    if len(sheet.rows) > LARGEST_ROWS:
        raise FileTrouble(
            f"{path.name}: the sheet {sheet.name} has {len(sheet.rows):,} rows; a spreadsheet holds {LARGEST_ROWS:,}. "
            "Release fewer returns at a time; trigpoint score writes them all, as CSV and Parquet."
        )


@dataclass(frozen=True, slots=True)
class _Writer:
    """One sheet of the workbook that is written to `path`, and the styles of its cells."""

    page: Worksheet
    path: Path
    bold: Format
    wrapped: Format

    def write(self, sheet: Sheet) -> None:
        is_cover = sheet.heading == 0
        for column, width in enumerate(sheet.widths):
            self.page.set_column(column, column, width, self.wrapped if is_cover and column else None)
        for number, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                is_bold = column == 0 if is_cover else number < sheet.heading
                if cell != "":
                    write_cell(self.page, (number, column), cell, path=self.path, style=self.bold if is_bold else None)
        if not is_cover:
            self.page.freeze_panes(sheet.heading, 0)
            self.page.autofilter(0, 0, len(sheet.rows) - 1, len(sheet.widths) - 1)


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
