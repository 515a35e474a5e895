# SPDX-License-Identifier: MIT
"""Puts a copy of a database of SQLite back, where there is none yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trigpoint_web.config.database_copies import CopyRefused, put_back_database


class Command(BaseCommand):
    """trigpoint-web restore_database FILE."""

    help = "Put a copy made by backup_database in the place of an empty database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Put it back."""
        try:
            put_back_database(options["file"])
        except CopyRefused as refused:
            raise CommandError(str(refused)) from None
