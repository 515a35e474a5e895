# SPDX-License-Identifier: MIT
"""How sure a score is: four sources, each by hand, never added up."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.uncertainty import analyse_uncertainty, question_errors
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring import compile_plan
from trigpoint.scoring.mean_tree import build_mean_tree
from trigpoint.scoring.question_points import list_question_points
from trigpoint.scoring.trials import list_climbs
from trigpoint.submissions import Missing

RETURNS = {
    "AAA": (10, 20, 80),
    "BBB": (50, 50, 50),
    "CCC": (90, None, 60),
    "DDD": (40, Missing.DONT_KNOW, 20),
    "EEE": (None, 10, 10),
}


def analyse(returns=RETURNS, measure="overall", **options):
    made = made_up_round("2", returns)
    plan = compile_plan(made.framework)
    return analyse_uncertainty(made.answers, plan, measure, rng=np.random.default_rng(1), **options)


def unit(result, code):
    return next(one for one in result.numbers.units if one.key[0] == code)


def test_units_without_a_score_are_left_out():
    result = analyse()

    assert [one.key[0] for one in result.numbers.units] == ["AAA", "BBB", "CCC", "DDD"]
    assert result.left_out == (("EEE General", "no score in 2"),)
    assert (result.n, result.of) == (4, 5)


def test_the_error_by_questions_is_what_the_questions_of_a_section_differ_by():
    result = analyse()

    # Tooling has two questions, at 20 and 80; half of the overall. One is drawn of them: variance (30 / 2)^2.
    assert unit(result, "AAA").question_error == pytest.approx(15, abs=0.5)
    assert unit(result, "BBB").question_error == 0


def test_it_is_the_standard_error_of_a_stratified_mean():
    rng = np.random.default_rng(88)
    framework = read_framework("nhs-dma@2017")
    plan = compile_plan(framework)
    answers = next(iter(list_climbs(framework))).answers.only(slice(0, 60, 6))
    questions = list_question_points(answers, plan)
    tree = build_mean_tree(plan, questions)
    found = question_errors(tree, questions, "infrastructure", rng=rng)

    columns = tree.columns["enabling_infrastructure"]
    points = questions.points[:, columns]
    size = np.isfinite(points).sum(axis=1)
    there = np.isfinite(found) & (size == len(columns))
    assert there.any()
    assert found[there] == pytest.approx(np.nanstd(points[there], axis=1, ddof=1) / np.sqrt(size[there]), rel=0.1)


def test_a_section_of_one_question_adds_nothing_and_is_doubted():
    result = analyse(measure="planning")

    assert {one.question_error for one in result.numbers.units} == {0}
    assert result.checked[0].outcome is Outcome.DOUBTFUL
    assert "planning" in result.checked[0].found


def test_missing_answers_bound_the_score():
    result = analyse()

    # Without tools: from (90 + (0 + 60) / 2) / 2 to (90 + (100 + 60) / 2) / 2.
    assert unit(result, "CCC").missing == ((90 + 30) / 2, (90 + 80) / 2)
    assert unit(result, "DDD").missing == ((40 + 10) / 2, (40 + 60) / 2)
    assert unit(result, "AAA").missing == (30, 30)


def test_other_ways_of_scoring_give_a_range():
    result = analyse()

    # AAA: own (10 + 50) / 2 = 30; all alike 110 / 3; geometric root of 10 x 50.
    low, high = unit(result, "AAA").method
    assert (low, high) == pytest.approx((math.sqrt(10 * 50), 110 / 3))
    # DDD: with the don't know at 0 points tooling falls from 20 to 10.
    assert unit(result, "DDD").method[0] == pytest.approx(min((40 + 10) / 2, math.sqrt(40 * 20)))


def test_raters_are_heard_where_there_are_any():
    reviewed = {(f"X{at}", "General"): Fraction(score + shift) for at, (score, shift) in enumerate(
        zip((10, 30, 50, 70, 90, 20), (5, -5, 5, -5, 5, -5), strict=True)
    )}  # fmt: skip
    result = analyse(
        {f"X{at}": (score, score, score) for at, score in enumerate((10, 30, 50, 70, 90, 20))}, reviewed=reviewed
    )
    found = result.numbers

    assert found.reviewed == 6
    assert found.icc is not None
    sd = np.std([10, 30, 50, 70, 90, 20], ddof=1)
    assert found.rater_error == pytest.approx(sd * math.sqrt(1 - found.icc))
    assert "raters move it by" in result.sentence


def test_without_reviews_the_error_of_raters_is_not_known():
    result = analyse()

    assert result.numbers.rater_error is None
    assert "how raters differ is not known" in result.sentence
    row = next(one for one in result.rows if one.name == "standard error by raters")
    assert (row.value, row.note) == (None, "nobody was scored by others")


def test_the_same_seed_gives_the_same_errors():
    assert analyse().numbers == analyse().numbers


@pytest.mark.parametrize(
    ("scores", "message"),
    [((10, 20, 30, 40), "4 units scored by others too are too few"), ((50,) * 5, "can't be estimated")],
)
def test_too_few_or_equal_reviews_are_refused(scores, message):
    reviewed = {(f"X{at}", "General"): Fraction(score) for at, score in enumerate(scores)}

    with pytest.raises(CannotAnalyse, match=message):
        analyse({f"X{at}": (score,) * 3 for at, score in enumerate(scores)}, reviewed=reviewed)


def test_nobody_with_a_score_and_a_ladder_are_refused():
    with pytest.raises(CannotAnalyse, match="No unit of 2 has a score"):
        analyse({"AAA": (None, None, None)})
    framework = read_framework("example-stage-gate@1")
    answers = next(iter(list_climbs(framework))).answers
    with pytest.raises(CannotAnalyse, match="climbs a ladder"):
        analyse_uncertainty(answers, compile_plan(framework), "overall", rng=np.random.default_rng(1))


def test_an_unknown_measure_is_no_measure():
    with pytest.raises(KeyError, match="nothing"):
        analyse(measure="nothing")
