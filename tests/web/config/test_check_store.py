# SPDX-License-Identifier: MIT
"""The check of the store finds what is missing, changed or unprotected, and nothing in a store that is whole."""

from __future__ import annotations

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from tests.web.operations.stored import BOARD, MINUTES, make_stored_world
from tests.web.world import NOW
from trigpoint_web.accounts.roles import Role
from trigpoint_web.config.store_checks import check_store, check_triggers, list_append_only_tables
from trigpoint_web.rounds.actions.signing import Reopening, reopen
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import Answer, FrozenFramework, Signature, StoredFile, Submission
from trigpoint_web.rounds.stored_files import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def world(settings):
    settings.STORAGES = dict(settings.STORAGES)  # set anew, so each test has a store of evidence of its own
    return make_stored_world()


@contextmanager
def without_triggers(table):
    """Take the triggers of a table off, as somebody who means ill would, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for _, made_by in triggers:
                cursor.execute(made_by)
        else:
            # What waits for the end of the transaction would refuse a change of the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def problems():
    read_framework.cache_clear()
    return list(check_store())


def test_a_store_that_is_whole_has_no_problem():
    assert problems() == []


def test_the_command_says_that_all_is_well():
    said = StringIO()

    call_command("check_store", stdout=said)

    assert said.getvalue().startswith("The store is whole")


def test_a_state_signed_before_a_reopening_still_recomputes(world):
    reopening = Reopening("A figure was wrong.", None)
    reopen(world.submission("ZZ302"), reopening, by=world.people[Role.ADMINISTRATOR], at=NOW)
    world.answer(BOARD, "disagree", code="ZZ302")

    assert problems() == []


def test_evidence_that_is_gone_is_found_and_the_command_fails():
    stored = StoredFile.objects.get()
    storages["evidence"].delete(path_of(stored.hash))
    said = StringIO()

    with pytest.raises(CommandError, match="1 problem was found"):
        call_command("check_store", stderr=said)

    assert said.getvalue() == f"evidence {stored.hash}: is not in the store\n"


def test_evidence_that_was_changed_is_found():
    stored = StoredFile.objects.get()
    storages["evidence"].delete(path_of(stored.hash))
    storages["evidence"].save(path_of(stored.hash), ContentFile(b"something else"))

    (problem,) = problems()

    assert f"evidence {stored.hash}: the store has 14 bytes" in problem
    assert f"not {len(MINUTES)} bytes" in problem


def test_a_count_that_the_answers_do_not_give_is_found():
    Submission.objects.filter(organisation="ZZ301").update(dealt_with_count=5)

    (problem,) = problems()

    assert "the row says 5 of" in problem
    assert "its answers 1 of" in problem


def test_a_changed_answer_breaks_its_signature():
    with without_triggers("rounds_answer"):
        Answer.objects.filter(question="board_leads", version=2).update(choice="disagree")

    signature = Signature.objects.get()
    assert problems() == [
        f"signature {signature.pk}: the answers of submission {signature.submission_id} do not give its hash"
    ]


def test_an_answer_that_was_taken_out_leaves_a_gap():
    with without_triggers("rounds_answer"):
        Answer.objects.filter(question="board_leads", version=1).delete()

    (problem,) = problems()

    assert problem.endswith("organisation, board_leads: 1 answers are there, and the last is version 2")


def test_a_declaration_of_another_hash_is_found():
    with without_triggers("rounds_signature"):
        Signature.objects.update(declaration="I sign something else.")

    assert problems() == [f"signature {Signature.objects.get().pk}: its declaration names another hash"]


def test_an_answer_after_the_signature_is_found():
    standing = Answer.objects.get(question="board_leads", version=2)
    Answer.objects.create(
        submission=standing.submission,
        asked_in=BOARD.asked_in,
        question=BOARD.question,
        version=3,
        choice="agree",
        at=NOW,
    )

    assert problems() == [f"submission {standing.submission_id}: was answered after its signature"]


def test_a_signed_submission_without_signature_is_found(world):
    with without_triggers("rounds_signature"):
        Signature.objects.all().delete()

    assert problems() == [f"submission {world.submission('ZZ302').pk}: is signed, and has no signature"]


@pytest.mark.parametrize("files", [{"framework.yaml": "framework: [", "scoring.yaml": ""}, None])
def test_a_framework_that_was_changed_is_found_and_its_submissions_are_left_out(files):
    frozen = FrozenFramework.objects.get()
    changed = frozen.files | {"framework.yaml": frozen.files["framework.yaml"].replace("the Board", "the board")}
    with without_triggers("rounds_frozenframework"):
        FrozenFramework.objects.update(files=files or changed)

    (problem,) = problems()

    assert problem.startswith(f"framework {frozen.pk}: its files do not give that hash (")


def test_a_missing_trigger_is_found():
    with without_triggers("rounds_answer"):
        found = list(check_triggers())

    assert len(found) == 2
    assert all(one.startswith("table rounds_answer: the trigger rounds_answer_no_") for one in found)
    assert list(check_triggers()) == []


def test_every_table_that_is_history_is_append_only():
    assert {"rounds_answer", "rounds_signature", "audit_event", "results_storedscore", "rounds_storedfile"} <= set(
        list_append_only_tables()
    )
