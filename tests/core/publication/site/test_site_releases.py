# SPDX-License-Identifier: MIT
"""Releases on a site: how they are numbered, which of them stand, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.publication.rounds import release
from tests.core.publication.site.sites import WHY, dated, first, mended, reasons, small_site, two_rounds
from trigpoint.errors import ReleaseProblems
from trigpoint.publication.site.site_releases import build_site

ROUND = first().manifest.round


def refused(*arguments) -> list[str]:
    with pytest.raises(ReleaseProblems) as caught:
        build_site(*arguments)
    return [str(one) for one in caught.value.problems]


def test_releases_of_a_round_are_numbered_in_their_order() -> None:
    assert [one.number for one in small_site().releases] == [f"{ROUND}.1", f"{ROUND}.2"]
    assert [one.folder for one in small_site().releases] == [f"releases/{ROUND}.1", f"releases/{ROUND}.2"]
    assert [one.number for one in two_rounds().releases] == ["2015-16.1", "2017.1"]


def test_the_last_release_of_each_round_stands() -> None:
    assert [one.number for one in small_site().current] == [f"{ROUND}.2"]
    assert [one.number for one in two_rounds().current] == ["2015-16.1", "2017.1"]
    assert two_rounds().newest.number == "2017.1"


def test_a_release_knows_what_it_corrects_and_what_corrects_it() -> None:
    site = small_site()
    old, new = site.releases

    assert site.before(old) is None
    assert site.before(new) is old
    assert site.after(old) is new
    assert site.after(new) is None
    assert new.why == WHY["2031.2"]


def test_an_address_loses_its_last_slash() -> None:
    assert small_site().address == "https://example.org/sharing"


def test_a_round_whose_name_can_not_stand_in_an_address_is_written_otherwise() -> None:
    made = first()
    odd = replace(made.manifest, round="2020/21 (spring)")

    assert build_site("T", "", [replace(made, manifest=odd)], {}).releases[0].number == "2020-21-spring.1"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    problems = refused("T", "", [release(settings=dated(None)), mended(), mended()], {"1999.1": "no such thing"})

    assert problems == [
        f"{ROUND}.1: has no day of publication. Release it with --date.",
        f"{ROUND}.2: corrects a release: say what it mends, --why '{ROUND}.2=…'.",
        f"{ROUND}.3: is the same release as {ROUND}.2. Name each once.",
        f"{ROUND}.3: corrects a release: say what it mends, --why '{ROUND}.3=…'.",
        f"1999.1: has a reason and is no release here. There are {ROUND}.1, {ROUND}.2, {ROUND}.3.",
    ]


def test_releases_stand_in_the_order_of_their_days() -> None:
    (problem,) = refused("T", "", [mended(), first()], reasons(ROUND))

    assert (
        problem
        == f"{ROUND}.2: was published on 2031-05-01, and stands after one of 2031-06-01. Name the earlier first."
    )


def test_two_frameworks_with_rounds_of_one_name_make_two_sites() -> None:
    one, other = first(), two_rounds().releases[1].release
    same_name = replace(other, manifest=replace(other.manifest, round=ROUND))

    problems = refused("T", "", [same_name, one], {})

    assert f"{ROUND}.1: is the number of two frameworks' releases. Make two sites." in problems


def test_bands_are_said_by_their_titles() -> None:
    one = small_site().newest

    assert one.say_band("medium") == "Medium"
    assert one.say_band(None) == "none"
