# SPDX-License-Identifier: MIT
"""The national team's pages as a browser shows them, on a running service: clean, fitting, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import (
    assert_axe_clean,
    assert_looks_well,
    browser,
    keep_screenshot,
    open_page,
)
from tests.support.service import Service, running, session_of, set_up_service

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SEED = """
from tests.web.rounds.seed_administering import fill
fill()
"""
ROUND = "/rounds/2026/"
# What more there is to see than on the pages of tests/journeys/test_every_page.py.
PAGES = {
    "board": f"{ROUND}board/",
    "board narrowed": f"{ROUND}board/?state=in_progress&sort=-share&select=all",
    "extend": f"{ROUND}extend/?o=ZZ301&o=ZZ302",
    "mail": f"{ROUND}mail/",
    "history": f"{ROUND}history/",
    "time": f"{ROUND}time/",
    "framework section": "/frameworks/{hash}/?section=leading",
    "framework question": "/frameworks/{hash}/?question=has_strategy",
    "framework preview": "/frameworks/{hash}/preview/?care=acute&page=2",
}
FIND_HASH = """
from trigpoint_web.rounds.models import Round
print(Round.objects.get(slug="2026").framework_id)
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home: Path = tmp_path_factory.mktemp("administering")
    with set_up_service(home, seed=SEED) as made, running(made):
        yield made


@pytest.fixture(scope="module")
def session(service: Service) -> str:
    return session_of(service, "administrator.ZZ301")


@pytest.fixture(scope="module")
def framework_hash(service: Service) -> str:
    return service.run(FIND_HASH).strip()


@contextmanager
def visit(browser: Browser, service: Service, session: str, path: str, **options: object) -> Iterator[Page]:
    """Open a page signed in."""
    cookie = {"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}
    kept = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    state = {"cookies": [{**cookie, **kept}], "origins": []}
    with open_page(browser, f"{service.address}{path}", storage_state=state, **options) as page:
        yield page


@pytest.mark.looks
@pytest.mark.parametrize("name", PAGES)
def test_a_page_full_of_rows_is_clean_and_fits(browser, service, session, framework_hash, name):
    with visit(browser, service, session, PAGES[name].format(hash=framework_hash)) as page:
        assert_looks_well(page, f"administration {name}")


def test_the_filters_and_the_selection_work_without_a_script(browser, service, session):
    with visit(browser, service, session, f"{ROUND}board/", java_script_enabled=False) as page:
        page.get_by_label("Name or code").fill("moor")
        page.get_by_role("button", name="Show").click()
        page.locator("label", has_text="Select Northmoor Synthetic Hospitals").click()
        page.get_by_role("button", name="Give more time").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Give more time")
        expect(page.get_by_role("rowheader")).to_have_text(["Organisation Northmoor Synthetic Hospitals"])


def test_a_reminder_is_read_and_sent_without_a_script(browser, service, session):
    with visit(browser, service, session, f"{ROUND}remind/?o=ZZ302", java_script_enabled=False) as page:
        page.get_by_role("button", name="Read before it goes").click()
        expect(page.get_by_text("1 mail to 1 organisation.")).to_be_visible()
        keep_screenshot(page, "administration remind preview desk")
        page.get_by_role("button", name="Send 1 mail").click()
        expect(page.get_by_text("Sent: 1 mail to 1 organisation.")).to_be_visible()


def test_a_wrong_date_leads_to_its_field(browser, service, session):
    with visit(browser, service, session, f"{ROUND}dates/") as page:
        page.get_by_role("group", name="Closing").get_by_label("Month").fill("13")
        page.get_by_role("button", name="Change the dates").click()
        assert_axe_clean(page)
        keep_screenshot(page, "administration dates wrong desk")
        page.get_by_role("link", name="The closing must be a real date").click()
        expect(page.get_by_role("group", name="Closing").get_by_label("Day")).to_be_focused()
