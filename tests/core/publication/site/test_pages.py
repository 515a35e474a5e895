# SPDX-License-Identifier: MIT
"""The pages of a site: what each says, that its numbers are the release's, and that every link leads somewhere."""

from __future__ import annotations

import json
import posixpath
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.core.publication.rounds import AAA, answers, release, unit
from tests.core.publication.site.sites import WHY, dated, files_of, first, small_site, two_rounds, words
from trigpoint.publication.display import display_score
from trigpoint.publication.folder import LED_TO
from trigpoint.publication.site.frame import address_part, menu_of
from trigpoint.publication.site.organisation_pages import name_organisations, organisation_path
from trigpoint.publication.site.site_files import SITE, build_site_files, parse_site_record
from trigpoint.publication.site.site_releases import build_site
from trigpoint.scoring.explain import explain_score

ROUND = first().manifest.round
BOTH = ("small", "nation")


def site_of(which: str):
    return small_site() if which == "small" else two_rounds()


def pages(which: str):
    return {path: text for path, text in files_of(which).items() if path.endswith(".html")}


@pytest.mark.parametrize("which", BOTH)
def test_every_link_leads_to_a_page_of_the_site_or_a_file_of_a_release(which: str) -> None:
    released = {f"{one.folder}/{name}" for one in site_of(which).releases for name in (*LED_TO, "index.html")}
    there = {*files_of(which), *released}

    for path, text in pages(which).items():
        for target in re.findall(r'href="([^"]+)"', text):
            if not target.startswith(("https://", "http://", "data:", "#")):
                place, _, fragment = target.partition("#")
                led_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
                assert led_to in there, f"{path} leads to {led_to}"
                assert not fragment or f'id="{fragment}"' in files_of(which)[led_to]


@pytest.mark.parametrize("which", BOTH)
def test_every_page_is_one_document_with_one_heading_the_menu_and_ids_of_its_own(which: str) -> None:
    for path, text in pages(which).items():
        assert text.startswith("<!DOCTYPE html>"), path
        assert len(re.findall(r"<h1[ >]", text)) == 1, path
        identities = re.findall(r' id="([^"]+)"', text)
        assert len(identities) == len(set(identities)), path
        assert "<script" not in text
        for _, title in menu_of(site_of(which)):
            assert f">{title}</a>" in text


@pytest.mark.parametrize("which", BOTH)
def test_the_page_that_is_open_is_marked_in_the_menu(which: str) -> None:
    for path, title in menu_of(site_of(which)):
        current = re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)</a>', files_of(which)[path])
        assert current == [title]


def test_a_site_of_made_up_answers_says_so_on_every_page() -> None:
    for path, text in pages("nation").items():
        assert "Synthetic data: made-up organisations" in text, path
        assert "<title>Synthetic: " in text, path
    assert not any("Synthetic" in text for text in pages("small").values())


def test_the_front_page_has_the_headline_of_the_newest_round_and_what_moved() -> None:
    front = words(files_of("nation")["index.html"])
    summary = two_rounds().newest.release.summary

    assert f"The mean Overall score was {summary.line('overall', 'mean').text} out of 100" in front
    assert "What moved The mean changed by" in front
    assert "What these numbers can’t tell you" in front
    assert "What moved" not in words(files_of("small")["index.html"])


def test_an_organisation_page_begins_with_its_score_and_the_doubt_about_it() -> None:
    page = words(files_of("small")[organisation_path("AAA")])

    assert "AAA Hospitals AAA. Round" in page
    # the corrected round: (75 + 85) / 2
    assert "The Overall score is 80.0 of 100, in the band High." in page
    assert "It rests on 6 answers to 6 questions asked." in page
    assert "The answers are self-assessed." in page


def test_every_score_on_an_organisation_page_is_the_released_one() -> None:
    release = two_rounds().newest.release
    for row, one in enumerate(release.table.units[:6]):
        page = words(files_of("nation")[organisation_path(one.organisation)])
        for measure in release.framework.walk_measures():
            score = release.table.score(row, measure.id)
            assert f"{measure.title}: {display_score(score.value)}" in page
            assert f"{measure.title} {display_score(score.value)}" in page


def test_the_explanation_on_the_page_adds_up_as_the_scoring_says() -> None:
    release = small_site().newest.release
    page = files_of("small")[organisation_path("AAA")]
    found = explain_score(release.framework, release.table, 0, "sending")

    start = page.index('id="part-0-sending"')
    table = words(page[start : page.index("</details>", start)])
    assert table.startswith('id="part-0-sending"> Sending')
    for line in found.lines:
        assert line.title in table
    adds = [cells[-1] for cells in rows_of(page[start : page.index("</details>", start)])[1:]]
    # 100, 2·70 and 100 of four weights: 25 + 35 + 25
    assert sum(float(one) for one in adds) == 85


def test_a_return_without_a_score_says_why_and_shows_none() -> None:
    page = words(files_of("small")[organisation_path("DDD")])

    assert "There is no Overall score." in page
    assert "no score" in page
    assert "could well be anything" not in page


def test_an_organisation_with_several_returns_has_each_under_its_care_setting() -> None:
    table = answers((unit("AAA"), AAA), (unit("AAA", care_setting="Mental health"), AAA))
    site = build_site("T", "", [release(table, dated("2031-01-01"))], {})

    page = words(build_site_files(site, rng_of=np.random.default_rng)[organisation_path("AAA")])

    assert "Return for General" in page
    assert "Return for Mental health" in page


def test_all_rounds_of_a_code_stand_under_one_another() -> None:
    code = two_rounds().newest.release.table.units[0].organisation
    page = words(files_of("nation")[organisation_path(code)])

    assert "Rounds with different questions or rules are not like for like" in page
    assert "nhs-dma@2017" in page
    if code in {one.organisation for one in two_rounds().releases[0].release.table.units}:
        assert "nhs-dma@2015-16" in page


def test_the_list_leads_to_every_organisation_by_name() -> None:
    listed = words(files_of("nation")["organisations/index.html"])
    names = name_organisations(two_rounds())

    places = [listed.index(f"{name} {code}") for code, name in names.items()]
    assert places == sorted(places)
    assert f"{len(names)} organisations sent a return" in listed


def test_a_question_page_counts_every_answer_and_every_way_of_being_missing() -> None:
    newest = two_rounds().newest.release
    question = newest.framework.scored_questions[0]
    text = files_of("nation")[f"questions/{question.id}.html"]
    first_table = text[text.index("<tbody>") : text.index("</tbody>")]

    counts = [int(cells[2].replace(",", "")) for cells in rows_of(first_table)]

    assert sum(counts) == len(newest.table.units)
    labels = [cells[0] for cells in rows_of(first_table)]
    assert labels[-4:] == ["not shown", "not applicable", "don't know", "not answered"]


def rows_of(table: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
    return [
        [words(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)] for row in rows
    ]


def test_a_question_asked_in_both_rounds_shows_both() -> None:
    now, before = (one.release for one in reversed(two_rounds().releases))
    both = [one for one in now.framework.scored_questions if one.id in before.framework.questions]

    page = words(files_of("nation")[f"questions/{both[0].id}.html"])

    assert f"2017: {both[0].text}" in page
    assert "2015-16: " in page


def test_the_table_has_groups_ranges_and_no_places() -> None:
    text = files_of("nation")["table.html"]
    lines = rows_of(text[text.index("<tbody>") : text.index("</tbody>")])

    groups = [int(line[2]) for line in lines]
    assert groups == sorted(groups)
    assert all(re.fullmatch(r"-?\d+ to \d+", line[4]) and re.fullmatch(r"\d+ to \d+", line[5]) for line in lines)
    assert "can't be told apart" in words(text)
    for group in set(groups):
        inside = [line[0].casefold() for line in lines if int(line[2]) == group]
        assert inside == sorted(inside)


def test_a_round_that_bears_no_table_says_so() -> None:
    site = build_site("T", "", [release(answers((unit("AAA"), AAA)), dated("2031-01-01"))], {})

    page = words(build_site_files(site, rng_of=np.random.default_rng)["table.html"])

    assert "There is no table of this round." in page


def test_the_data_page_leads_to_every_release_those_corrected_too() -> None:
    page = words(files_of("small")["releases/index.html"])

    assert f"Corrected by {ROUND}.2: {WHY['2031.2']}" in page
    assert f"Release {ROUND}.2" in page
    assert page.count("the national summary as it was published") == 2
    assert "Cite as: Sharing records, release" in page


def test_how_it_is_made_has_every_definition_and_the_assumptions_of_doubt() -> None:
    page = words(files_of("nation")["methods.html"])

    for one in two_rounds().current:
        for text in one.release.manifest.definitions.values():
            assert text[1:] in page
    assert "Uncertainty" in page
    assert "Ranks" in page


def test_the_feed_has_an_entry_for_each_release_newest_first() -> None:
    feed = ET.fromstring(files_of("small")["feed.xml"])
    atom = "{http://www.w3.org/2005/Atom}"

    entries = feed.findall(f"{atom}entry")
    assert [one.findtext(f"{atom}title") for one in entries] == [
        f"Release {ROUND}.2 corrects {ROUND}.1",
        f"Release {ROUND}.1",
    ]
    assert entries[0].findtext(f"{atom}summary") == WHY["2031.2"]
    assert entries[0].findtext(f"{atom}updated") == "2031-06-01T00:00:00Z"
    assert [one.find(f"{atom}link").get("href") for one in entries] == [  # type: ignore[union-attr]
        "https://example.org/sharing/corrections.html",
        "https://example.org/sharing/releases/index.html",
    ]


def test_the_sitemap_has_every_page_once_its_address_is_known() -> None:
    known = ET.fromstring(files_of("small")["sitemap.xml"])

    assert len(list(known)) == len(pages("small"))
    assert len(list(ET.fromstring(files_of("nation")["sitemap.xml"]))) == 0
    assert 'rel="canonical" href="https://example.org/sharing/table.html"' in files_of("small")["table.html"]


def test_the_same_releases_give_the_same_bytes() -> None:
    assert dict(build_site_files(small_site(), rng_of=np.random.default_rng)) == dict(files_of("small"))


def test_codes_that_can_not_stand_in_an_address_are_written_as_a_hash() -> None:
    assert address_part("R1A") == "R1A"
    assert address_part("board_owns_strategy") == "board_owns_strategy"
    assert re.fullmatch(r"x-[0-9a-f]{12}", address_part("../etc"))
    # on disks that don't tell capitals from small letters these would be one file
    assert address_part("r1A") != "r1A"


def test_text_of_organisations_is_never_markup() -> None:
    table = answers((unit("AAA", name="<script>alert(1)</script> & Sons"), AAA))
    site = build_site("T", "", [release(table, dated("2031-01-01"))], {})

    made = build_site_files(site, rng_of=np.random.default_rng)

    assert not any("<script>" in text for text in made.values())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in made["organisations/index.html"]


def test_the_record_of_a_site_is_read_back() -> None:
    record = parse_site_record(files_of("small")[SITE])

    assert record.title == "Sharing records"
    assert record.folders == (f"releases/{ROUND}.1", f"releases/{ROUND}.2")
    assert list(record.reasons.values()) == ["", WHY["2031.2"]]


RECORD = {"format": "trigpoint-site/1", "title": "T", "address": "", "has_groups": False}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "wrong kind"),
        ({}, "missing"),
        ({"format": "other"}, "not 'trigpoint-site/1'"),
        ({**RECORD, "releases": []}, "names no release"),
        ({**RECORD, "releases": [{"number": "../x", "why": ""}]}, "no number of a release: '../x'"),
    ],
)
def test_a_record_that_is_none_is_refused(said: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        parse_site_record(json.dumps(said))


def regions(text: str) -> list[str]:
    """Return what the parts of a page that scroll by themselves are called."""
    return re.findall(r'role="region"[^>]*aria-label="([^"]+)"|aria-label="([^"]+)"[^>]*role="region"', text)


def test_two_returns_of_one_organisation_have_tables_that_can_be_told_apart() -> None:
    table = answers((unit("AAA", care_setting="acute"), AAA), (unit("AAA", care_setting="community"), AAA))
    site = build_site("Sharing", "", [release(table, dated("2031-05-01"))], {})

    page = build_site_files(site, rng_of=np.random.default_rng)[organisation_path("AAA")]

    assert "Scores of this return (acute)" in page
    assert "Scores of this return (community)" in page
    assert len(regions(page)) == len(set(regions(page)))


@pytest.mark.parametrize("which", BOTH)
def test_no_page_calls_two_parts_the_same(which: str) -> None:
    for path, text in pages(which).items():
        assert len(regions(text)) == len(set(regions(text))), path
