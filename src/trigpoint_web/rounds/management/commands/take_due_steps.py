# SPDX-License-Identifier: MIT
"""Opens and closes rounds at the moments that were set. Meant to be run every minute or so by the system's timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trigpoint_web.rounds.actions.round_steps import take_due_steps


class Command(BaseCommand):
    """trigpoint-web take_due_steps."""

    help = "Open and close the rounds whose moment has come. Run again, it finds nothing to do."

    def handle(self, *_: Any, **__: Any) -> None:
        """Take the steps and say which."""
        done = take_due_steps(at=timezone.now())
        for slug in done.opened:
            self.stdout.write(f"{slug}: opened")
        for slug in done.closed:
            self.stdout.write(f"{slug}: closed")
        for slug in done.overdue:
            self.stderr.write(f"{slug}: not opened, as its closing has passed too. Change its dates.")
