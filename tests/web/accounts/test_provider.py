# SPDX-License-Identifier: MIT
"""Signing in through a provider of OpenID Connect: a real one, in a process of its own beside the service."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Playwright, sync_playwright

from tests.support.service import running, set_up_service

WORLD = """
from django.utils import timezone
from trigpoint_web.accounts.actions import PersonDetails, confirm_address, open_account
at = timezone.now()
for email in ("known@example.org", "closed@example.org"):
    user = open_account(email, PersonDetails("Ada Known"), password=None, by=None, at=at)
    confirm_address(user)
    user.is_active = not email.startswith("closed")
    user.save()
"""
CLAIMS = (
    {"sub": "known", "email": "Known@example.org", "email_verified": True},
    {"sub": "unconfirmed", "email": "known@example.org", "email_verified": False},
    {"sub": "text", "email": "known@example.org", "email_verified": "false"},
    {"sub": "silent", "email": "known@example.org"},
    {"sub": "stranger", "email": "stranger@example.org", "email_verified": True},
    {"sub": "closed", "email": "closed@example.org", "email_verified": True},
    {"sub": "nameless"},
)


# What the provider says once it listens.
LISTENS = re.compile(r"(http://127\.0\.0\.1:\d+)")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Gives browsers without a window: cookies and redirects, and nothing of the page is run."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    people = [part for claims in CLAIMS for part in ("--user-claims", json.dumps(claims))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", "0", *people]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            yield next(found[1] for line in server.stdout if (found := LISTENS.search(line)))
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("provider")
    settings = {
        "TRIGPOINT_OIDC_ADDRESS": provider,
        "TRIGPOINT_OIDC_NAME": "Made-up Sign-in",
        "TRIGPOINT_OIDC_CLIENT": "trigpoint",
        "TRIGPOINT_OIDC_SECRET": "not-a-secret",
    }
    with set_up_service(home, seed=WORLD, **settings) as service, running(service):
        yield str(service.address)


@pytest.fixture
def visitor(playwright: Playwright) -> Iterator[APIRequestContext]:
    context = playwright.request.new_context()
    yield context
    context.dispose()


def post_form(visitor: APIRequestContext, page: APIResponse) -> APIResponse:
    """Post the form of a page with its own token, and stop at the first redirect."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text())
    assert token
    return visitor.post(page.url, form={"csrfmiddlewaretoken": token[1]}, max_redirects=0)


def start(visitor: APIRequestContext, address: str) -> str:
    """Press the button of the provider on the page of signing in; return where the visitor is sent."""
    sign_in = visitor.get(f"{address}/account/login/").text()
    assert "Sign in with Made-up Sign-in" in sign_in
    link = re.search(r'href="(/account/oidc/[^"]+)"', sign_in)
    assert link
    sent_on = post_form(visitor, visitor.get(address + unescape(link[1])))
    assert sent_on.status == 302
    return sent_on.headers["location"]


def choose(visitor: APIRequestContext, address: str, subject: str) -> str:
    """Be one of the provider's people; return where the provider sends the visitor back to."""
    chosen = visitor.post(start(visitor, address), form={"sub": subject}, max_redirects=0)
    assert chosen.status == 302
    return chosen.headers["location"]


def sign_in_as(visitor: APIRequestContext, address: str, subject: str) -> str:
    """Sign in through the provider as one of its people; return the page it ends on."""
    return visitor.get(choose(visitor, address, subject)).text()


def is_signed_in(visitor: APIRequestContext, address: str) -> bool:
    return visitor.get(f"{address}/account/", max_redirects=0).status == 200


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_person_known_here_signs_in_with_no_password(visitor, address, time) -> None:
    sign_in_as(visitor, address, "known")

    assert is_signed_in(visitor, address), f"the {time} time"
    assert "known@example.org" in visitor.get(f"{address}/account/").text()


def test_the_request_is_bound_to_the_browser_by_state_and_proof_key(visitor, address) -> None:
    asked = parse_qs(urlsplit(start(visitor, address)).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) >= 43
    assert len(asked["state"][0]) >= 16
    assert "email" in asked["scope"][0]


def test_an_answer_meant_for_another_browser_signs_nobody_in(visitor, playwright, address) -> None:
    other = playwright.request.new_context()

    page = other.get(choose(visitor, address, "known")).text()

    assert "You could not be signed in" in page
    assert not is_signed_in(other, address)
    other.dispose()


@pytest.mark.parametrize("subject", ["unconfirmed", "text", "silent"])
def test_an_address_that_the_provider_has_not_confirmed_opens_no_door(visitor, address, subject) -> None:
    page = sign_in_as(visitor, address, subject)

    assert "There is no account for you here yet" in page
    assert not is_signed_in(visitor, address)


@pytest.mark.parametrize("subject", ["stranger", "nameless"])
def test_somebody_unknown_is_refused_with_a_page_that_says_what_to_do(visitor, address, subject) -> None:
    page = sign_in_as(visitor, address, subject)

    assert "There is no account for you here yet" in page
    assert "Accounts are made by invitation." in page
    assert not is_signed_in(visitor, address)


def test_a_closed_account_stays_closed(visitor, address) -> None:
    sign_in_as(visitor, address, "closed")

    assert not is_signed_in(visitor, address)


def test_who_stops_at_the_provider_is_not_signed_in(visitor, address) -> None:
    asked = parse_qs(urlsplit(start(visitor, address)).query)

    page = visitor.get(asked["redirect_uri"][0], params={"error": "access_denied", "state": asked["state"][0]}).text()

    assert "You did not finish signing in" in page
    assert not is_signed_in(visitor, address)


def test_the_page_of_signing_in_may_lead_to_the_provider_and_nowhere_else(visitor, address, provider) -> None:
    policy = visitor.get(f"{address}/account/login/").headers["content-security-policy"]

    assert f"form-action 'self' {provider};" in policy
