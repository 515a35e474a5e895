# SPDX-License-Identifier: MIT
"""What somebody with the keys of the database could do: take the triggers off a table that only grows."""

from __future__ import annotations

from django.db import connection


def allow_changes(*tables: str) -> None:
    """Let rows of these tables be changed, for the rest of the test."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_no_UPDATE")
            else:
                # Checks that wait for the end of the transaction would stand in the way.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
