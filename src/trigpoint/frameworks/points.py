# SPDX-License-Identifier: MIT
"""What an answer is worth: the tables of scoring.yaml looked up."""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.frameworks.model import Exact, PointsTable, Question, Scoring


def points_table(scoring: Scoring, question_id: str, scale_id: str) -> PointsTable | None:
    """Return the table that turns a question's answers into points: its own, or its scale's; None if it has none."""
    return scoring.question_points.get(question_id, scoring.points.get(scale_id))


def list_points(table: PointsTable) -> tuple[Exact, ...]:
    """Return the points of every row of a table, in its order."""
    return tuple(table.values()) if isinstance(table, Mapping) else tuple(points for _, points in table)


def points_of(table: PointsTable, answer: str | float | Exact) -> Exact | None:
    """Return what an answer, a code or a number, is worth: the points of the last threshold that a number reaches.

    None when the table has no such answer, or the number lies below every threshold. Thresholds are compared as the
    scoring engine does, as floats.
    """
    if isinstance(table, Mapping):
        return table.get(str(answer))
    return next((points for low, points in reversed(table) if float(low) <= float(answer)), None)


def earned_points(scoring: Scoring, question: Question, answer: str | float) -> Exact:
    """Return what a given answer to a scored question of a checked framework is worth."""
    points = points_of(points_table(scoring, question.id, question.scale) or {}, answer)
    assert points is not None, "a checked framework has points for every answer to every scored question"
    return points
