# SPDX-License-Identifier: MIT
"""Somebody answers: with the keyboard alone, and on a phone without scripts, where a colleague changes the same."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import expect_heading, expect_text, follow, press, tab_to
from tests.support.browser import PHONE, browser, keep_screenshot
from tests.support.pages_in_browser import client_of, open_as
from tests.web.rounds.signed import BOARD
from tests.web.world import make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.queries.answers import find_current_answer

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_questions_can_be_answered_with_the_keyboard_alone(browser):
    world = make_world()

    with open_as(browser, client_of(world.people[Role.CONTRIBUTOR]), "/") as page:
        expect_heading(page, "What you can do now")
        expect_text(page, "Not started: 10 questions")
        tab_to(page, "Northmoor Synthetic Hospitals")
        page.keyboard.press("Enter")
        expect_heading(page, "Northmoor Synthetic Hospitals")
        tab_to(page, "Start")
        page.keyboard.press("Enter")

        expect_heading(page, "The Board leads digital change.")
        tab_to(page, "What good looks like")
        page.keyboard.press("Enter")
        expect_text(page, "The Board sees progress at each meeting")
        tab_to(page, "Disagree")
        page.keyboard.press("Space")
        expect(page.locator("[data-saved]")).to_contain_text("Saved")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Note")
        page.keyboard.type("Minutes of May")
        page.keyboard.press("Tab")
        expect(page.locator("[data-saved]")).to_contain_text("by you")
        expect(page.locator("[data-version-field]")).not_to_have_value("0")
        keep_screenshot(page, "journey-keyboard-saved")
        tab_to(page, "Save and continue")
        page.keyboard.press("Enter")

        expect_heading(page, "There is a digital strategy.")
        tab_to(page, "Skip for now")
        page.keyboard.press("Enter")
        expect_heading(page, "Clinicians work with a digital record.")

    row = find_current_answer(world.submission(), BOARD)
    assert row is not None, "it was saved"
    assert (answer_of(row), row.note) == ("agree", "Minutes of May")


def test_two_people_without_scripts_settle_which_answer_stands(browser):
    world, colleague = make_world(), make_person(Role.CONTRIBUTOR, name="Asha Patel")
    ours: dict[str, Any] = {"viewport": PHONE, "java_script_enabled": False}

    with open_as(browser, client_of(world.people[Role.CONTRIBUTOR]), "/rounds/2026/ZZ301/", **ours) as page:
        press(page, "Start")
        expect_heading(page, "The Board leads digital change.")
        world.answer(BOARD, "disagree", by=colleague)
        page.get_by_label("Agree", exact=True).check()
        page.get_by_label("Note", exact=True).fill("Decided in May")
        press(page, "Save and continue")

        expect_heading(page, "A colleague changed this answer too")
        expect_text(page, "Asha Patel")
        expect_text(page, "Decided in May")
        keep_screenshot(page, "journey-phone-conflict")
        press(page, "Use mine")

        expect_heading(page, "There is a digital strategy.")
        follow(page, "Skip for now")
        expect_heading(page, "Clinicians work with a digital record.")
        follow(page, "Previous question")
        follow(page, "Previous question")
        expect(page.get_by_label("Agree", exact=True)).to_be_checked()
        expect_text(page, "History (2)")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        press(page, "Save and continue later")
        expect_heading(page, "Northmoor Synthetic Hospitals")
        expect_text(page, "1 of 10 dealt with")
        keep_screenshot(page, "journey-phone-task-list")
