# SPDX-License-Identifier: MIT
"""May this person do that here? One query, by joins; the roles' rights stand in accounts/roles.py."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows, roles_with
from trigpoint_web.organisations.models import Membership
from trigpoint_web.prepared import PreparedQuery


def is_held_in(organisation: str, *, on: date) -> Q:
    """The memberships that count in an organisation: in itself, in a system it is in on that day, in the nation."""
    return (
        Q(organisation=organisation)
        | Q(
            Q(group__placements__valid_from=None) | Q(group__placements__valid_from__lte=on),
            Q(group__placements__valid_to=None) | Q(group__placements__valid_to__gte=on),
            group__placements__organisation=organisation,
        )
        | Q(organisation=None, group=None)
    )


_ROLES_HELD = PreparedQuery[Membership](
    lambda user, organisation, on: Membership.objects.filter(
        is_held_in(organisation, on=on), user=user, ended_at=None
    ).values_list("role"),
    int, str, date,
)  # fmt: skip


def list_roles(user: User, *, organisation: str, on: date) -> frozenset[Role]:
    """Return the roles a person has in an organisation on a day, its system and the nation included. One query."""
    return frozenset(Role(role) for (role,) in _ROLES_HELD.rows(user.pk, organisation, on))


def list_national_roles(user: User) -> frozenset[Role]:
    """Return the roles a person has in the nation. One query."""
    held = Membership.objects.filter(user=user, ended_at=None, organisation=None, group=None)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def require_in_organisation(user: User, permission: Permission, *, organisation: str, on: date) -> frozenset[Role]:
    """Return the roles of a person who may do this in the organisation.

    Raises Http404 for one who has no role there, so that nobody learns what exists, and PermissionDenied for one whose
    roles don't allow it.
    """
    roles = list_roles(user, organisation=organisation, on=on)
    if not roles:
        raise Http404
    if not allows(roles, permission):
        raise PermissionDenied
    return roles


def require_in_nation(user: User, permission: Permission) -> frozenset[Role]:
    """Return the national roles of a person who may do this. Raises PermissionDenied."""
    roles = list_national_roles(user)
    if not allows(roles, permission):
        raise PermissionDenied
    return roles


def has_somewhere(user: User, permission: Permission) -> bool:
    """Return whether the person has the permission in any place: whether a link to such pages is of use."""
    return Membership.objects.filter(user=user, ended_at=None, role__in=roles_with(permission)).exists()
