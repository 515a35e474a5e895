# SPDX-License-Identifier: MIT
"""Whom to write to in the organisations of a round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import SCOPE_OF, Permission, Scope, roles_with
from trigpoint_web.organisations.models import Membership
from trigpoint_web.rounds.models import Round


def list_people_to_write_to(round_: Round, permission: Permission) -> Mapping[str, tuple[User, ...]]:
    """Return who may do this in each organisation of the round and can sign in, by its code; nobody: no key.

    Only roles that are held in the organisation itself count. By name; one query, whatever the number of organisations.
    """
    roles = [role for role in roles_with(permission) if SCOPE_OF[role] is Scope.ORGANISATION]
    held = (
        Membership.objects.filter(organisation__submissions__round=round_, role__in=roles, ended_at=None)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by("organisation_id", "user__name", "user_id", "pk")
    )
    people: defaultdict[str, dict[int, User]] = defaultdict(dict)
    for one in held:
        people[str(one.organisation_id)].setdefault(one.user_id, one.user)
    return {code: tuple(users.values()) for code, users in people.items()}
