# SPDX-License-Identifier: MIT
"""A lead and an accountable officer: work shared out, a spreadsheet brought back, answers sent, signed and locked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.walking import expect_heading, expect_text, fill_date, follow, press
from tests.support.browser import browser, keep_screenshot
from tests.support.pages_in_browser import client_of, open_as
from tests.web.rounds.away_files import fill
from tests.web.rounds.signed import BOARD, RECORD, STRATEGY, answer_all, make_submitted
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.queries.answers import find_current_answer

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OURS = "/rounds/2026/ZZ301/"
SOON = timezone.localdate(NOW) + timedelta(days=5)


def fill_day(page: Page, label: str, day: date = SOON) -> None:
    fill_date(page, label, day=day.day, month=day.month, year=day.year)


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_lead_shares_the_work_out(browser, world):
    make_person(Role.CONTRIBUTOR, name="Asha Patel")

    with open_as(browser, client_of(world.people[Role.LEAD]), OURS) as page:
        page.get_by_role("link", name="Ask a colleague to answer").first.click()
        expect_heading(page, "Leading")
        page.get_by_label("Asha Patel").check()
        fill_day(page, "Due date")
        page.get_by_label("Message").fill("You were at the meeting.")
        press(page, "Ask")
        expect_text(page, "You asked Asha Patel to answer")
        expect_text(page, f"Asha Patel, by {SOON.day}")
        keep_screenshot(page, "journey-lead-delegated")

        press(page, "Start")
        expect_heading(page, "The Board leads digital change.")
        page.get_by_label("Add a comment").fill("Do the minutes of May say so?")
        page.get_by_label("Asha Patel").check()
        press(page, "Add comment")
        expect_text(page, "Do the minutes of May say so?")
        expect_text(page, "For Asha Patel")
        follow(page, "Ask colleagues")
        page.get_by_label("Asha Patel").check()
        fill_day(page, "Closing date")
        press(page, "Ask")
        expect_text(page, "0 of 1 colleagues replied")
        keep_screenshot(page, "journey-lead-question")


def test_who_was_asked_finds_it_at_home_and_gives_a_view(browser, world):
    asked = make_person(Role.CONTRIBUTOR, name="Asha Patel")
    with open_as(browser, client_of(world.people[Role.LEAD]), f"{OURS}polls/new/organisation/board_leads/") as page:
        page.get_by_label("Asha Patel").check()
        fill_day(page, "Closing date")
        press(page, "Ask")
        expect_text(page, "0 of 1 colleagues replied")

    with open_as(browser, client_of(asked), "/") as page:
        follow(page, "The Board leads")
        page.get_by_label("Agree", exact=True).check()
        press(page, "Send your view")
        expect_text(page, "Your view is with Lead of ZZ301. You can change it until the poll closes.")
        keep_screenshot(page, "journey-view-given")


def test_a_spreadsheet_goes_out_and_comes_back(browser, world, tmp_path):
    answer_all(world)
    files: dict[str, bytes] = {}

    with open_as(browser, client_of(world.people[Role.LEAD]), OURS, files=files) as page:
        follow(page, "Work away from the screen")
        expect_heading(page, "Fill in away from the screen")
        with page.expect_download() as waiting:
            follow(page, "Download the spreadsheet")
        raw = waiting.value.path().read_bytes()
        filled = tmp_path / "filled.xlsx"
        files[filled.name] = fill(raw, {(BOARD, "Answer"): "Disagree", (BOARD, "Note"): "Agreed at the meeting"})
        filled.write_bytes(files[filled.name])
        page.get_by_label("Your filled-in spreadsheet").set_input_files(filled)
        press(page, "Check the file")
        expect_heading(page, "What your spreadsheet would change")
        expect_text(page, "Agreed at the meeting")
        keep_screenshot(page, "journey-spreadsheet-preview")
        press(page, "Take over what is ticked")
        expect_text(page, "1 answer")

    row = find_current_answer(world.submission(), BOARD)
    assert row is not None, "it was answered before"
    assert (answer_of(row), row.note) == ("disagree", "Agreed at the meeting")


def test_a_lead_checks_and_sends_the_answers(browser, world):
    for place in (BOARD, STRATEGY, RECORD):
        world.answer(place, "agree")

    with open_as(browser, client_of(world.people[Role.LEAD]), OURS) as page:
        follow(page, "Check before signing")
        expect_heading(page, "Check")
        expect_text(page, "Not answered")
        press(page, "Send for signature")
        expect_text(page, "Tick the box to show that you know what is still open")
        page.get_by_label("I know that").check()
        keep_screenshot(page, "journey-lead-check")
        press(page, "Send for signature")
        expect_text(page, "Sent for signature. A mail goes to 1 accountable officer.")
        keep_screenshot(page, "journey-lead-sent")


def test_an_officer_signs_and_the_answers_are_locked(browser, world):
    make_submitted(world)

    with open_as(browser, client_of(world.people[Role.OFFICER]), "/") as page:
        follow(page, "Northmoor Synthetic Hospitals")
        expect_text(page, "Declaration")
        expect_text(page, "Lead of ZZ301 sent these answers for signature")
        page.get_by_label("I have read this declaration and sign it").check()
        keep_screenshot(page, "journey-officer-declaration")
        press(page, "Sign")
        expect_heading(page, "Signed and locked")
        expect_text(page, "Fingerprint")
        expect_text(page, "The answers as they were signed still give this fingerprint.")
        keep_screenshot(page, "journey-officer-signed")

    with open_as(
        browser, client_of(world.people[Role.CONTRIBUTOR]), f"{OURS}questions/organisation/board_leads/"
    ) as page:
        expect_text(page, "signed")
        expect(page.get_by_role("button", name="Save and continue")).to_have_count(0)
