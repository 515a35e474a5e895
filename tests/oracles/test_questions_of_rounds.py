# SPDX-License-Identifier: MIT
"""The questions of the real rounds: alphas that were recomputed, anchors, what the order hangs on."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.oracles.test_golden_rounds import framework, intake
from trigpoint.analysis.change import RoundOfAnswers
from trigpoint.analysis.linking import analyse_linking
from trigpoint.analysis.reliability import analyse_reliability
from trigpoint.analysis.sensitivity import analyse_sensitivity
from trigpoint.scoring import compile_plan

ALPHAS = {
    "strategic_alignment": (0.74, 0.78),
    "leadership": (0.76, 0.82),
    "resourcing": (0.74, 0.80),
    "governance": (0.82, 0.83),
    "information_governance": (0.78, 0.75),
    "records_assessments_plans": (0.90, 0.90),
    "transfers_of_care": (0.81, 0.85),
    "orders_results_management": (0.93, 0.91),
    "medicines_management_optimisation": (0.95, 0.95),
    "decision_support": (0.86, 0.87),
    "remote_assistive_care": (0.61, 0.78),
    "asset_resource_optimisation": (0.63, 0.63),
    "standards": (0.61, 0.68),
    "enabling_infrastructure": (0.79, 0.80),
}


def rng():
    return np.random.default_rng(1)


@cache
def rounds():
    first, second = (RoundOfAnswers(intake(one).answers, framework(one)) for one in ("2015-16", "2017"))
    return first, second


@cache
def reliability(at):
    return analyse_reliability(rounds()[at].answers, compile_plan(rounds()[at].framework), rng=rng())


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("section", ALPHAS)
def test_alpha_of_every_section_is_that_which_was_recomputed(section, at):
    found = next(one for one in reliability(at).numbers.sections if one.section == section)

    assert found.alpha is not None
    assert found.alpha.raw == pytest.approx(ALPHAS[section][at], abs=0.011)


def test_the_new_section_of_2017_hangs_together():
    found = next(one for one in reliability(1).numbers.sections if one.section == "business_clinical_intelligence")

    assert found.alpha is not None
    assert round(found.alpha.raw, 2) == 0.84


@cache
def linking():
    first, second = rounds()
    return analyse_linking(first, second, "overall", rng=rng())


def test_there_are_anchors_enough_and_they_go_with_the_total():
    found = linking().numbers

    assert len(found.anchors) == 122
    assert found.kept >= 110
    assert min(found.correlations) > 0.85


def test_the_ways_of_linking_differ_by_more_than_their_error():
    assert linking().numbers.advice.startswith("report the change on common questions")


def test_the_same_score_stands_for_about_the_same_in_both_versions():
    for one in linking().numbers.links:
        if 50 <= one.score <= 80:
            assert all(abs(value - one.score) < 3 for value in one.linked.values())


@pytest.mark.parametrize("at", [0, 1])
def test_the_order_of_trusts_hangs_on_choices_that_could_have_been_made_otherwise(at):
    found = analyse_sensitivity(
        rounds()[at].answers, compile_plan(rounds()[at].framework), "overall", rng=rng()
    ).numbers

    assert 5 < found.shift < 12
    assert float(np.median([one.high - one.low for one in found.units])) > 15
