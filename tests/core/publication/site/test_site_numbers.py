# SPDX-License-Identifier: MIT
"""How sure the scores of a release are, and what moved between rounds, as pages show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.core.publication.rounds import AAA, answers, release, unit
from tests.core.publication.site.sites import dated, small_site, two_rounds
from trigpoint.analysis.change import RoundOfAnswers, analyse_change
from trigpoint.analysis.uncertainty import analyse_uncertainty
from trigpoint.publication.site import site_numbers
from trigpoint.publication.site.site_numbers import say_what_moved, work_out_numbers
from trigpoint.publication.site.site_releases import build_site
from trigpoint.scoring import compile_plan


def test_intervals_are_two_errors_by_questions_either_way() -> None:
    newest = two_rounds().newest
    found = work_out_numbers(newest, rng_of=np.random.default_rng)
    plan = compile_plan(newest.release.framework)
    units = analyse_uncertainty(
        newest.release.table.answers, plan, "overall", rng=np.random.default_rng(1)
    ).numbers.units

    assert found.headline == "overall"
    assert set(found.intervals) == {one.key for one in units}
    for one in units:
        low, high = found.intervals[one.key]
        assert (low + high) / 2 == pytest.approx(one.score)
        assert (high - low) / 2 == pytest.approx(1.96 * one.question_error)


def test_places_are_those_of_the_analysis_of_ranks_and_carry_their_definition() -> None:
    found = work_out_numbers(two_rounds().newest, rng_of=np.random.default_rng)

    assert [result.analysis for result in found.results] == ["uncertainty", "ranks"]
    assert set(found.ranks) == set(found.intervals)
    assert all(one.place is None for one in found.ranks.values())


def test_a_round_too_small_for_places_says_why() -> None:
    tiny = build_site("T", "", [release(answers((unit("AAA"), AAA)), dated("2031-01-01"))], {})

    found = work_out_numbers(tiny.newest, rng_of=np.random.default_rng)

    assert found.ranks == {}
    assert "it takes 3" in found.unsure_because


def test_a_framework_without_a_score_on_top_has_no_headline() -> None:
    one = small_site().newest
    roots = one.release.framework.content.measures
    content = replace(one.release.framework.content, measures=(*roots, *roots))
    framework = replace(one.release.framework, content=content)
    several = replace(one, release=replace(one.release, framework=framework))

    found = work_out_numbers(several, rng_of=np.random.default_rng)

    assert (found.headline, found.intervals) == ("", {})
    assert "no score on top" in found.unsure_because


def test_what_moved_is_the_sentence_of_the_analysis_of_change() -> None:
    site = two_rounds()
    before, after = (RoundOfAnswers(one.release.table.answers, one.release.framework) for one in site.current)

    assert say_what_moved(site) == (
        analyse_change(before, after, "overall").sentence,
        analyse_change(before, after, "overall").definition,
    )


def test_one_round_moves_nothing() -> None:
    assert say_what_moved(small_site()) is None


def test_rounds_that_can_not_be_compared_say_so() -> None:
    one, other = small_site().newest, two_rounds().releases[0]
    site = build_site("T", "", [other.release, one.release], {})

    moved = say_what_moved(site)

    assert moved is not None
    assert moved[0] == "What moved since 2015-16 can’t be said."
    assert moved[1]


def test_places_of_very_many_returns_are_not_worked_out_and_intervals_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_numbers, "MOST_RANKED", 10)

    found = work_out_numbers(two_rounds().newest, rng_of=np.random.default_rng)

    assert len(found.intervals) > 10
    assert found.ranks == {}
    assert found.unsure_because == "Places of more than 10 returns are not worked out."
    assert [result.analysis for result in found.results] == ["uncertainty"]
