# SPDX-License-Identifier: MIT
"""The engine: a transaction stands in the queue from its beginning to its end, however it ends."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.utils import ConnectionHandler, load_backend

from tests.web.config.test_settings import read_settings
from trigpoint_web.queued_sqlite3 import base
from trigpoint_web.queued_sqlite3.base import DatabaseWrapper
from trigpoint_web.queued_sqlite3.queue import QueueTooLong, find_queue


@pytest.fixture
def connection(tmp_path, monkeypatch, django_db_blocker):
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "trigpoint_web.queued_sqlite3",
                "NAME": str(tmp_path / "a.sqlite3"),
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0},
            }
        }
    )
    made = handler["default"]
    # `transaction.atomic` looks its connection up here.
    monkeypatch.setattr("django.db.transaction.get_connection", lambda _: made)
    with django_db_blocker.unblock():
        with made.cursor() as cursor:
            cursor.execute("CREATE TABLE line (text TEXT UNIQUE DEFERRABLE)")
        yield made
        made.close()


def is_free(connection):
    queue = find_queue(connection.settings_dict["NAME"])
    try:
        queue.enter(longest=0)
    except QueueTooLong:
        return False
    queue.leave()
    return True


def add(connection, text="a"):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO line VALUES (%s)", [text])


def lines(connection):
    with connection.cursor() as cursor:
        return [text for (text,) in cursor.execute("SELECT text FROM line ORDER BY text")]


def test_the_service_runs_on_this_engine_where_it_runs_on_sqlite():
    on_sqlite, elsewhere = (
        read_settings("DATABASES", **given)["DATABASES"]["default"]["ENGINE"]
        for given in ({}, {"DATABASE_URL": "postgresql:///trigpoint"})
    )

    assert load_backend(on_sqlite).DatabaseWrapper is DatabaseWrapper
    assert elsewhere == "django.db.backends.postgresql"


def test_a_transaction_holds_the_queue_and_gives_it_back_when_it_is_kept(connection):
    with transaction.atomic():
        add(connection)
        assert not is_free(connection)

    assert is_free(connection)
    assert lines(connection) == ["a"]


def test_a_transaction_that_is_given_up_gives_the_queue_back(connection):
    with transaction.atomic():
        add(connection)
        transaction.set_rollback(True)

    assert is_free(connection)
    assert lines(connection) == []


def test_one_within_another_neither_waits_nor_gives_back(connection):
    with transaction.atomic():
        with transaction.atomic():
            add(connection, "inner")
        with pytest.raises(DatabaseError), transaction.atomic():
            add(connection, "inner")
        assert not is_free(connection)
        add(connection, "outer")

    assert is_free(connection)
    assert lines(connection) == ["inner", "outer"]


def test_what_is_done_on_commit_is_done_outside_the_queue(connection):
    seen = []
    with transaction.atomic():
        add(connection)
        connection.on_commit(lambda: seen.append(is_free(connection)))

    assert seen == [True]


def test_a_connection_that_is_closed_within_a_transaction_gives_the_queue_back(connection):
    with transaction.atomic():
        add(connection)
        connection.close()

    assert is_free(connection)
    assert lines(connection) == []


def test_a_transaction_that_cannot_begin_leaves_the_queue(connection):
    with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as stranger:
        stranger.execute("BEGIN IMMEDIATE")  # without queueing, as a tool on the command line does

        with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
            add(connection)

        assert is_free(connection)
        stranger.execute("COMMIT")
    stranger.close()
    with transaction.atomic():
        add(connection)
    assert lines(connection) == ["a"]


def test_a_commit_that_fails_is_rolled_back_and_leaves_the_queue(connection, monkeypatch):
    def fail(_: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(SqliteWrapper, "_commit", fail)
    with pytest.raises(OperationalError, match="disk I/O"), transaction.atomic():
        add(connection)

    assert is_free(connection)
    assert lines(connection) == []


def test_who_waits_too_long_is_told_as_by_sqlite(connection, monkeypatch):
    monkeypatch.setattr(base, "_LONGEST", 0.01)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        queue = find_queue(connection.settings_dict["NAME"])
        queue.enter(longest=1)
        held.set()
        done.wait()
        queue.leave()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with pytest.raises(OperationalError, match="database is locked: somebody"), transaction.atomic():
        add(connection)
    done.set()
    thread.join()

    with transaction.atomic():
        add(connection)
    assert lines(connection) == ["a"]


def test_reading_alone_does_not_queue(connection):
    queue = find_queue(connection.settings_dict["NAME"])
    queue.enter(longest=1)

    assert lines(connection) == []

    queue.leave()


def test_a_database_in_memory_has_no_queue(monkeypatch, django_db_blocker):
    made = ConnectionHandler({"default": {"ENGINE": "trigpoint_web.queued_sqlite3", "NAME": ":memory:"}})["default"]
    monkeypatch.setattr("django.db.transaction.get_connection", lambda _: made)
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert vars(made)["_held"] is None
        made.close()

    assert not Path(":memory:-queue").exists()
