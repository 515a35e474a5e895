# SPDX-License-Identifier: MIT
"""A questionnaire as a spreadsheet to fill in: what is asked is locked, an answer is chosen from its list."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trigpoint.errors import FileTrouble
from trigpoint.io.questionnaire_read_me import read_me_rows
from trigpoint.io.questionnaire_sheets import LISTS, READ_ME, Column, name_sheets, properties_of
from trigpoint.io.spreadsheets import FIXED_MOMENT, write_cell
from trigpoint.publication.formula_text import neutralise
from trigpoint.submissions.questionnaire_rows import (
    AnswerChoices,
    CurrentAnswer,
    Questionnaire,
    QuestionnairePart,
    QuestionRow,
    build_parts,
)
from trigpoint.submissions.read_rows import describe_range

# Widths in letters. On a laptop screen id to note fit side by side.
_WIDTHS: Mapping[Column, int] = {
    Column.ID: 24,
    Column.QUESTION: 52,
    Column.GOOD: 42,
    Column.ANSWER: 26,
    Column.NOTE: 40,
    Column.LAST: 20,
    Column.EVIDENCE: 30,
}
_HIDDEN = (Column.VERSION, Column.WAS_ANSWER, Column.WAS_NOTE)
_TYPED = (Column.ANSWER, Column.NOTE)
_READ_ME_WIDTH = 100
# Programs that open the file don't all make rows high enough for their text. A row is never higher than 409 points.
_LINE_POINTS, _HIGHEST_POINTS = 15, 405
_A4 = 9
# What a spreadsheet shows in a message beside a cell, at most.
_LONGEST_MESSAGE = 255
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# People may make a row higher or a column wider, and filter; nothing else of what is locked.
_ALLOWED = {"format_rows": True, "format_columns": True}

Cell = str | float | None


def build_questionnaire_workbook(questionnaire: Questionnaire) -> bytes:
    """Return the bytes of the .xlsx; the same questionnaire gives the same bytes.

    A sheet says what it is and how to fill it in, then comes one sheet for the organisation and one for each care
    setting. Raises FileTrouble when a text is longer than a cell can be.
    """
    made = io.BytesIO()
    parts = build_parts(questionnaire)
    moment = questionnaire.made_at if questionnaire.made_at is not None else FIXED_MOMENT
    with xlsxwriter.Workbook(made, _PLAIN) as workbook:
        workbook.set_properties({"created": moment.replace(tzinfo=None), "title": _title(questionnaire)})
        for about, text in properties_of(questionnaire).items():
            workbook.set_custom_property(about, text, "text")
        writer = _Writer(workbook, questionnaire, _styles(workbook))
        writer.write_read_me(parts)
        for name, part in zip(name_sheets(parts), parts, strict=True):
            writer.write_part(name, part)
        writer.write_lists()
    return made.getvalue()


def write_questionnaire_workbook(questionnaire: Questionnaire, path: Path) -> None:
    """Write the spreadsheet to a file. Raises FileTrouble."""
    try:
        path.write_bytes(build_questionnaire_workbook(questionnaire))
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _title(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.framework.content.title}: questionnaire"


def _styles(workbook: xlsxwriter.Workbook) -> Mapping[str, Format]:
    top = {"valign": "top", "text_wrap": True}
    typed = {**top, "locked": False, "bg_color": "#FFF9E5", "border": 1, "border_color": "#768692"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16, "valign": "top"}),
        "name": workbook.add_format({**top, "bold": True}),
        "text": workbook.add_format(top),
        "heading": workbook.add_format({**top, "bold": True, "bg_color": "#003087", "font_color": "#FFFFFF"}),
        "section": workbook.add_format({"bold": True, "valign": "top", "bg_color": "#D8DDE0"}),
        # Text, so that 1/2 in a note does not become a date.
        "typed": workbook.add_format({**typed, "num_format": "@"}),
        "number": workbook.add_format({**typed, "align": "left"}),
        "left": workbook.add_format({**top, "align": "left"}),
    }


@dataclass(slots=True)
class _Writer:
    """The workbook being filled. lists: for each list of labels the column of the hidden sheet that holds it."""

    workbook: xlsxwriter.Workbook
    questionnaire: Questionnaire
    styles: Mapping[str, Format]
    lists: dict[tuple[str, ...], int] = field(default_factory=dict)

    def write_read_me(self, parts: Sequence[QuestionnairePart]) -> None:
        """Add the sheet that says what the file is, whose, and how to fill it in."""
        page = self.workbook.add_worksheet(READ_ME)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, _READ_ME_WIDTH)
        for at, (name, text) in enumerate(read_me_rows(self.questionnaire, parts)):
            page.set_row(at, 22 if at == 0 else _height({Column.NOTE: text}, {Column.NOTE: _READ_ME_WIDTH}))
            self._write(page, (at, 0), name, "title" if at == 0 else "name")
            self._write(page, (at, 1), text, "text")
        page.protect("", _ALLOWED)
        self._set_print(page)

    def write_part(self, name: str, part: QuestionnairePart) -> None:
        """Add the sheet of a part: the heading, and for each section its title and its questions."""
        page = self.workbook.add_worksheet(name)
        columns = _columns(part)
        for at, column in enumerate(columns):
            page.set_column(at, at, _WIDTHS.get(column, 8), None, {"hidden": column in _HIDDEN})
            self._write(page, (0, at), column, "heading")
        line, section = 1, None
        for row in part.rows:
            if row.section != section:
                self._write_section(page, line, row.section, width=len(columns) - len(_HIDDEN))
                line, section = line + 1, row.section
            self._write_row(page, line, row, columns)
            line += 1
        page.freeze_panes(1, 0)
        page.protect("", _ALLOWED)
        page.repeat_rows(0)
        self._set_print(page)

    def write_lists(self) -> None:
        """Add the hidden sheet of the labels that can be chosen."""
        page = self.workbook.add_worksheet(LISTS)
        for labels, column in self.lists.items():
            for at, label in enumerate(labels):
                self._write(page, (at, column), label, "text")
        page.protect("")
        page.hide()

    def _write_section(self, page: Worksheet, line: int, title: str, *, width: int) -> None:
        for at in range(width):
            page.write_blank(line, at, None, self.styles["section"])
        self._write(page, (line, 1), title, "section")

    def _write_row(self, page: Worksheet, line: int, row: QuestionRow, columns: Sequence[Column]) -> None:
        cells = row_cells(row)
        is_number = row.choices.scale.number is not None
        page.set_row(line, _height(cells, _WIDTHS))
        for at, column in enumerate(columns):
            style = "left"
            if column in _TYPED:
                style = "number" if is_number and column is Column.ANSWER else "typed"
            self._write(page, (line, at), cells[column], style)
            if column is Column.ANSWER:
                page.data_validation(line, at, line, at, self._validation(row.choices, (line, at)))

    def _write(self, page: Worksheet, place: tuple[int, int], cell: Cell, style: str) -> None:
        """Write text as harmless text, a number as a number, and nothing as an empty cell with its style."""
        if cell is None or cell == "":
            page.write_blank(*place, None, self.styles[style])
        else:
            text = cell if isinstance(cell, float) else neutralise(str(cell))
            write_cell(page, place, text, path=Path("the questionnaire"), style=self.styles[style])

    def _validation(self, choices: AnswerChoices, place: tuple[int, int]) -> dict[str, object]:
        if choices.scale.number is not None:
            return _number_validation(choices, _cell_name(*place))
        column = self.lists.setdefault(choices.labels, len(self.lists))
        first, last = _cell_name(0, column, fixed=True), _cell_name(len(choices.labels) - 1, column, fixed=True)
        said = "Choose an answer from the list, or leave the cell empty."
        return {"validate": "list", "source": f"={LISTS}!{first}:{last}", **_messages(said, said)}

    def _set_print(self, page: Worksheet) -> None:
        about = self.questionnaire
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        # An ampersand begins a code there, and a header holds 255 letters at most.
        whose = f"{about.organisation_name} {about.organisation or ''} {about.round}".replace("&", "&&")[:200]
        page.set_header(f"&L{whose}&R&A")
        page.set_footer(f"&L{about.framework.ref}, hash {about.framework.hash[:12]}&RPage &P of &N")


def _columns(part: QuestionnairePart) -> tuple[Column, ...]:
    """The columns of a part's sheet; those of guidance are left out where no question has any."""
    cells = [row_cells(row) for row in part.rows]
    optional = (Column.GOOD, Column.LAST, Column.EVIDENCE)
    return tuple(column for column in Column if column not in optional or any(row[column] for row in cells))


def row_cells(row: QuestionRow) -> Mapping[Column, Cell]:
    """Return what stands in the row of a question; None for an empty cell."""
    current = row.current
    answer = None if current is None else row.choices.label_of(current.answer)
    return {
        Column.ID: row.place.question,
        Column.QUESTION: "\n".join(_lines(row)),
        Column.GOOD: row.question.good_looks_like,
        Column.ANSWER: answer,
        Column.NOTE: _note(current),
        Column.LAST: None if row.last is None else row.choices.label_of(row.last),
        Column.EVIDENCE: row.question.evidence,
        Column.VERSION: None if current is None else float(current.version),
        Column.WAS_ANSWER: answer,
        Column.WAS_NOTE: _note(current),
    }


def _height(cells: Mapping[Column, Cell], widths: Mapping[Column, int]) -> int:
    """The height of a row in points, in which its text has room."""
    texts = ((str(cells[column] or ""), width * 0.9) for column, width in widths.items() if column in cells)
    lines = max(sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n")) for text, width in texts)
    return min(lines * _LINE_POINTS + 3, _HIGHEST_POINTS)


def _lines(row: QuestionRow) -> Iterable[str]:
    yield row.question.text
    if row.condition:
        yield row.condition
    if row.choices.scale.number is not None:
        yield f"Type {describe_range(row.choices.scale.number)}."


def _note(current: CurrentAnswer | None) -> str | None:
    return current.note or None if current is not None else None


def _number_validation(choices: AnswerChoices, cell: str) -> dict[str, object]:
    """A number within its range, or one of the labels of being missing."""
    limits = choices.scale.number
    assert limits is not None, "only number questions come here"
    tests = [f"{cell}>={limits.minimum}"]
    tests += [] if limits.maximum is None else [f"{cell}<={limits.maximum}"]
    tests += [f"{cell}=INT({cell})"] if limits.whole else []
    labels = ",".join(f'{cell}="{label}"' for label in choices.labels)
    other = f"OR({labels})" if labels else "FALSE"
    said = "".join(f", or {label}" for label in choices.labels)
    message = f"Type {describe_range(limits)}{said}, or leave the cell empty."
    formula = f"=IF(ISNUMBER({cell}),AND({','.join(tests)}),{other})"
    return {"validate": "custom", "value": formula, **_messages(message, message)}


def _messages(told: str, refused: str) -> dict[str, str]:
    return {
        "input_title": "Answer",
        "input_message": told[:_LONGEST_MESSAGE],
        "error_title": "Not an answer",
        "error_message": refused[:_LONGEST_MESSAGE],
    }


def _cell_name(row: int, column: int, *, fixed: bool = False) -> str:
    name: str = xlsxwriter.utility.xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return name
