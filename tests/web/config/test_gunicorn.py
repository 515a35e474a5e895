# SPDX-License-Identifier: MIT
"""The web server as it is set up for a real service: no log of who asked for what, nothing to steer it by."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from unittest.mock import patch

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]

from trigpoint_web.config import gunicorn_settings
from trigpoint_web.config.gunicorn_log import JsonLogger


def logger_of(**settings):
    config = Config()
    for name, given in {"errorlog": "-", **settings}.items():
        config.set(name, given)
    return JsonLogger(config)


def test_an_address_in_a_warning_of_the_server_is_withheld(capsys):
    logger = logger_of()

    logger.warning("Invalid request from ip=192.0.2.77: Invalid HTTP request line")
    logger.info("Booting worker with pid: %s", 4711)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["logger"] for line in lines] == ["gunicorn.error", "gunicorn.error"]
    assert "192.0.2.77" not in str(lines)
    assert lines[1]["message"] == "Booting worker with pid: 4711"


def test_requests_are_not_logged_by_the_server_even_when_that_is_asked_for(capsys):
    logger = logger_of(accesslog="-")

    logger.access(None, None, {"REMOTE_ADDR": "192.0.2.77"}, None)

    assert capsys.readouterr() == ("", "")


def test_gunicorn_takes_every_setting():
    known = Config().settings

    chosen = {name: value for name, value in vars(gunicorn_settings).items() if name in known}

    assert set(chosen) >= {"bind", "workers", "threads", "worker_class", "logger_class", "control_socket_disable"}
    assert (chosen["accesslog"], chosen["errorlog"]) == (None, "-")
    assert chosen["bind"].startswith("127.0.0.1:")


def test_the_server_starts_with_these_settings(tmp_path):
    environment = {**os.environ, "TRIGPOINT_DEBUG": "1", "TRIGPOINT_HOME": str(tmp_path), "TRIGPOINT_WORKERS": "3"}
    options = ("--config", "python:trigpoint_web.config.gunicorn_settings", "--print-config")
    command = [sys.executable, "-m", "gunicorn", *options, "trigpoint_web.config.wsgi"]

    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert re.search(r"^workers\s+= 3$", ran.stdout, re.MULTILINE)


def read_gunicorn(**environment):
    """Return the settings of the web server as it reads them."""
    clean = {name: given for name, given in os.environ.items() if not name.startswith("TRIGPOINT_")}
    with patch.dict(os.environ, {**clean, **environment}, clear=True):
        return runpy.run_path(gunicorn_settings.__file__)


@pytest.mark.parametrize(
    ("environment", "requests", "jitter"),
    [({}, 1000, 200), ({"TRIGPOINT_REQUESTS": "400"}, 400, 80), ({"TRIGPOINT_REQUESTS": "0"}, 0, 0)],
)
def test_a_process_makes_room_for_a_new_one_after_a_while_and_not_all_at_once(environment, requests, jitter):
    read = read_gunicorn(**environment)

    assert (read["max_requests"], read["max_requests_jitter"]) == (requests, jitter)
