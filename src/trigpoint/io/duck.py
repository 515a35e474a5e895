# SPDX-License-Identifier: MIT
"""Parquet in and out, through DuckDB. The same columns give the same bytes, whatever the machine and the day."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np

from trigpoint.errors import AnswersProblems, FileTrouble, Problem

ColumnType = Literal["VARCHAR", "DOUBLE", "BIGINT"]

# One thread and one row group size, or the order in which groups are written is a matter of luck.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {"threads": 1}
_ROW_GROUP = 122_880


def write_parquet(columns: Mapping[str, Sequence[object]], types: Mapping[str, ColumnType], path: Path) -> None:
    """Write columns of equal length to a Parquet file, in the order of `types`. None is a missing value.

    Raises FileTrouble when the file can't be written.
    """
    table = {name: np.array(list(columns[name]), dtype=object) for name in types}
    chosen = ", ".join(f"CAST({_quoted(name)} AS {kind}) AS {_quoted(name)}" for name, kind in types.items())
    with duckdb.connect(config=_SETTINGS) as connection:
        connection.register("rows", table)
        try:
            kind = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
            connection.execute(f"COPY (SELECT {chosen} FROM rows) TO ? ({kind})", [str(path)])
        except duckdb.IOException as error:
            raise FileTrouble(f"{path}: can't be written. Does the folder exist, and may you write there?") from error


def read_parquet(path: Path) -> dict[str, list[str | None]]:
    """Return every column of a Parquet file as text; None where the value is missing.

    Raises FileTrouble when there is no such file, AnswersProblems when it is not Parquet.
    """
    if not path.is_file():
        raise FileTrouble(f"{path}: no such file.")
    # DuckDB would take answers[1].parquet for a pattern, and read answers1.parquet in its place.
    one = [glob.escape(str(path))]
    with duckdb.connect(config=_SETTINGS) as connection:
        try:
            names = [row[0] for row in connection.execute("DESCRIBE FROM read_parquet(?)", one).fetchall()]
            chosen = ", ".join(f"CAST({_quoted(name)} AS VARCHAR)" for name in names)
            rows = connection.execute(f"SELECT {chosen} FROM read_parquet(?)", one).fetchall()
        except duckdb.Error as error:
            message = "not a Parquet file, or cut short. Make it again with trigpoint ingest."
            raise AnswersProblems([Problem(str(path), None, None, message)]) from error
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _quoted(name: str) -> str:
    """A column name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
