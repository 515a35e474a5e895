# SPDX-License-Identifier: MIT
"""Giving and ending roles: what is kept, what is refused, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.web.people import invite_somebody
from tests.web.world import LONG_AGO, NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, end_role, grant_role, grant_roles, invite
from trigpoint_web.organisations.errors import RoleRefused
from trigpoint_web.organisations.models import Group, Membership, Organisation
from trigpoint_web.organisations.queries.people import (
    list_codes_nobody_can_sign,
    list_losses,
    list_organisations_nobody_can,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def role_of(world: World, role: Role) -> Membership:
    return Membership.objects.get(user=world.people[role])


def held_in(code: str = "ZZ301") -> RoleHeldIn:
    return RoleHeldIn(organisation=Organisation.objects.get(pk=code))


def test_a_role_given_twice_is_held_once(world):
    lead = world.people[Role.LEAD]

    again = grant_role(lead, Role.LEAD, held_in(), by=None, at=NOW)

    assert again == role_of(world, Role.LEAD)
    assert again.started_at == LONG_AGO


@pytest.mark.parametrize("role", [Role.LEAD, Role.SYSTEM_VIEWER, Role.ADMINISTRATOR])
def test_the_database_itself_refuses_a_role_that_is_held_twice_in_one_place(world, role):
    first = role_of(world, role)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=first.user, role=role, organisation=first.organisation, group=first.group, started_at=NOW
        )


def test_a_role_that_has_ended_can_be_given_again_and_both_rows_stay(world):
    end_role(role_of(world, Role.OBSERVER), by=world.people[Role.LEAD], at=NOW)

    grant_role(world.people[Role.OBSERVER], Role.OBSERVER, held_in(), by=world.people[Role.LEAD], at=NOW)

    assert Membership.objects.filter(user=world.people[Role.OBSERVER]).count() == 2


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.LEAD, "nation"), (Role.ANALYST, "organisation"), (Role.SYSTEM_VIEWER, "nation"), (Role.LEAD, "group")],
)
def test_a_role_is_held_only_where_it_belongs(world, role, place):
    places = {
        "nation": RoleHeldIn(),
        "organisation": held_in(),
        "group": RoleHeldIn(group=Group.objects.get(code="ZZS01")),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        grant_role(world.people[Role.OBSERVER], role, places[place], by=None, at=NOW)


@pytest.mark.usefixtures("world")
def test_many_roles_are_given_with_one_event():
    people = [make_person(Role.REVIEWER, name=f"Person {number}") for number in range(3)]

    count = grant_roles([(one, Role.OBSERVER, held_in("ZZ303")) for one in people], at=NOW)

    assert count == Membership.objects.filter(organisation="ZZ303").count() == 3
    assert Event.objects.get(action="roles.granted").details == {"roles": 3}


def test_ending_a_role_says_who_when_and_why_and_tells_the_person(world):
    observer, lead = world.people[Role.OBSERVER], world.people[Role.LEAD]

    ended = end_role(role_of(world, Role.OBSERVER), by=lead, at=NOW, reason="Moved to another trust.")

    assert (ended.ended_at, ended.ended_by) == (NOW, lead)
    event = Event.objects.get(action="role.ended")
    assert (event.by, event.organisation) == (lead.pk, "ZZ301")
    assert event.details == {"role": "observer", "user": observer.pk, "reason": "Moved to another trust."}
    letter = OutboxMail.objects.get()
    assert letter.to == observer.email
    assert letter.subject == "You no longer have the role Observer in Northmoor Synthetic Hospitals"
    assert "Moved to another trust." in letter.body


def test_who_leaves_gets_no_mail_about_it(world):
    end_role(role_of(world, Role.OBSERVER), by=world.people[Role.OBSERVER], at=NOW)

    assert not OutboxMail.objects.exists()


def test_the_end_of_a_national_role_is_told_without_a_place(world):
    end_role(role_of(world, Role.ANALYST), by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert OutboxMail.objects.get().subject == "You no longer have the role Analyst"


def test_a_role_that_has_ended_stays_as_it_ended(world):
    lead = world.people[Role.LEAD]
    end_role(role_of(world, Role.OBSERVER), by=lead, at=NOW)

    end_role(role_of(world, Role.OBSERVER), by=world.people[Role.OFFICER], at=NOW + timedelta(days=1))

    assert (role_of(world, Role.OBSERVER).ended_at, role_of(world, Role.OBSERVER).ended_by) == (NOW, lead)
    assert Event.objects.filter(action="role.ended").count() == 1


def test_the_last_administrator_of_the_nation_stays(world):
    administrator = world.people[Role.ADMINISTRATOR]

    with pytest.raises(RoleRefused, match="Invite somebody to the role first"):
        end_role(role_of(world, Role.ADMINISTRATOR), by=administrator, at=NOW)

    assert role_of(world, Role.ADMINISTRATOR).ended_at is None


def test_an_administrator_who_can_no_longer_sign_in_does_not_count(world):
    other = make_person(Role.ADMINISTRATOR, name="Long gone")
    other.is_active = False
    other.save()

    with pytest.raises(RoleRefused):
        end_role(role_of(world, Role.ADMINISTRATOR), by=world.people[Role.ADMINISTRATOR], at=NOW)


def test_an_administrator_may_leave_when_another_stays(world):
    make_person(Role.ADMINISTRATOR, name="One who stays")

    end_role(role_of(world, Role.ADMINISTRATOR), by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert role_of(world, Role.ADMINISTRATOR).ended_at == NOW


def test_an_invitation_that_hands_a_role_over_ends_with_the_role(world):
    officer = role_of(world, Role.OFFICER)
    plan = InvitationPlan("next@example.org", Role.OFFICER, held_in(), hands_over=officer)
    handed = invite(plan, by=officer.user, at=NOW)
    other = invite_somebody(world.people[Role.LEAD])

    end_role(officer, by=world.people[Role.LEAD], at=NOW)

    handed.refresh_from_db()
    other.refresh_from_db()
    assert (handed.withdrawn_at, other.withdrawn_at) == (NOW, None)


def test_what_is_lost_with_a_role_is_what_nobody_else_can_do(world):
    assert list_losses(role_of(world, Role.OFFICER)) == (Permission.SIGN,)
    assert list_losses(role_of(world, Role.LEAD)) == (Permission.SUBMIT,)
    assert list_losses(role_of(world, Role.OBSERVER)) == ()
    assert list_losses(role_of(world, Role.ANALYST)) == ()


def test_nothing_is_lost_with_a_role_that_somebody_else_has_or_that_has_ended(world):
    officer = role_of(world, Role.OFFICER)
    make_person(Role.OFFICER, name="A second officer")
    assert list_losses(officer) == ()

    end_role(officer, by=world.people[Role.LEAD], at=NOW)

    officer.refresh_from_db()
    assert list_losses(officer) == ()


def test_one_who_can_no_longer_sign_in_is_nobody(world):
    second = make_person(Role.OFFICER, name="A second officer")
    second.is_active = False
    second.save()

    assert list_losses(role_of(world, Role.OFFICER)) == (Permission.SIGN,)


@pytest.mark.usefixtures("world")
def test_the_organisations_in_which_nobody_can_sign_are_found_in_one_query(django_assert_num_queries):
    everybody = Organisation.objects.all()
    make_person(Role.LEAD, organisation="ZZ303")

    with django_assert_num_queries(1) as queries:
        assert list(list_codes_nobody_can_sign(everybody)) == ["ZZ302", "ZZ303"]
    assert "ZZ30" not in queries.captured_queries[0]["sql"], "no list of codes is sent"
    assert [one.pk for one in list_organisations_nobody_can(Permission.SUBMIT, among=everybody)] == ["ZZ302"]


def test_the_national_team_signs_for_nobody(world):
    end_role(role_of(world, Role.OFFICER), by=world.people[Role.LEAD], at=NOW)

    assert "ZZ301" in list_codes_nobody_can_sign(Organisation.objects.all())
