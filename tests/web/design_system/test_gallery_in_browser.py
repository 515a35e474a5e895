# SPDX-License-Identifier: MIT
"""Every part of the design system in a browser: read out well, fits a phone, holds without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import (
    DESK,
    PHONE,
    assert_axe_clean,
    assert_looks_well,
    assert_no_sideways_scroll,
    browser,
    double_the_text,
    keep_screenshot,
)
from tests.support.pages_in_browser import client_of, open_as

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db]

SIZES = {"phone": PHONE, "desk": DESK}


@pytest.fixture(params=SIZES)
def gallery(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with open_as(browser, client_of(None), "/design-system/", viewport=SIZES[request.param]) as page:
        yield page


def name_of(page: Page) -> str:
    return "phone" if page.viewport_size == PHONE else "desk"


def test_the_gallery_breaks_no_rule_of_wcag_as_it_opens(gallery: Page) -> None:
    keep_screenshot(gallery, f"gallery-{name_of(gallery)}")

    assert_axe_clean(gallery)


def test_the_gallery_breaks_no_rule_of_wcag_with_everything_open(gallery: Page) -> None:
    gallery.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for answer in gallery.locator("input[value='not applicable']").all():
        answer.check()

    assert_axe_clean(gallery)


def test_the_gallery_never_scrolls_sideways(gallery: Page) -> None:
    assert_no_sideways_scroll(gallery)


def test_the_gallery_never_scrolls_sideways_with_text_twice_as_large(gallery: Page) -> None:
    double_the_text(gallery)
    keep_screenshot(gallery, f"gallery-{name_of(gallery)}-text-200")

    assert_no_sideways_scroll(gallery)


def test_a_field_inside_an_option_shows_only_when_it_is_chosen(gallery: Page) -> None:
    inside = gallery.locator("#id_answer-why")
    expect(inside).to_be_hidden()

    gallery.locator("#id_answer-7").check()

    expect(inside).to_be_visible()


def test_none_of_these_clears_the_others(gallery: Page) -> None:
    gallery.locator("#id_settings_").check()

    gallery.locator("#id_settings_-3").check()

    expect(gallery.locator("#id_settings_")).not_to_be_checked()


def test_the_characters_left_are_said(gallery: Page) -> None:
    gallery.locator("#id_note").fill("x" * 490)

    expect(gallery.locator(".nhsuk-character-count__status").first).to_have_text("You have 10 characters remaining")


def test_a_wide_table_is_scrolled_by_keyboard(browser: Browser) -> None:
    with open_as(browser, client_of(None), "/design-system/", viewport=PHONE) as page:
        box = page.locator(".tp-scroll").first
        box.focus()

        page.keyboard.press("ArrowRight")

        expect(box).not_to_have_js_property("scrollLeft", 0)


@pytest.mark.parametrize("size", SIZES)
def test_without_scripts_every_field_is_there_and_the_page_is_clean(
    browser: Browser,
    size: str,
) -> None:
    with open_as(browser, client_of(None), "/design-system/", viewport=SIZES[size], java_script_enabled=False) as page:
        expect(page.locator("#id_answer-why")).to_be_visible()
        expect(page.locator("#id_evidence")).to_be_visible()
        expect(page.locator("#table-1")).to_be_visible()
        expect(page.get_by_role("button", name="Save and continue")).to_be_visible()
        keep_screenshot(page, f"gallery-{size}-without-scripts")


def test_an_error_summary_takes_the_focus_and_leads_to_the_fields(browser: Browser) -> None:
    with open_as(browser, client_of(None), "/design-system/?errors=1") as page:
        assert page.title() == "Error: Design system – Trigpoint"
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        assert_axe_clean(page)

        page.get_by_role("link", name="The due date must include a month and a year").click()

        expect(page.locator("#wrong_due-month")).to_be_focused()


def test_the_first_tab_leads_past_the_header(gallery: Page) -> None:
    gallery.keyboard.press("Tab")
    expect(gallery.get_by_role("link", name="Skip to main content")).to_be_focused()

    gallery.keyboard.press("Enter")

    assert gallery.evaluate("document.activeElement.id") == "maincontent"


def test_on_paper_there_is_nothing_to_press(gallery: Page) -> None:
    gallery.emulate_media(media="print")

    expect(gallery.locator(".tp-banner")).to_be_visible()
    expect(gallery.locator("main .nhsuk-button").first).to_be_hidden()
    expect(gallery.locator(".nhsuk-header__account")).to_be_hidden()
    keep_screenshot(gallery, f"gallery-{name_of(gallery)}-on-paper")


@pytest.mark.parametrize("path", ["about/", "about/accessibility/", "not/there/", "account/login/", "with-notices/"])
def test_every_kind_of_page_is_clean(browser: Browser, path: str) -> None:
    with open_as(browser, client_of(None), f"/{path}") as page:
        assert_looks_well(page, path.strip("/").replace("/", " "))
