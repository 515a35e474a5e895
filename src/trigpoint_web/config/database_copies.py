# SPDX-License-Identifier: MIT
"""A copy of the database of SQLite, made while the service runs, and putting one back. PostgreSQL has its own tools."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from trigpoint.errors import TrigpointError


@dataclass(eq=False)
class CopyRefused(TrigpointError):
    """A copy can't be made or put back. why: a sentence."""

    why: str

    def __str__(self) -> str:
        return self.why


def copy_database(target: Path) -> None:
    """Write the whole database, as it stands at one moment, to a new file, and put it on disk. Raises CopyRefused."""
    _require_sqlite()
    if target.exists():
        raise CopyRefused(f"{target} is there already. Give the name of a new file.")
    if not target.parent.is_dir():
        raise CopyRefused(f"There is no folder {target.parent}.")
    # One reading transaction: writers go on, and nothing they do meanwhile is in the copy.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with target.open("rb") as written:
        os.fsync(written.fileno())


def put_back_database(source: Path) -> None:
    """Put a copy in the place of the database, which must be empty. Raises CopyRefused."""
    _require_sqlite()
    if not source.is_file():
        raise CopyRefused(f"There is no file {source}.")
    if tables := connection.introspection.table_names():
        raise CopyRefused(
            f"The database has {len(tables)} tables already. Put a copy back into an empty one: move the file of this "
            "one away first, or set another TRIGPOINT_HOME or DATABASE_URL."
        )
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _require_sound(copy, source)
        connection.ensure_connection()
        copy.backup(connection.connection)


def _require_sqlite() -> None:
    if connection.vendor != "sqlite":
        raise CopyRefused("The database is PostgreSQL. Use pg_dump and pg_restore, as the scripts for backups do.")


def _require_sound(copy: sqlite3.Connection, source: Path) -> None:
    try:
        said = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError:
        said = []
    if said != ["ok"]:
        raise CopyRefused(f"{source} is damaged, or no database. Take another copy.")
