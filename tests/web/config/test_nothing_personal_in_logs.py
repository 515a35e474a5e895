# SPDX-License-Identifier: MIT
"""A day's work leaves no name, address, code, note or file name in any line of the log, whoever writes it."""

from __future__ import annotations

import json
import logging
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.operations.stored import MINUTES
from tests.web.world import make_world
from trigpoint_web.accounts.actions import confirm_address
from trigpoint_web.accounts.roles import Role
from trigpoint_web.config.log_lines import JsonLines
from trigpoint_web.rounds.models import Answer, EvidenceVersion

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-and-secret-phrase"
NOTE = "Doctor Quillfeather says so"
FILE_NAME = "quillfeather-minutes.pdf"
IP = "192.0.2.77"
PLACE = {"round_slug": "2026", "code": "ZZ301", "asked_in": "organisation", "question": "board_leads"}


@pytest.fixture
def log():
    """Everything that is logged, of every level, in the form that the service gives it."""
    written, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet = [logging.getLogger(name) for name in ("django.request", "django.server")]
    levels = [one.level for one in quiet]
    for one in quiet:
        one.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    for one, before in zip(quiet, levels, strict=True):
        one.setLevel(before)


@pytest.fixture
def person():
    user = make_world().people[Role.CONTRIBUTOR]
    user.set_password(PASSWORD)
    user.save()
    confirm_address(user)
    return user


def client(**options):
    return Client(REMOTE_ADDR=IP, raise_request_exception=False, **options)


def sign_in(browser, person, password=PASSWORD):
    return browser.post(reverse("account_login"), {"login": person.email, "password": password})


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def assert_nothing_personal(log, person):
    told = log.getvalue()
    personal = (
        person.email,
        person.name,
        PASSWORD,
        "Quillfeather",
        "quillfeather",
        "ZZ301",
        IP,
        "board_leads",
        "example.org",
    )
    assert [word for word in personal if word in told] == []


def test_a_day_of_work_leaves_nothing_personal(log, person, settings):
    settings.ROOT_URLCONF = "tests.web.config.broken_urls"
    browser = client()

    assert sign_in(browser, person, "a wrong one").status_code == 200
    assert sign_in(browser, person).status_code == 302
    saved = browser.post(reverse("question_save", kwargs=PLACE), {"answer": "agree", "version": "0", "note": NOTE})
    upload = SimpleUploadedFile(FILE_NAME, MINUTES, "application/pdf")
    added = browser.post(reverse("evidence_add", kwargs=PLACE), {"kind": "file", "file": upload, "title": NOTE})
    missing = browser.get(f"/rounds/2026/ZZ301/{NOTE}/")
    broken = browser.post("/broken/ZZ301/", {"note": NOTE})

    assert (saved.status_code, added.status_code, missing.status_code, broken.status_code) == (200, 302, 404, 500)
    assert EvidenceVersion.objects.get().file_name == FILE_NAME
    assert Answer.objects.get().note == NOTE
    assert_nothing_personal(log, person)


def test_an_error_is_logged_by_type_and_place_and_with_its_request(log, person, settings):
    settings.ROOT_URLCONF = "tests.web.config.broken_urls"
    browser = client()
    browser.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")

    answer = browser.post("/broken/ZZ301/", {"note": NOTE})

    (told,) = [line for line in lines(log) if "error" in line]
    assert (told["logger"], told["message"]) == ("django.request", "Internal Server Error: …")
    assert told["request_id"] == answer.headers["X-Request-Id"]
    assert told["error"][0] == "django.db.utils.IntegrityError"
    assert any(line.startswith("  web/config/broken_urls.py:") for line in told["error"])
    assert "builtins.KeyError" in told["error"]


def test_a_request_is_one_line_by_its_route(log, person):
    browser = client()
    browser.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    log.truncate(0)

    answer = browser.get(reverse("task_list", args=["2026", "ZZ301"]))

    (told,) = [line for line in lines(log) if line["logger"] == "trigpoint.request"]
    assert (told["method"], told["status"], told["message"]) == ("GET", answer.status_code, "request")
    assert told["route"] == "rounds/<slug:round_slug>/<ods:code>/"
    assert told["milliseconds"] >= 0


def test_a_made_up_method_and_a_route_that_is_none_are_not_repeated(log, person):
    client().generic("QUILLFEATHER", "/quillfeather/")

    (told,) = [line for line in lines(log) if line["logger"] == "trigpoint.request"]
    assert (told["method"], told["route"], told["status"]) == ("other", None, 404)
    assert_nothing_personal(log, person)


def test_what_django_refuses_for_safety_is_logged_without_what_was_sent(log, person):
    client().get("/", headers={"host": "quillfeather.example"})
    client(enforce_csrf_checks=True).post(reverse("question_save", kwargs=PLACE), {"note": NOTE})

    by_logger = {line["logger"] for line in lines(log)}
    assert {"django.security.DisallowedHost", "django.security.csrf"} <= by_logger
    assert_nothing_personal(log, person)
