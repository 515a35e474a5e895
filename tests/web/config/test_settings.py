# SPDX-License-Identifier: MIT
"""The settings: each is written down with what it is for and its default, and a real service passes Django's checks."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler

from tests.repository.house import list_texts

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs" / "operations" / "settings.md"
FILES = ROOT / "docs" / "operations" / "files"
MODULES = [ROOT / "src/trigpoint_web/config" / name for name in ("settings.py", "gunicorn_settings.py")]
READ = re.compile(r"env\.\w+\(\s*\"(\w+)\"")
NAME = re.compile(r"\bTRIGPOINT_[A-Z0-9_]+\b")
# Of the core and of the tests, which the service does not read.
ELSEWHERE = {"TRIGPOINT_FRAMEWORKS", "TRIGPOINT_SHARED"}
BEGINS = ("TRIGPOINT_", "DATABASE_", "DJANGO_")
SECRET = {"TRIGPOINT_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def list_settings():
    """Return the name of every setting that the code reads."""
    return sorted({name for module in MODULES for name in READ.findall(module.read_text(encoding="utf-8"))})


def list_documented():
    """Return the names in the tables of the document, in order, with what stands beside each."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (purpose, default) for name, purpose, default in rows}


def production():
    """Return the environment of the file for production, with a secret filled in."""
    lines = (FILES / "trigpoint.env").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: given.strip('"') for name, _, given in pairs} | SECRET


def run(*command, environment):
    clean = {name: given for name, given in os.environ.items() if not name.startswith(BEGINS)}
    words = [sys.executable, "-W", "error::DeprecationWarning", *command]
    return subprocess.run(words, env={**clean, **environment}, cwd=ROOT, capture_output=True, text=True, check=False)


def read_settings(*names, **environment):
    """Return settings as a service reads them, which is served over HTTPS unless told otherwise."""
    clean = {name: given for name, given in os.environ.items() if not name.startswith(BEGINS)}
    with patch.dict(os.environ, {**clean, **SECRET, **environment}, clear=True):
        # Under its own name, by which coverage knows it.
        read = runpy.run_path(str(MODULES[0]), run_name="trigpoint_web.config.settings")
    return {name: read[name] for name in names}


def test_every_setting_is_written_down_and_nothing_else():
    assert sorted(list_documented()) == list_settings()


def test_every_setting_says_what_it_is_for_and_its_default():
    bare = [name for name, (purpose, default) in list_documented().items() if len(purpose) < 20 or not default.strip()]

    assert bare == []


@pytest.mark.parametrize(
    ("name", "default"),
    [
        (name, found)
        for module in MODULES
        for name, found in re.findall(
            r"env\.\w+\(\s*\"(\w+)\", default=(\"[^\"]*\"|[\d_]+|True|False)\)", module.read_text(encoding="utf-8")
        )
    ],
)
def test_a_default_is_written_down_as_it_is(name, default):
    said = list_documented()[name][1].replace("`", "").replace(",", "")
    assert said.startswith(say_default(default))


def say_default(code):
    """Return a default of the code as the document says it."""
    words = {"True": "yes", "False": "no", '""': "none"}
    return words.get(code) or (code.replace("_", "") if code[0].isdigit() else code.strip('"'))


def test_no_file_names_a_setting_that_there_is_not():
    known = {*list_settings(), *ELSEWHERE}
    named = {
        (str(source.path), name)
        for source in list_texts()
        if source.path.parts[0] in {"src", "tests", "docs", "script", "benchmarks", ".ci"}
        or len(source.path.parts) == 1
        for name in NAME.findall(source.text)
    }

    assert sorted(one for one in named if one[1] not in known) == []


def test_the_file_for_production_names_settings_that_there_are():
    text = (FILES / "trigpoint.env").read_text(encoding="utf-8")

    assert set(re.findall(r"^#?([A-Z0-9_]+)=", text, re.MULTILINE)) <= set(list_settings())


def test_a_real_service_passes_the_checks_with_warnings_as_failures(tmp_path):
    environment = {**production(), "TRIGPOINT_HOME": str(tmp_path)}

    ran = run("-m", "trigpoint_web", "check", "--deploy", "--fail-level", "WARNING", environment=environment)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "System check identified no issues (0 silenced).\n"


def test_a_real_service_needs_a_secret_and_your_own_machine_none():
    with pytest.raises(ImproperlyConfigured, match="TRIGPOINT_SECRET_KEY is not set"):
        read_settings("SECRET_KEY", TRIGPOINT_SECRET_KEY="")

    assert read_settings("SECRET_KEY", TRIGPOINT_SECRET_KEY="", TRIGPOINT_DEBUG="1")["SECRET_KEY"]


def test_the_door_for_a_web_server_opens():
    assert isinstance(import_module("trigpoint_web.config.wsgi").application, WSGIHandler)


def test_the_file_for_production_says_postgresql_on_the_socket_and_mail_over_tls():
    told = read_settings("DATABASES", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", **production())

    database = told["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.postgresql", "trigpoint")
    assert database["OPTIONS"] == {"host": "/run/postgresql"}
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (True, False)


def test_mail_over_tls_from_the_start_is_taken_as_such():
    told = read_settings("EMAIL_USE_TLS", "EMAIL_USE_SSL", TRIGPOINT_MAIL="smtp+ssl://a:b%40c@mail.example.org:465")

    assert told == {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}


def test_a_real_service_without_a_mail_server_writes_no_mail_into_its_log():
    assert read_settings("EMAIL_BACKEND")["EMAIL_BACKEND"].endswith(".filebased.EmailBackend")
    assert read_settings("EMAIL_BACKEND", TRIGPOINT_DEBUG="1")["EMAIL_BACKEND"].endswith(".console.EmailBackend")


def test_what_was_acknowledged_is_on_disk_on_sqlite_too():
    options = read_settings("DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_evidence_goes_to_a_store_that_speaks_s3_where_the_settings_say_so():
    where = {"TRIGPOINT_S3_BUCKET": "evidence", "TRIGPOINT_S3_ADDRESS": "https://s3.example.org"}

    store = read_settings("STORAGES", **where)["STORAGES"]["evidence"]

    assert store["BACKEND"] == "storages.backends.s3.S3Storage"
    assert (store["OPTIONS"]["bucket_name"], store["OPTIONS"]["default_acl"]) == ("evidence", "private")
    assert store["OPTIONS"]["endpoint_url"] == "https://s3.example.org"


def test_a_provider_of_sign_in_is_known_with_its_origin():
    where = {
        "TRIGPOINT_OIDC_ADDRESS": "https://login.example.org/realms/health/",
        "TRIGPOINT_OIDC_CLIENT": "trigpoint",
        "TRIGPOINT_OIDC_SECRET": "secret",
    }

    told = read_settings("SOCIALACCOUNT_PROVIDERS", "OIDC_ORIGINS", **where)

    (app,) = told["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://login.example.org/realms/health"
    assert told["OIDC_ORIGINS"] == ["https://login.example.org"]
    assert read_settings("SOCIALACCOUNT_PROVIDERS", "OIDC_ORIGINS") == {
        "SOCIALACCOUNT_PROVIDERS": {},
        "OIDC_ORIGINS": [],
    }


def test_behind_a_proxy_it_is_believed_and_counted():
    names = ("SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT")

    told = read_settings(*names, TRIGPOINT_BEHIND_PROXY="1")

    assert told == {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"), "ALLAUTH_TRUSTED_PROXY_COUNT": 1}
