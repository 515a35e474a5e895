# SPDX-License-Identifier: MIT
"""Writes the evidence that rows speak of to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trigpoint_web.config.evidence_copies import copy_evidence


class Command(BaseCommand):
    """trigpoint-web backup_evidence FOLDER [--before FOLDER]."""

    help = "Write every file of evidence to a folder, each checked against its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folders."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--before", type=Path, help="an earlier copy, whose files are linked instead of copied")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write them, and name all that could not be written."""
        copied = copy_evidence(options["folder"], before=options["before"])
        self.stdout.write(f"{copied.files} files of evidence, {copied.had_before} of them in the copy before")
        for problem in copied.problems:
            self.stderr.write(problem)
        if copied.problems:
            raise CommandError("The copy is not whole: see above.")
