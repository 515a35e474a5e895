# SPDX-License-Identifier: MIT
"""The cells of a spreadsheet one by one, as far as anything stands in them: text, number, formula or error.

Only what is there takes memory: a sheet with one cell in its last corner is as cheap as one with a cell in the first.
Source: ECMA-376, Office Open XML, part 1, 18.3.1.4 (c, Cell), 18.4.8 (si) and 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from trigpoint.errors import AnswersProblems, Problem, TooLarge
from trigpoint.io.spreadsheet_parts import read_parts

# A questionnaire of three units with 175 questions each has 6,000. A hundred thousand take 2 seconds to read.
MOST_CELLS = 100_000
_CELL_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_CHARACTER = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What stands in a cell. name: as people see it, such as E14. text: its text or number, None for a blank one.

    formula: that it is worked out and not typed. error: what it says in place of a value, such as #N/A.
    """

    name: str
    text: str | float | None
    formula: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet: its rows by number, each with its cells by column, both from 1; blank cells are left out."""

    name: str
    rows: Mapping[int, Mapping[int, SheetCell]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet as it came: the properties that its makers gave it, and its sheets in order."""

    properties: Mapping[str, str]
    sheets: tuple[SheetRows, ...]


def read_cells(raw: bytes, file: str) -> Workbook:
    """Return what stands in a spreadsheet. Raises TooLarge or AnswersProblems when it is none that can be read."""
    parts = read_parts(raw, file)
    try:
        strings = [_text_of(one) for one in _children(parts, "xl/sharedStrings.xml", "si")]
        room = iter(range(MOST_CELLS))
        sheets = tuple(SheetRows(name, _rows(parts[part], strings, room)) for name, part in _sheets(parts))
        if next(room, None) is None:
            raise TooLarge(f"{file}: {MOST_CELLS:,} cells or more, which is no questionnaire. Take a new download.")
        return Workbook(_properties(parts), sheets)
    except (ET.ParseError, LookupError, ValueError, OverflowError) as error:
        message = f"can't be read as a spreadsheet: {error}. Save it again as .xlsx."
        raise AnswersProblems([Problem(file, None, None, message)]) from error


def _children(parts: Mapping[str, bytes], part: str, kind: str) -> list[ET.Element]:
    """The elements of a kind at the top of a part; none where there is no such part."""
    return ET.fromstring(parts[part]).findall(f"{{*}}{kind}") if part in parts else []


def _properties(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    found = _children(parts, "docProps/custom.xml", "property")
    return {one.attrib["name"]: _decode("".join(one.itertext())) for one in found}


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name with the part that holds it: the workbook gives its number, the relations say where it lies."""
    relations = _children(parts, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {one.attrib["Id"]: normpath(join("/xl", one.attrib["Target"])).lstrip("/") for one in relations}
    for sheet in ET.fromstring(parts["xl/workbook.xml"]).iterfind("{*}sheets/{*}sheet"):
        numbers = [value for attribute, value in sheet.attrib.items() if attribute.endswith("}id")]
        yield _decode(sheet.attrib["name"]), targets[numbers[0]]


def _rows(content: bytes, strings: list[str], room: Iterator[int]) -> Mapping[int, Mapping[int, SheetCell]]:
    """The rows of a sheet, as far as there is room: each cell takes one of it."""
    rows: dict[int, dict[int, SheetCell]] = {}
    row = column = 0
    for event, element in ET.iterparse(io.BytesIO(content), ("start", "end")):
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            if kind == "row":
                row, column = int(element.get("r", row + 1)), 0
        elif kind == "c":
            if next(room, None) is None:
                break
            column, at = _place(element.get("r"), column=column + 1, row=row)
            cell = _cell(element, strings, f"{_letters(column)}{at}")
            if cell.text is not None or cell.formula or cell.error is not None:
                rows.setdefault(at, {})[column] = cell
        elif kind == "row":
            element.clear()  # or a large sheet would fill the memory
    return rows


def _place(name: str | None, *, column: int, row: int) -> tuple[int, int]:
    """The column and row of a cell; a cell without a name follows the one before."""
    if name is None:
        return column, row
    found = _CELL_NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name[:20]!r} is not the name of a cell")
    return sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(found[1]))), int(found[2])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def _cell(element: ET.Element, strings: list[str], name: str) -> SheetCell:
    kind, formula = element.get("t", "n"), element.find("{*}f") is not None
    if kind == "inlineStr":
        inline = element.find("{*}is")
        return SheetCell(name, None if inline is None else _text_of(inline) or None, formula)
    value = element.findtext("{*}v")
    if value is None or not value:
        return SheetCell(name, None, formula)
    if kind == "e":
        return SheetCell(name, None, formula, value)
    if kind == "n":
        return SheetCell(name, float(value), formula)
    if kind == "b":
        return SheetCell(name, "FALSE" if value == "0" else "TRUE", formula)
    return SheetCell(name, (strings[int(value)] if kind == "s" else _decode(value)) or None, formula)


def _text_of(element: ET.Element) -> str:
    """The text of a string, without the phonetic guides (rPh) that East Asian programs add."""
    runs = (run for run in element if run.tag.rpartition("}")[2] in {"t", "r"})
    return _decode("".join(text.text or "" for run in runs for text in run.iter() if text.tag.endswith("}t")))


def _decode(text: str) -> str:
    """Characters that XML can't hold stand as _x0007_ and the like; halves of a character and zeros hold nothing."""
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return _NO_CHARACTER.sub("\ufffd", decoded)
