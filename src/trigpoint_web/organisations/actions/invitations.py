# SPDX-License-Identifier: MIT
"""Invitations: sent by mail, accepted once, open for two weeks. Handing over a role is an invitation to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trigpoint_web.accounts.actions import PersonDetails, confirm_address, open_account
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import find_user, is_set_up
from trigpoint_web.accounts.roles import SCOPE_OF, Role, Scope
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import Letter, queue_mail
from trigpoint_web.organisations.actions.roles import RoleHeldIn, end_role, grant_role
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.keys import hash_key, make_key
from trigpoint_web.organisations.models import Invitation, Membership

# Long enough for a holiday, short enough that a forgotten mail is no door.
OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class InvitationPlan:
    """Whom to invite to which role. hands_over: the role that ends when it is accepted; None for none."""

    email: str
    role: Role
    held_in: RoleHeldIn
    hands_over: Membership | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody without an account gives of themselves."""

    details: PersonDetails
    password: str


@transaction.atomic
def invite(plan: InvitationPlan, *, by: User, at: datetime) -> Invitation:
    """Invite somebody to a role, by mail.

    Raises InvitationRefused when they have the role, or an open invitation to it, or when a role is handed to oneself.
    """
    email = plan.email.strip().lower()
    _require_sensible(plan, email, at)
    invitation = Invitation(
        email=email,
        role=plan.role,
        organisation=plan.held_in.organisation,
        group=plan.held_in.group,
        invited_at=at,
        invited_by=by,
        hands_over=plan.hands_over,
    )
    _send(invitation, at=at)
    _write("invitation.sent", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send an invitation with a new key and two more weeks; the key sent before opens nothing any more.

    Raises InvitationRefused when it was accepted or withdrawn.
    """
    locked = _lock_unended(invitation)
    _send(locked, at=at)
    _write("invitation.sent_again", locked, by=by, at=at)
    return locked


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Take an invitation back. Raises InvitationRefused when it was accepted or withdrawn."""
    locked = _lock_unended(invitation)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _write("invitation.withdrawn", locked, by=by, at=at)
    return locked


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> User:
    """Give the person the role they were invited to, and end the one that is handed over.

    Raises InvitationRefused when it is over, when it was for another address, or when the account is closed.
    """
    locked = _lock_open(invitation, at)
    if by.email != locked.email:
        raise InvitationRefused(f"This invitation is for {locked.email}. Sign in with that address to accept it.")
    if not by.is_active:
        raise InvitationRefused("The account with this address is closed. Ask the national team to open it.")
    _give(locked, by, at)
    return by


@transaction.atomic
def accept_as_new_person(invitation: Invitation, person: NewPerson, *, at: datetime) -> User:
    """Open the account that the invitation was sent to, give it the role, and return it.

    Raises InvitationRefused when it is over, or when somebody signs in with that address already.
    """
    locked = _lock_open(invitation, at)
    known = find_user(locked.email)
    if known is not None and not known.is_active:
        raise InvitationRefused("The account with this address is closed. Ask the national team to open it.")
    if known is not None and is_set_up(known):
        raise InvitationRefused("You have an account with this address. Sign in to accept the invitation.")
    user = open_account(locked.email, person.details, password=person.password, by=known, at=at)
    _give(locked, user, at)
    return user


def _give(invitation: Invitation, user: User, at: datetime) -> None:
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    confirm_address(user)
    _write("invitation.accepted", invitation, by=user, at=at)
    if SCOPE_OF[Role(invitation.role)] is Scope.ROUND:
        return
    held_in = RoleHeldIn(invitation.organisation, invitation.group)
    grant_role(user, Role(invitation.role), held_in, by=invitation.invited_by, at=at)
    if invitation.hands_over is not None:
        end_role(invitation.hands_over, by=user, at=at, reason=f"Handed over to {user.name}.")


def _require_sensible(plan: InvitationPlan, email: str, at: datetime) -> None:
    place = {"role": plan.role, "organisation": plan.held_in.organisation, "group": plan.held_in.group}
    if plan.hands_over is not None and plan.hands_over.user.email == email:
        raise InvitationRefused("That is your own address. Hand the role to somebody else.")
    if Membership.objects.filter(user__email=email, ended_at=None, **place).exists():
        raise InvitationRefused(f"They have the role {plan.role.label} already.")
    still_open = Invitation.objects.filter(email=email, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    if still_open.filter(**place).exists():
        raise InvitationRefused("There is an open invitation to this role for them. Send that one again.")


def _lock_unended(invitation: Invitation) -> Invitation:
    # Every invitation of the address: two of them accepted at once must not open two accounts.
    rows = Invitation.objects.select_for_update(of=("self",)).filter(email=invitation.email).order_by("pk")
    locked = {one.pk: one for one in rows.select_related("organisation", "group", "invited_by")}[invitation.pk]
    if locked.accepted_at is not None:
        raise InvitationRefused("This invitation has been accepted already.")
    if locked.withdrawn_at is not None:
        raise InvitationRefused("This invitation has been withdrawn. Ask whoever sent it for a new one.")
    return locked


def _lock_open(invitation: Invitation, at: datetime) -> Invitation:
    locked = _lock_unended(invitation)
    if locked.expires_at <= at:
        raise InvitationRefused("This invitation has expired. Ask whoever sent it to send it again.")
    return locked


def _send(invitation: Invitation, *, at: datetime) -> None:
    """Save the invitation with a new key, and mail that: this mail is the only place that has it."""
    key = make_key()
    invitation.key_hash, invitation.expires_at = hash_key(key), at + OPEN_FOR
    invitation.save()
    queue_mail(_letter(invitation, key), to=invitation.email, at=at)


def _letter(invitation: Invitation, key: str) -> Letter:
    name = RoleHeldIn(invitation.organisation, invitation.group).name
    where = f" in {name}" if name else ""
    role = Role(invitation.role).label
    until = f"{timezone.localtime(invitation.expires_at):%A %-d %B %Y}"
    inviting = invitation.invited_by
    # The first administrator is invited from the command line, where nobody is signed in.
    is_from_service = inviting.email == invitation.email
    from_whom = "Whoever runs the service" if is_from_service else f"{inviting.name} ({inviting.email})"
    ending = "When you accept, they no longer have it themselves.\n\n" if invitation.hands_over_id else ""
    return Letter(
        kind="invitation",
        subject=f"{settings.SERVICE_NAME}: invitation to be {role}{where}",
        body=f"{from_whom} invites you to take the role {role}{where}.\n\n{ending}To accept, open this address:\n\n"
        f"{settings.SITE_ADDRESS}{reverse('invitation', args=[key])}\n\n"
        f"It is for you alone and works once, until {until}. If you don't know what this is about, you need do nothing."
        "\n",
        organisation=invitation.organisation_id or "",
    )


def _write(action: str, invitation: Invitation, *, by: User, at: datetime) -> None:
    place = EventPlace(organisation=invitation.organisation_id or "", target=f"invitation {invitation.pk}")
    record_event(action, by=by.pk, at=at, place=place, details={"role": invitation.role})
