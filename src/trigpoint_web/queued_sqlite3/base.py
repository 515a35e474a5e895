# SPDX-License-Identifier: MIT
"""The database engine: Django's SQLite, but a transaction waits for its turn before it begins.

SQLite itself lets a second writer sleep and try again, each time for longer, up to a tenth of a second, while the first
has long finished; with eight people at work most of their waiting is such sleep.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.utils import OperationalError

from trigpoint_web.queued_sqlite3.queue import QueueTooLong, WriteQueue, find_queue

_LONGEST = 20.0  # seconds; as long as SQLite's own wait in the settings


class DatabaseWrapper(SqliteWrapper):
    """A connection that stands in the queue from the beginning of a transaction to its end."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._held: WriteQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()  # not where it failed: then Django rolls back

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _enter(self) -> None:
        if self._held is not None or self.is_in_memory_db():
            return
        queue = find_queue(str(self.settings_dict["NAME"]))
        try:
            queue.enter(longest=_LONGEST)
        except QueueTooLong:
            raise OperationalError("database is locked: somebody has been writing to it for too long") from None
        self._held = queue

    def _leave(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.leave()
