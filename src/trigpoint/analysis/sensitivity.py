# SPDX-License-Identifier: MIT
"""How far an order of scores hangs on choices of method that could as well have been made otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow, PlaneChart, PlanePoint
from trigpoint.analysis.matched_rounds import UnitKey
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.mean_tree import MeanTree, build_mean_tree, climb, mean_sections
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.question_points import QuestionPoints, list_question_points
from trigpoint.statistics.composite import importance, rank_down
from trigpoint.statistics.sobol import SobolIndices, design_points, sobol_indices
from trigpoint.submissions.answers import AnswerTable

Floats = NDArray[np.float64]
# As usual: weights from three quarters to five quarters of what they are.
SHAKE = 0.25
LEAST = 1.0
POINTS = 1024
SEEDS = 64
CHOICES = ("weights of questions", "weights of measures", "scale of sections", "kind of mean", "a section left out")
NAME = "sensitivity"


@dataclass(frozen=True, slots=True)
class UnitRanks:
    """A unit's rank by the published way, and the 5th, middle and 95th of its ranks over all variants."""

    key: UnitKey
    rank: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """shift: mean distance of ranks from the published ones over variants. pull: section → share of variance."""

    units: tuple[UnitRanks, ...]
    shift: float
    variants: int
    choices: SobolIndices
    pull: Mapping[str, float]


def analyse_sensitivity(
    answers: AnswerTable, plan: ScoringPlan, measure: str, *, rng: np.random.Generator
) -> AnalysisResult[Sensitivity]:
    """Return how far the order of units on a measure hangs on five choices of method.

    Only units with a score in every variant are ranked. Raises CannotAnalyse for ladders, a measure without parts or
    fewer than 3 units.
    """
    questions = list_question_points(answers, plan)
    tree = build_mean_tree(plan, questions)
    if measure not in {branch.measure for branch in tree.branches}:
        raise CannotAnalyse(f"{measure} is no mean of measures, so there is no choice of how to make it.")
    study = _Study.build(tree, questions, measure, rng)
    if len(study.rows) < 3:
        raise CannotAnalyse(f"{len(study.rows)} units have a score on every part of {measure}: it takes 3.")
    points = design_points(len(CHOICES), POINTS, rng=rng)
    published = rank_down(study.published())
    ranks = np.concatenate([rank_down(study.scores(part)) for part in np.array_split(points, 28)])
    shifts = np.abs(ranks - published).mean(axis=1)
    if np.ptp(shifts) == 0:
        raise CannotAnalyse("No choice moves any rank: the units are too far apart, or too few.")
    low, middle, high = np.quantile(ranks, (0.05, 0.5, 0.95), axis=0)
    keys = [answers.units[row].key for row in study.rows]
    units = tuple(
        UnitRanks(key, int(published[at]), float(low[at]), float(middle[at]), float(high[at]))
        for at, key in enumerate(keys)
    )
    pull = {name: importance(study.published(), study.sections[name][0]) for name in study.below}
    numbers = Sensitivity(units, float(shifts.mean()), len(points), sobol_indices(shifts, len(CHOICES), rng=rng), pull)
    return _result(answers, plan, measure, numbers)


@dataclass(frozen=True, slots=True)
class _Study:
    """What does not change from variant to variant.

    rows: of units that have a mean on every section below the measure. drawn: sections under SEEDS sets of question
    weights; sections: under the own ones. below: the sections of the measure.
    """

    tree: MeanTree
    measure: str
    rows: NDArray[np.intp]
    below: tuple[str, ...]
    sections: Mapping[str, Floats]
    drawn: Mapping[str, Floats]
    branch_draws: Floats

    @classmethod
    def build(cls, tree: MeanTree, questions: QuestionPoints, measure: str, rng: np.random.Generator) -> _Study:
        below = _below(tree, measure)
        own = mean_sections(tree, questions)
        rows = np.flatnonzero(np.isfinite(np.stack([own[name][0] for name in below])).all(axis=0))
        shaken = 1 + SHAKE * (2 * rng.random((SEEDS, len(questions.questions))) - 1)
        drawn = mean_sections(tree, questions, shaken)
        children = sum(len(branch.children) for branch in tree.branches)
        return cls(
            tree,
            measure,
            rows,
            below,
            {name: own[name][:, rows] for name in below},
            {name: drawn[name][:, rows] for name in below},
            1 + SHAKE * (2 * rng.random((SEEDS, children)) - 1),
        )

    def published(self) -> Floats:
        return np.asarray(climb(self.tree, self.sections)[self.measure][0])

    def scores(self, points: Floats) -> Floats:
        """The measure in each variant, shape (variants, units)."""
        questions, measures, scale, mean, left_out = points.T
        drawn = np.stack([self.drawn[name] for name in self.below])
        sections = drawn[:, _pick(questions, SEEDS)]
        alike = scale >= 0.5
        sections[:, alike] = _standardised(sections[:, alike])
        bend = mean >= 0.5
        sections[:, bend] = np.log(np.maximum(sections[:, bend], LEAST))
        found = {
            name: _Part(values, here)
            for name, values, here in zip(self.below, sections, self._present(left_out), strict=True)
        }
        # A geometric mean is an arithmetic one of logarithms, all the way up.
        scores = _climb_variants(self.tree, self.measure, found, self.branch_draws[_pick(measures, SEEDS)])
        scores[bend] = np.exp(scores[bend])
        return scores

    def _present(self, left_out: Floats) -> NDArray[np.bool_]:
        """Which sections each variant has, shape (sections, variants): one is left out, or by the last share none."""
        gone = _pick(left_out, len(self.below) + 1)
        present: NDArray[np.bool_] = np.arange(len(self.below))[:, None] != gone
        return present if len(self.below) > 1 else np.ones_like(present)


@dataclass(frozen=True, slots=True)
class _Part:
    """A measure in each variant, shape (variants, units), and whether the variant has it, shape (variants,)."""

    values: Floats
    present: NDArray[np.bool_]


def _pick(shares: Floats, count: int) -> NDArray[np.intp]:
    """Which of so many equal parts each number between 0 and 1 lies in."""
    return np.minimum((shares * count).astype(np.intp), count - 1)


def _standardised(values: Floats) -> Floats:
    """On a mean of 50 and a standard deviation of 15, so that few fall below 1; as they are where all are alike."""
    spread = values.std(axis=-1, ddof=1, keepdims=True)
    away = values - values.mean(axis=-1, keepdims=True)
    return np.where(spread > 0, 50 + 15 * away / np.where(spread > 0, spread, 1.0), values)


def _climb_variants(tree: MeanTree, measure: str, sections: Mapping[str, _Part], weights: Floats) -> Floats:
    """The means up the tree, each variant by its own weights; a part that a variant does not have is left out."""
    found, start = dict(sections), 0
    for branch in tree.branches:
        parts = [(found[child], at) for at, child in enumerate(branch.children) if child in found]
        if parts:
            shares = np.stack([branch.weights[at] * weights[:, start + at] * part.present for part, at in parts])
            present = shares.sum(axis=0) > 0
            shares = shares / np.where(present, shares.sum(axis=0), 1.0)
            top = np.zeros_like(parts[0][0].values)
            for (part, _), share in zip(parts, shares, strict=True):
                top += share[:, None] * part.values
            found[branch.measure] = _Part(top, present)
        start += len(branch.children)
    return found[measure].values


def _below(tree: MeanTree, measure: str) -> tuple[str, ...]:
    children = {branch.measure: branch.children for branch in tree.branches}
    if measure in tree.columns:
        return (measure,)
    return tuple(section for child in children.get(measure, ()) for section in _below(tree, child))


def _result(answers: AnswerTable, plan: ScoringPlan, measure: str, found: Sensitivity) -> AnalysisResult[Sensitivity]:
    keys = {one.key for one in found.units}
    left_out = tuple((" ".join(unit.key), "no score on every part") for unit in answers.units if unit.key not in keys)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found),
        definition=(
            f"Ranks on {measure} in {answers.round}, 1 for the highest, before rounding, by the rules of "
            f"{plan.rules_of} and variants of them; units with a score on every section."
        ),
        n=len(found.units),
        of=len(answers.units),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=tuple(_check(found)),
        cannot_tell=(
            "Which way is right: all of these could have been chosen.",
            "What another set of questions would give.",
        ),
        charts=(_draw_choices(found), _draw_ranks(found)),
        tables=(_units_table(found), _pull_table(found)),
        left_out=left_out,
    )


def _say(found: Sensitivity) -> str:
    width = float(np.median([one.high - one.low for one in found.units]))
    strongest = CHOICES[int(np.argmax(found.choices.total))]
    return (
        f"Other ways of making the score that are as defensible move ranks by {found.shift:.1f} places on average; "
        f"half of the {len(found.units)} units have ranks that lie {width:.0f} places apart or more. What moves "
        f"them most is: {strongest}."
    )


def _rows(found: Sensitivity) -> Sequence[ResultRow]:
    n, found_indices = len(found.units), found.choices
    rows = [
        ResultRow("mean distance from the published rank", found.shift, "places", n, note=f"{found.variants} variants")
    ]
    for at, choice in enumerate(CHOICES):
        rows += [
            ResultRow(f"{choice}, by itself", float(found_indices.first[at]), "", found.variants,
                      *_held(found_indices.first[at], found_indices.first_lower[at], found_indices.first_upper[at])),
            ResultRow(f"{choice}, with all others", float(found_indices.total[at]), "", found.variants,
                      *_held(found_indices.total[at], found_indices.total_lower[at], found_indices.total_upper[at])),
        ]  # fmt: skip
    return rows


def _held(value: float, lower: float, upper: float) -> tuple[float, float]:
    """An interval that holds its value, whichever way drawing anew was biased."""
    return float(min(value, lower)), float(max(value, upper))


def _units_table(found: Sensitivity) -> ResultTable:
    names = ("unit", "middle rank", "ranks from", "ranks to")
    lines = tuple((" ".join(one.key), one.middle, one.low, one.high) for one in found.units)
    return ResultTable("Units, in the order of the round", tuple(map(ResultColumn, names)), lines)


def _pull_table(found: Sensitivity) -> ResultTable:
    lines = tuple(found.pull.items())
    return ResultTable("Each section's pull on the order", (ResultColumn("section"), ResultColumn("share", 2)), lines)


def _check(found: Sensitivity) -> Sequence[CheckedAssumption]:
    loose = float((found.choices.total_upper - found.choices.total_lower).max())
    return [
        CheckedAssumption(
            "there are points enough to read the indices",
            Outcome.HOLDS if loose < 0.2 else Outcome.DOUBTFUL,
            f"the widest interval of a total index is {loose:.2f}",
        ),
        CheckedAssumption(
            "the choices varied are those that could have been made",
            Outcome.NOT_CHECKED,
            "five were varied: others remain",
        ),
    ]


def _draw_choices(found: Sensitivity) -> DotChart:
    one = found.choices
    rows = tuple(
        DotRow(
            choice,
            (
                Dot(float(one.first[at])),
                Dot(float(one.total[at]), *_held(one.total[at], one.total_lower[at], one.total_upper[at])),
            ),
        )
        for at, choice in enumerate(CHOICES)
    )
    return DotChart("Which choice moves ranks", ("by itself", "with all others"), "share of variance", rows, digits=2)


def _draw_ranks(found: Sensitivity) -> PlaneChart:
    ordered = sorted(found.units, key=lambda one: (one.rank, one.key))
    points = tuple(PlanePoint(one.key[0], at + 1, one.middle, one.low, one.high) for at, one in enumerate(ordered))
    return PlaneChart("Ranks over all variants", "units by published rank", "rank, 1 for the highest score", points)
