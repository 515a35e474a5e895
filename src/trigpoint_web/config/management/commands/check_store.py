# SPDX-License-Identifier: MIT
"""Checks that what the service keeps is whole: after a restore, and whenever there is a doubt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trigpoint_web.config.store_checks import check_store


class Command(BaseCommand):
    """trigpoint-web check_store."""

    help = "Check evidence, answers, signatures, counts and triggers; name every problem, and fail where there is one."

    def handle(self, *_: Any, **__: Any) -> None:
        """Say each problem as it is found."""
        problems = 0
        for problem in check_store():
            self.stderr.write(problem)
            problems += 1
        if problems:
            raise CommandError("1 problem was found." if problems == 1 else f"{problems} problems were found.")
        self.stdout.write("The store is whole: evidence, answers, signatures, counts and triggers were checked.")
