# SPDX-License-Identifier: MIT
"""The claim that the gap narrowed between the two national rounds, with the real answers: what it turns into."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.shared import shared_data
from trigpoint.analysis.convergence import ChosenOn, Convergence, analyse_convergence
from trigpoint.analysis.matched_rounds import match_rounds
from trigpoint.analysis.result import AnalysisResult, Outcome
from trigpoint.io.content import read_framework
from trigpoint.io.published import read_published
from trigpoint.scoring import ScoreTable, compile_plan, score_answers


def scored(version: str) -> ScoreTable:
    answers = read_published(f"nhs-dma-{version}", shared_data("nhs-dma", f"dma_{version}_answers.csv")).answers
    return score_answers(answers, compile_plan(read_framework(f"nhs-dma@{version}")))


@cache
def result() -> AnalysisResult[Convergence]:
    return analyse_convergence(match_rounds(scored("2015-16"), scored("2017"), "overall"), size=50)


def test_230_trusts_are_matched_and_rose_by_ten_points():
    assert result().n == 230
    assert float(result().numbers.mean_change) == pytest.approx(10.05, abs=0.005)


@pytest.mark.parametrize(
    ("chosen_on", "lowest", "highest"),
    [(ChosenOn.FIRST, 17.0, 3.3), (ChosenOn.SECOND, 7.1, 14.7), (ChosenOn.BOTH, 12.6, 7.7)],
)
def test_the_lowest_and_highest_fifty_by_how_they_are_chosen(chosen_on, lowest, highest):
    found = next(one for one in result().numbers.groups if one.chosen_on is chosen_on)

    assert (round(float(found.lowest), 1), round(float(found.highest), 1)) == (lowest, highest)


def test_equals_at_the_cut_of_the_later_round_move_the_highest():
    found = next(one for one in result().numbers.groups if one.chosen_on is ChosenOn.SECOND)

    assert [round(float(one), 2) for one in found.highest_between] == [14.38, 14.95]


def test_chance_alone_would_have_given_nearly_the_same_gap():
    found = result().numbers

    assert (round(found.expected_lowest, 1), round(found.expected_highest, 1)) == (16.0, 4.3)


def test_the_spread_fell_from_12_5_to_11():
    spread = result().numbers.spread

    assert (round(spread.first, 1), round(spread.second, 1)) == (12.5, 11.0)
    assert spread.correlation == pytest.approx(0.66, abs=0.005)
    assert spread.p == pytest.approx(0.014, abs=0.0005)


def test_the_sentence_says_how_far_it_carries():
    said = result().sentence

    assert said.startswith("The spread of scores became smaller (standard deviation 12.5 in 2015-16, 11.0 in 2017")
    assert "where chance alone gives 16.0 and 4.3" in said
    assert next(one for one in result().checked if "does not make" in one.assumption).outcome is Outcome.DOUBTFUL
