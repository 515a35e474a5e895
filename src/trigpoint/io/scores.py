# SPDX-License-Identifier: MIT
"""Files of scores: tidy CSV and Parquet, and how they were made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from trigpoint.errors import FileTrouble
from trigpoint.io.answers import write_csv
from trigpoint.io.duck import ColumnType, write_parquet
from trigpoint.publication.score_rows import SCORE_COLUMNS, basis_text, score_rows
from trigpoint.scoring.score_table import COUNTS, ScoreTable

SCORE_TYPES: Mapping[str, ColumnType] = {
    name: "DOUBLE" if name == "score" else "BIGINT" if name in COUNTS else "VARCHAR" for name in SCORE_COLUMNS
}


def write_scores(table: ScoreTable, folder: Path) -> tuple[Path, ...]:
    """Write scores.csv, scores.parquet and scores.json to a folder, making it if need be; return their paths.

    Raises FileTrouble when the folder can't be written to.
    """
    files = tuple(folder / f"scores.{ending}" for ending in ("csv", "parquet", "json"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_scores_csv(table, files[0])
        write_scores_parquet(table, files[1])
        files[2].write_text(json.dumps(provenance(table), indent=2) + "\n", encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{folder}: {error.strerror}. Name a folder that can be made and written to.") from error
    return files


def write_scores_csv(table: ScoreTable, path: Path) -> None:
    """Write one row for each unit and measure, in SCORE_COLUMNS. Raises FileTrouble."""
    write_csv(path, SCORE_COLUMNS, [row.cells() for row in score_rows(table)])


def write_scores_parquet(table: ScoreTable, path: Path) -> None:
    """Write the rows of scores.csv as Parquet: the score a number, counts whole numbers, the rest text.

    Raises FileTrouble.
    """
    rows = [row.cells() for row in score_rows(table)]
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(SCORE_COLUMNS)}
    write_parquet(columns, SCORE_TYPES, path)


def provenance(table: ScoreTable) -> dict[str, object]:
    """Return what is needed to make the scores again: framework, answers and engine, by name and hash."""
    return {
        "round": table.round,
        "framework": str(table.framework),
        "framework_hash": table.framework_hash,
        "rules_of": str(table.rules_of),
        "rules_hash": table.rules_hash,
        "answers_hash": table.answers.hash,
        "engine": table.engine,
        "basis": basis_text(table),
        "units": len(table.units),
    }
