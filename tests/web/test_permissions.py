# SPDX-License-Identifier: MIT
"""The whole matrix of rights: every role, every permission, here, next door and far away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.world import NOW, World, make_person, make_world
from trigpoint.organisations import Membership as Placed
from trigpoint.organisations import Organisation, OrganisationCode, build_register
from trigpoint.organisations import Role as Kind
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.organisations.actions import end_role, mirror_register
from trigpoint_web.organisations.models import Membership
from trigpoint_web.organisations.permissions import has_somewhere, list_roles
from trigpoint_web.rounds.access import list_round_roles, roles_at
from trigpoint_web.rounds.models import RoundMembership
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db

OWN, NEXT_DOOR, FAR_AWAY = "ZZ301", "ZZ302", "ZZ303"  # next door is in the same system; far away is in another
# For each permission and role: o in the own organisation, n next door, f far away; a dash where not.
# The reviewer's is the submission, signed and under review; everybody else's any organisation.
MATRIX = """
                 contributor lead officer observer reviewer system_viewer analyst author administrator
VIEW_SUBMISSION  o--         o--  o--     o--      onf      ---           ---     ---    onf
ANSWER           o--         o--  ---     ---      ---      ---           ---     ---    ---
COMMENT          o--         o--  o--     ---      ---      ---           ---     ---    ---
GIVE_VIEW        o--         o--  o--     ---      ---      ---           ---     ---    ---
DELEGATE         ---         o--  ---     ---      ---      ---           ---     ---    ---
ASK_COLLEAGUES   ---         o--  ---     ---      ---      ---           ---     ---    ---
ATTACH_EVIDENCE  o--         o--  ---     ---      ---      ---           ---     ---    ---
VIEW_EVIDENCE    o--         o--  o--     o--      onf      ---           ---     ---    onf
SUBMIT           ---         o--  ---     ---      ---      ---           ---     ---    ---
SIGN             ---         ---  o--     ---      ---      ---           ---     ---    ---
REOPEN           ---         ---  ---     ---      ---      ---           ---     ---    onf
VIEW_PEOPLE      o--         o--  o--     o--      ---      ---           ---     ---    onf
MANAGE_PEOPLE    ---         o--  o--     ---      ---      ---           ---     ---    onf
VIEW_RESULTS     o--         o--  o--     o--      ---      on-           onf     ---    onf
VIEW_ROUND       ---         ---  ---     ---      ---      ---           onf     ---    onf
MANAGE_ROUND     ---         ---  ---     ---      ---      ---           ---     ---    onf
COMPUTE_RESULTS  ---         ---  ---     ---      ---      ---           ---     ---    onf
MANAGE_RELEASES  ---         ---  ---     ---      ---      ---           ---     ---    onf
VIEW_NATION      ---         ---  ---     ---      ---      ---           onf     ---    onf
VIEW_FRAMEWORK   ---         ---  ---     ---      onf      ---           onf     onf    onf
MANAGE_REGISTER  ---         ---  ---     ---      ---      ---           ---     ---    onf
"""
TITLES, *ROWS = (line.split() for line in MATRIX.strip().splitlines())
EXPECTED = {
    (Permission[name], Role(role)): {
        place: letter in cell for place, letter in zip((OWN, NEXT_DOOR, FAR_AWAY), "onf", strict=True)
    }
    for name, *cells in ROWS
    for role, cell in zip(TITLES, cells, strict=True)
}


@pytest.fixture
def world() -> World:
    return make_world()


def test_the_matrix_has_every_role_and_every_permission():
    assert set(EXPECTED) == {(permission, role) for permission in Permission for role in Role}


@pytest.mark.parametrize("place", [OWN, NEXT_DOOR, FAR_AWAY])
def test_every_role_may_do_exactly_what_the_matrix_says_at_a_submission(world, place):
    sign_all(world)
    submission = world.submission(place)

    found = {
        (permission, role): allows(roles_at(world.people[role], submission, on=timezone.localdate()), permission)
        for permission, role in EXPECTED
    }

    assert found == {key: places[place] for key, places in EXPECTED.items()}


@pytest.mark.parametrize("place", [OWN, NEXT_DOOR, FAR_AWAY])
def test_every_role_but_the_reviewers_may_do_the_same_in_the_organisation(world, place):
    roles = {role: list_roles(world.people[role], organisation=place, on=timezone.localdate()) for role in Role}

    found = {(permission, role): allows(roles[role], permission) for permission, role in EXPECTED}

    assert found == {
        (permission, role): places[place] and role is not Role.REVIEWER
        for (permission, role), places in EXPECTED.items()
    }


def sign_all(world: World) -> None:
    """Put every submission in the state of a signed one and the round under review: rows, as this is about rights."""
    world.round.state = RoundState.IN_REVIEW
    world.round.save()
    by = world.people[Role.LEAD]
    world.round.submissions.update(state=SubmissionState.SIGNED, signed_at=NOW, submitted_at=NOW, submitted_by=by)


@pytest.mark.parametrize("round_state", list(RoundState))
@pytest.mark.parametrize("state", list(SubmissionState))
def test_a_reviewer_sees_a_submission_only_when_it_is_signed_and_the_review_has_begun(world, round_state, state):
    sign_all(world)
    is_signed = state == SubmissionState.SIGNED
    world.round.submissions.update(state=state, signed_at=NOW if is_signed else None)
    world.round.state = round_state
    world.round.save()

    roles = roles_at(world.people[Role.REVIEWER], world.submission(), on=timezone.localdate())

    has_begun = round_state in {RoundState.IN_REVIEW, RoundState.REPLY, RoundState.PUBLISHED}
    assert roles == (frozenset({Role.REVIEWER}) if is_signed and has_begun else frozenset())


def test_a_reviewer_of_another_round_sees_nothing(world):
    sign_all(world)
    RoundMembership.objects.update(ended_at=NOW)

    assert list_round_roles(world.people[Role.REVIEWER], world.round) == frozenset()
    assert roles_at(world.people[Role.REVIEWER], world.submission(), on=timezone.localdate()) == frozenset()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_a_role_that_has_ended_gives_nothing(world, role):
    make_person(Role.ADMINISTRATOR, name="One who stays")
    person = world.people[role]

    end_role(Membership.objects.get(user=person), by=person, at=NOW)

    assert list_roles(person, organisation=OWN, on=timezone.localdate()) == frozenset()


def test_a_viewer_of_a_system_sees_an_organisation_only_while_it_is_in_the_system(world):
    today = timezone.localdate()
    moved = [
        Placed(OrganisationCode(OWN), "icb", "ZZS01", None, today - timedelta(days=1), source="synthetic"),
        Placed(OrganisationCode(OWN), "icb", "ZZS02", today, None, source="synthetic"),
    ]
    trust = Organisation(OrganisationCode(OWN), "Northmoor", Kind.TRUST, None, None, source="synthetic")
    mirror_register(build_register([trust], memberships=moved), {}, by=None, at=NOW)
    viewer = world.people[Role.SYSTEM_VIEWER]

    assert list_roles(viewer, organisation=OWN, on=today) == frozenset()
    assert list_roles(viewer, organisation=OWN, on=today - timedelta(days=1)) == {Role.SYSTEM_VIEWER}


def test_several_roles_add_up(world):
    both = world.people[Role.OBSERVER]
    Membership.objects.create(user=both, role=Role.ANALYST, started_at=NOW)

    assert list_roles(both, organisation=OWN, on=timezone.localdate()) == {Role.OBSERVER, Role.ANALYST}
    assert list_roles(both, organisation=FAR_AWAY, on=timezone.localdate()) == {Role.ANALYST}


def test_a_permission_is_held_somewhere_or_nowhere(world):
    assert has_somewhere(world.people[Role.LEAD], Permission.MANAGE_PEOPLE)
    assert not has_somewhere(world.people[Role.OBSERVER], Permission.MANAGE_PEOPLE)


def queries_of_one_check(person: User) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list_roles(person, organisation=OWN, on=timezone.localdate())
    return [query["sql"] for query in queries]


def test_a_check_is_one_query_by_joins_however_many_organisations_there_are(world):
    viewer = world.people[Role.SYSTEM_VIEWER]
    few = queries_of_one_check(viewer)

    codes = [OrganisationCode(f"ZY{number:03}") for number in range(200)]
    many = [Organisation(code, f"Trust {code}", Kind.TRUST, None, None, source="synthetic") for code in codes]
    placed = [Placed(code, "icb", "ZZS01", None, None, source="synthetic") for code in [*codes, OrganisationCode(OWN)]]
    mirror_register(build_register(many, memberships=placed), {}, by=None, at=NOW)

    assert queries_of_one_check(viewer) == few
    assert len(few) == 1
    assert "JOIN" in few[0]
    assert " IN (" not in few[0], "no list of ids"
