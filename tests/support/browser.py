# SPDX-License-Identifier: MIT
"""A browser for tests that look at pages: where it is, what a page must hold to, pictures of it.

A test module takes the fixture `browser` by importing it, and opens pages with `open_page`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}
# What is left of a desk's window when everything is shown at twice its size.
ZOOMED: ViewportSize = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
# Quiet: no window, and none of the browser's own calls home. No sandbox, as a container allows none.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Not of WCAG, but an error to people who go from landmark to landmark and from heading to heading.
BEST_PRACTICES = ("region", "landmark-one-main", "page-has-heading-one", "heading-order", "landmark-unique")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SCREENSHOTS = Path(__file__).resolve().parents[2] / "artefacts" / "screenshots"


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Give Chromium. Skips the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: on Debian, apt-get install chromium")
    # Playwright runs a loop of its own in the thread of the tests, which Django takes for asynchronous code and then
    # refuses the database. It isn't: every call of ours waits for its answer.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            yield launched
            # While the loop runs Django keeps a connection of its own for it, which nobody else would find and close.
            connections.close_all()
            launched.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as launched:
        yield launched


@contextmanager
def open_page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Give a page in a context of its own, and fail when it asks for anything outside or a script of it breaks.

    options: of the context, such as viewport=PHONE or java_script_enabled=False.
    """
    outside: list[str] = []
    broken: list[str] = []
    host = "/".join(address.split("/")[:3])
    # bypass_csp would let through what the policy must refuse, so axe is evaluated, not added as a script.
    context = browser.new_context(**{"viewport": DESK, **options})
    page = context.new_page()
    page.on("request", lambda request: None if request.url.startswith((host, "data:")) else outside.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        page.goto(address)
        yield page
    finally:
        context.close()
    assert outside == [], "a page asked for something outside the service"
    assert broken == [], "a script of the page broke, or the content security policy refused it"


def assert_axe_clean(page: Page) -> None:
    """Fail with every breach of WCAG 2.2 AA that axe-core finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags}).then(run => run.violations)", list(RULES))
    found += page.evaluate("rules => axe.run({runOnly: rules}).then(run => run.violations)", list(BEST_PRACTICES))
    said = [f"{one['id']}: {one['help']}\n    " + "\n    ".join(_say_nodes(one)) for one in found]
    assert not said, f"{page.url} at {page.viewport_size}\n" + "\n".join(said)


def _say_nodes(violation: dict[str, Any]) -> Iterator[str]:
    return (f"{node['html'][:200]} ({node['failureSummary'][:200]})" for node in violation["nodes"])


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail when the page is wider than its window, and name what sticks out."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    width = page.evaluate("document.documentElement.clientWidth")
    if page.evaluate("document.documentElement.scrollWidth") > width:
        wide = page.evaluate(
            """width => [...document.querySelectorAll('body *')]
                 .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest('.tp-scroll, thead'))
                 .map(one => one.outerHTML.slice(0, 120)).slice(0, 8)""",
            width,
        )
        pytest.fail(f"{page.url} scrolls sideways at {width} px:\n" + "\n".join(wide))


def assert_looks_well(page: Page, name: str) -> None:
    """Fail when a page is not for everybody: at a desk, at twice the size, on a phone, with text twice as large.

    name: of the two pictures that are kept.
    """
    page.set_viewport_size(DESK)
    keep_screenshot(page, f"{name} desk")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.set_viewport_size(ZOOMED)
    assert_no_sideways_scroll(page)
    page.set_viewport_size(PHONE)
    keep_screenshot(page, f"{name} phone")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    double_the_text(page)
    assert_no_sideways_scroll(page)
    page.set_viewport_size(DESK)
    assert_no_sideways_scroll(page)


def double_the_text(page: Page) -> None:
    """Make the text twice as large, as a reader's setting does."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")


def keep_screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page for people to look at, and return where."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    kept = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=kept, full_page=True)
    return kept
