# SPDX-License-Identifier: MIT
"""The ladders of people, roles, invitations and the register."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.ladders import Ladder
from tests.web.people import invite_somebody, key_in_last_mail
from tests.web.world import World, make_person
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import Membership
from trigpoint_web.rounds.models import RoundMembership

HERE = {"code": "ZZ301"}


def _invitation(world: World) -> Mapping[str, object]:
    return {"pk": invite_somebody(world.people[Role.LEAD]).pk}


def _invitation_key(world: World) -> Mapping[str, object]:
    invite_somebody(world.people[Role.LEAD])
    return {"key": key_in_last_mail()}


def _colleagues_role(world: World) -> Mapping[str, object]:
    colleague = make_person(Role.CONTRIBUTOR, name=f"A colleague of {world.people[Role.LEAD]}")
    return {"pk": Membership.objects.get(user=colleague).pk}


def _own_role(world: World) -> Mapping[str, object]:
    return {"pk": Membership.objects.get(user=world.people[Role.LEAD]).pk}


def _review(world: World) -> Mapping[str, object]:
    return {"pk": RoundMembership.objects.get(user=world.people[Role.REVIEWER]).pk}


LADDERS = {
    "people": Ladder(works_for=Role.CONTRIBUTOR, kwargs=HERE, wrong_role=Role.SYSTEM_VIEWER, unknown={"code": "ZZ999"}),
    "person_invite": Ladder(
        works_for=Role.LEAD,
        kwargs=HERE,
        wrong_role=Role.CONTRIBUTOR,
        posts=True,
        fields={"email": "somebody@example.org", "role": "contributor"},
        unknown={"code": "ZZ999"},
    ),
    "invitation_change": Ladder(
        works_for=Role.LEAD,
        prepare=_invitation,
        wrong_role=Role.CONTRIBUTOR,
        posts=True,
        fields={"change": "withdraw"},
        unknown={"pk": 10**6},
    ),
    # Whoever has the key may come; accepting it is tested in tests/web/organisations/test_invitation.py.
    "invitation": Ladder(
        works_for=None,
        prepare=_invitation_key,
        is_public=True,
        is_of_organisation=False,
        posts=True,
        unknown={"key": "no-such-key"},
    ),
    "role_end": Ladder(
        works_for=Role.LEAD,
        prepare=_colleagues_role,
        wrong_role=Role.OBSERVER,
        posts=True,
        unknown={"pk": 10**6},
    ),
    "your_roles": Ladder(works_for=Role.OBSERVER, is_of_organisation=False),
    "national_people": Ladder(works_for=Role.ADMINISTRATOR, is_of_organisation=False, wrong_role=Role.ANALYST),
    "national_invite": Ladder(
        works_for=Role.ADMINISTRATOR,
        is_of_organisation=False,
        wrong_role=Role.LEAD,
        posts=True,
        fields={"email": "somebody@example.org", "role": "analyst"},
    ),
    "register": Ladder(works_for=Role.ADMINISTRATOR, is_of_organisation=False, wrong_role=Role.AUTHOR),
    "review_list": Ladder(
        works_for=Role.REVIEWER,
        kwargs={"round_slug": "2026"},
        wrong_role=Role.LEAD,
        is_of_organisation=False,
        unknown={"round_slug": "1999"},
    ),
    "gaps": Ladder(
        works_for=Role.ADMINISTRATOR,
        kwargs={"round_slug": "2026"},
        is_of_organisation=False,
        wrong_role=Role.ANALYST,
        unknown={"round_slug": "1848"},
    ),
    "reviewers": Ladder(
        works_for=Role.ADMINISTRATOR,
        kwargs={"round_slug": "2026"},
        is_of_organisation=False,
        wrong_role=Role.REVIEWER,
        posts=True,
        fields={"email": "reviewer@example.org", "name": "A reviewer"},
        unknown={"round_slug": "1848"},
    ),
    "reviewer_end": Ladder(
        works_for=Role.ADMINISTRATOR,
        kwargs={"round_slug": "2026"},
        prepare=_review,
        is_of_organisation=False,
        wrong_role=Role.LEAD,
        posts=True,
        unknown={"pk": 10**6},
    ),
    # A role is handed over by who holds it: a colleague with the same role may not.
    "hand_over": Ladder(
        works_for=Role.LEAD,
        prepare=_own_role,
        wrong_role=Role.OFFICER,
        posts=True,
        fields={"colleague": "somebody else", "email": "successor@example.org"},
        works=frozenset({200, 302, 403}),
        unknown={"pk": 10**6},
    ),
}
