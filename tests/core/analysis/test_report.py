# SPDX-License-Identifier: MIT
"""A report of a round: all that applies is there, each as if asked for alone, and what is not is named."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.core.analysis.test_every_result import codes, result, rounds
from trigpoint.analysis.change import RoundOfAnswers
from trigpoint.analysis.report import ReportBasis, report_round
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring.trials import list_climbs

ALONE = {"distribution", "uncertainty", "ranks", "inequality", "reliability", "sensitivity"}
WITH_EARLIER = {"change", "convergence", "linking"}
WITH_GROUPS = {"systems", "funnel"}


def rng_of(seed):
    return np.random.default_rng(seed)


def types():
    return {code: "ab"[at % 2] for at, code in enumerate(codes())}


def systems():
    return {code: f"system {at % 12}" for at, code in enumerate(codes())}


@cache
def whole():
    inputs = ReportBasis("overall", rounds()[0], systems(), types(), ("the pioneers", frozenset(codes()[::9])), 1)
    return report_round(rounds()[1], inputs, rng_of=rng_of)


def test_with_everything_given_every_analysis_is_there_in_order_of_reading():
    assert [one.analysis for one in whole().results] == [
        "distribution",
        "uncertainty",
        "ranks",
        "change",
        "convergence",
        "cohorts",
        "systems",
        "funnel",
        "inequality",
        "reliability",
        "sensitivity",
        "linking",
    ]
    assert whole().not_done == ()


@pytest.mark.parametrize("name", ["uncertainty", "ranks", "reliability", "sensitivity", "linking"])
def test_each_is_as_if_it_had_been_asked_for_alone(name):
    found = next(one for one in whole().results if one.analysis == name)

    assert found.sentence == result(name).sentence
    assert found.rows == result(name).rows


def test_with_a_round_alone_what_needs_more_is_named_with_the_reason():
    found = report_round(rounds()[1], ReportBasis("overall"), rng_of=rng_of)

    assert {one.analysis for one in found.results} == ALONE
    assert dict(found.not_done) == {
        **dict.fromkeys(WITH_EARLIER, "No earlier round was given."),
        **dict.fromkeys(WITH_GROUPS, "No systems were given."),
        "cohorts": "No cohort was given.",
    }


def test_what_the_data_can_t_carry_is_named_too():
    inputs = ReportBasis("leadership", rounds()[0], cohort=("the few", frozenset(codes()[:2])))
    found = report_round(rounds()[1], inputs, rng_of=rng_of)
    why = dict(found.not_done)

    assert why["sensitivity"].startswith("leadership is no mean of measures")
    assert why["cohorts"].startswith("2 members of the few")
    assert "change" in {one.analysis for one in found.results}


def test_a_measure_that_the_earlier_round_did_not_have_leaves_out_what_compares():
    inputs = ReportBasis("business_clinical_intelligence", rounds()[0])
    why = dict(report_round(rounds()[1], inputs, rng_of=rng_of).not_done)

    for name in WITH_EARLIER:
        assert "has no measure business_clinical_intelligence" in why[name]


def test_a_ladder_leaves_out_what_varies_questions():
    framework = read_framework("example-level-gate@1")
    climbed = next(iter(list_climbs(framework))).answers
    measure = framework.content.measures[0].id
    found = report_round(RoundOfAnswers(climbed, framework), ReportBasis(measure), rng_of=rng_of)

    assert {"uncertainty", "ranks", "sensitivity", "reliability"} <= set(dict(found.not_done))
    assert "distribution" in {one.analysis for one in found.results}


def test_a_measure_that_is_not_there_is_refused():
    with pytest.raises(CannotAnalyse, match="has no measure nothing"):
        report_round(rounds()[1], ReportBasis("nothing"), rng_of=rng_of)
