# SPDX-License-Identifier: MIT
"""Copies of evidence: every file that a row speaks of, each what its name says, none twice on the disk."""

from __future__ import annotations

import hashlib
import os
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests.web.operations.stored import MINUTES, give_minutes
from tests.web.world import make_world
from trigpoint_web.config import evidence_copies
from trigpoint_web.config.evidence_copies import check_file, copy_evidence, put_back_evidence
from trigpoint_web.rounds.models import StoredFile
from trigpoint_web.rounds.stored_files import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

OTHER = MINUTES.replace(b"never was", b"was not")


@pytest.fixture
def world(settings):
    settings.STORAGES = dict(settings.STORAGES)  # set anew, so each test has a store of its own
    made = make_world()
    give_minutes(made)
    give_minutes(made, OTHER, name="other.pdf")
    return made


def place_of(content):
    return path_of(hashlib.sha256(content).hexdigest())


def spoil(content, becomes):
    storages["evidence"].delete(place_of(content))
    if becomes is not None:
        storages["evidence"].save(place_of(content), ContentFile(becomes))


def test_a_copy_has_every_file_byte_for_byte(tmp_path):
    copied = copy_evidence(tmp_path, before=None)

    assert (copied.files, copied.had_before, copied.problems) == (2, 0, ())
    assert [(tmp_path / place_of(content)).read_bytes() for content in (MINUTES, OTHER)] == [MINUTES, OTHER]


def test_a_file_of_the_copy_before_takes_no_room_again(tmp_path):
    copy_evidence(tmp_path / "one", before=None)
    (tmp_path / "one" / place_of(OTHER)).unlink()

    copied = copy_evidence(tmp_path / "two", before=tmp_path / "one")

    assert (copied.files, copied.had_before) == (2, 1)
    first, second = (tmp_path / name / place_of(MINUTES) for name in ("one", "two"))
    assert first.stat().st_ino == second.stat().st_ino
    assert (tmp_path / "two" / place_of(OTHER)).read_bytes() == OTHER


def test_a_file_cut_short_in_the_copy_before_is_taken_from_the_store(tmp_path):
    copy_evidence(tmp_path / "one", before=None)
    (tmp_path / "one" / place_of(MINUTES)).write_bytes(MINUTES[:10])

    assert copy_evidence(tmp_path / "two", before=tmp_path / "one").had_before == 1
    assert (tmp_path / "two" / place_of(MINUTES)).read_bytes() == MINUTES


def test_a_copy_on_another_disk_is_copied_over(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError("Invalid cross-device link")

    copy_evidence(tmp_path / "one", before=None)
    monkeypatch.setattr(os, "link", refuse)

    assert copy_evidence(tmp_path / "two", before=tmp_path / "one").had_before == 2
    assert (tmp_path / "two" / place_of(MINUTES)).read_bytes() == MINUTES


@pytest.mark.parametrize(("becomes", "told"), [(None, "is not in the store"), (b"changed", "the store has 7 bytes")])
def test_the_command_goes_on_past_a_file_that_is_wrong_and_then_fails(tmp_path, becomes, told):
    spoil(MINUTES, becomes)
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="The copy is not whole"):
        call_command("backup_evidence", str(tmp_path), stdout=out, stderr=err)

    assert told in err.getvalue()
    assert out.getvalue().startswith("1 files of evidence, 0 of them in the copy before")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [place_of(OTHER).split("/")[-1]]


def test_a_file_that_can_not_be_read_is_told(monkeypatch):
    class Broken:
        def open(self, _):
            raise PermissionError("/srv/somewhere")

    monkeypatch.setattr(evidence_copies, "storages", {"evidence": Broken()})

    assert str(check_file(StoredFile.objects.all()[0])).endswith(": unreadable")


def test_a_copy_is_put_back_into_an_empty_store(tmp_path, settings):
    call_command("backup_evidence", str(tmp_path), stdout=StringIO())
    settings.STORAGES = dict(settings.STORAGES)
    out = StringIO()

    call_command("restore_evidence", str(tmp_path), stdout=out)

    assert out.getvalue().startswith("2 files of evidence, 0 of them in the store already")
    assert [check_file(stored) for stored in StoredFile.objects.all()] == [None, None]


def test_what_the_store_has_already_stays(tmp_path):
    copy_evidence(tmp_path, before=None)

    assert put_back_evidence(tmp_path).had_before == 2


def test_a_file_that_is_not_what_its_name_says_is_not_put_back(tmp_path, settings):
    copy_evidence(tmp_path, before=None)
    (tmp_path / place_of(MINUTES)).write_bytes(b"changed")
    (tmp_path / "stray").write_bytes(b"x")
    settings.STORAGES = dict(settings.STORAGES)
    err = StringIO()

    with pytest.raises(CommandError, match="Not all was put back"):
        call_command("restore_evidence", str(tmp_path), stdout=StringIO(), stderr=err)

    assert err.getvalue().count("is not what its name says") == 2
    assert [storages["evidence"].exists(place_of(content)) for content in (MINUTES, OTHER)] == [False, True]
