# SPDX-License-Identifier: MIT
"""Giving and ending roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, roles_with
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import Letter, queue_mail
from trigpoint_web.organisations.errors import RoleRefused
from trigpoint_web.organisations.models import Group, Invitation, Membership, Organisation


@dataclass(frozen=True, slots=True)
class RoleHeldIn:
    """Where a role is held: in an organisation, in a group such as a system, or, with neither, in the nation."""

    organisation: Organisation | None = None
    group: Group | None = None

    @property
    def name(self) -> str:
        """The organisation or group by name; blank for the nation."""
        held_in = self.organisation or self.group
        return "" if held_in is None else held_in.name


@transaction.atomic
def grant_role(user: User, role: Role, held_in: RoleHeldIn, *, by: User | None, at: datetime) -> Membership:
    """Give a person a role; one they hold already stands as it is."""
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        role=role,
        organisation=held_in.organisation,
        group=held_in.group,
        ended_at=None,
        defaults={"started_at": at, "started_by": by},
    )
    if is_new:
        record_event(
            "role.granted",
            by=None if by is None else by.pk,
            at=at,
            place=_place_of(membership),
            details={"role": role.value, "user": user.pk},
        )
    return membership


@transaction.atomic
def grant_roles(roles: Sequence[tuple[User, Role, RoleHeldIn]], *, at: datetime) -> int:
    """Give many people who have none a role each, with one event for all; return how many."""
    rows = [
        Membership(user=user, role=role, organisation=held_in.organisation, group=held_in.group, started_at=at)
        for user, role, held_in in roles
    ]
    Membership.objects.bulk_create(rows, batch_size=500)
    record_event("roles.granted", by=None, at=at, details={"roles": len(rows)})
    return len(rows)


@transaction.atomic
def end_role(membership: Membership, *, by: User, at: datetime, reason: str = "") -> Membership:
    """End a role, and with it every open invitation that would hand it over; the row stays.

    One that has ended stays as it ended. Whoever loses a role by another's hand is told by mail.
    Raises RoleRefused for the last person who can manage the people of the nation: nobody could ever come back in.
    """
    locked = _lock(membership)
    if locked.ended_at is not None:
        return locked
    if _is_last_in_nation(locked):
        raise RoleRefused("Nobody else can manage people in the nation. Invite somebody to the role first.")
    locked.ended_at, locked.ended_by = at, by
    locked.save(update_fields=["ended_at", "ended_by"])
    Invitation.objects.filter(hands_over=locked, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    record_event(
        "role.ended",
        by=by.pk,
        at=at,
        place=_place_of(locked),
        details={"role": locked.role, "user": locked.user_id, "reason": reason},
    )
    if by.pk != locked.user_id:
        queue_mail(_letter_of_end(locked, reason), to=locked.user.email, at=at)
    return locked


def _lock(membership: Membership) -> Membership:
    """The row, locked; for a role that manages the nation together with every other such row, so that two people can't
    leave at the same moment, each counting on the other.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation", "group")
    if _manages_nation(membership):
        list(_managers_of_nation().select_for_update().order_by("pk").values_list("pk"))
    return rows.get(pk=membership.pk)


def _manages_nation(membership: Membership) -> bool:
    is_national = membership.organisation_id is None and membership.group_id is None
    return is_national and membership.role in roles_with(Permission.MANAGE_PEOPLE)


def _managers_of_nation() -> QuerySet[Membership]:
    managing = roles_with(Permission.MANAGE_PEOPLE)
    return Membership.objects.filter(organisation=None, group=None, ended_at=None, role__in=managing)


def _is_last_in_nation(membership: Membership) -> bool:
    others = _managers_of_nation().filter(user__is_active=True).exclude(user=membership.user_id)
    return _manages_nation(membership) and not others.exists()


def _place_of(membership: Membership) -> EventPlace:
    return EventPlace(organisation=membership.organisation_id or "", target=f"membership {membership.pk}")


def _letter_of_end(membership: Membership, reason: str) -> Letter:
    name = RoleHeldIn(membership.organisation, membership.group).name
    where = f" in {name}" if name else ""
    role = Role(membership.role).label
    why = f"The reason given: {reason}\n\n" if reason else ""
    return Letter(
        kind="role_ended",
        subject=f"You no longer have the role {role}{where}",
        body=f"Your role {role}{where} has been ended.\n\n{why}What you wrote in it stays, under your name.\n\n"
        f"If you think this is a mistake, ask whoever leads the work there.\n\n{settings.SITE_ADDRESS}\n",
        organisation=membership.organisation_id or "",
    )
