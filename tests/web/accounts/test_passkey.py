# SPDX-License-Identifier: MIT
"""A passkey from end to end, in a browser with a made-up authenticator: added, and then the only thing needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import (
    assert_axe_clean,
    browser,
    keep_screenshot,
    open_page,
)
from tests.support.service import running, set_up_service

__all__ = ["browser"]
pytestmark = pytest.mark.browser

PASSWORD = "three unrelated words"
ADA = f"""
from django.utils import timezone
from trigpoint_web.accounts.actions import PersonDetails, confirm_address, open_account
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role
at = timezone.now()
ada = open_account("ada@example.org", PersonDetails("Ada Example"), password={PASSWORD!r}, by=None, at=at)
confirm_address(ada)
grant_role(ada, Role.ADMINISTRATOR, RoleHeldIn(), by=None, at=at)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("passkey")
    with set_up_service(home, seed=ADA, TRIGPOINT_SECOND_FACTOR="1") as service, running(service):
        yield str(service.address)


def add_authenticator(page: Page) -> None:
    """Give the browser a security key that verifies its user, as a phone does with a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_with_password(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail address").or_(page.get_by_label("Email")).fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_asked_for_added_and_then_all_that_is_needed(browser: Browser, address: str) -> None:
    with open_page(browser, f"{address}/account/login/") as page:
        add_authenticator(page)
        assert_axe_clean(page)
        sign_in_with_password(page, address)

        # Her role needs more than a password.
        expect(page.get_by_role("heading", level=1)).to_have_text("More than a password")
        keep_screenshot(page, "account-second-factor")
        assert_axe_clean(page)
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").last.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("passkey")
        assert_axe_clean(page)
        keep_screenshot(page, "account-add-passkey")
        page.get_by_label("What to call it").fill("Phone")
        expect(page.get_by_label("Sign in with it alone, without a password")).to_be_checked()
        page.get_by_role("button", name="Add it").click()
        page.wait_for_url("**/recovery-codes/**")
        assert_axe_clean(page)
        keep_screenshot(page, "account-recovery-codes")

        page.goto(f"{address}/roles/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your roles")
        page.get_by_role("button", name="Sign out").click()

        page.goto(f"{address}/account/login/?next=/roles/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/roles/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your roles")
