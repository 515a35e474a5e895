# SPDX-License-Identifier: MIT
"""The pages of people and accounts in a browser, wide and on a phone: read out well, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import (
    assert_looks_well,
    browser,
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
PUBLIC = {"sign-in": "/account/login/", "invitation": f"/invitation/{KEY}/", "no account": "/account/signup/"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("pages")
    with set_up_service(home, seed=WORLD) as service, running(service):
        yield str(service.address)


@pytest.mark.looks
@pytest.mark.parametrize("name", PUBLIC)
def test_every_page_before_signing_in_is_clean_and_fits(browser: Browser, address: str, name: str) -> None:
    with open_page(browser, f"{address}{PUBLIC[name]}") as page:
        assert_looks_well(page, name)


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
