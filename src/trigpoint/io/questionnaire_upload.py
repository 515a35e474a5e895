# SPDX-License-Identifier: MIT
"""A questionnaire's spreadsheet as it came back: every row, or every problem by sheet and cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from trigpoint.errors import AnswersProblems, FileTrouble, Problem, TooLarge
from trigpoint.io.questionnaire_sheets import (
    LISTS,
    NEEDED,
    READ_ME,
    Column,
    Property,
    name_sheets,
    properties_of,
)
from trigpoint.io.spreadsheet_cells import SheetCell, SheetRows, Workbook, read_cells
from trigpoint.io.spreadsheet_parts import LARGEST_UPLOAD
from trigpoint.publication.formula_text import restore
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import MISSING_WHERE_SHOWN
from trigpoint.submissions.questionnaire_rows import Questionnaire, QuestionnairePart, QuestionRow, build_parts
from trigpoint.submissions.read_rows import AnswerRow, QuestionnaireAnswers, read_answer

_BELONGS = {
    Property.SCHEMA: "has another layout",
    Property.FRAMEWORK: "was made for another framework",
    Property.HASH: "was made for another state of the framework",
    Property.ROUND: "was made for another round",
    Property.ORGANISATION: "was made for another organisation",
}
_MOST_NAMED = 5  # of the questions that are missing, by id, in one message


def read_questionnaire_workbook(
    source: Path | bytes, expected: Questionnaire, *, file: str | None = None
) -> QuestionnaireAnswers:
    """Return what a questionnaire's spreadsheet says, in the order asked.

    expected: what it must have been made for; its answers don't matter. file: what the person calls it.
    Raises TooLarge, FileTrouble when it can't be opened, or AnswersProblems with every problem: no spreadsheet, made
    for something else, sheets or columns changed, and each cell that is no answer.
    """
    named = file if file is not None else source.name if isinstance(source, Path) else "the upload"
    found = read_cells(_bytes(source), named)
    problems = list(_check_belonging(found, expected))
    if not problems:
        upload = _Upload(found)
        rows = upload.read(build_parts(expected))
        problems = upload.problems
    if problems:
        raise AnswersProblems(Problem(named, None, None, message) for message in problems)
    framework = expected.framework
    return QuestionnaireAnswers(
        framework.ref, framework.hash, expected.round, properties_of(expected)[Property.ORGANISATION], tuple(rows)
    )


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > LARGEST_UPLOAD:
            raise TooLarge(f"{source.name}: a questionnaire has at most {LARGEST_UPLOAD / 1e6:g} MB.")
        return source.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{source}: {error.strerror}.") from error


def _check_belonging(found: Workbook, expected: Questionnaire) -> Iterator[str]:
    """A message for each thing that the file was not made for."""
    told = dict(_read_me(found)) | {name: text for name, text in found.properties.items() if text}
    wanted = properties_of(expected)
    if Property.ORGANISATION not in wanted:
        raise FileTrouble("a form that is nobody's yet can't be read back. Download it for an organisation.")
    for name, meaning in _BELONGS.items():
        if name not in told:
            yield f"does not say its {name.value.lower()}. Take a new download and copy your answers into it."
        elif told[name] != wanted[name]:
            yield f"{meaning}: {told[name][:80]!r}, not {wanted[name]!r}. Take a new download."


def _read_me(found: Workbook) -> Iterator[tuple[str, str]]:
    """Names and texts of the first sheet, for files that a program saved without its document properties."""
    for sheet in found.sheets:
        for cells in sheet.rows.values() if sheet.name == READ_ME else ():
            name, text = cells.get(1), cells.get(2)
            if name is not None and text is not None:
                yield _text(name), restore(_text(text))


def _text(cell: SheetCell | None) -> str:
    """A cell as text: a whole number without its ".0"."""
    content = None if cell is None else cell.text
    if isinstance(content, float):
        return str(int(content)) if content.is_integer() else repr(content)
    return "" if content is None else content


@dataclass(slots=True)
class _Upload:
    """What is read, and what is wrong with it, as messages that begin with sheet and cell."""

    found: Workbook
    problems: list[str] = field(default_factory=list)

    def read(self, parts: Sequence[QuestionnairePart]) -> list[AnswerRow]:
        """Return a row for each question, in the order asked; what is wrong is kept in `problems`."""
        by_name = {sheet.name.casefold(): sheet for sheet in self.found.sheets}
        names = name_sheets(parts)
        rows: list[AnswerRow] = []
        for name, part in zip(names, parts, strict=True):
            sheet = by_name.get(name.casefold())
            if sheet is None:
                self.problems.append(f"the sheet {name!r} is missing. Take a new download and copy your answers.")
            else:
                rows += self._read_part(sheet, part)
        self._refuse_others(names)
        return rows

    def _refuse_others(self, names: Iterable[str]) -> None:
        """A sheet of one's own does no harm, but answers in a copy of one of ours would be lost unseen."""
        known = {name.casefold() for name in (*names, READ_ME, LISTS)}
        for sheet in self.found.sheets:
            if sheet.name.casefold() not in known and {Column.ID, Column.ANSWER} <= set(_headings(sheet)):
                self.problems.append(f"the sheet {sheet.name!r} is not one of this questionnaire. Delete it.")

    def _read_part(self, sheet: SheetRows, part: QuestionnairePart) -> list[AnswerRow]:
        headings = _headings(sheet)
        lacking = [column.value for column in NEEDED if column not in headings]
        if lacking:
            columns = f"the column{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}"
            self.problems.append(f"{sheet.name}: {columns} can't be found in the first row. Take a new download.")
            return []
        asked = {row.place.question: row for row in part.rows}
        lines = self._lines(sheet, headings, asked)
        absent = [question for question in asked if question not in lines]
        if absent:
            more = f" and {len(absent) - _MOST_NAMED} more" if len(absent) > _MOST_NAMED else ""
            said = f"{', '.join(absent[:_MOST_NAMED])}{more}"
            self.problems.append(f"{sheet.name}: no row has the id {said}. Take a new download.")
        read = (self._read_row(sheet, lines[question], row) for question, row in asked.items() if question in lines)
        return [row for row in read if row is not None]

    def _lines(
        self, sheet: SheetRows, headings: Mapping[Column, int], asked: Mapping[str, QuestionRow]
    ) -> dict[str, Mapping[Column, SheetCell]]:
        """The cells of each question by column; ids that are unknown, twice, or gone from their answer are problems."""
        lines: dict[str, Mapping[Column, SheetCell]] = {}
        for number in sorted(set(sheet.rows) - {1}):
            cells = {column: sheet.rows[number][at] for column, at in headings.items() if at in sheet.rows[number]}
            question = _text(cells.get(Column.ID)).strip()
            place = cells[Column.ID].name if Column.ID in cells else f"row {number}"
            if not question:
                if any(column in cells for column in NEEDED):
                    self._complain(sheet, place, "an answer or note stands in a row without an id.")
            elif question not in asked:
                self._complain(sheet, place, f"{question[:60]!r} is not the id of a question on this sheet.")
            elif question in lines:
                self._complain(sheet, place, f"{question} stands twice, first in {lines[question][Column.ID].name}.")
            else:
                lines[question] = cells
        return lines

    def _read_row(self, sheet: SheetRows, cells: Mapping[Column, SheetCell], row: QuestionRow) -> AnswerRow | None:
        before = len(self.problems)
        for column in (Column.ANSWER, Column.NOTE):
            self._refuse_formula(sheet, cells.get(column))
        version = self._version(sheet, cells.get(Column.VERSION))
        if len(self.problems) > before:
            return None
        was = self._answer(sheet, cells.get(Column.WAS_ANSWER), _offering_all(row))
        same = _content(cells.get(Column.ANSWER)) == _content(cells.get(Column.WAS_ANSWER))
        answer = was if same else self._answer(sheet, cells.get(Column.ANSWER), row)
        if answer is None or was is None:
            return None
        note, was_note = (restore(_text(cells.get(one))) for one in (Column.NOTE, Column.WAS_NOTE))
        return AnswerRow(row.place, version, answer, note, was, was_note)

    def _refuse_formula(self, sheet: SheetRows, cell: SheetCell | None) -> None:
        if cell is not None and cell.formula:
            self._complain(sheet, cell.name, "a formula stands here. Type what it comes to.")
        elif cell is not None and cell.error is not None:
            self._complain(sheet, cell.name, f"the error {cell.error[:20]} stands here, not an answer.")

    def _version(self, sheet: SheetRows, cell: SheetCell | None) -> int | None:
        text = _text(cell)
        if cell is None or (text.isascii() and text.isdigit() and len(text) <= 15):
            return int(text) if text else None
        self._complain(sheet, cell.name, "the version of the answer was changed. Take a new download.")
        return None

    def _answer(self, sheet: SheetRows, cell: SheetCell | None, row: QuestionRow) -> Answer | None:
        reading = read_answer(row.choices, _content(cell))
        if cell is not None and reading.answer is None:
            self._complain(sheet, cell.name, reading.message)
        return reading.answer

    def _complain(self, sheet: SheetRows, place: str, message: str) -> None:
        self.problems.append(f"{sheet.name}!{place}: {message}")


def _headings(sheet: SheetRows) -> dict[Column, int]:
    """Where each column stands; of two with one heading the first."""
    columns = {column.casefold(): column for column in Column}
    found: dict[Column, int] = {}
    for at, cell in sorted(sheet.rows.get(1, {}).items()):
        column = columns.get(_text(cell).strip().casefold())
        if column is not None:
            found.setdefault(column, at)
    return found


def _content(cell: SheetCell | None) -> str | float | None:
    content = None if cell is None else cell.text
    return restore(content) if isinstance(content, str) else content


def _offering_all(row: QuestionRow) -> QuestionRow:
    """What was answered before may be a way of being missing that is no longer offered."""
    return replace(row, choices=replace(row.choices, offered=MISSING_WHERE_SHOWN))
