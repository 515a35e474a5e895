# SPDX-License-Identifier: MIT
"""Journeys on a published site: a citizen, a journalist, a board member, and who was told that a number was wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.core.io.test_site import make
from tests.core.publication.rounds import AAA, BBB, CCC, DDD, answers, unit, write
from tests.core.publication.site.sites import WHY, dated, files_of, first, two_rounds
from tests.support.browser import PHONE, assert_looks_well, browser, open_page
from trigpoint.publication.site.organisation_pages import name_organisations, organisation_path

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.looks]
ROUND = first().manifest.round
PAGES = {
    "nation": "index.html",
    "organisations": "organisations/index.html",
    "questions": "questions/index.html",
    "table": "table.html",
    "methods": "methods.html",
    "data": "releases/index.html",
}


@pytest.fixture(scope="module")
def nation(tmp_path_factory) -> Path:
    """The pages of two rounds of forty organisations, without the releases' own files."""
    folder: Path = tmp_path_factory.mktemp("nation")
    for path, text in files_of("nation").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corrected(tmp_path_factory) -> Path:
    """A whole site of a round and its correction."""
    folder: Path = tmp_path_factory.mktemp("corrected")
    table = answers(
        (unit("AAA"), {**AAA, "alerts_to_gp": "all"}), (unit("BBB"), BBB), (unit("CCC"), CCC), (unit("DDD"), DDD)
    )
    released = [
        write(folder / "first", settings=dated("2031-05-01")),
        write(folder / "mended", table, dated("2031-06-01")),
    ]
    make(released, folder / "site")
    return folder / "site"


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_holds_wide_narrow_and_with_doubled_text(browser, nation: Path, name: str) -> None:
    with open_page(browser, (nation / PAGES[name]).as_uri()) as page:
        assert_looks_well(page, f"site-{name}")


def test_pages_of_an_organisation_and_of_a_question_hold_too(browser, nation: Path) -> None:
    code = two_rounds().newest.release.table.units[0].organisation
    question = two_rounds().newest.release.framework.scored_questions[0].id
    for name, path in (("organisation", organisation_path(code)), ("question", f"questions/{question}.html")):
        with open_page(browser, (nation / path).as_uri()) as page:
            assert_looks_well(page, f"site-{name}")


def test_a_citizen_finds_a_trust_and_reads_how_sure_its_score_is(browser, nation: Path) -> None:
    code, name = next(iter(name_organisations(two_rounds()).items()))

    with open_page(browser, (nation / "index.html").as_uri(), viewport=PHONE, java_script_enabled=False) as page:
        page.get_by_role("link", name="Find an organisation").click()
        page.get_by_role("link", name=name, exact=True).first.click()

        assert page.locator("h1").inner_text() == name
        assert page.url.endswith(organisation_path(code))
        assert "could well be anything from" in page.locator(".headline").first.inner_text()


def test_a_citizen_asks_why_a_score_is_what_it_is(browser, nation: Path) -> None:
    code = two_rounds().newest.release.table.units[0].organisation

    with open_page(browser, (nation / organisation_path(code)).as_uri()) as page:
        part = page.locator("#part-0-leadership")
        assert not part.get_by_role("table").is_visible()
        part.locator("summary").click()

        assert part.get_by_role("table").is_visible()


def test_a_journalist_takes_a_table_away_and_works_a_number_out_again(browser, corrected: Path) -> None:
    with open_page(browser, (corrected / "index.html").as_uri()) as page:
        page.get_by_role("link", name="Data").click()
        target = page.get_by_role("link", name="scores.csv").first.get_attribute("href")

    with (corrected / "releases" / str(target)).open(encoding="utf-8", newline="") as rows:
        scores = [float(row["score"]) for row in csv.DictReader(rows) if row["measure"] == "overall" and row["score"]]
    # AAA (75 + 85) / 2, BBB (13 + 0) / 2, CCC 100
    assert sorted(scores) == [6.5, 80, 100]
    assert f"{np.mean(scores):.1f}" in (corrected / "index.html").read_text(encoding="utf-8")


def test_who_was_told_that_a_number_was_wrong_finds_the_correction(browser, corrected: Path) -> None:
    with open_page(browser, (corrected / organisation_path("AAA")).as_uri()) as page:
        page.get_by_role("link", name="Corrections").click()

        told = page.locator("main").inner_text()
        assert WHY["2031.2"] in told
        assert "67.5, Medium" in told
        page.get_by_role("link", name="Data").click()
        page.get_by_role("link", name="the national summary as it was published").last.click()
        assert "Sharing records" in page.locator("h1").inner_text()


def test_a_board_member_prints_a_page_with_everything_on_it(browser, nation: Path) -> None:
    code = two_rounds().newest.release.table.units[0].organisation

    with open_page(browser, (nation / organisation_path(code)).as_uri()) as page:
        page.emulate_media(media="print")

        assert not page.get_by_role("navigation", name="Pages").is_visible()
        assert page.locator("svg[role=img]").first.is_visible()
        assert page.locator(".headline").first.is_visible()
