# SPDX-License-Identifier: MIT
"""Where a signed-in person can go from every page: only where they may."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.permissions import list_national_roles
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.models import RoundMembership

_OF_NATION = (
    ("rounds", "Rounds", Permission.VIEW_ROUND),
    ("frameworks", "Frameworks", Permission.VIEW_FRAMEWORK),
    ("national_people", "People", Permission.MANAGE_PEOPLE),
    ("register", "Register", Permission.MANAGE_REGISTER),
)


def list_links(request: HttpRequest) -> tuple[Link, ...]:
    """Return the links of the navigation for the person signed in. Two queries, whatever they may."""
    user = signed_in(request)
    national = list_national_roles(user)
    held = RoundMembership.objects.filter(user=user, ended_at=None).values_list("role", flat=True).distinct()
    in_rounds = frozenset(Role(role) for role in held)
    links = [Link("Home", reverse("home"))]
    for route, text, permission in _OF_NATION:
        # A reviewer reads frameworks; nothing else here is for roles in a round.
        roles = national | in_rounds if permission is Permission.VIEW_FRAMEWORK else national
        if allows(roles, permission):
            links.append(Link(text, reverse(route)))
    return tuple(links)
