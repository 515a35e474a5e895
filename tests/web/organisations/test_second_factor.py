# SPDX-License-Identifier: MIT
"""Who signs, or sees more than one organisation, needs more than a password; nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.people import sign_in
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.actions import confirm_address
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import end_role
from trigpoint_web.organisations.models import Membership
from trigpoint_web.organisations.second_factor import needs_second_factor
from trigpoint_web.rounds.models import RoundMembership

pytestmark = pytest.mark.django_db
NEED_IT = {Role.OFFICER, Role.SYSTEM_VIEWER, Role.REVIEWER, Role.ANALYST, Role.AUTHOR, Role.ADMINISTRATOR}


@pytest.fixture
def world(settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = True
    return make_world()


@pytest.mark.parametrize("role", list(Role))
def test_who_signs_or_sees_more_than_one_organisation_is_sent_to_set_one_up(world, role):
    response = sign_in(world.people[role]).get("/roles/")

    assert response.status_code == (302 if role in NEED_IT else 200)
    if role in NEED_IT:
        assert response.headers["Location"] == "/account/2fa/"


def test_the_page_says_why_and_can_be_reached(world):
    response = sign_in(world.people[Role.OFFICER]).get("/roles/", follow=True)

    assert response.status_code == 200
    assert "Your role needs more than a password." in response.content.decode()


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_who_has_one_goes_on(world, kind):
    officer = world.people[Role.OFFICER]
    Authenticator.objects.create(user=officer, type=kind, data={})

    assert sign_in(officer).get("/roles/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(world):
    officer = world.people[Role.OFFICER]
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert sign_in(officer).get("/roles/").status_code == 302


def test_a_role_that_has_ended_asks_for_nothing(world):
    officer = world.people[Role.OFFICER]
    end_role(Membership.objects.get(user=officer), by=officer, at=NOW)

    assert sign_in(officer).get("/roles/").status_code == 200


def test_a_role_in_a_round_that_has_ended_asks_for_nothing(world):
    reviewer = world.people[Role.REVIEWER]
    RoundMembership.objects.filter(user=reviewer).update(ended_at=NOW)

    assert sign_in(reviewer).get("/roles/").status_code == 200


def test_a_reviewer_who_also_answers_somewhere_needs_it_too(world):
    contributor = world.people[Role.CONTRIBUTOR]
    assert not needs_second_factor(contributor)

    RoundMembership.objects.create(user=contributor, role=Role.REVIEWER, round=world.round, started_at=NOW)

    assert needs_second_factor(contributor)


def test_a_reviewer_opens_no_answers_without_it(world):
    reviewer = world.people[Role.REVIEWER]

    response = sign_in(reviewer).get("/rounds/2026/ZZ301/")

    assert (response.status_code, response.headers["Location"]) == (302, "/account/2fa/")


@pytest.mark.parametrize(
    ("role", "most"),
    [(Role.OFFICER, 1), (Role.SYSTEM_VIEWER, 1), (Role.ANALYST, 1), (Role.REVIEWER, 2), (Role.CONTRIBUTOR, 2)],
)
def test_it_takes_two_queries_at_most_to_know_who_needs_it(world, role, most):
    with CaptureQueriesContext(connection) as queries:
        assert needs_second_factor(world.people[role]) == (role in NEED_IT)

    assert len(queries) == most


def test_a_change_without_it_is_not_made(world):
    officer = world.people[Role.OFFICER]
    membership = Membership.objects.get(user=officer)

    assert sign_in(officer).post(f"/roles/{membership.pk}/end/", {"understood": "on"}).status_code == 302
    membership.refresh_from_db()
    assert membership.ended_at is None


def client_signed_in_with(person: User, method: str) -> Client:
    client = sign_in(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": 1}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def test_who_signed_in_with_one_is_not_looked_up_again(world):
    client = client_signed_in_with(world.people[Role.OFFICER], "mfa")

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/roles/").status_code == 200

    assert not [one for one in queries if "mfa_authenticator" in one["sql"]]


@pytest.mark.parametrize(("is_trusted", "status"), [(True, 200), (False, 302)])
def test_a_provider_is_taken_at_its_word_only_where_the_setting_says_so(world, settings, is_trusted, status):
    settings.OIDC_HAS_SECOND_FACTOR = is_trusted

    assert client_signed_in_with(world.people[Role.OFFICER], "socialaccount").get("/roles/").status_code == status


def test_without_the_setting_nobody_is_asked(world, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert sign_in(world.people[Role.OFFICER]).get("/roles/").status_code == 200


@pytest.mark.usefixtures("world")
def test_pages_without_sign_in_stay_open():
    assert Client().get("/account/login/").status_code == 200
    assert Client().get("/about/").status_code == 200


def test_an_app_with_codes_can_be_set_up_from_there(world):
    officer = world.people[Role.OFFICER]
    officer.set_password("three unrelated words")
    officer.save()
    confirm_address(officer)
    client = Client()
    client.post("/account/login/", {"login": officer.email, "password": "three unrelated words"})

    assert client.get("/roles/").status_code == 302
    client.post("/account/reauthenticate/", {"password": "three unrelated words"})
    page = client.get("/account/2fa/totp/activate/")

    assert page.status_code == 200
    assert "Picture of the code for your authenticator app" in page.content.decode()
