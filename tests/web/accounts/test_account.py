# SPDX-License-Identifier: MIT
"""A person's own account, and signing in: what is shown, what is kept, and what is told to nobody."""

from __future__ import annotations

from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from tests.web.people import sign_in
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.actions import PersonDetails, add_verified_people, change_details, confirm_address
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import find_user
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "three unrelated words"


@pytest.fixture
def ada() -> User:
    user = User.objects.create_user("Ada@Example.org", name="Ada", password=PASSWORD)
    confirm_address(user)
    return user


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet() -> None:
    """Forget the failed attempts of other tests: all come from one address."""
    cache.clear()


def read(client: Client, address: str = "/account/") -> str:
    return unescape(client.get(address).content.decode())


def test_the_account_shows_who_one_is_and_how_one_signs_in(ada):
    text = read(sign_in(ada))

    assert 'value="Ada"' in text
    assert "ada@example.org" in text
    assert text.count("None") == 2, "no passkey, no app"
    for address in ("/account/2fa/", "/account/sessions/", "/account/password/change/", "/account/email/", "/roles/"):
        assert f'href="{address}"' in text


def test_passkeys_are_counted_and_an_app_is_said_to_be_set_up():
    user = User.objects.create_user("bea@example.org", name="Bea")
    for kind in (Authenticator.Type.WEBAUTHN, Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP):
        Authenticator.objects.create(user=user, type=kind, data={})

    text = read(sign_in(user))

    assert "Set up" in text
    assert "None: you sign in otherwise" in text


def test_name_and_job_title_are_changed_and_it_is_written_down(ada):
    client = sign_in(ada)

    response = client.post("/account/", {"name": " Ada   King ", "job_title": "Countess"}, follow=True)

    assert "Your details are saved." in response.content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.job_title) == ("Ada King", "Countess")
    event = Event.objects.get(action="account.changed")
    assert (event.by, event.details) == (ada.pk, {})


def test_a_name_is_needed(ada):
    response = sign_in(ada).post("/account/", {"name": "  ", "job_title": "Countess"})

    assert "Enter your name" in response.content.decode()
    ada.refresh_from_db()
    assert ada.name == "Ada"


def test_html_in_a_name_is_shown_as_it_was_typed(ada):
    change_details(ada, PersonDetails("<b>Ada</b>"), by=ada, at=NOW)

    page = sign_in(ada).get("/account/").content.decode()

    assert "<b>Ada</b>" not in page
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page


def test_one_person_is_one_account_however_the_address_is_written(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ADA@example.org", name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Ada@Example.org", name="Another")

    assert find_user(" ADA@Example.ORG") == ada
    assert (str(ada), ada.get_full_name(), ada.get_short_name()) == ("Ada", "Ada", "Ada")


def test_many_accounts_are_made_at_once_with_confirmed_addresses(client):
    people = add_verified_people([("A@example.org", "A", "Clerk"), ("b@example.org", "B", "")], password=PASSWORD)

    assert [one.email for one in people] == ["a@example.org", "b@example.org"]
    client.post("/account/login/", {"login": "a@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(people[0].pk)


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@Example.ORG"])
def test_somebody_signs_in_with_address_and_password(ada, client, typed):
    response = client.post("/account/login/", {"login": typed, "password": PASSWORD})

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)


def said_of(response) -> str:
    """The problems that a page shows."""
    text = unescape(response.content.decode())
    return text.partition("There is a problem")[2].partition("</ul>")[0].replace("ada@example.org", "")


@pytest.mark.usefixtures("ada")
def test_signing_in_tells_nobody_who_has_an_account():
    wrong = Client().post("/account/login/", {"login": "ada@example.org", "password": "not the password"})
    unknown = Client().post("/account/login/", {"login": "nobody@example.org", "password": "not the password"})

    assert wrong.status_code == unknown.status_code == 200
    assert said_of(wrong) == said_of(unknown) != ""


@pytest.mark.usefixtures("ada")
def test_a_forgotten_password_tells_nobody_who_has_an_account():
    known = Client().post("/account/password/reset/", {"email": "ada@example.org"}, follow=True)
    unknown = Client().post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content or said_of(known) == said_of(unknown)
    reset, told = mail.outbox
    assert "/account/password/reset/key/" in str(reset.body)
    assert "There is no such account." in str(told.body)
    assert "signup" not in str(told.body)
    assert str(told.body).rstrip().endswith("http://localhost:8000")


def test_a_forgotten_password_is_set_anew_by_mail(ada, client):
    client.post("/account/password/reset/", {"email": "ada@example.org"})
    address = next(word for word in str(mail.outbox[0].body).split() if "/reset/key/" in word)
    form = client.get(address.partition("testserver")[2], follow=True)

    client.post(
        form.redirect_chain[-1][0],
        {"password1": "four other unrelated words", "password2": "four other unrelated words"},
    )

    ada.refresh_from_db()
    assert ada.check_password("four other unrelated words")


def test_nobody_signs_up(client):
    page = client.get("/account/signup/")
    client.post("/account/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert "There is no account for you here yet" in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.usefixtures("ada")
def test_a_closed_account_does_not_sign_in(client):
    User.objects.update(is_active=False)

    client.post("/account/login/", {"login": "ada@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(ada):
    client = Client()
    for _ in range(12):
        response = client.post("/account/login/", {"login": ada.email, "password": "not the password"})

    assert "Too many failed login attempts" in unescape(response.content.decode()) or response.status_code == 429


def test_signing_out_needs_a_button(ada):
    client = sign_in(ada)

    client.get("/account/logout/")
    assert "_auth_user_id" in client.session

    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_where_one_is_signed_in_is_listed_and_ended(ada):
    here, there = Client(headers={"user-agent": "Browser A"}), Client(headers={"user-agent": "Browser B"})
    for browser in (here, there):
        browser.post("/account/login/", {"login": ada.email, "password": PASSWORD})
    listed = read(here, "/account/sessions/")
    assert "Browser A" in listed
    assert "Browser B" in listed

    here.post("/account/sessions/")

    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_where_a_person_wanted_to_go_is_reached_after_signing_in(client):
    world: World = make_world()
    lead = world.people[Role.LEAD]
    lead.set_password(PASSWORD)
    lead.save()
    confirm_address(lead)
    asked = client.get("/organisations/ZZ301/people/")

    response = client.post(
        asked.headers["Location"], {"login": lead.email, "password": PASSWORD, "next": "/organisations/ZZ301/people/"}
    )

    assert response.headers["Location"] == "/organisations/ZZ301/people/"


def test_signing_in_leads_to_no_other_site(ada, client):
    response = client.post(
        "/account/login/", {"login": ada.email, "password": PASSWORD, "next": "https://example.com/"}
    )

    assert response.headers["Location"] == "/"
