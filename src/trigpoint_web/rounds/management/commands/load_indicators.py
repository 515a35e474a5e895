# SPDX-License-Identifier: MIT
"""Suggests answers from a file of what organisations returned elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trigpoint.errors import TrigpointError
from trigpoint_web.rounds.actions.indicators import take_in_indicators
from trigpoint_web.rounds.indicator_file import LARGEST_FILE
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.indicators import say_taken_in


class Command(BaseCommand):
    """load_indicators ROUND FILE"""

    help = (
        "Suggest answers from a CSV file: organisation,question,value[,label]. "
        "Nothing is suggested when anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command is given."""
        parser.add_argument("round", help="the short name of the round, as in its address")
        parser.add_argument("file", type=Path, help="a CSV file in UTF-8: organisation,question,value[,label]")

    def take_in(self, *_args: Any, file: Path, **options: Any) -> None:
        """Read everything, and only then suggest."""
        round_ = Round.objects.filter(slug=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round {options['round']!r}.")
        try:
            counts = take_in_indicators(round_, _read(file), file=file.name, by=None, at=timezone.now())
        except TrigpointError as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(say_taken_in(counts))

    handle = take_in  # as Django calls it


def _read(path: Path) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as trouble:
        raise CommandError(f"{path.name} can't be read: {trouble.strerror}.") from None
