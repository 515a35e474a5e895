# SPDX-License-Identifier: MIT
"""The published page in a browser: it fits a phone, is read out well, and asks nothing of the outside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.core.publication.rounds import write
from trigpoint.publication.folder import LED_TO

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
# Quiet: no window, and none of the browser's own calls home. No sandbox, as a container allows none.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (write(tmp_path_factory.mktemp("release") / "made") / "index.html").as_uri()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(viewport=request.param)
    opened.goto(address)
    yield opened
    opened.close()


def test_the_page_never_scrolls_sideways_even_with_every_table_open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_text_of_charts_is_as_large_on_a_phone_and_stays_inside(page: Page) -> None:
    texts = page.locator("svg text")
    sizes = texts.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    heights = texts.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    lefts = texts.evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    rights = texts.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")

    assert len(sizes) > 20
    assert min(sizes) >= 16
    assert min(heights) >= 16  # a picture that was scaled down would draw them smaller
    assert min(lefts) >= 0
    assert max(rights) <= page.evaluate("document.documentElement.clientWidth")


def test_no_two_texts_of_a_chart_lie_on_each_other(page: Page) -> None:
    boxes = page.locator("svg").evaluate_all(
        """charts => charts.map(chart => [...chart.querySelectorAll('text')].map(text => {
             const box = text.getBoundingClientRect();
             return [box.left, box.right, box.top + 4, box.bottom - 4, text.textContent.trim()] }))"""
    )

    over = [(one[4], other[4]) for chart in boxes for at, one in enumerate(chart) for other in chart[at + 1 :]
            if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]]  # fmt: skip
    assert over == []


def test_there_is_one_h1_and_it_is_the_title(page: Page) -> None:
    assert page.locator("h1").all_inner_texts() == ["Sharing records, 2031"]


def test_every_chart_is_an_image_with_title_and_description(page: Page) -> None:
    charts = page.locator("svg")

    assert charts.count() == 3
    for at in range(charts.count()):
        chart = charts.nth(at)
        assert chart.get_attribute("role") == "img"
        assert chart.locator("title").text_content()
        assert chart.locator("desc").text_content()


def test_the_same_numbers_stand_in_a_table_under_every_chart(page: Page) -> None:
    figures = page.locator("figure")

    for at in range(figures.count()):
        figure = figures.nth(at)
        figure.locator("summary").click()
        assert figure.locator("details table").is_visible()
        drawn = figure.locator("svg tspan[data-statistic]").all_text_contents()
        listed = figure.locator("td").all_inner_texts()
        assert drawn
        assert set(drawn) <= set(listed)


def test_the_tables_are_reached_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_nothing_is_asked_of_the_outside(browser: Browser, address: str) -> None:
    asked: list[str] = []
    fresh = browser.new_page()

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    fresh.route("**/*", note)
    fresh.goto(address)
    fresh.wait_for_load_state("networkidle")

    assert asked == [address]
    assert fresh.locator("script").count() == 0
    fresh.close()


def test_on_paper_the_numbers_are_shown_without_being_opened(page: Page) -> None:
    page.emulate_media(media="print")

    assert page.locator("details table").first.evaluate("one => one.getBoundingClientRect().height") > 0
    assert not page.locator("details summary").first.is_visible()


def test_every_file_that_the_page_links_to_is_there(page: Page) -> None:
    links = [link for link in page.locator("a").evaluate_all("all => all.map(one => one.href)") if "://" in link]
    local = [Path(link.removeprefix("file://")) for link in links if link.startswith("file://")]

    assert len(local) == len(LED_TO)
    assert [file.name for file in local if not file.is_file()] == []
