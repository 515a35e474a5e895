# SPDX-License-Identifier: MIT
"""A table to which rows can only be added: the database itself refuses to change or delete one."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never changed or deleted'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: rows are never changed or deleted', TG_TABLE_NAME; END $$
"""
# TRUNCATE is a deletion too, and fires no trigger of rows.
_POSTGRESQL = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


class MakeAppendOnly(Operation):
    """A step of a migration: from here on, rows of the table are added and never changed. Backwards takes it off."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of what Django knows of the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002  Django calls it
        """Put the triggers on."""
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(_SQLITE.format(table=self.table, verb=verb))
            return
        schema_editor.execute(_POSTGRESQL_FUNCTION, params=None)  # its % is not a placeholder
        for statement in _POSTGRESQL.format(table=self.table).split(";"):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002  Django calls it
        """Take the triggers off."""
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_no_{verb}")
            return
        for suffix in ("change", "truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_no_{suffix} ON {self.table}")

    def describe(self) -> str:
        """Say what the step does."""
        return f"Refuse every change and deletion in {self.table}"
