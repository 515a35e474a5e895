# SPDX-License-Identifier: MIT
"""The folder of what the service keeps is made where it is not there, for its owner alone."""

from __future__ import annotations

import stat
from pathlib import Path
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from tests.web.config.test_settings import run
from trigpoint_web.config.apps import make_home, needs_home


def mode_of(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_migrate_makes_the_folder_and_the_database_in_it(tmp_path):
    home = tmp_path / "srv" / "trigpoint"

    ran = run(
        "-m",
        "trigpoint_web",
        "migrate",
        "notifications",
        environment={"TRIGPOINT_DEBUG": "1", "TRIGPOINT_HOME": str(home)},
    )

    assert ran.returncode == 0, ran.stderr
    assert mode_of(home) == 0o700
    assert (home / "trigpoint.sqlite3").is_file()


def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o750)
    (home / "kept").write_text("as it was", encoding="utf-8")

    make_home(home)

    assert mode_of(home) == 0o750
    assert (home / "kept").read_text(encoding="utf-8") == "as it was"


def test_a_folder_that_cannot_be_made_is_told_with_its_name(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("", encoding="utf-8")

    with pytest.raises(ImproperlyConfigured) as told:
        make_home(taken / "home")

    assert (
        str(told.value) == f"TRIGPOINT_HOME is {taken / 'home'}, which can't be made: Not a directory. Name a folder."
    )


@pytest.mark.parametrize(
    ("engine", "name", "is_needed"),
    [
        ("django.db.backends.sqlite3", "home/trigpoint.sqlite3", True),
        ("django.db.backends.sqlite3", "elsewhere/other.sqlite3", False),
        ("django.db.backends.postgresql", "home/trigpoint", False),
    ],
)
def test_only_a_database_in_the_folder_needs_it(tmp_path, engine, name, is_needed):
    assert needs_home({"ENGINE": engine, "NAME": str(tmp_path / name)}, tmp_path / "home") is is_needed


def test_a_service_on_postgresql_has_no_folder_made_for_it(tmp_path):
    home = tmp_path / "home"
    environment = {"TRIGPOINT_DEBUG": "1", "TRIGPOINT_HOME": str(home), "DATABASE_URL": "postgresql:///none"}

    ran = run("-m", "trigpoint_web", "check", environment=environment)

    assert ran.returncode == 0, ran.stderr
    assert not home.exists()


@pytest.mark.parametrize("is_ours", [True, False])
def test_the_folder_is_made_as_the_service_begins_where_the_database_is_in_it(tmp_path, settings, is_ours):
    settings.HOME = tmp_path / "home"
    folder = settings.HOME if is_ours else tmp_path
    with patch.dict(settings.DATABASES, default={"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "a.db")}):
        apps.get_app_config("config").ready()

    assert settings.HOME.exists() is is_ours


def test_one_made_twice_is_needed_once(tmp_path):
    make_home(tmp_path / "home")
    make_home(tmp_path / "home")

    assert mode_of(tmp_path / "home") == 0o700
