# SPDX-License-Identifier: MIT
"""A table to which rows can only be added: what each database is told, and that this one holds to it, both ways."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from tests.web.world import make_world
from trigpoint_web.audit.append_only import MakeAppendOnly
from trigpoint_web.audit.models import Event

STEP = MakeAppendOnly("audit_event")


class Told:
    """A schema editor of a database that only listens."""

    def __init__(self, vendor: str) -> None:
        self.connection = SimpleNamespace(vendor=vendor)
        self.statements: list[str] = []

    def execute(self, statement: str, params: object = ()) -> None:
        assert params is None or "%" not in statement, "a percent sign would be taken for a placeholder"
        self.statements.append(" ".join(statement.split()))


class Doing:
    """A schema editor that works within the transaction of a test."""

    connection = connection

    def execute(self, statement: str, params: tuple[()] | None = ()) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


def tell(vendor: str, *, forwards: bool) -> list[str]:
    """Return the statements of the step for a database."""
    editor = Told(vendor)
    (STEP.database_forwards if forwards else STEP.database_backwards)("audit", editor, None, None)
    return editor.statements


def test_sqlite_is_told_to_refuse_both_verbs():
    update, delete = tell("sqlite", forwards=True)

    assert update.startswith(
        "CREATE TRIGGER audit_event_no_UPDATE BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT,"
    )
    assert delete.startswith("CREATE TRIGGER audit_event_no_DELETE BEFORE DELETE ON audit_event")


def test_postgresql_is_told_to_refuse_truncation_too():
    function, change, truncate = tell("postgresql", forwards=True)

    assert function.startswith("CREATE OR REPLACE FUNCTION refuse_change()")
    assert "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW" in change
    assert "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT" in truncate


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_backwards_takes_off_each_trigger_that_was_put_on(vendor):
    put_on = {words.split()[2] for words in tell(vendor, forwards=True) if words.startswith("CREATE TRIGGER")}

    taken_off = {words.split()[4] for words in tell(vendor, forwards=False)}

    assert taken_off == put_on


def test_the_step_says_what_it_does_and_changes_nothing_that_django_knows():
    state = object()
    STEP.state_forwards("audit", state)

    assert STEP.describe() == "Refuse every change and deletion in audit_event"
    assert STEP.reversible


@pytest.mark.django_db
def test_this_database_refuses_until_the_step_is_taken_back():
    make_world()
    latest = Event.objects.latest("id")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=latest.pk).update(action="other")

    STEP.database_backwards("audit", Doing(), None, None)
    assert Event.objects.filter(pk=latest.pk).update(action="other") == 1

    STEP.database_forwards("audit", Doing(), None, None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=latest.pk).delete()
