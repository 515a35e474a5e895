# SPDX-License-Identifier: MIT
"""Whether the service lives and is ready, as the machine that watches it is told."""

from __future__ import annotations

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from trigpoint_web.config.health import find_store_troubles

FOLDER = "trigpoint_web.rounds.evidence_store.EvidenceFolder"


class SilentStore(FileSystemStorage):
    """A store that never answers."""

    def exists(self, name):
        raise TimeoutError(name)


def store_settings(settings, backend, **options):
    settings.STORAGES = {**settings.STORAGES, "evidence": {"BACKEND": backend, "OPTIONS": options}}


def test_the_service_is_alive_whatever_the_database_does():
    answer = Client().get("/health/")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_service_is_ready_when_all_is_well():
    answer = Client().get("/ready/")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "troubles": []})


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "told"), [(1, "1 migration is not applied"), (2, "2 migrations are not applied")])
def test_a_migration_that_waits_is_told(rows, told):
    with connection.cursor() as cursor:
        for app, name in sorted(MigrationLoader(None).graph.leaf_nodes())[:rows]:
            cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [app, name])

    answer = Client().get("/ready/")

    assert (answer.status_code, answer.json()["troubles"]) == (503, [told])


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_without_its_address():
    with connection.execute_wrapper(refuse):
        answer = Client().get("/ready/")

    assert (answer.status_code, answer.json()["troubles"]) == (503, ["the database does not answer"])


def refuse(*_):
    raise OperationalError("could not connect to server at 192.0.2.1 as trigpoint")


def test_a_store_that_does_not_answer_is_told(settings):
    store_settings(settings, f"{__name__}.SilentStore")

    assert list(find_store_troubles()) == ["the evidence store does not answer"]


def test_a_folder_that_will_be_made_is_well(settings, tmp_path):
    store_settings(settings, FOLDER, location=str(tmp_path / "not" / "yet"))

    assert list(find_store_troubles()) == []


def test_a_folder_whose_place_is_a_file_is_told(settings, tmp_path):
    (tmp_path / "evidence").write_text("not a folder", encoding="utf-8")
    store_settings(settings, FOLDER, location=str(tmp_path / "evidence"))

    assert list(find_store_troubles()) == ["the evidence folder can't be written to"]


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
@pytest.mark.django_db
def test_both_answer_on_this_machine_without_the_proxy_under_any_name(settings, address):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["assessment.example.org"]

    assert Client().get(address, headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_other_pages_are_sent_to_https(settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["assessment.example.org"]

    answer = Client().get("/about/", headers={"host": "assessment.example.org"})

    assert (answer.status_code, answer.headers["Location"]) == (301, "https://assessment.example.org/about/")
