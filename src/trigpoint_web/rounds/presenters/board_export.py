# SPDX-License-Identifier: MIT
"""A board as a table to take away: every row says of which round and moment it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from trigpoint.publication.formula_text import neutralise
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.queries.board import BoardRow
from trigpoint_web.rounds.states import SubmissionState

HEADING = (
    "organisation",
    "name",
    "system",
    "type",
    "state",
    "asked",
    "dealt_with",
    "last_activity_at",
    "due_at",
    "is_extended",
    "is_late",
    "round",
    "framework",
    "framework_hash",
    "as_at",
)
Cell = str | float
ExportTable = tuple[tuple[Cell, ...], ...]


def build_table(round_: Round, rows: Iterable[BoardRow], *, at: datetime) -> ExportTable:
    """Return the heading and the rows. Text that would start a formula is made harmless; what is missing is blank.

    Moments are in ISO 8601 with the offset of London's clock.
    """
    framework = f"{round_.framework.framework}@{round_.framework.version}"
    definition = (round_.slug, framework, round_.framework_id, _moment(at))
    return (HEADING, *((*_cells(row, at), *definition) for row in rows))


def _cells(row: BoardRow, at: datetime) -> tuple[Cell, ...]:
    is_late = row.state != SubmissionState.SIGNED and row.due_at < at
    return (
        neutralise(row.code),
        neutralise(row.name),
        neutralise(row.system or ""),
        neutralise(row.kind),
        row.state,
        float(row.asked),
        float(row.dealt_with),
        _moment(row.last_activity_at),
        _moment(row.due_at),
        _truth(is_true=row.is_extended),
        _truth(is_true=is_late),
    )


def build_csv(table: ExportTable) -> str:
    """Return a table as CSV, with the line ends that spreadsheets expect."""
    text = io.StringIO()
    csv.writer(text).writerows([_text(cell) for cell in row] for row in table)
    return text.getvalue()


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) else cell


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else timezone.localtime(moment).isoformat(timespec="seconds")


def _truth(*, is_true: bool) -> str:
    return "yes" if is_true else "no"
