# SPDX-License-Identifier: MIT
"""A framework's means as floats, so that weights and questions can be varied thousands of times.

Rounding between levels and least shares of answers are left out: it is the score before them. Scores that are published
come from the kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.question_points import QuestionPoints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Branch:
    """A measure that is the weighted mean of measures. needs_all: it has no score when one of them has none."""

    measure: str
    children: tuple[str, ...]
    weights: tuple[float, ...]
    needs_all: bool


@dataclass(frozen=True, slots=True)
class MeanTree:
    """Sections and the means above them. columns: section → its questions' columns. branches: children first."""

    columns: Mapping[str, NDArray[np.intp]]
    branches: tuple[Branch, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that has a mean, sections first."""
        return (*self.columns, *(branch.measure for branch in self.branches))


def build_mean_tree(plan: ScoringPlan, questions: QuestionPoints) -> MeanTree:
    """Return the means of a plan. Raises CannotAnalyse for a framework with a ladder, which has none."""
    if any(node.rule == "ladder" for node in plan.nodes):
        raise CannotAnalyse(f"{plan.framework} climbs a ladder: its levels are no means, so questions can't be varied.")
    measures = np.array(questions.measures)
    leaves = [node.measure for node in plan.nodes if node.rule == "mean" and node.measure in questions.measures]
    columns = {measure: np.flatnonzero(measures == measure) for measure in leaves}
    # Parents stand before their children in a plan.
    branches = tuple(
        Branch(
            node.measure,
            tuple(plan.nodes[child].measure for child in node.children),
            tuple(float(weight) for weight in node.child_weights),
            node.empty_measures == "no_score",
        )
        for node in reversed(plan.nodes)
        if node.rule == "mean_of_measures"
    )
    return MeanTree(columns, branches)


def mean_sections(tree: MeanTree, questions: QuestionPoints, multipliers: Floats | None = None) -> Mapping[str, Floats]:
    """Return each section's mean, shape (draws, units), or (1, units) without multipliers; nan where nothing counts.

    multipliers: shape (draws, questions), times the questions' own weights, 0 or more.
    """
    times = np.ones((1, len(questions.questions))) if multipliers is None else multipliers
    there = np.isfinite(questions.points)
    filled = np.where(there, questions.points, 0.0)
    means = {}
    for section, columns in tree.columns.items():
        weights = times[:, columns] * questions.weights[columns]
        top = weights @ filled[:, columns].T
        bottom = weights @ there[:, columns].T.astype(np.float64)
        means[section] = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return means


def climb(tree: MeanTree, sections: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """Return the mean of every measure from those of sections, all of one shape; nan where there is none.

    A section that is not among them has no mean anywhere.
    """
    found = dict(sections)
    shape = next(iter(sections.values())).shape
    nowhere = np.full(shape, np.nan)
    for branch in tree.branches:
        means = np.stack([found.get(child, nowhere) for child in branch.children])
        weights = np.array(branch.weights).reshape(-1, *(1,) * len(shape))
        there = np.isfinite(means)
        bottom = (weights * there).sum(axis=0)
        top = np.where(there, weights * means, 0.0).sum(axis=0)
        mean = np.divide(top, bottom, out=np.full(shape, np.nan), where=bottom > 0)
        found[branch.measure] = np.where(there.all(axis=0), mean, np.nan) if branch.needs_all else mean
    return found
