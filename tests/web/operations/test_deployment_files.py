# SPDX-License-Identifier: MIT
"""The files for running the service on a server fit the code, each other and the page that tells of them."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

OPERATIONS = Path(__file__).resolve().parents[3] / "docs" / "operations"
FILES = OPERATIONS / "files"
SERVICES = sorted(FILES.glob("*.service"))
TIMERS = sorted(FILES.glob("*.timer"))
SCRIPTS = [FILES / name for name in ("backup", "restore", "manage")]
# Written into /srv by the guide; a machine that runs the tests has no such thing.
INSTALLED = re.compile(r"/srv/trigpoint/(?:venv/)?bin/[a-z-]+")
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "trigpoint",
    "EnvironmentFile": "/etc/trigpoint.env",
}


def read(path):
    return path.read_text(encoding="utf-8")


def sections(path):
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as configparser's own page says to do
    parser.read_string(read(path))
    return parser


def guide():
    return read(OPERATIONS / "deployment.md")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_no_more_than_it_must(unit):
    service = sections(unit)["Service"]

    assert {name: service[name] for name in HARDENED} == HARDENED
    assert set(service["ReadWritePaths"].split()) <= {"/srv/trigpoint/var", "/srv/trigpoint/backups"}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_commands_that_there_are(unit):
    commands = re.findall(r"^ExecStart=-?/srv/trigpoint/venv/bin/trigpoint-web (\w+)", read(unit), re.MULTILINE)

    assert commands or "ExecStart" in read(unit)
    assert [name for name in commands if name not in get_commands()] == []


def test_the_background_has_all_that_must_happen_by_itself():
    told = "".join(map(read, SERVICES))

    for command in ("db_worker", "take_due_steps", "send_mail", "send_reminders", "clearsessions", "migrate"):
        assert f"trigpoint-web {command}" in told


@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.name)
def test_a_timer_has_its_service_and_begins_with_the_machine(timer):
    assert timer.with_suffix(".service").is_file()
    assert sections(timer)["Install"]["WantedBy"] == "timers.target"


def test_the_web_server_runs_with_the_settings_of_the_package():
    (command,) = re.findall(r"^ExecStart=(.*gunicorn.*)$", read(FILES / "trigpoint-web.service"), re.MULTILINE)

    assert command.endswith("gunicorn --config python:trigpoint_web.config.gunicorn_settings trigpoint_web.config.wsgi")


def test_systemd_understands_the_units(tmp_path):
    if (analyse := shutil.which("systemd-analyze")) is None:
        pytest.skip("this machine has no systemd-analyze to ask")
    for unit in (*SERVICES, *TIMERS):
        (tmp_path / unit.name).write_text(INSTALLED.sub("/bin/true", read(unit)), encoding="utf-8")

    asked = subprocess.run(
        [analyse, "verify", *(f"./{unit.name}" for unit in (*SERVICES, *TIMERS))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in asked.stderr.splitlines() if "trigpoint" in line] == []
    assert asked.returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sound_bash_that_stops_at_the_first_trouble(script):
    checked = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)

    assert checked.stderr == ""
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in read(script)


def test_nobody_can_make_requests_as_the_proxy():
    nginx = read(FILES / "nginx.conf")

    assert "proxy_set_header X-Forwarded-Proto $scheme;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "proxy_pass http://127.0.0.1:8000;" in nginx


def test_the_proxy_lets_the_largest_file_through_and_logs_no_people():
    nginx = read(FILES / "nginx.conf")
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", nginx)

    assert settings.EVIDENCE_LARGEST < int(megabytes) * 1024 * 1024 < 2 * settings.EVIDENCE_LARGEST
    assert nginx.count("access_log off;") == nginx.count("server {")


def test_the_guide_names_every_file_and_no_other():
    named = set(re.findall(r"\b(?:trigpoint-[a-z]+\.(?:service|timer)|trigpoint\.env|nginx\.conf)", guide()))
    there = {path.name for path in FILES.iterdir()}
    ran_by_timers = {timer.with_suffix(".service").name for timer in TIMERS}

    assert named <= there
    assert there - named - ran_by_timers == {"backup", "restore", "manage"}
    assert all(f"`files/{script.name}`" in guide() for script in SCRIPTS)


def test_the_guide_names_commands_that_there_are():
    named = set(re.findall(r"trigpoint-web ((?!trigpoint)\w+)", guide()))

    assert {"add_administrator", "check_store"} <= named <= set(get_commands())
