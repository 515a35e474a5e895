# SPDX-License-Identifier: MIT
"""Sends what waits in the outbox: what the background worker has missed, or could not send before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from trigpoint_web.notifications.actions import send_waiting_mail


class Command(BaseCommand):
    """trigpoint-web send_mail."""

    help = "Send the mails that wait, the oldest first."

    def handle(self, *_: Any, **__: Any) -> None:
        """Send them and say how many went, and how many did not."""
        sent, failed = send_waiting_mail()
        self.stdout.write(f"{sent} sent, {failed} not sent")
