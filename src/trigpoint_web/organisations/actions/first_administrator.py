# SPDX-License-Identifier: MIT
"""Inviting a national administrator from the command line, when nobody in the service could."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trigpoint_web.accounts.actions import PersonDetails, open_account
from trigpoint_web.accounts.queries import find_user, is_set_up
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions.invitations import InvitationPlan, invite, send_invitation_again
from trigpoint_web.organisations.actions.roles import RoleHeldIn
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.models import Invitation


@transaction.atomic
def invite_administrator(email: str, *, name: str, at: datetime) -> Invitation:
    """Send an invitation to be national administrator, or send an open one again; return it.

    An invitation is from somebody: here from the person themselves, for whom an account is opened that nobody can sign
    in to yet. Raises InvitationRefused when they have the role, or when their account is closed.
    """
    user = find_user(email)
    if user is None or not is_set_up(user):
        user = open_account(email, PersonDetails(name), password=None, by=None, at=at)
    if not user.is_active:
        raise InvitationRefused("The account with this address is closed, so it can't be invited.")
    role = Role.ADMINISTRATOR
    unended = Invitation.objects.filter(email=user.email, role=role, accepted_at=None, withdrawn_at=None)
    standing = unended.filter(organisation=None, group=None).order_by("-pk").first()
    if standing is not None:
        return send_invitation_again(standing, by=user, at=at)
    return invite(InvitationPlan(user.email, role, RoleHeldIn()), by=user, at=at)
