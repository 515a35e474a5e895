# SPDX-License-Identifier: MIT
"""Publication from both sides: the national team lets results out; a citizen, a journalist and a reader find them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import TestCase
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.walking import expect_heading, expect_text, fill_date, follow, press
from tests.support.browser import browser, keep_screenshot
from tests.support.pages_in_browser import client_of, open_as
from tests.web.releases.preparing import administrator, approve, approved, draft
from tests.web.results.nation import make_results
from tests.web.world import World, make_person
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.folders import site_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.states import ReleaseState

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path: Path):
    settings.HOME = tmp_path


def publish(world: World) -> None:
    """Have results published a week ago."""
    approved(world)
    publish_due(at=timezone.now() + 2 * WEEK)


def test_two_people_let_results_out_at_their_moment(browser):
    world = make_results()
    day = timezone.localdate() + WEEK

    with open_as(browser, client_of(administrator(world)), "/rounds/2026/releases/") as page:
        expect_heading(page, "Releases")
        expect_text(page, "There is no release of this round yet.")
        page.get_by_label("Title of the release").fill("Digital maturity 2026")
        fill_date(page, "Publication", day=day.day, month=day.month, year=day.year)
        with TestCase.captureOnCommitCallbacks(execute=True):
            press(page, "Draft the release")
        expect_heading(page, "Release 2026.1")
        page.reload()
        expect(page.get_by_text("Passed")).to_have_count(10)
        press(page, "Approve the release")
        expect_text(page, "A second person has to, too.")
        keep_screenshot(page, "journey-release-approved-once")

    colleague = make_person(Role.ADMINISTRATOR, name="A colleague")
    release = RoundRelease.objects.get()
    with open_as(browser, client_of(colleague), f"/rounds/2026/releases/{release.pk}/") as page:
        follow(page, "See the site as it would be published")
        follow(page, "Organisations")
        expect_text(page, "Northmoor Synthetic Hospitals")
        page.go_back()
        page.go_back()
        press(page, "Approve the release")
        expect_text(page, "It goes out by itself at its moment.")

    with open_as(browser, client_of(None), "/publication/") as page:
        expect_heading(page, "Publication of results")
        expect_text(page, "Digital maturity 2026")
        expect(page.get_by_role("link", name="See the published results")).to_have_count(0)


def test_an_organisation_sees_its_page_first_and_the_national_team_reads_its_comment(browser):
    world = make_results()
    release = draft(world, reply_until=timezone.now() + timedelta(days=2))

    with open_as(browser, client_of(world.people[Role.LEAD]), "/rounds/2026/ZZ301/release/") as page:
        expect_heading(page, "Your page before it is published")
        follow(page, "See your page as it would be published")
        expect_heading(page, "Northmoor Synthetic Hospitals")
        page.go_back()
        page.get_by_label("What is wrong with your page?").fill("We closed that ward in March.")
        press(page, "Send the comment")
        expect_text(page, "The national team has your comment.")
        keep_screenshot(page, "journey-own-release")

    with open_as(browser, client_of(administrator(world)), f"/rounds/2026/releases/{release.pk}/") as page:
        expect_text(page, "We closed that ward in March.")
        press(page, "Approve the release")
        expect_text(page, "Organisations may still comment on their pages.")


def test_a_citizen_finds_a_trust_and_understands_its_page(browser):
    publish(make_results())

    with open_as(browser, client_of(None), "/publication/") as page:
        follow(page, "See the published results")
        follow(page, "Organisations")
        follow(page, "Northmoor Synthetic Hospitals")
        expect_heading(page, "Northmoor Synthetic Hospitals")
        expect(page.get_by_text("It rests on").first).to_be_visible()
        expect(page.get_by_role("heading", name="Through the rounds")).to_be_visible()
        expect_styled(page)
        keep_screenshot(page, "journey-citizen-organisation")


def expect_styled(page: Page) -> None:
    """The page's own style is let through by the policy: a page without it is set in the browser's serifs."""
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif"
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 10


def test_a_journalist_takes_the_table_and_works_it_out_again(browser):
    publish(make_results())

    with open_as(browser, client_of(None), "/published/") as page:
        follow(page, "Data")
        address = page.locator('a[href$="scores.csv"]').first.evaluate("link => link.href")

    answer = client_of(None).get(urlsplit(address).path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue().decode()
    answer.close()
    assert text == (site_folder() / "releases" / "2026.1" / "scores.csv").read_text(encoding="utf-8")
    assert text.count("ZZ301,acute,overall") == 1


def test_a_reader_finds_what_was_corrected_and_why(browser):
    world = make_results()
    publish(world)
    later = timezone.now() + 3 * WEEK
    colleague = User.objects.get(name="A colleague")
    second = draft(world, why="The title named the wrong year.", publishes_at=later, title="Results, mended")
    approve(second, administrator(world), colleague)
    publish_due(at=later)
    assert RoundRelease.objects.get(pk=second.pk).state == ReleaseState.PUBLISHED

    with open_as(browser, client_of(None), "/published/") as page:
        follow(page, "Corrections")
        expect_heading(page, "Corrections")
        expect_text(page, "The title named the wrong year.")
        follow(page, "Data")
        expect(page.get_by_text("2026.1").first).to_be_visible()
        expect(page.get_by_text("2026.2").first).to_be_visible()
