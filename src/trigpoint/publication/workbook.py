# SPDX-License-Identifier: MIT
"""The sheets of a release's spreadsheet as values: a cover, the scores, the summary, the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.publication.display import NO_SCORE
from trigpoint.publication.manifest import Manifest
from trigpoint.publication.synthetic_mark import NOTICE
from trigpoint.publication.table_rows import Rows
from trigpoint.publication.tables import DICTIONARY, SCORES, SUMMARY, TableShape
from trigpoint.scoring.score_table import ScoreTable

Cell = str | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. widths: of its columns, in letters. heading: the number of rows at the top that stay in view."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: int = 1


def build_sheets(rows: Mapping[str, Rows], table: ScoreTable, manifest: Manifest) -> tuple[Sheet, ...]:
    """Return the sheets, in order. rows: those of the tables, by file."""
    return (
        Sheet("Cover", (22, 100), tuple(_cover(table, manifest)), heading=0),
        Sheet(
            "Scores", _widths(SCORES, {"measure": 34, "organisation": 14}, name=46), _scores(rows[SCORES.file], table)
        ),
        Sheet(
            "Summary",
            _widths(SUMMARY, {"measure": 34, "statistic": 26, "definition": 90}),
            _with_heading(SUMMARY, rows[SUMMARY.file]),
        ),
        Sheet(
            "Dictionary",
            _widths(DICTIONARY, {"column": 18, "meaning": 90}),
            _with_heading(DICTIONARY, rows[DICTIONARY.file]),
        ),
    )


def _cover(table: ScoreTable, manifest: Manifest) -> list[tuple[Cell, ...]]:
    settings = manifest.settings
    rows = [(settings.title, "")]
    if settings.is_synthetic:
        rows.append(("Synthetic", NOTICE))
    rows += [
        ("Round", manifest.round),
        ("Framework", f"{manifest.framework}, hash {manifest.framework_hash}"),
        ("Answers", f"{len(table.units):,} units, {manifest.questions:,} questions, hash {manifest.answers_hash}"),
        *((name.replace("_", " ").capitalize(), text) for name, text in manifest.definitions.items()),
        ("Engine", f"{manifest.engine}, of Trigpoint {manifest.software}"),
        ("Licence", f"{settings.licence.title}, {settings.licence.path}"),
        *([("Published on", settings.date)] if settings.date else []),
        ("Release", manifest.release),
        ("How to verify", "trigpoint release verify, with the folder this file came in"),
    ]
    return [*rows]


def _scores(scores: Rows, table: ScoreTable) -> tuple[tuple[Cell, ...], ...]:
    """The scores table with the name of each organisation beside its code, and a score that isn't there in words."""
    names = {unit.key: unit.name for unit in table.units}
    at = SCORES.heading.index("organisation") + 1
    score = SCORES.heading.index("score")
    rows = []
    for cells in scores:
        typed = list(_typed(SCORES, cells))
        typed[score] = typed[score] if cells[score] else NO_SCORE
        rows.append((*typed[:at], names[cells[at - 1], cells[at]], *typed[at:]))
    return ((*SCORES.heading[:at], "name", *SCORES.heading[at:]), *rows)


def _with_heading(shape: TableShape, rows: Rows) -> tuple[tuple[Cell, ...], ...]:
    return (shape.heading, *(_typed(shape, cells) for cells in rows))


def _typed(shape: TableShape, cells: tuple[str, ...]) -> tuple[Cell, ...]:
    """Cells of number columns as numbers; an empty cell stays empty."""
    return tuple(
        cell if column.kind == "string" or not cell else float(cell)
        for column, cell in zip(shape.columns, cells, strict=True)
    )


def _widths(shape: TableShape, wider: dict[str, int], *, name: int | None = None) -> tuple[int, ...]:
    """Widths by column; the scores sheet has the organisation's name after its code."""
    widths = [wider.get(column, max(12, len(column) + 2)) for column in shape.heading]
    if name is not None:
        widths.insert(shape.heading.index("organisation") + 1, name)
    return tuple(widths)
