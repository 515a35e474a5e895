# SPDX-License-Identifier: MIT
"""Takes in a register of organisations: the files of the Organisation Data Service, and who gives which care."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trigpoint.errors import TrigpointError
from trigpoint.io.ods import RegisterReading, read_register
from trigpoint_web.organisations.actions import CareGiven, mirror_register
from trigpoint_web.organisations.care_file import parse_care_file
from trigpoint_web.organisations.models import Organisation


class Command(BaseCommand):
    """load_register FOLDER [--care FILE]"""

    help = (
        "Take in the register of organisations from a folder of ODS files. Nothing is taken in when anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command is given."""
        parser.add_argument("folder", type=Path, help="a folder of ODS files (CSV)")
        parser.add_argument("--care", type=Path, help="a CSV file: organisation,care_setting[,from,to]")

    def take_in(self, *_args: Any, folder: Path, care: Path | None, **_options: Any) -> None:
        """Read everything, and only then change the service's copy."""
        try:
            reading = read_register(folder)
        except TrigpointError as trouble:
            raise CommandError(str(trouble)) from trouble
        given = {} if care is None else _read_care(care, reading)
        count = mirror_register(reading.register, given, by=None, at=timezone.now())
        for note in (*reading.report.notes, *reading.report.conflicts):
            self.stdout.write(f"note: {note}")
        now = Organisation.objects.filter(closed_on=None).count()
        self.stdout.write(f"Taken in: {count:,} organisations, {now:,} of them open without a closing day;")
        self.stdout.write(f"{len(reading.register.successions):,} successions; care of {len(given):,} organisations.")

    handle = take_in  # as Django calls it


def _read_care(path: Path, reading: RegisterReading) -> dict[str, tuple[CareGiven, ...]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise CommandError(
            f"{path.name} can't be read: {trouble.__class__.__name__}. Give a text file in UTF-8."
        ) from None
    known = {life.code for life in reading.register.organisations}
    found, problems = parse_care_file(text, file=path.name, known=known)
    if problems:
        raise CommandError("\n".join(str(problem) for problem in problems))
    return dict(found)
