# SPDX-License-Identifier: MIT
"""Scores in words: what they are of, their band or step, what they rest on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.web.small_framework import small_framework
from trigpoint.frameworks import Framework
from trigpoint.frameworks.parse import parse_framework
from trigpoint.io.content import read_framework
from trigpoint.scoring import Score
from trigpoint_web.rounds.score_text import name_of_band, say_counts, say_score


def make_score(value: Fraction | None, band: str | None = None) -> Score:
    return Score(value, band, asked=6, answered=3, dont_know=1, not_applicable=1, not_shown=2)


def small() -> Framework:
    return parse_framework(small_framework(), folder="")


def test_a_score_says_of_what_it_is_and_its_band() -> None:
    assert say_score(small(), small().measures["overall"], make_score(Fraction(125, 2), "medium")) == (
        "62.5 of 100 (medium)"
    )


def test_no_score_is_said_and_has_no_band() -> None:
    assert say_score(small(), small().measures["overall"], make_score(None)) == "no score"
    assert name_of_band(small(), small().measures["overall"], make_score(None)) == ""


@pytest.mark.parametrize("step", ["base", "last"])
def test_a_step_of_a_ladder_is_named(step: str) -> None:
    framework = read_framework("example-stage-gate@1")
    ladder = framework.scoring.ladder
    assert ladder is not None
    (measure,) = (one for one in framework.walk_measures() if framework.scoring.levels[one.level].combine == "ladder")
    reached = ladder.base if step == "base" else ladder.steps[-1]

    said = say_score(framework, measure, make_score(Fraction(reached.value)))

    assert said == f"{reached.value} of {ladder.steps[-1].value} ({reached.title})"


def test_without_bands_or_steps_the_number_stands_alone() -> None:
    framework = read_framework("example-stage-gate@1")
    unbanded = Framework(small().content, replace(small().scoring, bands=None))
    (measure,) = (one for one in framework.walk_measures() if framework.scoring.levels[one.level].combine == "ladder")

    assert say_score(unbanded, unbanded.measures["overall"], make_score(Fraction(50))) == "50 of 100"
    assert name_of_band(framework, measure, make_score(Fraction(1, 2))) == ""


def test_counts_name_each_way_of_being_missing_that_there_is() -> None:
    assert say_counts(make_score(None)) == ("3 of 6 questions answered, 1 don’t know, 1 not applicable, 1 not answered")
