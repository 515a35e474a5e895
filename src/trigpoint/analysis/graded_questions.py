# SPDX-License-Identifier: MIT
"""Questions in the graded response model: how hard each is, how sharply it tells, and what scores a trait leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.scoring.mean_tree import MeanTree, climb, mean_sections
from trigpoint.scoring.question_points import QuestionPoints
from trigpoint.statistics.graded_response import (
    FEWEST_UNITS,
    GRID,
    GradedItem,
    GradedModel,
    category_chances,
    fit_graded_model,
)
from trigpoint.statistics.trait_links import TraitMethod, link_traits

Floats = NDArray[np.float64]
# A question with more different answers is a number, whose answers are no grades.
MOST_GRADES = 10


@dataclass(frozen=True, slots=True)
class GradedQuestions:
    """questions: those in the model, in its order. grades: the points that each one's answers have, rising."""

    questions: tuple[str, ...]
    grades: tuple[tuple[float, ...], ...]
    model: GradedModel

    def named(self) -> Mapping[str, GradedItem]:
        """Return the parameters of each question."""
        return dict(zip(self.questions, self.model.items, strict=True))


def grade_questions(names: Sequence[str], points: Floats) -> GradedQuestions:
    """Return the model of the questions that fit one: answered by 50 units or more, with 2 to 10 different points.

    points: shape (units, questions), nan where missing. Raises ValueError where fewer than three fit.
    """
    columns, grades, kept = [], [], []
    for name, column in zip(names, points.T, strict=True):
        there = np.isfinite(column)
        different = np.unique(column[there])
        if there.sum() >= FEWEST_UNITS and 2 <= len(different) <= MOST_GRADES:
            columns.append(np.where(there, np.searchsorted(different, column), np.nan))
            grades.append(tuple(different.tolist()))
            kept.append(name)
    model = fit_graded_model(np.array(columns).T if columns else np.empty((len(points), 0)))
    return GradedQuestions(tuple(kept), tuple(grades), model)


def expect_scores(graded: GradedQuestions, tree: MeanTree, questions: QuestionPoints, measure: str) -> Floats:
    """Return the score on a measure that each trait of GRID leads to, before rounding, by the questions fitted."""
    expected = np.full((len(GRID), len(questions.questions)), np.nan)
    for name, grades, one in zip(graded.questions, graded.grades, graded.model.items, strict=True):
        expected[:, questions.questions.index(name)] = category_chances(one, GRID) @ np.array(grades)
    return np.asarray(climb(tree, mean_sections(tree, replace(questions, points=expected)))[measure][0])


@dataclass(frozen=True, slots=True)
class ScoredTrait:
    """A version's questions in the model, and the scores that traits of GRID lead to."""

    graded: GradedQuestions
    scores: Floats

    @classmethod
    def read(cls, questions: QuestionPoints, tree: MeanTree, measure: str) -> ScoredTrait:
        """Return both for one round. Raises ValueError where the model can't be fitted."""
        graded = grade_questions(questions.questions, questions.points)
        return cls(graded, expect_scores(graded, tree, questions, measure))


def link_by_trait(
    first: ScoredTrait, second: ScoredTrait, shared: Sequence[tuple[str, str]], at: Floats
) -> tuple[Floats, Floats]:
    """Return scores of the first version on the second's scale, and their errors, by Stocking and Lord's line.

    shared: pairs of ids, earlier and later, of the anchors; those with the same grades in both rounds are used. The
    error is that of which anchors there are. Raises ValueError for fewer than three of them.
    """
    known = [graded.named() for graded in (first.graded, second.graded)]
    pairs = [(known[0][a], known[1][b]) for a, b in shared if _has_same_grades(first.graded, a, second.graded, b)]
    link = link_traits([one for one, _ in pairs], [other for _, other in pairs], TraitMethod.STOCKING_LORD)
    trait = np.interp(at, first.scores, GRID)
    linked = np.interp(link.at(trait), GRID, second.scores)
    steepness = np.interp(link.at(trait), GRID, np.gradient(second.scores, GRID))
    return linked, steepness * link.error_at(trait)


def _has_same_grades(first: GradedQuestions, earlier: str, second: GradedQuestions, later: str) -> bool:
    if earlier not in first.questions or later not in second.questions:
        return False
    return first.grades[first.questions.index(earlier)] == second.grades[second.questions.index(later)]
