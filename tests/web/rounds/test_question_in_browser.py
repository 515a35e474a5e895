# SPDX-License-Identifier: MIT
"""The pages of filling in as a browser shows them, and the script that saves: against a running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import (
    assert_axe_clean,
    assert_looks_well,
    browser,
    keep_screenshot,
    open_page,
)
from tests.support.service import Service, Visitor, running, session_of, set_up_service

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SEED = """
from tests.web.rounds.seed_answering import fill
fill()
"""
QUESTIONS = "/rounds/2026/ZZ301/questions/"
BOARD = f"{QUESTIONS}organisation/board_leads/"
STRATEGY = f"{QUESTIONS}organisation/has_strategy/"
BEDSIDE = f"{QUESTIONS}acute/bedside_share/"
RECORD = f"{QUESTIONS}acute/has_record/"
VISITS = f"{QUESTIONS}community/visits_offline/"
PAGES = {
    "home": "/",
    "task list": "/rounds/2026/ZZ301/",
    "section": "/rounds/2026/ZZ301/sections/acute/sharing/",
    "question": BOARD,
    "question group": STRATEGY,
    "question number": BEDSIDE,
    "question history": f"{BOARD}history/",
    "suggestions": "/rounds/2026/ZZ301/suggestions/",
    "submission history": "/rounds/2026/ZZ301/history/",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home: Path = tmp_path_factory.mktemp("answering")
    with set_up_service(home, seed=SEED) as made, running(made):
        yield made


@pytest.fixture(scope="module")
def session(service: Service) -> str:
    return session_of(service, "lead.ZZ301")


@contextmanager
def visit(browser: Browser, service: Service, session: str, path: str, **options: object) -> Iterator[Page]:
    """Open a page signed in."""
    cookie = {"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}
    kept = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    state = {"cookies": [{**cookie, **kept}], "origins": []}
    with open_page(browser, f"{service.address}{path}", storage_state=state, **options) as page:
        yield page


def saved(page: Page, question: str) -> Locator:
    return page.locator(f"#question-{question} [data-saved]")


def save_as_colleague(service: Service, place: str) -> None:
    colleague = Visitor(service.address, session_of(service, "contributor.ZZ301"))
    with closing(colleague.connection):
        assert colleague.save(f"{place}save/", number="40", note="Counted.", version="0")[0] == 200


@pytest.mark.looks
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_was_worked_on_is_clean_and_fits(browser, service, session, name):
    with visit(browser, service, session, PAGES[name]) as page:
        assert_looks_well(page, f"answering {name}")


def test_an_answer_is_saved_as_it_is_given(browser, service, session):
    with visit(browser, service, session, RECORD) as page:
        page.get_by_label("Neither agree nor disagree").check()
        expect(saved(page, "has_record")).to_contain_text("Saved")
        page.get_by_label("Note").fill("Ward by ward.")
        expect(page.locator("[data-version-field]")).to_have_value("2")
        page.reload()
        expect(page.get_by_label("Neither agree nor disagree")).to_be_checked()
        expect(page.get_by_label("Note")).to_have_value("Ward by ward.")


def test_a_follow_up_appears_when_it_is_opened_and_is_saved_after_what_opens_it(browser, service, session):
    with visit(browser, service, session, STRATEGY) as page:
        follow_up = page.locator("#question-strategy_costed")
        expect(follow_up).to_be_hidden()
        page.locator("#question-has_strategy").get_by_label("Agree", exact=True).check()
        expect(follow_up).to_be_visible()
        follow_up.get_by_label("Disagree", exact=True).check()
        expect(saved(page, "strategy_costed")).to_contain_text("Saved")
        page.locator("#question-has_strategy").get_by_label("Disagree", exact=True).check()
        expect(follow_up).to_be_hidden()


def test_a_number_and_what_cannot_be_said_exclude_each_other(browser, service, session):
    with visit(browser, service, session, BEDSIDE) as page:
        number, unknown = page.get_by_label("A whole number from 0 to 100"), page.get_by_label("Don’t know")
        number.fill("140")
        expect(saved(page, "bedside_share")).to_contain_text("Not saved. The answer must be a whole number")
        number.fill("40")
        expect(saved(page, "bedside_share")).to_contain_text("Saved")
        unknown.check()
        expect(number).to_have_value("")
        expect(saved(page, "bedside_share")).to_contain_text("Saved")
        number.fill("41")
        expect(unknown).not_to_be_checked()


def test_what_could_not_be_saved_is_kept_and_saved_when_the_service_is_back(browser, service, session):
    with visit(browser, service, session, VISITS) as page:
        page.context.set_offline(True)
        page.get_by_label("Agree", exact=True).check()
        expect(saved(page, "visits_offline")).to_contain_text("Not saved: the service can’t be reached. Trying again")
        keep_screenshot(page, "answering not saved")
        page.context.set_offline(False)
        expect(saved(page, "visits_offline")).to_contain_text("Saved", timeout=15_000)


def test_what_was_typed_while_signed_out_is_there_after_a_reload(browser, service, session):
    with visit(browser, service, session, f"{QUESTIONS}community/has_record/") as page:
        cookies = page.context.cookies()
        page.context.clear_cookies(name="sessionid")
        page.get_by_label("Disagree", exact=True).check()
        expect(saved(page, "has_record")).to_contain_text("You are signed out. What you typed is kept in this browser.")
        page.context.add_cookies([{"name": one["name"], "value": one["value"], "url": page.url} for one in cookies])
        page.reload()
        expect(page.get_by_label("Disagree", exact=True)).to_be_checked()
        expect(saved(page, "has_record")).to_contain_text("by you")


@pytest.mark.parametrize(("button", "stands"), [("Keep theirs", "40"), ("Use mine", "60")])
def test_a_colleagues_change_is_shown_beside_mine(browser, service, session, button, stands):
    place = f"{QUESTIONS}community/{'bedside_share' if stands == '40' else 'record_users'}/"
    with visit(browser, service, session, place) as page:
        save_as_colleague(service, place)
        number = page.get_by_label("A whole number from 0 to 100")
        number.fill("60")
        expect(page.locator("[data-conflict]")).to_contain_text("changed this too")
        keep_screenshot(page, f"answering conflict {button}")
        assert_axe_clean(page)
        page.get_by_role("button", name=button).click()
        expect(number).to_have_value(stands)
        expect(page.locator("[data-saved]")).to_contain_text("Saved")


def test_without_the_script_the_button_saves_and_two_people_meet_on_the_conflict_page(browser, service, session):
    place = f"{QUESTIONS}acute/record_users/"
    with visit(browser, service, session, place, java_script_enabled=False) as page:
        save_as_colleague(service, place)
        page.get_by_label("A whole number from 0 to 100").fill("60")
        page.get_by_label("Note").first.fill("Mine.")
        page.get_by_role("button", name="Save and continue", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("A colleague changed this answer too")
        keep_screenshot(page, "answering conflict page")
        page.get_by_role("button", name="Use mine").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Clinicians work with a digital record")
