# SPDX-License-Identifier: MIT
"""Where the link of an invitation leads, for somebody known, somebody new, somebody else, and too late."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.people import NEW_PERSON, invite_somebody, key_in_last_mail, sign_in
from tests.web.world import World, make_world
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite, withdraw_invitation
from trigpoint_web.organisations.models import Invitation, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def address(world: World) -> str:
    invite_somebody(world.people[Role.LEAD])
    return f"/invitation/{key_in_last_mail()}/"


def test_somebody_new_gives_name_and_password_and_is_signed_in(address):
    client = Client()
    shown = unescape(client.get(address).content.decode())
    assert "Lead of ZZ301 invites somebody@example.org to take the role Contributor." in shown
    assert "Be Contributor in Northmoor Synthetic Hospitals" in shown

    response = client.post(address, NEW_PERSON)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    user = User.objects.get(email="somebody@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Membership.objects.get(user=user).role == "contributor"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter your name"),
        ({"name": "x" * 101}, "100 characters or fewer"),
        ({"job_title": "x" * 101}, "100 characters or fewer"),
        ({"password": ""}, "Choose a password"),
        ({"password": "too short"}, "at least 12 characters"),
        ({"password": "ada example 1"}, "too similar"),
        ({"password": "somebody@example.org"}, "too similar"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_made(address, change, said):
    response = Client().post(address, {**NEW_PERSON, **change})

    assert response.status_code == 200
    assert said in unescape(response.content.decode())
    assert not User.objects.filter(email="somebody@example.org").exists()


def test_a_password_that_was_typed_never_comes_back(address):
    response = Client().post(address, {**NEW_PERSON, "name": ""})

    assert NEW_PERSON["password"] not in response.content.decode()


def test_line_ends_in_a_name_become_spaces(address):
    Client().post(address, {**NEW_PERSON, "name": "Ada\r\nBcc: everybody@example.org"})

    assert User.objects.get(email="somebody@example.org").name == "Ada Bcc: everybody@example.org"


def test_somebody_known_is_led_to_sign_in_and_back(world):
    observer = world.people[Role.OBSERVER]
    observer.set_password("their own password")
    observer.save()
    invite_somebody(world.people[Role.LEAD], email=observer.email)
    address = f"/invitation/{key_in_last_mail()}/"

    shown = Client().get(address).content.decode()

    assert "Sign in to accept" in shown
    assert f"/account/login/?next={address.replace('/', '%2F')}" in shown
    assert 'name="password"' not in shown
    assert Client().post(address, NEW_PERSON).status_code == 200
    observer.refresh_from_db()
    assert observer.check_password("their own password")


def test_somebody_signed_in_accepts_with_one_button(world):
    observer = world.people[Role.OBSERVER]
    invite_somebody(world.people[Role.LEAD], email=observer.email)
    client, address = sign_in(observer), f"/invitation/{key_in_last_mail()}/"
    assert "Accept the invitation" in client.get(address).content.decode()
    assert Membership.objects.filter(user=observer).count() == 1, "looking changes nothing"

    response = client.post(address)

    assert response.status_code == 302
    assert set(Membership.objects.filter(user=observer).values_list("role", flat=True)) == {"observer", "contributor"}


def test_somebody_else_signed_in_is_told_and_can_do_nothing(world, address):
    client = sign_in(world.people[Role.OBSERVER])

    for response in (client.get(address), client.post(address, NEW_PERSON)):
        assert response.status_code == 403
        assert "This invitation is for somebody else" in response.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_a_second_time_it_says_that_it_was_accepted(address):
    client = Client()
    client.post(address, NEW_PERSON)

    own, others = client.post(address, NEW_PERSON), Client().get(address)

    assert (own.status_code, others.status_code) == (410, 410)
    assert "You have accepted this invitation already" in own.content.decode()
    assert "This invitation has been accepted already" in others.content.decode()
    assert User.objects.filter(email="somebody@example.org").count() == 1


def test_an_expired_invitation_says_whom_to_ask(address):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    response = Client().post(address, NEW_PERSON)

    assert response.status_code == 410
    assert "This invitation has expired" in response.content.decode()
    assert "ask Lead of ZZ301 to send it again" in response.content.decode()


def test_a_withdrawn_invitation_says_so(world, address):
    withdraw_invitation(Invitation.objects.get(), by=world.people[Role.LEAD], at=timezone.now())

    response = Client().get(address)

    assert response.status_code == 410
    assert "This invitation has been withdrawn" in response.content.decode()


def test_a_closed_account_is_opened_by_no_invitation(address):
    User.objects.create_user("somebody@example.org", name="Ada")
    User.objects.update(is_active=False)

    response = Client().post(address, NEW_PERSON)

    assert response.status_code == 410
    assert "The account with this address is closed." in response.content.decode()


def test_who_hands_over_is_named(world):
    officer = Membership.objects.get(user=world.people[Role.OFFICER])
    plan = InvitationPlan("next@example.org", Role.OFFICER, RoleHeldIn(officer.organisation), hands_over=officer)
    invite(plan, by=officer.user, at=timezone.now())

    shown = Client().get(f"/invitation/{key_in_last_mail()}/").content.decode()

    assert "Accountable officer of ZZ301 has it now, and no longer will when you accept." in shown


def test_html_in_the_name_of_who_invites_is_escaped(world, address):
    User.objects.filter(pk=world.people[Role.LEAD].pk).update(name="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in Client().get(address).content.decode()


def test_the_page_of_an_invitation_is_kept_in_no_cache_and_its_address_told_to_nobody(address):
    response = Client().get(address)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
