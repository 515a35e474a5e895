# SPDX-License-Identifier: MIT
"""Who comes to the people of an organisation, to a role or to an invitation: asked once at the top of each page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.organisations.models import Invitation, Membership, Organisation
from trigpoint_web.organisations.permissions import list_national_roles, require_in_organisation
from trigpoint_web.organisations.queries.people import find_invitation_by_pk, find_membership


@dataclass(frozen=True, slots=True)
class OrganisationAccess:
    """A person at an organisation, with the roles that count there."""

    user: User
    organisation: Organisation
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Return whether the person may do this here."""
        return allows(self.roles, permission)


@dataclass(frozen=True, slots=True)
class MembershipAccess:
    """A person at somebody's role. is_own: it is their own."""

    user: User
    membership: Membership
    is_own: bool


def require_organisation(request: HttpRequest, *, code: str, permission: Permission) -> OrganisationAccess:
    """Return who comes to an organisation. Two queries.

    Raises Http404 when there is none or the person has no role there, PermissionDenied when the roles don't allow it.
    """
    user = signed_in(request)
    roles = require_in_organisation(user, permission, organisation=code, on=timezone.localdate())
    organisation = Organisation.objects.filter(pk=code).first()
    if organisation is None:
        raise Http404
    return OrganisationAccess(user, organisation, roles)


def require_membership(request: HttpRequest, pk: int) -> MembershipAccess:
    """Return who comes to a role: the person who holds it, or one who manages the people of its place.

    Raises Http404 when there is none or the person has nothing to do with its place; PermissionDenied when they have,
    but don't manage it.
    """
    user, membership = signed_in(request), find_membership(pk)
    if membership is None:
        raise Http404
    is_own = membership.user_id == user.pk
    if not is_own:
        _require_manager(user, membership)
    return MembershipAccess(user, membership, is_own)


def require_invitation(request: HttpRequest, pk: int) -> Invitation:
    """Return an invitation for a person who manages the people of its place. Raises as `require_membership` does."""
    invitation = find_invitation_by_pk(pk)
    if invitation is None:
        raise Http404
    _require_manager(signed_in(request), invitation)
    return invitation


def _require_manager(user: User, place: Membership | Invitation) -> None:
    if place.organisation_id is not None:
        require_in_organisation(
            user, Permission.MANAGE_PEOPLE, organisation=place.organisation_id, on=timezone.localdate()
        )
        return
    roles = list_national_roles(user)
    if not roles:
        raise Http404
    if not allows(roles, Permission.MANAGE_PEOPLE):
        raise PermissionDenied
