# SPDX-License-Identifier: MIT
"""Corrections: every score that is another than it was, old and new, and none besides."""

from __future__ import annotations

from tests.core.publication.rounds import AAA, BBB, CCC, answers, release, unit
from tests.core.publication.site.sites import WHY, dated, files_of, first, reasons, small_site, two_rounds, words
from trigpoint.publication.site.corrections import NOT_IN_IT, list_corrections
from trigpoint.publication.site.site_releases import build_site

ROUND = first().manifest.round


def test_a_changed_answer_changes_the_scores_above_it_and_no_others() -> None:
    (found,) = list_corrections(small_site())

    assert (found.corrected.number, found.by.number) == (f"{ROUND}.1", f"{ROUND}.2")
    # sending: (100 + 2·70 + 0) / 4 = 60 before, (100 + 2·70 + 100) / 4 = 85 after; viewing 75 stays
    assert [(one.unit, one.measure, one.before, one.after) for one in found.changes] == [
        (("AAA", "General"), "overall", "67.5, Medium", "80.0, High"),
        (("AAA", "General"), "sending", "60.0, Medium", "85.0, High"),
    ]
    assert found.units == (("AAA", "General"),)


def test_a_round_that_was_never_corrected_has_none() -> None:
    assert list_corrections(two_rounds()) == ()


def test_returns_added_and_taken_out_are_changes_too() -> None:
    fewer = release(answers((unit("AAA"), AAA), (unit("BBB"), BBB)), dated("2031-05-01"))
    other = release(answers((unit("AAA"), AAA), (unit("CCC"), CCC)), dated("2031-05-02"))

    (found,) = list_corrections(build_site("T", "", [fewer, other], reasons(ROUND)))

    told = {(one.unit[0], one.measure): (one.before, one.after) for one in found.changes}
    assert told["BBB", "overall"] == ("6.5, Low", NOT_IN_IT)
    assert told["CCC", "overall"] == (NOT_IN_IT, "100.0, High")
    assert "AAA" not in {unit_code for unit_code, _ in told}


def test_a_correction_of_words_alone_changes_no_score() -> None:
    same = release(settings=dated("2031-06-02"))

    (found,) = list_corrections(build_site("T", "", [first(), same], reasons(ROUND)))

    assert found.changes == ()


def test_corrections_come_newest_first() -> None:
    third = release(answers((unit("AAA"), AAA)), dated("2031-07-01"))
    why = {**reasons(ROUND), f"{ROUND}.3": "Three returns were withdrawn."}
    site = build_site("T", "", [first(), small_site().releases[1].release, third], why)

    assert [one.by.number for one in list_corrections(site)] == [f"{ROUND}.3", f"{ROUND}.2"]


def test_the_page_says_what_changed_why_and_when() -> None:
    page = words(files_of("small")["corrections.html"])

    assert f"{ROUND}.2 corrects {ROUND}.1" in page
    assert f"2031-06-01: {WHY['2031.2']}" in page
    assert "2 scores of 1 returns changed." in page
    assert "AAA Hospitals General sending 60.0, Medium 85.0, High" in page
    assert words(files_of("nation")["corrections.html"]).count("No release has been corrected.") == 1
