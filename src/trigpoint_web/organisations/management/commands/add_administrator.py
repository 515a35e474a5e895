# SPDX-License-Identifier: MIT
"""Invites a national administrator where there is nobody yet who could: the first, or after all have gone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from trigpoint_web.organisations.actions.first_administrator import invite_administrator
from trigpoint_web.organisations.errors import InvitationRefused


class Command(BaseCommand):
    """trigpoint-web add_administrator ADDRESS NAME."""

    help = "Send somebody an invitation to be national administrator. Run again, it sends a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and the name."""
        parser.add_argument("address", help="their e-mail address")
        parser.add_argument("name", help="their name, as others will see it")

    def handle(self, *_: Any, **options: Any) -> None:
        """Send the invitation and say until when it can be accepted."""
        address, name = options["address"].strip(), options["name"].strip()
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address!r} is not an e-mail address.") from None
        if not name:
            raise CommandError("Give their name after the address, in quotes.")
        try:
            invitation = invite_administrator(address, name=name, at=timezone.now())
        except InvitationRefused as refused:
            raise CommandError(str(refused)) from None
        until = timezone.localtime(invitation.expires_at)
        self.stdout.write(f"An invitation is on its way to {invitation.email}. It is open until {until:%-d %B %Y}.")
