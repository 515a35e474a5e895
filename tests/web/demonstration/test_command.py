# SPDX-License-Identifier: MIT
"""`script/demo`: what it sets up, what it says, and the whole of it once in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from trigpoint_web import __main__
from trigpoint_web.demonstration import command
from trigpoint_web.demonstration.people import NAMES
from trigpoint_web.demonstration.serving import Address

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="the demonstration has a database of its own, whichever this is"
)
def test_the_demonstration_shows_every_role_its_first_page():
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TRIGPOINT_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    ran = subprocess.run(
        [sys.executable, "-m", "trigpoint_web", "demo", "--check"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    lines = ran.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [role.label for role in NAMES]
    assert lines[-1] == "The first page of each role is as it must be."


def test_a_nation_that_is_complete_is_kept_and_one_that_is_not_is_made_anew(tmp_path):
    with command._folder(tmp_path, check=False, fresh=False) as home:
        (home / "half").touch()
    with command._folder(tmp_path, check=False, fresh=False) as home:
        assert not (home / "half").exists(), "it was not complete"
        (home / command.STAMP).touch()
    with command._folder(tmp_path, check=False, fresh=False) as home:
        assert (home / command.STAMP).exists()
    with command._folder(tmp_path, check=False, fresh=True) as home:
        assert list(home.iterdir()) == []


def test_a_check_leaves_nothing_behind():
    with command._folder(Path("unused"), check=True, fresh=False) as home:
        assert home.is_dir()

    assert not home.exists()


def test_the_environment_is_that_of_the_demonstration_and_its_key_stays(tmp_path, monkeypatch):
    for name in (
        "DJANGO_SETTINGS_MODULE",
        "TRIGPOINT_HOME",
        "TRIGPOINT_SECRET_KEY",
        "DATABASE_URL",
        "TRIGPOINT_SECURE",
    ):
        monkeypatch.setenv(name, "before")
    monkeypatch.setattr(os, "environ", dict(os.environ))

    command._set_environment(tmp_path, Address(8123))
    first = os.environ["TRIGPOINT_SECRET_KEY"]
    command._set_environment(tmp_path, Address(8123))

    assert os.environ["TRIGPOINT_ADDRESS"] == "http://localhost:8123"
    assert os.environ["TRIGPOINT_SECRET_KEY"] == first
    assert "DATABASE_URL" not in os.environ
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_usual_port_is_taken_when_it_is_free_and_another_when_not(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(command, "USUAL_PORT", port)

        assert command._choose_port(None) != port
        with pytest.raises(OSError, match="in use"):
            command._choose_port(port)
    assert command._choose_port(None) == port


def test_a_newcomer_is_told_where_and_how_to_sign_in(tmp_path):
    said = "\n".join(command.say_where(Address(8000), tmp_path))

    assert "http://localhost:8000/rounds/2026/board/" in said
    assert all(role.label in said for role in NAMES)
    assert said.count(command.PASSWORD) == len(NAMES)


def test_steps_are_told_with_the_time_they_took(capsys):
    say = command._Steps()

    say("Making the database")
    say("Making up a nation")
    say.end()
    say.end()

    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told] == ["Making the database", "Making up a nation"]


def test_options_have_their_usual_values():
    given = command._parse([])

    assert (given.check, given.fresh, given.out, given.port) == (False, False, Path("demo"), None)


def test_a_command_of_the_service_is_one_of_django(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["trigpoint-web", "version"])

    __main__.main()

    assert capsys.readouterr().out.startswith("5.2")


def test_the_demonstration_is_reached_through_the_service_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["trigpoint-web", "demo", "--help"])

    with pytest.raises(SystemExit) as left:
        __main__.main()

    assert left.value.code == 0
    assert "--fresh" in capsys.readouterr().out
