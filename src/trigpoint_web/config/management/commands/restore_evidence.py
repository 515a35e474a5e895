# SPDX-License-Identifier: MIT
"""Puts a copy of the evidence back into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trigpoint_web.config.evidence_copies import put_back_evidence


class Command(BaseCommand):
    """trigpoint-web restore_evidence FOLDER."""

    help = "Put the files of a copy made by backup_evidence into the store, each checked against its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Put them back, and name all that is not what it should be."""
        put_back = put_back_evidence(options["folder"])
        self.stdout.write(f"{put_back.files} files of evidence, {put_back.had_before} of them in the store already")
        for problem in put_back.problems:
            self.stderr.write(problem)
        if put_back.problems:
            raise CommandError("Not all was put back: see above.")
