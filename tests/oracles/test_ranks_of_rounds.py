# SPDX-License-Identifier: MIT
"""The league tables that were printed of both rounds: no trust was surely among the ten best."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.oracles.test_golden_rounds import framework, intake, scores
from trigpoint.analysis.ranks import Ranks, analyse_ranks
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import list_scored_units
from trigpoint.analysis.uncertainty import Uncertainty, analyse_uncertainty
from trigpoint.scoring import compile_plan

ROUNDS = ["2015-16", "2017"]


@cache
def uncertainty(version) -> AnalysisResult[Uncertainty]:
    return analyse_uncertainty(
        intake(version).answers, compile_plan(framework(version)), "overall", rng=np.random.default_rng(1)
    )


@cache
def ranks(version) -> AnalysisResult[Ranks]:
    errors = {unit.key: unit.question_error for unit in uncertainty(version).numbers.units}
    return analyse_ranks(list_scored_units(scores(version), "overall"), errors, rng=np.random.default_rng(1))


@pytest.mark.parametrize("version", ROUNDS)
def test_no_trust_was_surely_among_the_ten_best(version):
    assert ranks(version).sentence.split(". ")[1].startswith("No unit is surely in the top 10")


@pytest.mark.parametrize(("version", "share"), [("2015-16", 0.79), ("2017", 0.71)])
def test_most_pairs_can_t_be_told_apart(version, share):
    found = ranks(version).numbers

    assert 1 - found.apart / found.pairs == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize("version", ROUNDS)
def test_hundreds_of_places_are_a_handful_of_groups(version):
    assert 3 <= ranks(version).numbers.groups <= 5


@pytest.mark.parametrize(("version", "error"), [("2015-16", 3.57), ("2017", 2.65)])
def test_the_error_by_questions_is_about_three_points(version, error):
    errors = [unit.question_error for unit in uncertainty(version).numbers.units]

    assert float(np.median(errors)) == pytest.approx(error, abs=0.1)


@pytest.mark.parametrize("version", ROUNDS)
def test_every_score_lies_within_the_range_of_method_and_of_missing_answers(version):
    for unit in uncertainty(version).numbers.units:
        for low, high in (unit.method, unit.missing):
            assert low - 1e-9 <= unit.score <= high + 1e-9
