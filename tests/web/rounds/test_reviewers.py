# SPDX-License-Identifier: MIT
"""Reviewers of a round, and the organisations in which somebody is missing."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from tests.web.people import NEW_PERSON, key_in_last_mail, sign_in
from tests.web.world import NOW, World, make_person, make_round, make_world
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.models import Invitation
from trigpoint_web.rounds.actions.reviewers import ReviewerPlan, appoint_reviewer, end_reviewer
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import RoundMembership
from trigpoint_web.rounds.queries.people import list_gaps, list_own_reviews, list_reviewers

pytestmark = pytest.mark.django_db
PAGE = "/rounds/2026/reviewers/"


@pytest.fixture
def world() -> World:
    return make_world()


def appoint(world: World, email: str, *, round_=None) -> RoundMembership:
    plan = ReviewerPlan(email, "Ada Reviewer")
    return appoint_reviewer(plan, round_=round_ or world.round, by=world.people[Role.ADMINISTRATOR], at=NOW)


def test_a_reviewer_without_an_account_is_invited_to_set_theirs_up(world, client):
    appoint(world, "Ada@Example.org")

    assert OutboxMail.objects.get().to == "ada@example.org"
    client.post(f"/invitation/{key_in_last_mail()}/", NEW_PERSON)
    user = User.objects.get(email="ada@example.org")
    assert user.check_password(NEW_PERSON["password"])
    assert list(list_own_reviews(user)) == [world.round]


def test_a_reviewer_who_can_sign_in_is_told(world):
    analyst = world.people[Role.ANALYST]
    analyst.set_password("three unrelated words")
    analyst.save()

    appoint(world, analyst.email)

    letter = OutboxMail.objects.get()
    assert (letter.to, letter.subject) == (analyst.email, "You are a reviewer of Small assessment 2026")
    analyst.refresh_from_db()
    assert analyst.name != "Ada Reviewer"
    assert Event.objects.get(action="reviewer.appointed").details == {"user": analyst.pk}


def test_one_appointed_in_two_rounds_before_they_ever_came_is_invited_once(world):
    other = make_round(slug="2027", by=world.people[Role.ADMINISTRATOR])
    appoint(world, "ada@example.org")

    appoint(world, "ada@example.org", round_=other)

    assert Invitation.objects.count() == 1
    assert list(list_own_reviews(User.objects.get(email="ada@example.org"))) == [other, world.round]


def test_nobody_reviews_a_round_twice_and_a_closed_account_not_at_all(world):
    reviewer = world.people[Role.REVIEWER]
    with pytest.raises(ChangeRefused, match="reviews this round already"):
        appoint(world, reviewer.email)

    observer = world.people[Role.OBSERVER]
    User.objects.filter(pk=observer.pk).update(is_active=False)
    with pytest.raises(ChangeRefused, match="closed"):
        appoint(world, observer.email)


def test_a_review_ends_once(world):
    membership = RoundMembership.objects.get()
    administrator = world.people[Role.ADMINISTRATOR]
    end_reviewer(membership, by=administrator, at=NOW)

    again = end_reviewer(membership, by=administrator, at=NOW + timedelta(days=1))

    assert again.ended_at == NOW
    assert not list_reviewers(world.round)
    assert Event.objects.filter(action="reviewer.ended").count() == 1


def test_the_page_lists_reviewers_appoints_one_and_ends_one(world):
    client = sign_in(world.people[Role.ADMINISTRATOR])
    response = client.post(PAGE, {"email": "ada@example.org", "name": "Ada"}, follow=True)
    assert "ada@example.org is now a reviewer" in response.content.decode()

    pk = RoundMembership.objects.get(user__email="ada@example.org").pk
    assert "End the review of Ada" in client.get(f"{PAGE}{pk}/end/").content.decode()
    response = client.post(f"{PAGE}{pk}/end/", follow=True)

    assert "Ada is no longer a reviewer of this round." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter their name"),
        ({"email": "x", "name": "Ada"}, "in the right form"),
        (None, "reviews this round already"),
    ],
)
def test_what_is_wrong_is_said(world, typed, said):
    typed = {"email": world.people[Role.REVIEWER].email, "name": "Ada"} if typed is None else typed

    response = sign_in(world.people[Role.ADMINISTRATOR]).post(PAGE, typed)

    assert said in unescape(response.content.decode())


def test_the_gaps_of_a_round_are_those_of_its_own_organisations(world):
    make_person(Role.LEAD, organisation="ZZ303")

    assert [one.pk for one in list_gaps(world.round, Permission.SIGN)] == ["ZZ302", "ZZ303"]
    assert [one.pk for one in list_gaps(world.round, Permission.SUBMIT)] == ["ZZ302"]
    text = sign_in(world.people[Role.ADMINISTRATOR]).get("/rounds/2026/gaps/").content.decode()
    assert "Nobody can sign: 2" in text
    assert "Nobody can submit the answers: 1" in text


def test_a_round_without_gaps_says_so(world):
    for code in ("ZZ302", "ZZ303"):
        make_person(Role.LEAD, organisation=code)
        make_person(Role.OFFICER, organisation=code)

    text = sign_in(world.people[Role.ADMINISTRATOR]).get("/rounds/2026/gaps/").content.decode()

    assert "Nobody can sign: none. Every organisation of the round has somebody." in text
