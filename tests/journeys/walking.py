# SPDX-License-Identifier: MIT
"""How somebody walks through the service in a journey: reads where they are, presses keys, follows links."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# More than any page of the journeys has to stop at.
MOST_STOPS = 80
_NAME_OF_FOCUS = """() => {
  const here = document.activeElement;
  return [here, ...(here.labels || [])].map((one) => one.textContent.trim().replace(/\\s+/g, " "));
}"""


def expect_heading(page: Page, text: str) -> None:
    """Wait until the page says so in its heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def expect_text(page: Page, text: str) -> None:
    """Wait until the page says so somewhere, visibly."""
    expect(page.get_by_text(text).first).to_be_visible()


def follow(page: Page, name: str) -> None:
    """Follow the first link with this name."""
    page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    """Press the first button with this name that is of the page itself."""
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing with this name, or this label, has the focus; fail where Tab never comes to it."""
    for _ in range(MOST_STOPS):
        if any(one.startswith(name) for one in page.evaluate(_NAME_OF_FOCUS)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} can't be reached with the Tab key at {page.url}")


def fill_date(page: Page, label: str, *, day: int, month: int, year: int) -> None:
    """Type a date into the three boxes of a group."""
    group = page.get_by_role("group", name=label, exact=False)
    for name, number in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(name, exact=True).fill(str(number))
