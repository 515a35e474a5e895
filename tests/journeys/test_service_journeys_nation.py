# SPDX-License-Identifier: MIT
"""The national team runs a round from its making to its results; those who may only read, read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.walking import expect_heading, expect_text, fill_date, follow, press
from tests.support.browser import browser, keep_screenshot
from tests.support.pages_in_browser import client_of, open_as
from tests.web.results.nation import make_results
from tests.web.rounds.signed import make_signed
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def fill_day(page: Page, label: str, *, in_days: int) -> None:
    day = timezone.localdate(NOW) + timedelta(days=in_days)
    fill_date(page, label, day=day.day, month=day.month, year=day.year)


def administrator_of(world: World):
    return client_of(world.people[Role.ADMINISTRATOR])


def test_an_administrator_makes_a_round_and_opens_it(browser):
    world = make_world()

    with open_as(browser, administrator_of(world), "/") as page:
        follow(page, "Rounds")
        press(page, "Make a round")
        expect_heading(page, "Make a round")
        page.get_by_label("Title").fill("Spring assessment")
        page.get_by_label("Short name").fill("spring")
        page.get_by_label("Framework version").select_option(world.round.framework_id)
        fill_date(page, "Register date", day=1, month=1, year=2026)
        fill_day(page, "Opening", in_days=1)
        fill_day(page, "Closing", in_days=30)
        press(page, "Continue")
        expect_text(page, "Who takes part")
        expect_text(page, "3 organisations")
        keep_screenshot(page, "journey-round-check")
        press(page, "Make the round")
        expect_heading(page, "Board")
        follow(page, "Steps")
        expect_heading(page, "Steps of the round")
        press(page, "Open the round")
        expect_heading(page, "Open the round")
        press(page, "Open the round")
        expect_text(page, "The round is open.")
        keep_screenshot(page, "journey-round-open")

    assert Round.objects.get(slug="spring").state == RoundState.OPEN


def test_an_administrator_finds_extends_and_reminds(browser):
    world = make_world()

    with open_as(browser, administrator_of(world), "/rounds/2026/board/") as page:
        expect_text(page, "3 organisations.")
        page.get_by_label("Name or code").fill("eastvale")
        press(page, "Show")
        expect_text(page, "1 organisation.")
        page.locator("label", has_text="Select Eastvale").click()
        keep_screenshot(page, "journey-board-found")
        press(page, "Give more time")
        expect_text(page, "Eastvale Synthetic Hospitals")
        fill_day(page, "New last day", in_days=30)
        page.get_by_label("Reason").fill("Two trusts became one.")
        press(page, "Give more time")
        expect_text(page, "1 organisation: more time until")
        expect_text(page, "(extended)")

        follow(page, "Mail")
        press(page, "Remind")
        page.get_by_label("Not started").check()
        press(page, "Read before it goes")
        expect_text(page, "1 mail to 1 organisation.")
        keep_screenshot(page, "journey-reminder-preview")
        press(page, "Send 1 mail")
        expect_text(page, "Sent: 1 mail to 1 organisation.")


def test_an_administrator_opens_signed_answers_again_with_a_reason(browser):
    world = make_world()
    make_signed(world)

    with open_as(browser, administrator_of(world), "/rounds/2026/board/") as page:
        follow(page, "Northmoor Synthetic Hospitals")
        follow(page, "What was signed")
        follow(page, "Open the signed answers again")
        press(page, "Open again")
        expect_text(page, "Say why the answers are opened again")
        page.get_by_label("Why is it opened again?").fill("The Board found a mistake.")
        press(page, "Open again")
        expect_text(page, "opened again")
        keep_screenshot(page, "journey-reopened")


def test_an_administrator_closes_the_round_and_computes_its_results(browser):
    world = make_world()
    make_signed(world)

    with open_as(browser, administrator_of(world), "/rounds/2026/steps/") as page:
        press(page, "Close the round")
        expect_heading(page, "Close the round")
        press(page, "Close the round")
        expect_text(page, "The round is closed.")
        follow(page, "Compute results")
        expect_heading(page, "Compute the results")
        with TestCase.captureOnCommitCallbacks(execute=True):
            press(page, "Compute the results")
            expect_heading(page, "Compute the results")
            expect(page.get_by_role("link", name="Look again")).to_be_visible()
        follow(page, "Look again")
        expect_text(page, "Finished")
        keep_screenshot(page, "journey-results-computed")
        follow(page, "See the results of the round")
        expect_text(page, "Small assessment 2026")
        keep_screenshot(page, "journey-national-results")


def test_an_observer_reads_and_can_change_nothing(browser):
    world = make_world()

    with open_as(browser, client_of(world.people[Role.OBSERVER]), "/rounds/2026/ZZ301/") as page:
        expect(page.get_by_role("button", name="Start")).to_have_count(0)
        expect(page.get_by_role("link", name="Ask a colleague")).to_have_count(0)
        follow(page, "Leading")
        follow(page, "The Board leads")
        expect_heading(page, "The Board leads digital change.")
        expect_text(page, "Not answered")
        expect(page.get_by_role("radio")).to_have_count(0)
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        keep_screenshot(page, "journey-observer-question")


def test_the_system_sees_results_once_they_are_published(browser):
    nation = make_results(RoundState.PUBLISHED, signed=())

    with open_as(browser, client_of(nation.people[Role.SYSTEM_VIEWER]), "/") as page:
        follow(page, "The organisations of your system")
        follow(page, "Northmoor Synthetic Hospitals")
        expect_heading(page, "Results of Northmoor Synthetic Hospitals")
        expect_text(page, "of 100")
        keep_screenshot(page, "journey-system-results")
