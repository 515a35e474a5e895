# SPDX-License-Identifier: MIT
"""Where evidence is kept: in a folder, whole or not at all; in a store that speaks S3, by setting."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_s3 import FakeS3, run_fake_s3
from tests.support.office_files import PDF, good_files
from tests.web.rounds.evidence_given import give_file, stored_file_of
from tests.web.world import make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.config import settings as service_settings
from trigpoint_web.rounds.evidence_store import EvidenceFolder
from trigpoint_web.rounds.file_types import FileRefused
from trigpoint_web.rounds.stored_files import path_of, write_file


class BrokenFile(ContentFile[bytes]):
    """A file that can't be read to its end."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002  as in Django
        """Give a piece, then fail."""
        yield b"a"
        raise OSError("the disk of the upload is gone")


class LateStore(InMemoryStorage):
    """A store that says a file is not there when it is first asked, as when somebody puts it there just then."""

    def __init__(self) -> None:
        super().__init__()
        self.times_asked = 0

    def exists(self, name: str) -> bool:
        """Say whether there is such a file; the first time, that there is not."""
        self.times_asked += 1
        return self.times_asked > 1 and super().exists(name)


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "trigpoint_web.rounds.evidence_store.EvidenceFolder",
            "OPTIONS": {"location": str(tmp_path / "evidence"), "base_url": None},
        },
    }
    return tmp_path / "evidence"


def files_in(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_the_service_keeps_evidence_in_a_folder_of_its_own_that_has_no_address():
    evidence = service_settings.STORAGES["evidence"]

    assert evidence["BACKEND"] == "trigpoint_web.rounds.evidence_store.EvidenceFolder"
    assert Path(evidence["OPTIONS"]["location"]) == service_settings.HOME / "evidence"
    assert not Path(evidence["OPTIONS"]["location"]).is_relative_to(service_settings.STATIC_ROOT)
    with pytest.raises(ValueError, match="has no address"):
        EvidenceFolder(**evidence["OPTIONS"]).url("ab/cd/x")


def test_a_file_lies_under_its_hash_and_only_its_owner_reads_it(folder):
    written = write_file(ContentFile(PDF, name="minutes.pdf"), "minutes.pdf")

    assert files_in(folder) == [Path(written.hash[:2], written.hash[2:4], written.hash)]
    kept = folder / path_of(written.hash)
    assert kept.read_bytes() == PDF
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_file_that_breaks_off_leaves_nothing(folder):
    store = EvidenceFolder(location=folder)

    with pytest.raises(OSError, match="the disk of the upload is gone"):
        store.save("ab/cd/x", BrokenFile(b"a", name="x"))

    assert files_in(folder) == []


def test_the_same_content_written_by_many_at_once_is_one_file(folder):
    gate = threading.Barrier(8)
    hashes = []

    def write() -> None:
        content = ContentFile(PDF * 20_000, name="minutes.pdf")
        gate.wait()
        hashes.append(write_file(content, "minutes.pdf").hash)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(hashes) == 8
    assert files_in(folder) == [Path(path_of(hashes[0]))]
    assert (folder / path_of(hashes[0])).read_bytes() == PDF * 20_000


def test_a_name_that_leads_out_of_the_folder_is_refused_by_the_store(folder):
    with pytest.raises(SuspiciousFileOperation):
        EvidenceFolder(location=folder).save("../outside", ContentFile(b"a"))


def test_a_store_that_gives_a_second_name_ends_with_one_file(settings):
    backend = {"BACKEND": "tests.web.rounds.test_evidence_store.LateStore"}
    settings.STORAGES = {**settings.STORAGES, "evidence": backend}
    store = storages["evidence"]

    first = write_file(ContentFile(PDF, name="minutes.pdf"), "minutes.pdf")
    vars(store)["times_asked"] = 0
    second = write_file(ContentFile(PDF, name="minutes.pdf"), "minutes.pdf")

    assert first == second
    assert store.listdir(path_of(first.hash)[:5])[1] == [first.hash]


@given(st.sampled_from(sorted(good_files())), st.binary(max_size=40))
def test_what_is_stored_is_what_was_given(name, more):
    content = good_files()[name] + (more if name.endswith(".pdf") else b"")

    written = write_file(ContentFile(content, name=name), name)

    assert storages["evidence"].open(path_of(written.hash)).read() == content
    assert written.size == len(content)


def test_what_is_refused_is_not_stored(folder):
    with pytest.raises(FileRefused):
        write_file(ContentFile(b"<html>", name="a.txt"), "a.txt")

    assert files_in(folder) == []


@pytest.fixture
def s3(settings, monkeypatch) -> Iterator[FakeS3]:
    with run_fake_s3() as store:
        for name, value in {
            "TRIGPOINT_S3_BUCKET": "evidence",
            "TRIGPOINT_S3_ADDRESS": store.address,
            "TRIGPOINT_S3_REGION": "eu-west-2",
            "AWS_ACCESS_KEY_ID": "made-up",
            "AWS_SECRET_ACCESS_KEY": "made-up-too",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            monkeypatch.setenv(name, value)
        try:
            set_by_environment = importlib.reload(service_settings).STORAGES["evidence"]
            settings.STORAGES = {**settings.STORAGES, "evidence": set_by_environment}
            yield store
        finally:
            monkeypatch.undo()
            importlib.reload(service_settings)


@pytest.mark.django_db
def test_evidence_is_kept_in_a_store_that_speaks_s3_where_the_settings_say_so(s3):
    content = PDF + bytes(range(256)) * 40
    world = make_world()

    use = give_file(world, "minutes.pdf", content=content)
    give_file(world, "again.pdf", content=content)

    digest = stored_file_of(use).hash
    assert s3.objects == {f"evidence/{path_of(digest)}": content}
    assert [method for method, _ in s3.requests].count("PUT") == 1
    client = Client()
    client.force_login(world.people[Role.OBSERVER], backend="trigpoint_web.accounts.backends.AccountBackend")
    address = {"round_slug": "2026", "code": "ZZ301", "evidence": use.evidence_id, "version": 1}
    response = client.get(reverse("evidence_file", kwargs=address))
    assert response.getvalue() == content
    assert response.headers["Content-Length"] == str(len(content))


@pytest.mark.django_db
def test_a_file_that_the_s3_store_has_lost_is_told(s3):
    world = make_world()
    use = give_file(world)
    s3.objects.clear()
    client = Client()
    client.force_login(world.people[Role.OBSERVER], backend="trigpoint_web.accounts.backends.AccountBackend")

    address = {"code": "ZZ301", "evidence": use.evidence_id, "version": 1}

    assert client.get(reverse("evidence_library_file", kwargs=address)).status_code == 409
