# SPDX-License-Identifier: MIT
"""The two real rounds published as two releases and one corrected: pages against what the press printed in 2019.

The first release of 2017 has one trust's answers to a section turned round, as if they had been read wrongly.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.core.publication.site.sites import words
from tests.oracles.test_release import national
from tests.oracles.test_systems_of_2017 import ON
from tests.support.shared import shared_data
from trigpoint.io.ods import read_register
from trigpoint.io.release import SOFTWARE
from trigpoint.organisations.placing import place_organisations
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.site.organisation_pages import name_organisations, organisation_path
from trigpoint.publication.site.site_files import build_site_files
from trigpoint.publication.site.site_releases import Site, SiteGroups, build_site

WHY = "The leadership answers of one trust had been read in the wrong order."


def on(release: Release, date: str) -> Release:
    settings = replace(release.manifest.settings, date=date)
    return build_release(release.table.answers, release.framework, settings, software=SOFTWARE)


def misread(release: Release) -> Release:
    """The release with the answers of its first unit to the questions on leadership turned round."""
    answers, framework = release.table.answers, release.framework
    codes = answers.codes.copy()
    for question in framework.questions_of("leadership"):
        column, most = answers.questions.index(question.id), len(framework.scales[question.scale].codes) - 1
        if codes[0, column] <= most:
            codes[0, column] = most - codes[0, column]
    wrong = replace(answers, codes=codes)
    return build_release(wrong, framework, release.manifest.settings, software=SOFTWARE)


@cache
def site() -> Site:
    first, second = national("2015-16"), national("2017")
    releases = [on(first, "2016-04-21"), on(misread(second), "2017-12-01"), on(second, "2017-12-15")]
    made = build_site("Digital maturity of providers", "https://example.org", releases, {"2017.2": WHY})
    register = read_register(shared_data("nhs-ods")).register
    codes = {unit.organisation for unit in second.table.units}
    placed = place_organisations(register, codes, "stp", on=ON, neighbours_in="icb").group_of
    named = {code: register.group("stp", group).name for code, group in placed.items()}
    return replace(made, groups=SiteGroups(named, {}))


@cache
def files() -> Mapping[str, str]:
    return build_site_files(site(), rng_of=np.random.default_rng)


def press() -> list[dict[str, str]]:
    with shared_data("nhs-dma", "dma_press_scores.csv").open(encoding="utf-8", newline="") as rows:
        return [row for row in csv.DictReader(rows) if row["round"] == "2017" and row["overall"]]


def plain(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", name.casefold()).strip()


def test_what_the_press_printed_stands_on_the_trusts_own_pages() -> None:
    codes = {plain(name): code for code, name in name_organisations(site()).items()}
    found = [row for row in press() if plain(row["trust_name"]) in codes]

    assert len(found) >= 10
    for row in found:
        page = words(files()[organisation_path(codes[plain(row["trust_name"])])])
        assert f"The Overall score is {float(row['overall']):.1f} of 100" in page
        for theme in ("Readiness", "Capabilities", "Infrastructure"):
            assert f"{theme} {int(row[theme.lower()])}.0" in page


def test_the_front_page_has_the_national_mean_and_like_for_like_change() -> None:
    front = words(files()["index.html"])

    assert "The mean Overall score was 70.5 out of 100, from 232 returns." in front
    assert "The mean changed by +10.1 points from 2015-16 to 2017" in front


def test_the_correction_is_told_with_the_old_and_the_new_score_of_each_measure_it_moved() -> None:
    page = words(files()["corrections.html"])
    units = site().newest.release.table.units
    wrong, right = (one.release.table for one in site().releases[1:])

    assert f"2017-12-15: {WHY}" in page
    for measure in ("overall", "readiness", "leadership"):
        before, after = (float(table.scores[0, table.measures.index(measure)]) for table in (wrong, right))
        assert before != after
        assert re.search(rf"{measure} {before:.1f}, \w+ {after:.1f}, \w+", page)
    assert "of 1 returns changed" in page
    assert units[0].name in page


def test_only_the_corrected_release_is_on_the_pages_and_both_are_in_the_data() -> None:
    unit = site().newest.release.table.units[0]
    page = words(files()[organisation_path(unit.organisation)])

    assert "release 2017.2" in page
    listed = words(files()["releases/index.html"])
    assert f"Corrected by 2017.2: {WHY}" in listed
    assert "Release 2015-16.1" in listed


def test_the_table_says_that_places_are_not_to_be_had() -> None:
    page = words(files()["table.html"])

    assert re.search(r"Of all pairs of units, 7\d % can't be told apart", page)
    assert re.search(r"The scores bear \d groups, not 232 places", page)


@pytest.mark.parametrize("path", ["index.html", "table.html", "organisations/index.html"])
def test_pages_carry_no_number_of_the_release_that_was_corrected(path: str) -> None:
    assert "2017.1" not in files()[path]


def test_the_page_of_systems_says_first_that_they_do_not_differ_beyond_chance() -> None:
    page = words(files()["systems/index.html"])

    assert page.index("Systems do not differ beyond chance") < page.index("Systems by name")
    assert "n = 232" in page
    assert len([path for path in files() if path.startswith("systems/")]) == 1 + 42


def test_the_page_of_a_system_has_the_plain_mean_that_the_press_would_print_and_what_it_is_like_for_like() -> None:
    pages = {path: text for path, text in files().items() if path.startswith("systems/") and "index" not in path}
    (page,) = (words(text) for text in pages.values() if "Norfolk" in text.split("</h1>")[0])

    assert re.search(r"The plain mean of its \d+ returns is 59\.5; like for like it is 6\d\.\d", page)
    # its doubt reaches the mean of all systems
    assert "Of all systems: Systems do not differ beyond chance" in page
