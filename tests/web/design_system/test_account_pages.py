# SPDX-License-Identifier: MIT
"""The pages of django-allauth: in our frame, clean, within the security policy, errors said as anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import (
    assert_axe_clean,
    assert_looks_well,
    browser,
)
from tests.support.pages_in_browser import HOST, client_of, open_as

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASSWORD = "a long made-up password"
OUTSIDE = ["login/", "signup/", "password/reset/"]
INSIDE = [
    "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/generate/", "2fa/webauthn/add/",
    "2fa/webauthn/", "3rdparty/", "sessions/", "logout/", "reauthenticate/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def person() -> Any:
    made = get_user_model().objects.create_user(email="ann@example.org", password=PASSWORD, name="Ann <b>Example</b>")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture
def visitor() -> Client:
    return client_of(None)


@pytest.fixture
def page(browser: Browser, visitor: Client) -> Iterator[Page]:
    with open_as(browser, visitor, "/account/login/") as opened:
        yield opened


def sign_in(page: Page, *, password: str = PASSWORD) -> None:
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def visit(page: Page, path: str) -> None:
    page.goto(f"{HOST}/account/{path}")
    page.locator("h1").wait_for()

    assert page.url == f"{HOST}/account/{path}"


def assert_sound(page: Page, path: str) -> None:
    assert page.locator("h1").count() == 1
    assert page.locator("header.nhsuk-header").count() == 1
    assert_looks_well(page, f"account {path.strip('/').replace('/', ' ')}")


@pytest.mark.looks
@pytest.mark.parametrize("path", OUTSIDE)
def test_the_pages_at_the_door_are_sound(page: Page, path: str) -> None:
    visit(page, path)

    assert_sound(page, path)


@pytest.mark.looks
@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("path", INSIDE)
def test_the_pages_of_an_account_are_sound(page: Page, visitor: Client, path: str) -> None:
    visitor.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})
    visitor.post("/account/reauthenticate/", {"password": PASSWORD})

    visit(page, path)

    assert_sound(page, path)


def test_what_is_wrong_at_the_door_is_listed_and_tied_to_its_field(page: Page) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Fill in “Password”")
    assert page.locator("#id_password").get_attribute("aria-describedby") == "id_password-hint id_password-error"
    assert_axe_clean(page)


def test_a_wrong_password_is_said_once_at_the_top(page: Page) -> None:
    sign_in(page, password="not it")

    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator(".nhsuk-error-summary li")).to_have_count(1)


@pytest.mark.usefixtures("person")
def test_signing_out_needs_one_button_in_the_header(page: Page) -> None:
    sign_in(page)
    expect(page.locator("header")).to_contain_text("Ann <b>Example</b>")

    page.locator("header").get_by_role("button", name="Sign out").click()

    expect(page.locator("header").get_by_role("link", name="Sign in")).to_be_visible()
