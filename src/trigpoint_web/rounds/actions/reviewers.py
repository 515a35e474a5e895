# SPDX-License-Identifier: MIT
"""Who reviews a round: appointed by the national team, with an account made for those who have none."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from trigpoint_web.accounts.actions import PersonDetails, open_account
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import find_user, is_set_up
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import Letter, queue_mail
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round, RoundMembership


@dataclass(frozen=True, slots=True)
class ReviewerPlan:
    """Whom to appoint. name: for an account that has to be made; one that is there keeps its own."""

    email: str
    name: str


@transaction.atomic
def appoint_reviewer(plan: ReviewerPlan, *, round_: Round, by: User, at: datetime) -> RoundMembership:
    """Make somebody a reviewer of a round, and tell them; one without an account is invited to set theirs up.

    Raises ChangeRefused when they review the round already, or their account is closed.
    """
    user = find_user(plan.email)
    if user is None:
        user = open_account(plan.email, PersonDetails(plan.name), password=None, by=by, at=at)
    if not user.is_active:
        raise ChangeRefused(("The account with this address is closed.",))
    membership, is_new = RoundMembership.objects.get_or_create(
        user=user, role=Role.REVIEWER, round=round_, ended_at=None, defaults={"started_at": at, "started_by": by}
    )
    if not is_new:
        raise ChangeRefused((f"{user.name} reviews this round already.",))
    _write("reviewer.appointed", membership, by=by, at=at)
    _tell(user, round_, by=by, at=at)
    return membership


@transaction.atomic
def end_reviewer(membership: RoundMembership, *, by: User, at: datetime) -> RoundMembership:
    """End somebody's review of a round; the row stays. One that has ended stays as it ended."""
    locked = RoundMembership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is None:
        locked.ended_at, locked.ended_by = at, by
        locked.save(update_fields=["ended_at", "ended_by"])
        _write("reviewer.ended", locked, by=by, at=at)
    return locked


def _tell(user: User, round_: Round, *, by: User, at: datetime) -> None:
    if not is_set_up(user):
        with suppress(InvitationRefused):  # one is open, from another round: it opens the same account
            invite(InvitationPlan(user.email, Role.REVIEWER, RoleHeldIn()), by=by, at=at)
        return
    letter = Letter(
        kind="reviewer",
        subject=f"You are a reviewer of {round_.title}",
        body=f"{by.name} made you a reviewer of {round_.title}. Once the review begins you see what was signed.\n\n"
        f"{settings.SITE_ADDRESS}{reverse('home')}\n",
        round=round_.slug,
    )
    queue_mail(letter, to=user.email, at=at)


def _write(action: str, membership: RoundMembership, *, by: User, at: datetime) -> None:
    place = EventPlace(membership.round.slug, "", f"round membership {membership.pk}")
    record_event(action, by=by.pk, at=at, place=place, details={"user": membership.user_id})
