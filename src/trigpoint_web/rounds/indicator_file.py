# SPDX-License-Identifier: MIT
"""A file of what organisations returned elsewhere: bytes in, rows with their lines or every problem out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.publication.formula_text import neutralise
from trigpoint.submissions.suggestions import IndicatorRow

NEEDED = ("organisation", "question", "value")
COLUMNS = (*NEEDED, "label")
LARGEST_FILE = 5_000_000  # bytes: a few numbers of every organisation that there is
LONGEST_LABEL = 100  # people read it before each suggestion
USUAL_LABEL = "An existing return"


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A row of the file, the line it ends on, and what people call the return that it comes from."""

    line: int
    row: IndicatorRow
    label: str


def parse_indicators(raw: bytes, *, file: str) -> tuple[IndicatorLine, ...]:
    """Return the rows of a CSV file with the heading organisation,question,value and, where it has one, label.

    file: its name, for the problems. Raises AnswersProblems with every problem of the file as a table; whether the
    organisations, questions and values fit a round is not looked at here.
    """
    if len(raw) > LARGEST_FILE:
        raise AnswersProblems([Problem(file, None, None, f"the file has more than {LARGEST_FILE:,} bytes.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = raw.count(b"\n", 0, trouble.start) + 1
        said = "this line is not text in UTF-8. Save the file as “CSV UTF-8”."
        raise AnswersProblems([Problem(file, line, None, said)]) from None
    problems: list[Problem] = []
    lines = tuple(_read_lines(text, file, problems))
    if not lines and not problems:
        problems.append(Problem(file, None, None, "the file has no rows below its heading."))
    if problems:
        raise AnswersProblems(problems)
    return lines


def _read_lines(text: str, file: str, problems: list[Problem]) -> Iterator[IndicatorLine]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [cell.strip().lower() for cell in next(reader, [])]
        problems.extend(Problem(file, 1, None, said) for said in _check_headings(headings))
        for cells in () if problems else reader:
            if not any(cell.strip() for cell in cells):
                continue
            read = _read_line(headings, cells)
            if isinstance(read, str):
                problems.append(Problem(file, reader.line_num, None, read))
            else:
                yield IndicatorLine(reader.line_num, *read)
    except csv.Error as trouble:
        problems.append(Problem(file, reader.line_num, None, f"this is not a line of CSV: {trouble}."))


def _check_headings(headings: Sequence[str]) -> Iterator[str]:
    missing = [name for name in NEEDED if name not in headings]
    unknown = [name for name in headings if name not in COLUMNS]
    if missing:
        yield f"the heading lacks {' and '.join(missing)}."
    if unknown:
        named = ", ".join(name or "(blank)" for name in unknown)
        yield f"the columns {named} are not known. Known are {', '.join(COLUMNS)}."
    if len(set(headings)) < len(headings):
        yield "the heading has a column twice."


def _read_line(headings: Sequence[str], cells: Sequence[str]) -> tuple[IndicatorRow, str] | str:
    """The row and its label, or what is wrong with it."""
    if len(cells) != len(headings):
        return "the line has more or fewer cells than the heading."
    if any("\x00" in cell for cell in cells):
        return "the line has a character that is no text."
    given = {name: cell.strip() for name, cell in zip(headings, cells, strict=True)}
    label = given.get("label", "") or USUAL_LABEL
    if len(label) > LONGEST_LABEL:
        return f"the label has {len(label)} characters. Use up to {LONGEST_LABEL}."
    if neutralise(label) != label:
        return "the label begins as a formula of a spreadsheet does. Begin it with a letter or a number."
    return IndicatorRow(given["organisation"].upper(), given["question"], given["value"]), label
