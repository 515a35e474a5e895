# SPDX-License-Identifier: MIT
"""Cells of a spreadsheet that are errors, such as #N/A, found in the file itself: as values they come out empty.

An .xlsx is a zip archive of XML: ECMA-376, Office Open XML, part 1, 18.3.1.4 (c, Cell) and 18.18.11 (ST_CellType).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join
from typing import IO
from xml.etree import ElementTree as ET

from trigpoint.errors import Problem

_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_PIECE = 1 << 20
_OVERLAP = 64  # longer than t="e" with any white space that a program would put there


def list_error_cells(path: Path, sheet: str) -> tuple[Problem, ...]:
    """Return a problem for each cell of a sheet that is an error, by its name as people see it ("C2").

    Raises BadZipFile, ParseError or LookupError when the file is not the archive that a spreadsheet is.
    """
    with zipfile.ZipFile(path) as parts:
        part = _part_of(sheet, parts)
        with parts.open(part) as content:
            # Nearly every sheet has none, and a look is much quicker than taking the XML apart.
            if not any(_ERROR_CELL.search(piece) for piece in _pieces(content)):
                return ()
        with parts.open(part) as content:
            return tuple(_problems(content, str(path)))


def _part_of(sheet: str, parts: zipfile.ZipFile) -> str:
    """The part of the archive that holds a sheet: the workbook gives its number, the relations say where that lies."""
    workbook = ET.fromstring(parts.read("xl/workbook.xml"))
    relations = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.attrib["Id"]: relation.attrib["Target"] for relation in relations}
    numbers = {
        one.attrib["name"]: value
        for one in workbook.iterfind("{*}sheets/{*}sheet")
        for attribute, value in one.attrib.items()
        if attribute.endswith("}id")
    }
    return join("/xl", targets[numbers[sheet]]).removeprefix("/")


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """The content piece by piece, each with the end of the one before, or what is cut in two would be missed."""
    end = b""
    while piece := content.read(_PIECE):
        seen = end + piece
        yield seen
        end = seen[-_OVERLAP:]


def _problems(content: IO[bytes], file: str) -> Iterator[Problem]:
    for _, element in ET.iterparse(content):
        kind = element.tag.rpartition("}")[2]
        if kind == "c" and element.get("t") == "e":
            cell, said = element.get("r", ""), element.findtext("{*}v", "")
            row = re.search(r"\d+", cell)
            place = f"the cell {cell}" if cell else "a cell"
            message = f"{place} is the error {said}, not an answer. Correct its formula, or type its value."
            yield Problem(file, int(row[0]) if row else None, None, message)
        elif kind == "row":
            element.clear()  # or a large sheet would fill the memory
