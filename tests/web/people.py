# SPDX-License-Identifier: MIT
"""Inviting in tests: the key is in the mail alone, so it is read there."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from tests.web.world import NOW
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite
from trigpoint_web.organisations.models import Invitation, Organisation

NEW_PERSON = {"name": "Ada Example", "job_title": "Clerk", "password": "three unrelated words"}


def invite_somebody(
    by: User, *, email: str = "somebody@example.org", role: Role = Role.CONTRIBUTOR, code: str = "ZZ301"
) -> Invitation:
    """Invite somebody to a role in an organisation."""
    held_in = RoleHeldIn(organisation=Organisation.objects.get(pk=code))
    return invite(InvitationPlan(email, role, held_in), by=by, at=NOW)


def key_in_last_mail() -> str:
    """Return the key in the newest mail: in the outbox while the transaction of the test is not kept, else as sent."""
    newest = OutboxMail.objects.order_by("-pk").first()
    assert newest is not None
    return key_in(newest.body if "/invitation/" in newest.body else str(mail.outbox[-1].body))


def key_in(body: str) -> str:
    """Return the key in the text of a mail."""
    found = re.search(r"/invitation/([\w-]+)/", body)
    assert found, "the mail leads to the page of the invitation"
    return found[1]


def sign_in(person: User) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client
