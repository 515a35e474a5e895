# SPDX-License-Identifier: MIT
"""What each answer is worth by itself, as floats: what analyses of questions start from.

Scores never come from here. They are exact and come from the kernel; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.scoring.gather import GATHER_ROWS, GroupSum, read_codes
from trigpoint.scoring.plan import CODES, Lane, Node, ScoringPlan
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """Points of every scored question of every unit, on its measure's scale.

    questions, measures: length q, each question and the measure it belongs to.
    points: shape (units, q); nan where the question leaves the mean. weights: length q, of a question that counts.
    open: shape (units, q), asked and either not answered or answered with a "don't know"; unknown: only the latter.
    lowest, highest: length q, the points that an answer can have at least and at most; nan where it weighs nothing.
    """

    questions: tuple[str, ...]
    measures: tuple[str, ...]
    points: Floats
    weights: Floats
    open: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    lowest: Floats
    highest: Floats


def list_question_points(answers: AnswerTable, plan: ScoringPlan) -> QuestionPoints:
    """Return the points of every scored question of every unit.

    Of a measure with a ladder they are 1 for what is met and 0 for what is not. Raises what `score_answers` raises of
    answers that don't fit the plan.
    """
    factors = np.array([_factor(plan, at) for at in range(len(plan.questions))])
    points, weight, answered = (_lane(plan, lane).astype(np.float64) for lane in ("points", "weight", "answered"))
    full = weight.max(axis=1)
    worth = np.divide(points, weight, out=np.full(points.shape, np.nan), where=weight > 0) * factors[:, None]
    given = np.where(answered > 0, worth, np.nan)
    codes = _codes(answers, plan)
    rows = np.arange(len(plan.questions))
    unknown = codes == CODE_OF[Missing.DONT_KNOW]
    return QuestionPoints(
        questions=plan.questions,
        measures=_measures(plan),
        points=worth[rows, codes],
        weights=full,
        open=unknown | (codes == CODE_OF[Missing.NOT_ANSWERED]),
        unknown=unknown,
        lowest=-_highest(-given[:, :LOWEST_MISSING_CODE]),
        highest=_highest(given[:, :LOWEST_MISSING_CODE]),
    )


def _highest(given: Floats) -> Floats:
    """The highest of each line; nan where there is none, as of a question that weighs nothing."""
    highest = np.where(np.isnan(given), -np.inf, given).max(axis=1)
    return np.where(np.isinf(highest), np.nan, highest)


def _lane(plan: ScoringPlan, lane: Lane) -> NDArray[np.int64]:
    """What each answer to each question adds to a lane: shape (questions, codes)."""
    place = plan.places[lane]
    table = plan.tables[place.word].reshape(len(plan.questions), CODES)
    return np.asarray((table >> place.shift) & place.mask)


def _codes(answers: AnswerTable, plan: ScoringPlan) -> NDArray[np.uint8]:
    """The answers' codes in the order of the plan's questions, thresholds for numbers: shape (units, questions)."""
    gather = GroupSum.prepare(answers, plan)
    codes = np.empty((len(answers.units), len(plan.questions)), np.uint8)
    for start in range(0, len(answers.units), GATHER_ROWS):
        tile = slice(start, min(start + GATHER_ROWS, len(answers.units)))
        here = gather.tile(tile.stop - tile.start)
        read_codes(answers, plan, here, tile)
        codes[tile] = here.codes.T
    return codes


def _factor(plan: ScoringPlan, question: int) -> float:
    node = _node_of(plan, question)
    if node.rule == "ladder":
        return 1.0
    return float(node.factor) if node.factor == 100 else 1 / plan.points_unit


def _measures(plan: ScoringPlan) -> tuple[str, ...]:
    return tuple(_node_of(plan, at).measure for at in range(len(plan.questions)))


def _node_of(plan: ScoringPlan, question: int) -> Node:
    group = int(np.searchsorted(plan.starts, question, side="right")) - 1
    return next(node for node in plan.nodes if group in node.below and not node.children)
