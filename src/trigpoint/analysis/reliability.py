# SPDX-License-Identifier: MIT
"""Whether the questions of each section hang together, and what each question adds: for authors of frameworks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.graded_questions import grade_questions
from trigpoint.analysis.plain_words import say_list
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.mean_tree import build_mean_tree
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.question_points import QuestionPoints, list_question_points
from trigpoint.statistics.consistency import Alpha, Gaps, check_items, cronbach_alpha, item_covariance
from trigpoint.statistics.factors import count_factors, one_factor_omega
from trigpoint.statistics.graded_response import GradedItem
from trigpoint.statistics.ordinal import ordinal_alpha
from trigpoint.submissions.answers import AnswerTable

Floats = NDArray[np.float64]
# By custom; a checklist may be a good one far below.
USUAL = 0.7
# A question that goes with the rest of its section less than this adds something else.
WEAK = 0.2
# Of fewer units than items by this factor, factors are noise.
UNITS_PER_ITEM = 3
# Questions for one kind of organisation only, answered by fewer than 1 in this many, say nothing of the others.
FEW_OF = 5
NAME = "reliability"


@dataclass(frozen=True, slots=True)
class QuestionReliability:
    """difficulty: mean points, 0 to 100 as a rule. top: share of answers with the most points. rest, alpha_without.

    graded: its discrimination and thresholds, None where the section bears no graded model.
    """

    question: str
    n: int
    difficulty: float
    top: float
    rest: float | None
    alpha_without: float | None
    graded: GradedItem | None = None


@dataclass(frozen=True, slots=True)
class SectionReliability:
    """alpha: None where the section has none, and why_not says why. factors: None where units are too few."""

    section: str
    questions: tuple[QuestionReliability, ...]
    left_out: tuple[str, ...]
    alpha: Alpha | None
    omega: float | None
    ordinal: float | None
    factors: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Every section with questions of its own."""

    sections: tuple[SectionReliability, ...]


def analyse_reliability(
    answers: AnswerTable, plan: ScoringPlan, *, rng: np.random.Generator
) -> AnalysisResult[Reliability]:
    """Return how far the questions of each section hang together. Raises CannotAnalyse for a ladder or no section."""
    questions = list_question_points(answers, plan)
    tree = build_mean_tree(plan, questions)
    sections = tuple(_section(name, columns, questions, rng) for name, columns in tree.columns.items())
    if not any(one.alpha for one in sections):
        raise CannotAnalyse("No section has two questions that vary and were answered together.")
    numbers = Reliability(sections)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(numbers),
        definition=f"Points of the scored questions of {plan.framework} in {answers.round}, overall, of all units.",
        n=len(answers.units),
        of=len(answers.units),
        numbers=numbers,
        rows=tuple(_rows(numbers)),
        checked=tuple(_check(numbers)),
        cannot_tell=(
            "Whether a section measures what its title says: questions can hang together and miss the matter.",
            "Whether a question should go: a checklist needs questions that do not go with each other.",
        ),
        charts=(_draw(numbers),),
        tables=(_sections_table(numbers), _questions_table(numbers)),
    )


def _section(
    name: str, columns: NDArray[np.intp], questions: QuestionPoints, rng: np.random.Generator
) -> SectionReliability:
    points = questions.points[:, columns]
    answered = np.isfinite(points).sum(axis=0)
    varies = np.array([len(np.unique(column[np.isfinite(column)])) > 1 for column in points.T], bool)
    kept = varies & (answered * FEW_OF >= len(points))
    ids = [questions.questions[at] for at in columns]
    left_out = tuple(question for question, here in zip(ids, kept, strict=True) if not here)
    chosen = points[:, kept]
    try:
        alpha = cronbach_alpha(chosen, gaps=Gaps.PAIRWISE)
        covariance, _ = item_covariance(chosen, Gaps.PAIRWISE)
    except ValueError as error:
        facts = _questions(ids, points, questions.highest[columns], None, ())
        return SectionReliability(name, facts, left_out, None, None, None, None, str(error))
    deviations = np.sqrt(covariance.diagonal())
    correlation = covariance / np.outer(deviations, deviations)
    graded = _grade(ids, points)
    facts = tuple(
        replace(one, graded=graded.get(one.question))
        for one in _questions(ids, points, questions.highest[columns], chosen, left_out)
    )
    return SectionReliability(
        section=name,
        questions=facts,
        left_out=left_out,
        alpha=alpha,
        omega=one_factor_omega(correlation) if alpha.k > 2 else None,
        ordinal=_ordinal(chosen),
        factors=_factors(chosen, rng),
    )


def _grade(ids: Sequence[str], points: Floats) -> Mapping[str, GradedItem]:
    try:
        return grade_questions(ids, points).named()
    except ValueError:
        return {}


def _ordinal(chosen: Floats) -> float | None:
    """Ordinal alpha, None where the units of some pair all gave one answer to one of the two."""
    try:
        return ordinal_alpha(chosen)
    except ValueError:
        return None


def _questions(
    ids: Sequence[str], points: Floats, highest: Floats, chosen: Floats | None, left_out: Sequence[str]
) -> tuple[QuestionReliability, ...]:
    rest: dict[str, tuple[float, float]] = {}
    complete = chosen is not None and int(np.isfinite(chosen).all(axis=1).sum()) >= 3
    if chosen is not None and complete:
        kept = [question for question in ids if question not in left_out]
        try:
            found = check_items(chosen)
            rest = dict(zip(kept, zip(found.rest.tolist(), found.alpha_without.tolist(), strict=True), strict=True))
        except ValueError:
            rest = {}
    return tuple(
        _question(question, points[:, at], float(highest[at]), rest.get(question)) for at, question in enumerate(ids)
    )


def _question(question: str, column: Floats, highest: float, rest: tuple[float, float] | None) -> QuestionReliability:
    given = column[np.isfinite(column)]
    known = [None if rest is None or math.isnan(one) else one for one in (rest or (math.nan, math.nan))]
    n = len(given)
    return QuestionReliability(
        question,
        n,
        float(given.mean()) if n else math.nan,
        float((given == highest).mean()) if n else math.nan,
        known[0],
        known[1],
    )


def _factors(chosen: Floats, rng: np.random.Generator) -> int | None:
    complete = chosen[np.isfinite(chosen).all(axis=1)]
    if len(complete) < UNITS_PER_ITEM * chosen.shape[1] or (np.ptp(complete, axis=0) == 0).any():
        return None
    return count_factors(complete, rng=rng)


def _alphas(found: Reliability) -> Sequence[tuple[SectionReliability, Alpha]]:
    return [(one, one.alpha) for one in found.sections if one.alpha is not None]


def _weak(found: Reliability) -> Sequence[str]:
    return [
        question.question
        for section in found.sections
        for question in section.questions
        if question.rest is not None and question.rest < WEAK
    ]


def _say(found: Reliability) -> str:
    alphas = _alphas(found)
    low, high = min(alphas, key=lambda one: one[1].raw), max(alphas, key=lambda one: one[1].raw)
    below = [one.section for one, alpha in alphas if alpha.raw < USUAL]
    weak = _weak(found)
    go = (
        f"{len(weak)} questions hardly go with the rest of their section"
        if weak
        else "Every question goes with the rest"
    )
    loose = f", {say_list(below)} below the {USUAL} that is customary" if below else ""
    return (
        f"Sections hang together from {low[1].raw:.2f} ({low[0].section}) to {high[1].raw:.2f} ({high[0].section})"
        f"{loose}. {go}{f': {say_list(weak)}' if weak else ''}."
    )


def _rows(found: Reliability) -> Sequence[ResultRow]:
    rows = [
        ResultRow(f"alpha of {one.section}", alpha.raw, "", alpha.n, alpha.lower, alpha.upper, f"{alpha.k} questions")
        for one, alpha in _alphas(found)
    ]
    return [
        *rows,
        *(
            ResultRow(f"alpha of {one.section}", None, "", 0, note=one.why_not)
            for one in found.sections
            if one.alpha is None
        ),
    ]


def _sections_table(found: Reliability) -> ResultTable:
    names = ("section", "questions", "left out", "n", "alpha", "from", "to", "omega", "ordinal alpha", "factors")
    columns = tuple(ResultColumn(name, 2) for name in names)
    lines = tuple(
        (
            one.section,
            len(one.questions) - len(one.left_out),
            len(one.left_out),
            *((one.alpha.n, one.alpha.raw, one.alpha.lower, one.alpha.upper) if one.alpha else (None,) * 4),
            one.omega,
            one.ordinal,
            one.factors,
        )
        for one in found.sections
    )
    return ResultTable("Sections", columns, lines)


def _questions_table(found: Reliability) -> ResultTable:
    usual = ("question", "section", "n", "mean points", "share at the top", "with the rest", "alpha without")
    names = (*usual, "discrimination", "its error", "difficulty")
    lines = tuple(
        (
            one.question,
            section.section,
            one.n,
            *map(_number, (one.difficulty, one.top)),
            one.rest,
            one.alpha_without,
            *((one.graded.discrimination, one.graded.error, one.graded.difficulty) if one.graded else (None,) * 3),
        )
        for section in found.sections
        for one in section.questions
    )
    return ResultTable("Questions", tuple(ResultColumn(name, 2) for name in names), lines)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _check(found: Reliability) -> Sequence[CheckedAssumption]:
    left_out = sum(len(one.left_out) for one in found.sections)
    several = [one.section for one in found.sections if (one.factors or 0) > 1]
    return [
        CheckedAssumption(
            "every question was asked of most units and varies",
            Outcome.DOUBTFUL if left_out else Outcome.HOLDS,
            f"{left_out} questions are left out",
        ),
        CheckedAssumption(
            "a section measures one thing",
            Outcome.DOUBTFUL if several else Outcome.HOLDS,
            f"more than one factor: {say_list(several) or 'none'}",
        ),
        CheckedAssumption(
            "a section is a scale, not a checklist", Outcome.NOT_CHECKED, "its author knows what the questions are for"
        ),
    ]


def _draw(found: Reliability) -> DotChart:
    rows = tuple(DotRow(one.section, (Dot(a.raw, a.lower, a.upper),)) for one, a in _alphas(found))
    return DotChart(
        "How far the questions of each section hang together",
        ("alpha",),
        "alpha, 1 at most",
        rows,
        ("customary", USUAL),
    )
