# SPDX-License-Identifier: MIT
"""Reading who has which role, who is invited to one, and where nobody is left who can do something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import SCOPE_OF, Permission, Role, Scope, allows, roles_with
from trigpoint_web.organisations.keys import hash_key
from trigpoint_web.organisations.models import Invitation, Membership, Organisation

# What an organisation can't do without: somebody who signs, who submits, and who can invite the others.
NEEDED = (Permission.SIGN, Permission.SUBMIT, Permission.MANAGE_PEOPLE)
_IN_NO_ORGANISATION = Q(organisation=None)


def list_members(organisation: str) -> QuerySet[Membership]:
    """Roles held now in an organisation, by name of the person. One query."""
    return _list_held(Q(organisation=organisation))


def list_members_of_nation() -> QuerySet[Membership]:
    """Roles held now in the nation or in a system, by name of the person. One query."""
    return _list_held(_IN_NO_ORGANISATION)


def list_roles_of(user: User) -> QuerySet[Membership]:
    """Roles that a person holds now, oldest first. One query."""
    return _list_held(Q(user=user)).order_by("started_at", "pk")


def _list_held(where: Q) -> QuerySet[Membership]:
    held = Membership.objects.filter(where, ended_at=None).select_related("user", "organisation", "group")
    return held.order_by(Lower("user__name"), "user_id", "role", "pk")


def list_colleagues(membership: Membership) -> QuerySet[Membership]:
    """Everybody else with a role in the organisation in which this one is held, by name. One query."""
    return list_members(membership.organisation_id or "").exclude(user=membership.user_id)


def list_open_invitations(organisation: str | None) -> QuerySet[Invitation]:
    """Invitations that were neither accepted nor withdrawn, expired ones too, newest first. One query.

    organisation: None for those to roles in the nation, in a system or in a round.
    """
    waiting = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    return waiting.select_related("organisation", "group", "invited_by").order_by("-invited_at", "-pk")


def find_membership(pk: int) -> Membership | None:
    """Return a role that somebody holds or held; None when there is none."""
    return Membership.objects.filter(pk=pk).select_related("user", "organisation", "group").first()


def find_invitation(key: str) -> Invitation | None:
    """Return the invitation that a key opens; None when there is none, or another key has been sent since."""
    return _invitations().filter(key_hash=hash_key(key)).first()


def find_invitation_by_pk(pk: int) -> Invitation | None:
    """Return an invitation; None when there is none."""
    return _invitations().filter(pk=pk).first()


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("organisation", "group", "invited_by", "hands_over__user")


def is_open_invitation(invitation: Invitation, at: datetime) -> bool:
    """Return whether an invitation can be accepted at a moment."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > at


def list_losses(membership: Membership) -> Sequence[Permission]:
    """Return what nobody in the organisation could do any more if this role ended: of NEEDED. One query.

    Empty for a role that is not held in an organisation, or that has ended.
    """
    if membership.organisation_id is None or membership.ended_at is not None:
        return ()
    others = Membership.objects.filter(
        organisation=membership.organisation_id, ended_at=None, user__is_active=True
    ).exclude(pk=membership.pk)
    left = frozenset(Role(role) for role in others.values_list("role", flat=True).distinct().order_by("role"))
    own = frozenset({Role(membership.role)})
    return tuple(one for one in NEEDED if allows(own, one) and not allows(left, one))


def list_organisations_nobody_can(permission: Permission, *, among: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations of a population in which nobody who can sign in has the permission, by code. One query.

    Only roles in the organisation itself count: the national team signs for nobody. among: stays a query, so that no
    list of codes is sent.
    """
    roles = [role.value for role in roles_with(permission) if SCOPE_OF[role] is Scope.ORGANISATION]
    held = Membership.objects.filter(organisation=OuterRef("pk"), role__in=roles, ended_at=None, user__is_active=True)
    return among.filter(~Exists(held)).order_by("code")


def list_codes_nobody_can_sign(among: QuerySet[Organisation]) -> QuerySet[Organisation, str]:
    """The codes of the organisations of a population in which nobody can sign, in order. One query, by joins."""
    return list_organisations_nobody_can(Permission.SIGN, among=among).values_list("code", flat=True)
