# SPDX-License-Identifier: MIT
"""How sure a score is, from four sources that are shown apart: questions, raters, method, missing answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import PlaneChart, PlanePoint
from trigpoint.analysis.matched_rounds import UnitKey
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.mean_tree import MeanTree, build_mean_tree, climb, mean_sections
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.question_points import QuestionPoints, list_question_points
from trigpoint.statistics.agreement import RatingDesign, rater_agreement
from trigpoint.submissions.answers import AnswerTable

Floats = NDArray[np.float64]
# The least score of which a geometric mean is taken; of 0 it would be 0 whatever the rest.
LEAST_FOR_GEOMETRIC = 1.0
FEWEST_REVIEWS = 5
NAME = "uncertainty"


@dataclass(frozen=True, slots=True)
class UnitUncertainty:
    """One unit's score and how far each source moves it. All in points.

    question_error: standard error by questions. method, missing: lowest and highest score.
    """

    key: UnitKey
    score: float
    question_error: float
    method: tuple[float, float]
    missing: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """units: in the order of the round. rater_error: of every unit alike; None where nobody else scored. icc: of it."""

    units: tuple[UnitUncertainty, ...]
    rater_error: float | None
    icc: float | None
    reviewed: int


def analyse_uncertainty(
    answers: AnswerTable,
    plan: ScoringPlan,
    measure: str,
    *,
    rng: np.random.Generator,
    reviewed: Mapping[UnitKey, Fraction] | None = None,
) -> AnalysisResult[Uncertainty]:
    """Return each unit's score on a measure with its uncertainty from four sources.

    reviewed: unit → its score as others scored it. Raises CannotAnalyse for a ladder, a measure that nobody has a score
    on, or fewer than 5 reviews; KeyError for an unknown measure.
    """
    questions = list_question_points(answers, plan)
    tree = build_mean_tree(plan, questions)
    if measure not in tree.measures:
        raise KeyError(measure)
    scores = climb(tree, mean_sections(tree, questions))[measure][0]
    rows = np.flatnonzero(np.isfinite(scores))
    if not len(rows):
        raise CannotAnalyse(f"No unit of {answers.round} has a score on {measure}.")
    errors = question_errors(tree, questions, measure, rng=rng)
    method, missing = _method_range(tree, questions, measure), _missing_range(tree, questions, measure)
    units = tuple(
        UnitUncertainty(
            answers.units[row].key,
            float(scores[row]),
            float(errors[row]),
            (float(method[0][row]), float(method[1][row])),
            (float(missing[0][row]), float(missing[1][row])),
        )
        for row in rows
    )
    error, icc, count = _rater_error(units, reviewed or {})
    numbers = Uncertainty(units, error, icc, count)
    return _result(answers, plan, measure, numbers, tree)


def question_errors(
    tree: MeanTree, questions: QuestionPoints, measure: str, *, rng: np.random.Generator, draws: int = 1000
) -> Floats:
    """Return each unit's standard error on a measure by drawing questions, shape (units,); nan without a score.

    A section with one question adds nothing, as nothing shows how much another would differ.
    """
    drawn = climb(tree, mean_sections(tree, questions, _draw_questions(tree, questions, rng, draws)))[measure]
    own = climb(tree, mean_sections(tree, questions))[measure][0]
    # Some draws may leave a unit with no answered question in a section that it needs.
    count = np.isfinite(drawn).sum(axis=0)
    there = np.isfinite(own) & (count > draws / 2)
    filled = np.where(np.isfinite(drawn), drawn, 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    squares = (np.where(np.isfinite(drawn), drawn - mean, 0.0) ** 2).sum(axis=0)
    return np.asarray(np.where(there, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan))


def _draw_questions(tree: MeanTree, questions: QuestionPoints, rng: np.random.Generator, draws: int) -> Floats:
    times = np.ones((draws, len(questions.questions)))
    for columns in tree.columns.values():
        size = len(columns)
        if size > 1:
            times[:, columns] = rng.multinomial(size - 1, np.full(size, 1 / size), draws)
    return times


def _method_range(tree: MeanTree, questions: QuestionPoints, measure: str) -> tuple[Floats, Floats]:
    sections = mean_sections(tree, questions)
    own = climb(tree, sections)[measure][0]
    # A "don't know" that counts has the fewest points; one that is left out is nan.
    changed = (
        climb(tree, mean_sections(tree, each))[measure][0] for each in (_left_out(questions), _counted(questions))
    )
    ways = [own, _all_alike(tree, questions, measure), _geometric(tree, sections, measure), *changed]
    stacked = np.stack([np.where(np.isfinite(way), way, own) for way in ways])
    return stacked.min(axis=0), stacked.max(axis=0)


def _below(tree: MeanTree, measure: str) -> list[str]:
    """The sections at or under a measure."""
    children = {branch.measure: branch.children for branch in tree.branches}
    if measure not in children:
        return [measure]
    return [section for child in children[measure] for section in _below(tree, child) if section in tree.columns]


def _all_alike(tree: MeanTree, questions: QuestionPoints, measure: str) -> Floats:
    """Every question with the same weight, whatever its section."""
    columns = np.concatenate([tree.columns[section] for section in _below(tree, measure)])
    points = questions.points[:, columns]
    there = np.isfinite(points)
    bottom = there.sum(axis=1)
    top = np.where(there, points, 0.0).sum(axis=1)
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))


def _geometric(tree: MeanTree, sections: Mapping[str, Floats], measure: str) -> Floats:
    logs = {section: np.log(np.maximum(mean, LEAST_FOR_GEOMETRIC)) for section, mean in sections.items()}
    return np.asarray(np.exp(climb(tree, logs)[measure][0]))


def _left_out(questions: QuestionPoints) -> QuestionPoints:
    return replace(questions, points=np.where(questions.unknown, np.nan, questions.points))


def _counted(questions: QuestionPoints) -> QuestionPoints:
    return replace(questions, points=np.where(questions.unknown, questions.lowest, questions.points))


def _missing_range(tree: MeanTree, questions: QuestionPoints, measure: str) -> tuple[Floats, Floats]:
    own = climb(tree, mean_sections(tree, questions))[measure][0]
    ends = []
    for worth in (questions.lowest, questions.highest):
        filled = replace(questions, points=np.where(questions.open, worth, questions.points))
        ends.append(climb(tree, mean_sections(tree, filled))[measure][0])
    return np.fmin(ends[0], own), np.fmax(ends[1], own)


def _rater_error(
    units: Sequence[UnitUncertainty], reviewed: Mapping[UnitKey, Fraction]
) -> tuple[float | None, float | None, int]:
    pairs = np.array([[one.score, float(reviewed[one.key])] for one in units if one.key in reviewed])
    if not len(pairs):
        return None, None, 0
    if len(pairs) < FEWEST_REVIEWS:
        raise CannotAnalyse(f"{len(pairs)} units scored by others too are too few: it takes {FEWEST_REVIEWS}.")
    try:
        icc = rater_agreement(pairs, RatingDesign.AGREEMENT).value
    except ValueError as error:
        raise CannotAnalyse(f"The error of raters can't be estimated: {error}.") from error
    return float(pairs[:, 0].std(ddof=1)) * float(np.sqrt(max(0.0, 1 - icc))), icc, len(pairs)


def _result(
    answers: AnswerTable, plan: ScoringPlan, measure: str, found: Uncertainty, tree: MeanTree
) -> AnalysisResult[Uncertainty]:
    keys = {one.key for one in found.units}
    left_out = tuple(
        (" ".join(unit.key), f"no score in {answers.round}") for unit in answers.units if unit.key not in keys
    )
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found),
        definition=(
            f"Scores on {measure} in {answers.round} by the rules of {plan.rules_of}, before rounding between levels, "
            "of units that have one."
        ),
        n=len(found.units),
        of=len(answers.units),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=tuple(_check(found, tree)),
        cannot_tell=(
            "Whether the answers are true: an answer that is wrong in the same way everywhere shows in none of these.",
            "The error of a national mean: all organisations were asked, so it has none by sampling.",
        ),
        charts=(_draw(found),),
        tables=(_table(found),),
        left_out=left_out,
    )


def _middle(values: Sequence[float]) -> float:
    return float(np.median(values))


def _say(found: Uncertainty) -> str:
    error = _middle([one.question_error for one in found.units])
    method = _middle([one.method[1] - one.method[0] for one in found.units])
    missing = _middle([one.missing[1] - one.missing[0] for one in found.units])
    rater = (
        "how raters differ is not known, as nobody else scored the same units"
        if found.rater_error is None
        else f"raters move it by {1.96 * found.rater_error:.1f} either way"
    )
    return (
        f"Half of all scores could be {1.96 * error:.1f} points or more higher or lower had other questions of the "
        f"same kind been asked. Other ways of scoring move the middle score within {method:.1f} points, "
        f"answers that are missing within {missing:.1f}; {rater}."
    )


def _rows(found: Uncertainty) -> Sequence[ResultRow]:
    n = len(found.units)
    errors = [one.question_error for one in found.units]
    rater_note = f"ICC(2,1) = {found.icc:.2f}" if found.icc is not None else "nobody was scored by others"
    return [
        ResultRow("standard error by questions, median", _middle(errors), "points", n, min(errors), max(errors),
                  "lowest to highest"),
        ResultRow("standard error by raters", found.rater_error, "points", found.reviewed, note=rater_note),
        ResultRow("width of other ways of scoring, median",
                  _middle([one.method[1] - one.method[0] for one in found.units]), "points", n),
        ResultRow("width by missing answers, median",
                  _middle([one.missing[1] - one.missing[0] for one in found.units]), "points", n),
    ]  # fmt: skip


def _table(found: Uncertainty) -> ResultTable:
    names = ("unit", "score", "error by questions", "method from", "method to", "missing from", "missing to")
    lines = [(" ".join(one.key), one.score, one.question_error, *one.method, *one.missing) for one in found.units]
    return ResultTable("Units, in the order of the round", tuple(map(ResultColumn, names)), tuple(lines))


def _check(found: Uncertainty, tree: MeanTree) -> Sequence[CheckedAssumption]:
    single = [section for section, columns in tree.columns.items() if len(columns) == 1]
    return [
        CheckedAssumption(
            "every section has two questions or more, so that they show how much others would differ",
            Outcome.DOUBTFUL if single else Outcome.HOLDS,
            f"with one question: {', '.join(single) or 'none'}",
        ),
        CheckedAssumption(
            "a section's questions are like a sample of all that could be asked",
            Outcome.NOT_CHECKED,
            "they were chosen; were they all that matters, there would be no error by questions",
        ),
        CheckedAssumption(
            "raters are as sure of one organisation as of another",
            Outcome.NOT_CHECKED,
            f"{found.reviewed} units were scored by others too",
        ),
    ]


def _draw(found: Uncertainty) -> PlaneChart:
    ordered = sorted(found.units, key=lambda one: one.score)
    points = tuple(
        PlanePoint(one.key[0], at + 1, one.score, one.score - 1.96 * one.question_error,
                   one.score + 1.96 * one.question_error)
        for at, one in enumerate(ordered)
    )  # fmt: skip
    return PlaneChart("Scores with their intervals by questions", "units, lowest score first", "score, points", points)
