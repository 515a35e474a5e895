# SPDX-License-Identifier: MIT
"""Publishes the approved releases whose moment has come. Meant to be run every minute or so by the system's timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trigpoint_web.releases.actions.publishing import publish_due


class Command(BaseCommand):
    """trigpoint-web publish_releases."""

    help = "Publish the approved releases whose moment has come. Run again, it finds nothing to do."

    def handle(self, *_: Any, **__: Any) -> None:
        """Publish, and say what; ends with an error when one could not be."""
        done = publish_due(at=timezone.now())
        for number in done.published:
            self.stdout.write(f"{number}: published")
        if done.failed:
            raise CommandError("\n".join(why for _, why in done.failed))
