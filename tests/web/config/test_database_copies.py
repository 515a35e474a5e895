# SPDX-License-Identifier: MIT
"""Copies of the database of SQLite: whole, of one moment, put back only where nothing can be lost.

tests/web/operations/test_backup.py does it to a service that runs.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db.utils import ConnectionHandler

from trigpoint_web.config.database_copies import CopyRefused, copy_database, put_back_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_database")]


@pytest.fixture
def own_database(tmp_path, monkeypatch):
    """An empty database of SQLite in the place of the service's, whatever database the tests run on."""
    name = tmp_path / "own.sqlite3"
    own = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name}})["default"]
    monkeypatch.setattr("trigpoint_web.config.database_copies.connection", own)
    yield name
    own.close()


@pytest.fixture
def copy(tmp_path):
    """A database with one row, as a copy of before."""
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as made:
        made.execute("CREATE TABLE rounds (slug TEXT)")
        made.execute("INSERT INTO rounds VALUES ('2026')")
        made.commit()
    return tmp_path / "copy.sqlite3"


def test_a_copy_is_put_back_and_copied_again_while_somebody_is_writing(own_database, copy, tmp_path):
    call_command("restore_database", str(copy))
    with closing(sqlite3.connect(own_database)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE rounds SET slug = 'not kept yet'")
        call_command("backup_database", str(tmp_path / "again.sqlite3"))
        writer.rollback()

    with closing(sqlite3.connect(tmp_path / "again.sqlite3")) as again:
        assert again.execute("SELECT slug FROM rounds").fetchall() == [("2026",)]


def test_a_copy_is_not_put_over_a_database_that_is_in_use(copy):
    put_back_database(copy)

    with pytest.raises(CommandError, match="The database has 1 tables already"):
        call_command("restore_database", str(copy))


def test_a_copy_never_replaces_a_file(copy):
    before = copy.read_bytes()

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup_database", str(copy))
    assert copy.read_bytes() == before


def test_a_copy_goes_to_a_folder_that_there_is(tmp_path):
    with pytest.raises(CopyRefused, match="There is no folder"):
        copy_database(tmp_path / "nowhere" / "copy.sqlite3")


def test_a_copy_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CopyRefused, match="There is no file"):
        put_back_database(tmp_path / "copy.sqlite3")


@pytest.mark.parametrize("begins", [b"", b"SQLite format 3\0"])
def test_a_damaged_copy_is_not_put_back(tmp_path, begins):
    (tmp_path / "copy.sqlite3").write_bytes(begins + b"no database at all" * 100)

    with pytest.raises(CopyRefused, match="is damaged, or no database"):
        put_back_database(tmp_path / "copy.sqlite3")


@pytest.mark.parametrize("act", [copy_database, put_back_database])
def test_postgresql_has_its_own_tools(monkeypatch, copy, act):
    monkeypatch.setattr("trigpoint_web.config.database_copies.connection.vendor", "postgresql")

    with pytest.raises(CopyRefused, match="Use pg_dump and pg_restore"):
        act(copy)
