# SPDX-License-Identifier: MIT
"""The pages of people and accounts in a browser, wide and on a phone: read out well, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Cookie, expect

from tests.support.browser import (
    DESK,
    PHONE,
    assert_axe_clean,
    assert_no_sideways_scroll,
    browser,
    keep_screenshot,
    open_page,
)
from tests.support.service import running, set_up_service

__all__ = ["browser"]
pytestmark = pytest.mark.browser

PASSWORD = "three unrelated words"
KEY = "a-key-of-the-tests"
WORLD = f"""
from datetime import timedelta
from tests.web.people import invite_somebody
from tests.web.world import NOW, make_world
from trigpoint_web.accounts.actions import PersonDetails, confirm_address, open_account
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role
from trigpoint_web.organisations.keys import hash_key
from trigpoint_web.organisations.models import Invitation
world = make_world()
chief = open_account("chief@example.org", PersonDetails("Ada Chief"), password={PASSWORD!r}, by=None, at=NOW)
confirm_address(chief)
grant_role(chief, Role.ADMINISTRATOR, RoleHeldIn(), by=None, at=NOW)
invite_somebody(world.people[Role.LEAD])
invite_somebody(world.people[Role.LEAD], email="late@example.org")
Invitation.objects.filter(email="late@example.org").update(expires_at=NOW - timedelta(days=1))
Invitation.objects.filter(email="somebody@example.org").update(key_hash=hash_key({KEY!r}))
"""
PAGES = {
    "account": "/account/",
    "people-nation": "/people/",
    "people-invite-nation": "/people/invite/",
    "people": "/organisations/ZZ301/people/",
    "people-invite": "/organisations/ZZ301/people/invite/",
    "roles": "/roles/",
    "role-end": "/roles/1/end/",
    "invitation-change": "/invitations/1/",
    "register": "/register/",
    "reviewers": "/rounds/2026/reviewers/",
    "reviewer-end": "/rounds/2026/reviewers/1/end/",
    "gaps": "/rounds/2026/gaps/",
    "account-email": "/account/email/",
    "account-password": "/account/password/change/",
    "account-sessions": "/account/sessions/",
    "account-second-factor": "/account/2fa/",
}
PUBLIC = {"sign-in": "/account/login/", "invitation": f"/invitation/{KEY}/", "no-account": "/account/signup/"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("pages")
    with set_up_service(home, seed=WORLD) as service, running(service):
        yield str(service.address)


@pytest.fixture(scope="module")
def cookies(browser: Browser, address: str) -> list[Cookie]:
    """Sign in once, as the limit on signing in is low on purpose."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.get_by_label("Email").fill("chief@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{address}/")
    kept = context.cookies()
    context.close()
    return kept


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_clean_and_fits(browser: Browser, address: str, cookies, name: str, size) -> None:
    state = {"cookies": cookies, "origins": []}
    with open_page(browser, f"{address}{PAGES[name]}", viewport=size, storage_state=state) as page:
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        keep_screenshot(page, f"{name}-{'phone' if size == PHONE else 'desk'}")
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PUBLIC)
def test_every_page_before_signing_in_is_clean_and_fits(browser: Browser, address: str, name: str, size) -> None:
    with open_page(browser, f"{address}{PUBLIC[name]}", viewport=size) as page:
        keep_screenshot(page, f"{name}-{'phone' if size == PHONE else 'desk'}")
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)


def test_without_scripts_somebody_new_accepts_an_invitation(browser: Browser, address: str) -> None:
    with open_page(browser, f"{address}/invitation/{KEY}/", java_script_enabled=False) as page:
        page.get_by_label("Your name").fill("Ada New")
        page.get_by_role("button", name="Accept and make my account").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        expect(page.get_by_label("Your name")).to_have_value("Ada New")
        page.get_by_label("Choose a password").fill(PASSWORD)
        page.get_by_role("button", name="Accept and make my account").click()

        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/roles/")
        expect(page.get_by_role("cell", name="Northmoor Synthetic Hospitals", exact=True)).to_be_visible()
