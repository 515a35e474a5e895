# SPDX-License-Identifier: MIT
"""Questions in the graded model: which fit, what scores a trait leads to, and two versions linked by it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.core.analysis.test_every_result import result as synthetic
from tests.core.analysis.test_every_result import rounds
from trigpoint.analysis.graded_questions import ScoredTrait, expect_scores, grade_questions, link_by_trait
from trigpoint.scoring import compile_plan
from trigpoint.scoring.mean_tree import build_mean_tree, climb, mean_sections
from trigpoint.scoring.question_points import list_question_points
from trigpoint.statistics.graded_response import GRID, estimate_traits


@cache
def later():
    given = rounds()[1]
    plan = compile_plan(given.framework)
    questions = list_question_points(given.answers, plan)
    return questions, build_mean_tree(plan, questions)


@cache
def graded():
    questions, _ = later()
    return grade_questions(questions.questions, questions.points)


def test_questions_with_few_answers_one_answer_or_numbers_are_left_out() -> None:
    rng = np.random.default_rng(1)
    trait = rng.normal(size=200)
    points = np.stack([(trait + rng.normal(0, 1, 200) > cut) * 100.0 for cut in (-1, 0, 1, 0.5)], axis=1)
    few, same, number = np.full(200, np.nan), np.full(200, 50.0), rng.uniform(0, 100, 200)
    few[:49] = points[:49, 0]

    found = grade_questions(
        ["a", "few", "b", "same", "c", "number", "d"],
        np.stack([points[:, 0], few, points[:, 1], same, points[:, 2], number, points[:, 3]], axis=1),
    )

    assert found.questions == ("a", "b", "c", "d")
    assert found.grades == ((0.0, 100.0),) * 4
    # the more who reach the points, the easier
    order = sorted("abcd", key=lambda name: found.named()[name].difficulty)
    assert order == ["a", "b", "d", "c"]


def test_fewer_than_three_are_refused() -> None:
    with pytest.raises(ValueError, match="takes 50 units and 3 items or more"):
        grade_questions(["a"], np.zeros((60, 1)))
    with pytest.raises(ValueError, match="takes 50 units and 3 items or more"):
        grade_questions([], np.zeros((60, 0)))


def test_a_higher_trait_leads_to_a_higher_score() -> None:
    questions, tree = later()

    scores = expect_scores(graded(), tree, questions, "overall")

    assert scores.shape == GRID.shape
    assert (np.diff(scores) > 0).all()
    assert 0 <= scores[0] < scores[-1] <= 100


def test_units_have_the_scores_that_their_traits_lead_to() -> None:
    questions, tree = later()
    found = graded()
    columns = [questions.questions.index(name) for name in found.questions]
    different = [np.array(grades) for grades in found.grades]
    points = questions.points[:, columns]
    categories = np.where(
        np.isfinite(points),
        np.stack([np.searchsorted(d, column) for d, column in zip(different, points.T, strict=True)], axis=1),
        np.nan,
    )

    trait, _ = estimate_traits(found.model, categories)
    expected = np.interp(trait, GRID, expect_scores(found, tree, questions, "overall"))
    actual = climb(tree, mean_sections(tree, questions))["overall"][0]

    there = np.isfinite(actual)
    assert np.corrcoef(expected[there], actual[there])[0, 1] > 0.9
    assert abs((expected - actual)[there].mean()) < 2


def test_a_version_linked_to_itself_stays_as_it_is() -> None:
    questions, tree = later()
    scored = ScoredTrait.read(questions, tree, "overall")
    at = np.array([40.0, 60, 80])

    linked, errors = link_by_trait(scored, scored, [(name, name) for name in scored.graded.questions], at)

    assert linked == pytest.approx(at, abs=1e-6)
    assert errors == pytest.approx(np.zeros(3), abs=1e-6)


def test_anchors_with_other_grades_or_outside_the_model_are_not_used() -> None:
    questions, tree = later()
    scored = ScoredTrait.read(questions, tree, "overall")
    names = scored.graded.questions
    other = replace(scored, graded=replace(scored.graded, grades=tuple((*one, 101.0) for one in scored.graded.grades)))

    with pytest.raises(ValueError, match="the same 3 items or more, got 0 and 0"):
        link_by_trait(scored, other, [(name, name) for name in names], np.array([50.0]))
    pairs = [(names[0], names[0]), (names[1], names[1]), ("gone", names[2]), (names[2], "gone")]
    with pytest.raises(ValueError, match="got 2 and 2"):
        link_by_trait(scored, scored, pairs, np.array([50.0]))


def test_the_ways_of_linking_the_synthetic_rounds_agree_in_the_middle() -> None:
    found = synthetic("linking").numbers
    middle = found.links[len(found.links) // 2]

    assert list(middle.linked) == ["Tucker", "Levine", "chained", "percentile", "graded model"]
    assert max(middle.linked.values()) - min(middle.linked.values()) < 6
    assert all(0 < error < 4 for error in middle.errors.values())
    assert found.no_traits == ""


def test_authors_learn_how_sharply_each_question_tells() -> None:
    sections = synthetic("reliability").numbers.sections
    every = [one for section in sections for one in section.questions]

    known = [(one, one.graded) for one in every if one.graded is not None]

    assert len(known) > 0.8 * len(every)
    assert all(fitted.error > 0 for _, fitted in known)
    # questions that go with the rest of their section tell more sharply
    pairs = np.array([[one.rest, fitted.discrimination] for one, fitted in known if one.rest is not None])
    assert np.corrcoef(pairs.T)[0, 1] > 0.5


def test_they_stand_in_the_table_of_questions() -> None:
    found = synthetic("reliability")
    first = found.numbers.sections[0].questions[0]
    table = next(one for one in found.tables if one.title == "Questions")

    assert [column.name for column in table.columns][-3:] == ["discrimination", "its error", "difficulty"]
    assert first.graded is not None
    assert table.lines[0][-3:] == (first.graded.discrimination, first.graded.error, first.graded.difficulty)
