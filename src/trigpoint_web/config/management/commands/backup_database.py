# SPDX-License-Identifier: MIT
"""Writes a copy of the database of SQLite while the service runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trigpoint_web.config.database_copies import CopyRefused, copy_database


class Command(BaseCommand):
    """trigpoint-web backup_database FILE."""

    help = "Write the database of SQLite, as it stands at this moment, to a new file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Write it."""
        try:
            copy_database(options["file"])
        except CopyRefused as refused:
            raise CommandError(str(refused)) from None
