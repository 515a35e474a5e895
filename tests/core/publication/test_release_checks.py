# SPDX-License-Identifier: MIT
"""The checks before a release goes out: each finds what it is for, all of it, and nothing in a sound release."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.publication.rounds import release
from trigpoint.publication import release_checks
from trigpoint.publication.release import Release
from trigpoint.publication.release_checks import (
    check_definitions,
    check_links,
    check_listed,
    check_small_numbers,
)
from trigpoint.publication.tables import TABLES


def with_threshold(made: Release, smallest: int | None) -> Release:
    """Return a release whose framework has a threshold."""
    content = replace(made.framework.content, smallest_group=smallest)
    return replace(made, framework=replace(made.framework, content=content))


def test_a_sound_release_passes() -> None:
    made = release()

    assert check_definitions(made).passed
    assert check_small_numbers(made).passed
    assert check_listed(made.texts).passed


def test_every_file_that_is_not_listed_is_named() -> None:
    found = check_listed(["scores.csv", "notes.docx", ".DS_Store", "framework/framework.yaml"])

    assert found.problems == (
        ".DS_Store is no file of a release. Take it out.",
        "notes.docx is no file of a release. Take it out.",
    )
    assert not found.passed


@pytest.mark.parametrize(("smallest", "refused"), [(None, 0), (3, 0), (4, 3), (5, 3)])
def test_a_summary_of_fewer_returns_than_the_threshold_is_refused(smallest: int | None, refused: int) -> None:
    """Three of the four returns have scores: on overall, viewing and sending."""
    found = check_small_numbers(with_threshold(release(), smallest))

    assert len(found.problems) == refused
    if refused:
        assert f"rests on 3 returns, fewer than {smallest}" in found.problems[0]


def test_a_number_from_nobody_is_not_small() -> None:
    made = with_threshold(release(), 5)
    lines = tuple(replace(line, n=0) for line in made.summary.lines)

    assert check_small_numbers(replace(made, summary=replace(made.summary, lines=lines))).passed


def test_a_number_without_a_definition_is_named() -> None:
    made = release()
    first, *others = made.summary.lines
    changed = replace(made, summary=replace(made.summary, lines=(replace(first, definition=" "), *others)))

    assert check_definitions(changed).problems == (f"{first.statistic} of {first.measure} has no definition.",)


def test_an_empty_definition_of_the_release_is_named() -> None:
    made = release()
    changed = replace(made, manifest=replace(made.manifest, definitions={"ties": ""}))

    assert check_definitions(changed).problems == ("The definition of ties is empty.",)


def test_a_column_without_a_meaning_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = TABLES[0]
    unsaid = replace(shape, columns=(replace(shape.columns[0], meaning=""), *shape.columns[1:]))
    monkeypatch.setattr(release_checks, "TABLES", (unsaid,))

    assert check_definitions(release()).problems == ("Column round of scores.csv has no meaning.",)


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("other.html", True),
        ("other.html#part", True),
        ("other.html#nothing", False),
        ("#own", True),
        ("#none", False),
        ("../index.html", True),
        ("../scores.csv", True),
        ("../missing.csv", False),
        ("../../outside.html", False),
        ("https://example.org/", True),
        ("mailto:somebody@example.org", True),
        ("data:,", True),
        ("a&amp;b.html", True),
    ],
)
def test_a_link_leads_to_a_file_or_a_part_that_is_there(link: str, *, leads: bool) -> None:
    pages = {
        "inside/page.html": f'<h2 id="own"></h2><a href="{link}">x</a>',
        "inside/other.html": '<p id="part"></p>',
        "index.html": "",
    }
    present = {*pages, "scores.csv", "inside/a&b.html"}

    found = check_links(pages, present)

    assert found.problems == (() if leads else (f"inside/page.html leads to {link}, which is not there.",))


def test_all_links_that_lead_nowhere_are_named_at_once() -> None:
    found = check_links({"a.html": '<a href="x"></a><img src="y">', "b.html": '<a href="z"></a>'}, {"a.html", "b.html"})

    assert len(found.problems) == 3
