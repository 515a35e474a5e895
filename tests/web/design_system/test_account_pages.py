# SPDX-License-Identifier: MIT
"""The pages of django-allauth: in our frame, clean, within the security policy, errors said as anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.browser import (
    DESK,
    PHONE,
    assert_axe_clean,
    assert_no_sideways_scroll,
    browser,
    keep_screenshot,
    open_page,
)

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long made-up password"
OUTSIDE = ["login/", "signup/", "password/reset/"]
INSIDE = [
    "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/generate/", "2fa/webauthn/add/",
    "2fa/webauthn/", "3rdparty/", "sessions/", "logout/", "reauthenticate/",
]  # fmt: skip


@pytest.fixture
def person() -> Any:
    made = get_user_model().objects.create_user(email="ann@example.org", password=PASSWORD, name="Ann <b>Example</b>")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture(params=["desk", "phone"])
def size(request: pytest.FixtureRequest) -> ViewportSize:
    return {"desk": DESK, "phone": PHONE}[request.param]


def sign_in(page: Page, address: str, *, email: str = "ann@example.org", password: str = PASSWORD) -> None:
    page.goto(f"{address}/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def visit(page: Page, address: str) -> None:
    answer = page.goto(address)
    if "/account/reauthenticate/?next" in page.url:
        page.fill("#id_password", PASSWORD)
        with page.expect_response(address) as awaited:
            page.get_by_role("button", name="Confirm").click()
        answer = awaited.value
        page.wait_for_url(address)

    assert answer is not None
    assert (answer.status, page.url) == (200, address)


@pytest.fixture
def page(browser: Browser, live_server: Any, size: dict[str, int]) -> Iterator[Page]:
    with open_page(browser, f"{live_server.url}/about/", viewport=size) as opened:
        yield opened


def assert_sound(page: Page, path: str) -> None:
    keep_screenshot(page, f"account-{path.strip('/').replace('/', '-')}-{page.viewport_size['width']}")  # type: ignore[index]
    assert page.locator("h1").count() == 1
    assert page.locator("header.nhsuk-header").count() == 1
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("path", OUTSIDE)
def test_the_pages_at_the_door_are_sound(page: Page, live_server: Any, path: str) -> None:
    visit(page, f"{live_server.url}/account/{path}")

    assert_sound(page, path)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("path", INSIDE)
def test_the_pages_of_an_account_are_sound(page: Page, live_server: Any, path: str) -> None:
    sign_in(page, live_server.url)

    visit(page, f"{live_server.url}/account/{path}")

    assert_sound(page, path)


def test_what_is_wrong_at_the_door_is_listed_and_tied_to_its_field(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/account/login/")

    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Fill in “Password”")
    assert page.locator("#id_password").get_attribute("aria-describedby") == "id_password-hint id_password-error"
    assert_axe_clean(page)


def test_a_wrong_password_is_said_once_at_the_top(page: Page, live_server: Any) -> None:
    sign_in(page, live_server.url, password="not it")

    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator(".nhsuk-error-summary li")).to_have_count(1)


@pytest.mark.usefixtures("person")
def test_signing_out_needs_one_button_in_the_header(page: Page, live_server: Any) -> None:
    sign_in(page, live_server.url)
    expect(page.locator("header")).to_contain_text("Ann <b>Example</b>")

    page.locator("header").get_by_role("button", name="Sign out").click()

    expect(page.locator("header").get_by_role("link", name="Sign in")).to_be_visible()
