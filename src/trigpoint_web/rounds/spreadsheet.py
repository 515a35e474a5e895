# SPDX-License-Identifier: MIT
"""A table as a spreadsheet of one sheet, in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from trigpoint.io.spreadsheets import new_workbook, write_cell
from trigpoint_web.rounds.presenters.board_export import ExportTable

_WIDEST = 40


def build_workbook(name: str, table: ExportTable) -> bytes:
    """Return the bytes of an .xlsx with a heading that stays in view; the same table gives the same bytes.

    Raises FileTrouble for a table that no spreadsheet holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name.lower()}.xlsx"
        with new_workbook(path) as workbook:
            sheet = workbook.add_worksheet(name)
            bold = workbook.add_format({"bold": True})
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    if cell != "":
                        write_cell(sheet, (number, column), cell, path=path, style=None if number else bold)
            for column in range(len(table[0])):
                longest = max(len(str(row[column])) for row in table)
                sheet.set_column(column, column, min(longest + 2, _WIDEST))
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
        return path.read_bytes()
