# SPDX-License-Identifier: MIT
"""How a page of analyses looks: charts and tables fit a phone, a desk, a doubled text, and axe finds nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.core.analysis.test_every_result import ANALYSES, result
from tests.support.browser import DESK, PHONE, ZOOMED, assert_looks_well, browser, open_page
from trigpoint.io.methods import read_methods
from trigpoint.publication.analysis_page import AnalysisPage, render_analysis_page

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.looks]
NAMES = sorted(ANALYSES)


@cache
def text() -> str:
    results = tuple(result(name) for name in NAMES)
    about = "Synthetic rounds, made up in every detail."
    not_done = (("cohorts", "No cohort was given."),)
    return render_analysis_page(
        AnalysisPage("What a round can bear", about, results, read_methods(), not_done, "Made up.")
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    file: Path = tmp_path_factory.mktemp("analyses") / "index.html"
    file.write_text(text(), encoding="utf-8")
    return file.as_uri()


def test_it_holds_at_a_desk_on_a_phone_zoomed_and_with_doubled_text(browser, address):
    with open_page(browser, address) as page:
        assert_looks_well(page, "analyses")


@pytest.mark.parametrize("viewport", [DESK, ZOOMED, PHONE], ids=["desk", "zoomed", "phone"])
def test_no_words_of_a_chart_leave_it_or_lie_on_one_another(browser, address, viewport):
    with open_page(browser, address, viewport=viewport) as page:
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
                const box = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].filter(text => {
                    const own = text.getBoundingClientRect();
                    return own.width > 0 && (own.left < box.left - 2 || own.right > box.right + 2);
                }).map(text => svg.querySelector('title').textContent + ': ' + text.textContent);
            })"""
        )
        assert outside == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_label_of_a_row_and_its_number_do_not_lie_on_one_another(browser, address, viewport):
    with open_page(browser, address, viewport=viewport) as page:
        touching = page.evaluate(
            """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
                const labels = [...svg.querySelectorAll('text.label tspan')];
                return [...svg.querySelectorAll('text.value')].filter(value => {
                    const own = value.getBoundingClientRect();
                    return labels.some(label => {
                        const other = label.getBoundingClientRect();
                        return other.right > own.left + 1 && other.left < own.right - 1
                            && other.bottom > own.top + 4 && other.top < own.bottom - 4;
                    });
                }).map(value => svg.querySelector('title').textContent + ': ' + value.textContent);
            })"""
        )
        assert touching == []


def test_every_table_is_there_for_who_opens_it(browser, address):
    with open_page(browser, address, viewport=PHONE) as page:
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")

        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
        tables = page.locator("table")
        assert tables.count() >= 3 * len(NAMES)
        assert all(box is not None for box in (tables.nth(at).bounding_box() for at in range(5)))


def test_it_can_be_read_without_scripts_and_asks_for_nothing(browser, address):
    with open_page(browser, address, java_script_enabled=False) as page:
        assert page.locator("h1").inner_text() == "What a round can bear"
        for name in NAMES:
            assert page.locator(f"#{name}").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_each_analysis_has_its_sentence_its_chart_and_its_methods(name):
    section = next(part for part in text().split("<section>") if f'id="{name}"' in part)

    assert "headline" in section
    assert section.count('role="img"') == len(result(name).charts)
    assert "Show the numbers" in section
    assert "Methods: " in section
    assert not re.search(r">nan<|>inf<|>None<", section)
