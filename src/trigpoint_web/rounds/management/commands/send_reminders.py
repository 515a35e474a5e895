# SPDX-License-Identifier: MIT
"""Reminds those who are due soon, with the usual text. Meant to be run once a day by the system's timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from trigpoint_web.rounds.actions.reminders import send_usual_reminders
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON

USUAL_DAYS = (14, 7, 2)


class Command(BaseCommand):
    """trigpoint-web send_reminders --days 14 7 2."""

    help = "Remind the organisations that are due in so many days and have not signed; once a day at most."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the numbers of days."""
        parser.add_argument(
            "--days", nargs="+", type=int, default=list(USUAL_DAYS), help="how many days before (default: 14 7 2)"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Send them, round by round, and say how many."""
        rounds = Round.objects.filter(state__in=[state.value for state in WHILE_ROUND_IS_ON])
        for round_ in rounds.order_by("opens_at", "pk"):
            sent = send_usual_reminders(round_, options["days"], at=timezone.now())
            if sent.was_sent_before:
                self.stdout.write(f"{round_.slug}: reminded today already")
            else:
                what = f"{count_of(sent.mails, 'mail')} to {count_of(sent.organisations, 'organisation')}"
                self.stdout.write(f"{round_.slug}: {what}")
            for name in sent.nobody:
                self.stderr.write(f"{round_.slug}: nobody to write to at {name}")
