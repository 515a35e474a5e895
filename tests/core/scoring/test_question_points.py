# SPDX-License-Identifier: MIT
"""What each answer is worth by itself: for whole scales, with the ends that an answer can have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.support.frameworks import LEAVE_OUT, Draft, Return, answer_table, draft
from tests.support.strategies import drafts_and_returns
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.scoring.question_points import list_question_points

ALL = [Return({"q1": "no", "q2": "yes"}), Return({"q1": "partly", "q2": "dont_know"}), Return({"q1": "not_applicable"})]


def points_of(of: Draft, units: list[Return]):
    return list_question_points(answer_table(of.framework, units), compile_plan(of.framework))


def test_an_answer_has_the_points_of_its_scale_and_a_missing_one_none() -> None:
    found = points_of(draft(["q1", "q2"]), ALL)

    expected = np.array([[0, 100], [50, np.nan], [np.nan, np.nan]])
    assert np.array_equal(found.points, expected, equal_nan=True)
    assert found.questions == ("q1", "q2")
    assert found.measures == ("all", "all")


def test_a_missing_answer_that_counts_as_nothing_achieved_has_none_of_the_points() -> None:
    found = points_of(draft(["q1", "q2"], missing={**LEAVE_OUT, "dont_know": "zero"}), ALL)

    assert found.points[1, 1] == 0
    assert np.isnan(found.points[2, 0])


def test_the_least_and_the_most_that_an_answer_is_worth() -> None:
    of = draft(["q1", "q2"], points={"answer": {"no": 10, "partly": 55, "yes": 90}})
    found = points_of(of, ALL)

    assert found.lowest.tolist() == [10, 10]
    assert found.highest.tolist() == [90, 90]


def test_what_weighs_nothing_has_no_points_and_no_ends() -> None:
    of = draft(["q1", "q2"], weights={"questions": {"q2": 0}})
    found = points_of(of, ALL)

    assert np.isnan(found.points[:, 1]).all()
    assert np.isnan([found.lowest[1], found.highest[1]]).all()
    assert (found.lowest[0], found.highest[0]) == (0, 100)


def test_open_is_what_was_asked_and_has_no_answer() -> None:
    found = points_of(draft(["q1", "q2"]), ALL)

    assert found.open.tolist() == [[False, False], [False, True], [False, True]]
    assert found.unknown.tolist() == [[False, False], [False, True], [False, False]]


@pytest.mark.parametrize("kind", ["level-gate", "stage-gate", "status"])
def test_of_a_ladder_points_say_what_is_met(kind: str) -> None:
    ladder = {
        "base": {"value": 0, "id": "base", "title": "Base"},
        "steps": [{"value": 1, "id": "top", "title": "Top"}],
        "step_of": {"q1": "top", "q2": "top"},
    }
    of = draft(["q1", "q2"], kind=kind, ladder=ladder)  # type: ignore[arg-type]

    found = points_of(of, [Return({"q1": "yes", "q2": "no"})])

    assert found.points.tolist() == [[1, 0]]


@settings(max_examples=60, deadline=None)
@given(drafts_and_returns(["points", "indicator"]))
def test_weighed_together_they_are_the_score_before_rounding(case: tuple[Draft, list[Return]]) -> None:
    of, units = case
    unrounded = of.with_scoring(
        levels={name: {k: v for k, v in rule.items() if k == "combine"} for name, rule in of.scoring["levels"].items()}
    )
    table = answer_table(unrounded.framework, units)
    plan = compile_plan(unrounded.framework)
    scores, found = score_answers(table, plan), list_question_points(table, plan)

    for measure in set(found.measures):
        own = [at for at, name in enumerate(found.measures) if name == measure]
        for row in range(len(units)):
            there = [at for at in own if np.isfinite(found.points[row, at])]
            weight = sum(found.weights[at] for at in there)
            score = scores.score(row, measure).value
            if score is not None and weight:
                mean = sum(found.points[row, at] * found.weights[at] for at in there) / weight
                assert mean == pytest.approx(float(score))
