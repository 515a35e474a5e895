# SPDX-License-Identifier: MIT
"""The tables of a release: what each column holds, which column refers to which, and their text as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["string", "integer", "number"]
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. is_required: never an empty cell."""

    name: str
    kind: ColumnKind
    meaning: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose cells must stand in columns of another table."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table without its rows. key: the columns that together name a row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def heading(self) -> Cells:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"


_UNIT = ("organisation", "care_setting")
_TO_UNITS = Reference(_UNIT, "units", _UNIT)
_ORGANISATION = Column("organisation", "string", "ODS code of the organisation, as the return gave it")
_CARE_SETTING = Column("care_setting", "string", "the part of the organisation the return is for; General is the whole")
_ROUND = Column("round", "string", "the round the answers are from")
_FRAMEWORK = Column("framework", "string", "the framework and its version")
_NAME = Column("name", "string", "name as the return gave it; for reading, not for matching", is_required=False)
_SETTINGS = Column(
    "care_settings", "string", "care settings whose questions were asked, joined by ;", is_required=False
)

SCORES = TableShape(
    "scores",
    "Scores: one row for each unit and measure",
    (
        _ROUND,
        _ORGANISATION,
        _CARE_SETTING,
        Column("measure", "string", "the measure scored"),
        Column("score", "number", "the score, rounded only where the rules say so; empty: no score", is_required=False),
        Column("band", "string", "the band of the score; empty: no score, or no bands", is_required=False),
        Column("asked", "integer", "scored questions shown to the unit"),
        Column("answered", "integer", "of those asked, how many were answered"),
        Column("dont_know", "integer", "of those asked, how many were answered with don’t know"),
        Column("not_applicable", "integer", "of those asked, how many do not apply to the unit"),
        Column("not_shown", "integer", "scored questions not shown to the unit, by routing or care setting"),
        _FRAMEWORK,
        Column("basis", "string", "what the answers rest on: self is self-assessed"),
    ),
    ("organisation", "care_setting", "measure"),
    (_TO_UNITS, Reference(("measure",), "measures", ("measure",))),
)
ANSWERS = TableShape(
    "answers",
    "Answers: one row for each unit and question",
    (
        _FRAMEWORK,
        Column("framework_hash", "string", "SHA-256 of what is asked and how it counts"),
        _ROUND,
        _ORGANISATION,
        _NAME,
        _CARE_SETTING,
        _SETTINGS,
        Column("question", "string", "the question answered"),
        Column("answer", "string", "the answer's code in its scale, or the number given", is_required=False),
        Column(
            "missing",
            "string",
            "why there is no answer: not_answered, dont_know, not_applicable, not_shown; else empty",
            is_required=False,
        ),
    ),
    ("organisation", "care_setting", "question"),
    (_TO_UNITS, Reference(("question",), "questions", ("question",))),
)
UNITS = TableShape(
    "units", "Units of assessment: one row for each return", (_ORGANISATION, _CARE_SETTING, _NAME, _SETTINGS), _UNIT
)
MEASURES = TableShape(
    "measures",
    "Measures: what is scored",
    (
        Column("measure", "string", "id of the measure"),
        Column("title", "string", "its name"),
        Column("level", "string", "its level in the measures tree"),
        Column("parent", "string", "the measure it is part of; empty: the top", is_required=False),
        Column("summary", "string", "what it is about", is_required=False),
    ),
    ("measure",),
    (Reference(("parent",), "", ("measure",)),),
)
QUESTIONS = TableShape(
    "questions",
    "Questions: what was asked",
    (
        Column("question", "string", "id of the question"),
        Column("text", "string", "its wording in the framework"),
        Column("measure", "string", "the measure it counts towards; empty: not scored", is_required=False),
        Column("scale", "string", "its answer scale"),
        Column("asked_of", "string", "whether it is asked of the organisation or of each care setting"),
        Column("care_settings", "string", "care settings it is asked in, joined by ;; empty: all", is_required=False),
    ),
    ("question",),
    (Reference(("measure",), "measures", ("measure",)),),
)
SCALES = TableShape(
    "scales",
    "Answer scales: what each answer code says, from least to most",
    (
        Column("scale", "string", "id of the answer scale"),
        Column("answer", "string", "code of the answer; number where any number in a range is an answer"),
        Column("label", "string", "the answer in words"),
    ),
    ("scale", "answer"),
)
SUMMARY = TableShape(
    "summary",
    "Summary: every number of the page, with its n and its definition",
    (
        Column("measure", "string", "the measure summarised"),
        Column("statistic", "string", "which number this is"),
        Column("value", "number", "the number, unrounded; empty: no return has a score", is_required=False),
        Column("n", "integer", "returns with a score that it rests on"),
        Column("definition", "string", "how it is worked out"),
    ),
    ("measure", "statistic"),
    (Reference(("measure",), "measures", ("measure",)),),
)
DICTIONARY = TableShape(
    "dictionary",
    "Dictionary: what each column of each table means",
    (
        Column("table", "string", "the table"),
        Column("column", "string", "the column"),
        Column("type", "string", "string, integer or number"),
        Column("may_be_empty", "string", "yes or no"),
        Column("meaning", "string", "what the column holds"),
    ),
    ("table", "column"),
)
TABLES = (SCORES, ANSWERS, UNITS, MEASURES, QUESTIONS, SCALES, SUMMARY, DICTIONARY)


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    """Return a table as CSV with bare line feeds; None is an empty cell."""
    text = io.StringIO(newline="")
    plain, quoted = (csv.writer(text, lineterminator="\n", quoting=kind) for kind in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    for row in (heading, *rows):
        # Only Python 3.13 and later quote a lone carriage return by themselves.
        is_broken = any(cell is not None and "\r" in cell for cell in row)
        (quoted if is_broken else plain).writerow(row)
    return text.getvalue()
