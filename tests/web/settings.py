# SPDX-License-Identifier: MIT
"""The service's own settings, with the outside replaced: mail in memory, tasks at once, evidence in memory.

The database is SQLite, or the PostgreSQL that DATABASE_URL names: script/test runs the tests of the service on both.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TRIGPOINT_DEBUG", "1")
os.environ.setdefault("TRIGPOINT_HOME", tempfile.mkdtemp(prefix="trigpoint-tests-"))
os.environ.setdefault("TRIGPOINT_LOG_LEVEL", "WARNING")

from trigpoint_web.config.settings import *  # noqa: F403
from trigpoint_web.config.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory nobody queues, and by this name the runner of the tests knows it. The queue: tests/web/queued_sqlite3
    DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
DEBUG = False
SHOW_GALLERY = True
HOME = Path(tempfile.mkdtemp(prefix="trigpoint-tests-"))  # of this process: several run the tests at once
WHITENOISE_AUTOREFRESH = True  # files are looked up when they are asked for: none are collected
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow ones prove nothing here
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
