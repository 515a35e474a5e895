# SPDX-License-Identifier: MIT
"""What a line of the log says, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from trigpoint_web.config.log_lines import REQUEST_ID, JsonLines, describe_error, log_uncaught

OURS, LIBRARY = "trigpoint.request", "some.library"
WITHHELD = "(what a library said is not kept, as it may hold names)"


def made(name, message, *given, **more):
    record = logging.LogRecord(name, logging.WARNING, "/opt/some/module.py", 7, message, given, None)
    record.__dict__.update(more)
    return json.loads(JsonLines().format(record))


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_our_own_words_are_kept_with_what_may_be_logged_alone():
    line = made(OURS, "request", method="GET", status=200, user="ann@example.org", milliseconds=1.5)

    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "WARNING",
        "logger": OURS,
        "message": "request",
        "method": "GET",
        "status": 200,
        "milliseconds": 1.5,
    }


def test_words_that_a_library_may_have_put_together_are_withheld():
    line = made(LIBRARY, "Invalid request from ip=192.0.2.1")

    assert (line["message"], line["from"]) == (WITHHELD, "module:7")


def test_a_logger_whose_name_only_begins_like_ours_is_not_ours():
    assert made("trigpointless", "ann@example.org")["message"] == WITHHELD


@pytest.mark.parametrize(
    ("message", "given", "said"),
    [
        ("Booting worker with pid: %s", (4711,), "Booting worker with pid: 4711"),
        ("Not Found: %s", ("/rounds/RRK/",), "Not Found: …"),
        ("%r of %.1f s", ("ann", 1.25), "… of 1.2 s"),
        ("%s: %s", ("Internal Server Error", "/x/"), "Internal Server Error: …"),
        ("Task path=%s", ("trigpoint_web.notifications.tasks.send_queued_mail",), None),
        ("failed: %s", (ValueError("ann@example.org"),), "failed: ValueError"),
        ("nothing: %s", (None,), "nothing: None"),
        ("%(who)s did %(times)d", ({"who": "ann", "times": 3},), "… did 3"),
        ("%d of them", ("ann",), "%d of them"),
        ("too few: %s %s", ("ann",), "too few: %s %s"),
    ],
)
def test_of_what_a_library_was_given_numbers_and_names_of_code_are_kept(message, given, said):
    assert made(LIBRARY, message, *given)["message"] == (said or message % given)


def test_a_message_that_is_no_text_is_withheld():
    assert made(OURS, ValueError("ann@example.org"))["message"] == WITHHELD


def test_something_else_under_a_name_that_may_be_logged_is_told_by_its_type():
    assert made(OURS, "request", route=ValueError("ann@example.org"))["route"] == "ValueError"


def test_the_request_is_named_while_there_is_one():
    token = REQUEST_ID.set("abc")
    try:
        assert made(LIBRARY, "x")["request_id"] == "abc"
    finally:
        REQUEST_ID.reset(token)
    assert "request_id" not in made(LIBRARY, "x")


def test_an_error_is_told_with_its_causes_and_without_what_it_says():
    error = raised(ValueError("ann@example.org"))
    error.__cause__ = KeyError("RRK")

    told = list(describe_error(error))

    assert told[0] == "builtins.ValueError"
    assert told[1].startswith("  web/config/test_log_lines.py:")
    assert told[-1] == "builtins.KeyError"
    assert not any("ann" in line or "RRK" in line for line in told)


def test_an_error_in_the_code_is_told_in_full():
    assert list(describe_error(ImportError("no module named trigpoint_web.nothing"))) == [
        "builtins.ImportError: no module named trigpoint_web.nothing"
    ]


def test_a_cause_that_was_put_aside_is_not_told():
    error = ValueError()
    error.__context__, error.__suppress_context__ = KeyError(), True

    assert list(describe_error(error)) == ["builtins.ValueError"]


def test_a_line_without_an_error_has_none():
    record = logging.LogRecord(OURS, logging.ERROR, "m.py", 1, "it failed", (), (None, None, None))

    assert "error" not in json.loads(JsonLines().format(record))


def test_what_ends_a_command_is_logged_without_what_it_says(capsys):
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    error = raised(ValueError("ann@example.org"))
    try:
        log_uncaught(ValueError, error, error.__traceback__)
    finally:
        logging.getLogger().removeHandler(handler)

    told = capsys.readouterr().err
    assert '"message": "the command failed"' in told
    assert "ann@example.org" not in told


def test_a_command_that_was_broken_off_is_told_as_python_tells_it(capsys):
    log_uncaught(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert capsys.readouterr().err.strip() == "KeyboardInterrupt"


def test_a_setting_that_is_missing_is_said_in_full():
    environment = {"PATH": "", "TRIGPOINT_DEBUG": "0"}
    command = [sys.executable, "-m", "trigpoint_web", "migrate"]

    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "TRIGPOINT_SECRET_KEY is not set" in ran.stderr


def test_a_command_that_fails_in_a_service_logs_one_line_of_json(tmp_path):
    environment = {
        "PATH": "",
        "TRIGPOINT_SECRET_KEY": "x" * 60,
        "TRIGPOINT_HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/quillfeather.sqlite3",
    }
    command = [sys.executable, "-m", "trigpoint_web", "take_due_steps"]

    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    (line,) = ran.stderr.splitlines()
    assert ran.returncode == 1
    assert json.loads(line)["error"][0] == "django.db.utils.OperationalError"
    assert "quillfeather" not in ran.stderr
