# SPDX-License-Identifier: MIT
"""Signing in as a made-up person: only where the setting says so, never over HTTPS, and never as anybody real."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from trigpoint_web.accounts.actions import add_verified_people
from trigpoint_web.accounts.models import User

pytestmark = pytest.mark.django_db
LEAD = "lead@demo.invalid"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.SHOW_DEMO_SIGN_IN, settings.IS_SECURE = True, False
    add_verified_people([(LEAD, "Ada Lead", "Lead"), ("x@demo.invalid", "<b>Bea</b>", "")], password=None)
    add_verified_people([("real@example.org", "Real Person", "Chief")], password=None)


def test_the_page_of_signing_in_offers_the_people_of_the_demonstration():
    page = Client().get("/account/login/").content.decode()

    assert "Ada Lead, Lead" in page
    assert "&lt;b&gt;Bea&lt;/b&gt;" in page
    assert "Real Person" not in page


def test_one_button_signs_in_and_leads_where_one_wanted_to_go():
    client = Client()

    response = client.post("/demo-sign-in/", {"email": LEAD, "next": "/roles/"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/roles/"
    assert client.session["_auth_user_id"] == str(User.objects.get(email=LEAD).pk)


@pytest.mark.parametrize("email", ["real@example.org", "nobody@demo.invalid", "", "a\x00@demo.invalid"])
def test_nobody_real_and_nobody_unknown_is_signed_in_so(email):
    client = Client()

    assert client.post("/demo-sign-in/", {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_closed_account_of_the_demonstration_is_not_offered():
    User.objects.filter(email=LEAD).update(is_active=False)

    assert Client().post("/demo-sign-in/", {"email": LEAD}).status_code == 404


@pytest.mark.parametrize(("is_shown", "is_secure"), [(False, False), (True, True), (False, True)])
def test_without_the_setting_and_over_https_there_is_no_such_page(settings, is_shown, is_secure):
    settings.SHOW_DEMO_SIGN_IN, settings.IS_SECURE = is_shown, is_secure

    assert Client().post("/demo-sign-in/", {"email": LEAD}).status_code == 404
    assert "Ada Lead" not in Client().get("/account/login/").content.decode()
