# SPDX-License-Identifier: MIT
"""Points of questions and the means above them, as floats: the same scores as the exact engine, before rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.analysis.made_up_rounds import made_up_framework, made_up_round
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.scoring.mean_tree import build_mean_tree, climb, mean_sections
from trigpoint.scoring.question_points import list_question_points
from trigpoint.scoring.trials import list_climbs
from trigpoint.submissions import Missing

POINTS = st.sampled_from([None, *range(0, 101, 10), *Missing])
RETURNS = st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=1, max_size=8)
OF_MEANS = ["points", "pass-mark", "sum-of-marks", "indicator"]


def listed(returns):
    made = made_up_round("2", {f"X{at:02}": one for at, one in enumerate(returns)})
    plan = compile_plan(made.framework)
    questions = list_question_points(made.answers, plan)
    return score_answers(made.answers, plan), questions, build_mean_tree(plan, questions)


def test_points_are_those_of_the_answers_and_nan_where_a_question_leaves_the_mean():
    _, questions, _ = listed([(10, None, 30), (0, Missing.DONT_KNOW, Missing.NOT_SHOWN)])

    assert questions.questions == ("plan", "tools", "extra")
    assert questions.measures == ("planning", "tooling", "tooling")
    assert np.array_equal(questions.points, [[10, np.nan, 30], [0, np.nan, np.nan]], equal_nan=True)
    assert questions.open.tolist() == [[False, True, False], [False, True, False]]
    assert questions.unknown.tolist() == [[False, False, False], [False, True, False]]
    assert (questions.lowest.tolist(), questions.highest.tolist()) == ([0, 0, 0], [100, 100, 100])


@given(RETURNS)
def test_the_means_are_the_scores(returns):
    table, questions, tree = listed(returns)
    means = climb(tree, mean_sections(tree, questions))

    for measure in table.measures:
        assert means[measure][0] == pytest.approx(table.column(measure), nan_ok=True)


@pytest.mark.parametrize("kind", OF_MEANS)
def test_the_means_are_the_scores_of_every_kind_of_framework_that_has_means(kind):
    framework = read_framework(f"example-{kind}@1")
    plan = compile_plan(framework)
    rounded = any(node.rounding is not None or node.minimum_answered is not None for node in plan.nodes)
    for returns in list_climbs(framework):
        table = score_answers(returns.answers, plan)
        questions = list_question_points(returns.answers, plan)
        means = climb(tree := build_mean_tree(plan, questions), mean_sections(tree, questions))
        for measure in table.measures:
            scores = table.column(measure)
            there = np.isfinite(scores)
            assert means[measure][0][there] == pytest.approx(scores[there], abs=0.51 if rounded else 1e-9)


def test_multipliers_are_weights_draw_by_draw():
    _, questions, tree = listed([(10, 20, 80)])
    means = mean_sections(tree, questions, np.array([[1.0, 1, 3], [1, 1, 0], [1, 0, 0]]))

    assert means["tooling"][:, 0] == pytest.approx([(20 + 3 * 80) / 4, 20, np.nan], nan_ok=True)
    overall = climb(tree, means)["overall"][:, 0]
    assert overall[:2] == pytest.approx([(10 + 65) / 2, (10 + 20) / 2])


def test_a_measure_that_needs_all_has_no_mean_without_one_of_them():
    _, questions, tree = listed([(10, None, None)])
    means = climb(tree, mean_sections(tree, questions))

    assert means["planning"][0, 0] == 10
    assert np.isnan(means["overall"][0, 0])


def test_a_section_that_is_left_away_counts_for_nothing_where_that_is_allowed():
    plan = compile_plan(read_framework("nhs-dma@2017"))
    answers = next(iter(list_climbs(read_framework("nhs-dma@2017")))).answers
    questions = list_question_points(answers, plan)
    tree = build_mean_tree(plan, questions)
    sections = dict(mean_sections(tree, questions))
    whole = climb(tree, sections)["readiness"][0]
    del sections["leadership"]

    less = climb(tree, sections)["readiness"][0]
    there = np.isfinite(whole)
    assert there.any()
    assert np.isfinite(less[there]).all()
    assert tree.measures[: len(tree.columns)] == tuple(tree.columns)


@pytest.mark.parametrize("kind", ["level-gate", "stage-gate"])
def test_a_ladder_has_no_means_but_its_points_say_what_is_met(kind):
    framework = read_framework(f"example-{kind}@1")
    plan = compile_plan(framework)
    answers = next(iter(list_climbs(framework))).answers
    questions = list_question_points(answers, plan)

    with pytest.raises(CannotAnalyse, match="climbs a ladder"):
        build_mean_tree(plan, questions)
    there = np.isfinite(questions.points)
    assert set(np.unique(questions.points[there])) <= {0.0, 1.0}


def test_made_up_frameworks_differ_by_a_question():
    assert set(made_up_framework("2").questions) - set(made_up_framework("1").questions) == {"extra"}
