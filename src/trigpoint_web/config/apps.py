# SPDX-License-Identifier: MIT
"""The app's name to Django, and what must stand before anything begins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SettingsConfig(AppConfig):
    """Where the app lies. It makes the folder of the default database, which SQLite does not."""

    name = "trigpoint_web.config"
    label = "config"

    def ready(self) -> None:
        """Begin."""
        if needs_home(settings.DATABASES["default"], settings.HOME):
            make_home(settings.HOME)


def needs_home(database: Mapping[str, Any], home: Path) -> bool:
    """Return whether a database is a file of SQLite in the folder of what the service keeps."""
    return str(database["ENGINE"]).endswith("sqlite3") and Path(database["NAME"]).parent == home


def make_home(home: Path) -> None:
    """Make the folder of what the service keeps, for its owner alone; one that is there stays as it is.

    Raises ImproperlyConfigured, with what to do, where it can't be made.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror
        raise ImproperlyConfigured(f"TRIGPOINT_HOME is {home}, which can't be made: {why}. Name a folder.") from None
