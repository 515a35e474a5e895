# SPDX-License-Identifier: MIT
"""Who may read frameworks: national roles that allow it, and those of any round, as reviewers read what they review."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.organisations.permissions import list_national_roles
from trigpoint_web.rounds.models import RoundMembership


def require_framework_reader(user: User) -> None:
    """Raise PermissionDenied for a person who may not read frameworks. One or two queries."""
    if allows(list_national_roles(user), Permission.VIEW_FRAMEWORK):
        return
    held = RoundMembership.objects.filter(user=user, ended_at=None).values_list("role", flat=True).distinct()
    if not allows(frozenset(Role(role) for role in held), Permission.VIEW_FRAMEWORK):
        raise PermissionDenied
