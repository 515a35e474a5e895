# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.frameworks import draft
from trigpoint.frameworks.model import Exact, PointsTable
from trigpoint.frameworks.points import earned_points, list_points, points_of, points_table

OPTIONS: PointsTable = {"no": 0, "partly": Decimal("2.5"), "yes": 10}
THRESHOLDS: PointsTable = ((Decimal("0.1"), 1), (5, 3), (10, 2))


def test_a_questions_own_table_comes_before_that_of_its_scale() -> None:
    scoring = replace(draft().framework.scoring, points={"answer": OPTIONS}, question_points={"q1": THRESHOLDS})

    assert points_table(scoring, "q1", "answer") == THRESHOLDS
    assert points_table(scoring, "q2", "answer") == OPTIONS
    assert points_table(scoring, "q2", "another") is None


@pytest.mark.parametrize(("table", "points"), [(OPTIONS, (0, Decimal("2.5"), 10)), (THRESHOLDS, (1, 3, 2)), ({}, ())])
def test_the_points_of_a_table_are_listed_in_its_order(table: PointsTable, points: tuple[Exact, ...]) -> None:
    assert list_points(table) == points


@pytest.mark.parametrize(
    ("table", "answer", "points"),
    [
        (OPTIONS, "partly", Decimal("2.5")),
        (OPTIONS, "no", 0),
        (OPTIONS, "maybe", None),
        (THRESHOLDS, 0.1, 1),
        (THRESHOLDS, Decimal("4.9"), 1),
        (THRESHOLDS, 5, 3),
        (THRESHOLDS, 99.0, 2),
        (THRESHOLDS, 0.05, None),
        ({}, "yes", None),
        ({}, 5.0, None),
    ],
)
def test_an_answer_is_worth_its_row_and_a_number_the_last_threshold_it_reaches(
    table: PointsTable, answer: str | float | Exact, points: Exact | None
) -> None:
    assert points_of(table, answer) == points


def test_a_given_answer_to_a_scored_question_always_has_points() -> None:
    framework = draft().framework

    assert earned_points(framework.scoring, framework.questions["q1"], "partly") == 50
