# SPDX-License-Identifier: MIT
"""Scoring a table as a whole: what it counts, what it carries along, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from tests.support.frameworks import (
    LEAVE_OUT,
    Draft,
    Return,
    all_scores,
    answer_table,
    draft,
    number_scale,
    same_scores,
    scored,
    slow_scores,
)
from tests.support.second_scoring import Given
from trigpoint.errors import FrameworkMismatch
from trigpoint.scoring import ENGINE_VERSION, compile_plan, score_answers
from trigpoint.submissions.missing import CODE_OF, Missing

TREE = {"top": {"left": ["q1", "q2"], "right": ["q3"]}}


def by_number(*rows: tuple[Given, Given]) -> Draft:
    of = draft(["q1"]).with_content(scales=[number_scale("answer")])
    return of.with_scoring(points={"answer": [list(row) for row in rows]})


TENTHS = by_number((0, 0), (Decimal("0.1"), 10), (Decimal("0.3"), 30), (1000, 100))


def test_every_question_counts_in_one_way_at_every_height() -> None:
    of = draft(TREE).with_content(care_settings=[{"id": "acute", "title": "A"}, {"id": "community", "title": "C"}])
    questions = [*of.content["questions"][:2], {**of.content["questions"][2], "care_settings": ["community"]}]
    of = of.with_content(questions=questions)
    unit = Return({"q1": "dont_know", "q2": "yes", "q3": "yes"}, ("acute",))

    table = scored(of, unit)

    found = {
        measure: (one.asked, one.answered, one.dont_know, one.not_shown) for measure, one in all_scores(table).items()
    }
    assert found == {"top": (2, 1, 1, 1), "left": (2, 1, 1, 0), "right": (0, 0, 0, 1)}
    assert all_scores(table) == slow_scores(of, unit)


def test_no_units_give_a_table_without_rows() -> None:
    of = draft(TREE, bands={"band_on": "raw", "bands": [{"id": "low", "title": "Low", "from": 0}]})
    table = scored(of)

    assert table.scores.shape == (0, 3)
    assert table.band_positions.shape == (0, 3)
    assert table.counts["asked"].shape == (0, 3)


def test_a_framework_of_which_nothing_is_counted_scores_nobody() -> None:
    table = scored(draft(TREE), {"q1": "yes"}, only=[])

    assert np.isnan(table.scores).all()
    assert table.counts["asked"].tolist() == [[0, 0, 0]]


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    of = draft(TREE)
    table = answer_table(of.framework, [{"q1": "yes", "q2": "no", "q3": "partly"}])
    turned = replace(table, questions=("q3", "q1", "q2"), codes=np.ascontiguousarray(table.codes[:, [2, 0, 1]]))
    plan = compile_plan(of.framework)

    assert same_scores(score_answers(turned, plan), score_answers(table, plan))


def test_scoring_leaves_the_answers_as_they_are() -> None:
    table = answer_table(TENTHS.framework, [{"q1": 1000}])
    before = table.codes.copy()
    table.codes.setflags(write=False)

    score_answers(table, compile_plan(TENTHS.framework))

    assert np.array_equal(table.codes, before)


def test_the_table_says_what_it_was_made_from() -> None:
    framework = draft(TREE).framework
    table = answer_table(framework, [{}])

    result = score_answers(table, compile_plan(framework), basis="assured")

    assert (result.framework, result.framework_hash, result.rules_of) == (framework.ref, framework.hash, framework.ref)
    assert (result.engine, result.basis) == (ENGINE_VERSION, "assured")
    assert result.answers is table
    assert score_answers(table, compile_plan(framework)).basis == "self"


def test_answers_collected_with_another_framework_are_refused() -> None:
    plan = compile_plan(draft().with_content(version="2").framework)

    with pytest.raises(FrameworkMismatch, match=r"collected with made-up@1, not made-up@2\. Score them with --"):
        score_answers(answer_table(draft().framework, [{}]), plan)


def test_answers_collected_with_other_content_of_the_same_version_are_refused() -> None:
    plan = compile_plan(draft(points={"answer": {"no": 1, "partly": 2, "yes": 3}}).framework)

    with pytest.raises(FrameworkMismatch, match="collected with other content of made-up@1"):
        score_answers(answer_table(draft().framework, [{}]), plan)


def test_answers_without_a_column_for_a_question_are_refused() -> None:
    framework = draft().framework
    table = answer_table(framework, [{}])
    narrow = replace(table, questions=table.questions[:1], codes=np.ascontiguousarray(table.codes[:, :1]))

    with pytest.raises(FrameworkMismatch, match=r"no column for q2, q3\. Ingest them again"):
        score_answers(narrow, compile_plan(framework))


def test_answers_without_the_numbers_of_a_number_question_are_refused() -> None:
    table = answer_table(TENTHS.framework, [{"q1": 3}])

    with pytest.raises(FrameworkMismatch, match="no column for q1"):
        score_answers(replace(table, numbers={}), compile_plan(TENTHS.framework))


def test_every_way_of_being_missing_is_scored_as_the_framework_says() -> None:
    framework = draft(["q1", "q2"], missing={**LEAVE_OUT, "dont_know": "zero", "not_applicable": "no_score"}).framework
    table = answer_table(framework, [{"q1": "yes", "q2": "yes"}] * 4)
    for row, state in enumerate(Missing):
        table.codes[row, 1] = CODE_OF[state]

    found = score_answers(table, compile_plan(framework))

    assert [found.score(row, "all").value for row in range(4)] == [100, Fraction(100 + 0, 2), None, 100]
    assert [found.score(row, "all").not_answered for row in range(4)] == [1, 0, 0, 0]
