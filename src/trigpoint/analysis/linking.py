# SPDX-License-Identifier: MIT
"""Whether scores of two versions of a framework can stand on one scale, and how far off such a link may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.change import RoundOfAnswers
from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.graded_questions import ScoredTrait, link_by_trait
from trigpoint.analysis.plain_words import say_list
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.errors import CannotAnalyse, FrameworkMismatch
from trigpoint.frameworks.crosswalk import comparable_pairs
from trigpoint.scoring import compile_plan
from trigpoint.scoring.mean_tree import MeanTree, build_mean_tree, climb, mean_sections
from trigpoint.scoring.question_points import QuestionPoints, list_question_points
from trigpoint.statistics.common_items import (
    DRIFTING,
    AnchorMethod,
    FormScores,
    chain_percentiles,
    drift,
    link_errors,
    link_through,
)

Floats = NDArray[np.float64]
# With fewer anchors, or ones that go less with the total, a link is worth less than a break.
FEWEST_ANCHORS = 15
LEAST_CORRELATION = 0.7
# Scores at which the link is told.
POINTS = (30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
# Ways of linking besides the lines of AnchorMethod.
PERCENTILE, GRADED = "percentile", "graded model"
PERCENTILE_DRAWS = 200
# Those of POINTS that the chart shows, by each way.
DRAWN = (40.0, 60.0, 80.0)
NAME = "linking"


@dataclass(frozen=True, slots=True)
class LinkedScore:
    """A score of the earlier version on the later scale by each way, with its standard error.

    linked, errors: by the name of the way. That of the graded model is the error of which questions are shared.
    """

    score: float
    linked: Mapping[str, float]
    errors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A question of both versions: later id, mean points in each round, change, and how far it drifts."""

    question: str
    first: float
    second: float
    drift: float


@dataclass(frozen=True, slots=True)
class Linking:
    """anchors: all; kept: those that do not drift. correlations: of anchor score and total in each round.

    no_traits: why the graded model gives no link, where it gives none.
    """

    anchors: tuple[Anchor, ...]
    kept: int
    correlations: tuple[float, float]
    links: tuple[LinkedScore, ...]
    advice: str
    no_traits: str = ""


def analyse_linking(
    first: RoundOfAnswers, second: RoundOfAnswers, measure: str, *, rng: np.random.Generator
) -> AnalysisResult[Linking]:
    """Return the link of two versions with its error, and whether it should be used.

    Raises CannotAnalyse without a crosswalk, fewer than 3 shared questions, ladders, or totals that go against anchors.
    """
    try:
        pairs = comparable_pairs(second.framework, first.framework)
    except FrameworkMismatch as error:
        raise CannotAnalyse(f"The versions can't be linked: {error}") from error
    rounds = [_Round.read(one, measure) for one in (first, second)]
    shared = [
        (pair.previous_question, question)
        for question, pair in pairs.items()
        if question in rounds[1].places and pair.previous_question in rounds[0].places
    ]
    if len(shared) < 3:
        raise CannotAnalyse(f"The versions share {len(shared)} scored questions: a link takes 3.")
    anchors = _anchors(rounds, shared)
    kept = [pair for pair, anchor in zip(shared, anchors, strict=True) if abs(anchor.drift) < DRIFTING]
    try:
        forms = [one.form([pair[at] for pair in kept]) for at, one in enumerate(rounds)]
        ways = _link(forms[0], forms[1], rng)
    except ValueError as error:
        raise CannotAnalyse(f"The versions can't be linked: {error}.") from error
    no_traits = ""
    try:
        first_trait, second_trait = (ScoredTrait.read(one.questions, one.tree, measure) for one in rounds)
        ways[GRADED] = link_by_trait(first_trait, second_trait, kept, np.array(POINTS))
    except ValueError as error:
        no_traits = str(error)
    links = _by_score(ways)
    correlations = [float(np.corrcoef(form.total, form.common)[0, 1]) for form in forms]
    advice = _advise(len(kept), correlations, links)
    numbers = Linking(tuple(anchors), len(kept), (correlations[0], correlations[1]), links, advice, no_traits)
    return _result((first, second), measure, numbers, [len(form.total) for form in forms])


@dataclass(frozen=True, slots=True)
class _Round:
    """A round's points, totals before rounding, and where each question stands."""

    questions: QuestionPoints
    tree: MeanTree
    totals: Floats
    places: Mapping[str, int]

    @classmethod
    def read(cls, given: RoundOfAnswers, measure: str) -> _Round:
        plan = compile_plan(given.framework)
        questions = list_question_points(given.answers, plan)
        tree = build_mean_tree(plan, questions)
        if measure not in tree.measures:
            raise CannotAnalyse(f"{given.framework.ref} has no measure {measure}.")
        totals = climb(tree, mean_sections(tree, questions))[measure][0]
        return cls(questions, tree, totals, {question: at for at, question in enumerate(questions.questions)})

    def mean(self, question: str) -> float:
        column = self.questions.points[:, self.places[question]]
        given = column[np.isfinite(column)]
        return float(given.mean()) if len(given) else float("nan")

    def form(self, ids: Sequence[str]) -> FormScores:
        points = self.questions.points[:, [self.places[one] for one in ids]]
        there = np.isfinite(points)
        count = there.sum(axis=1)
        common = np.where(there, points, 0.0).sum(axis=1) / np.maximum(count, 1)
        usable = np.isfinite(self.totals) & (count * 2 >= points.shape[1])
        return FormScores(self.totals[usable], common[usable])


def _anchors(rounds: Sequence[_Round], shared: Sequence[tuple[str, str]]) -> Sequence[Anchor]:
    means = np.array([[one.mean(pair[at]) for at, one in enumerate(rounds)] for pair in shared])
    changes = means[:, 1] - means[:, 0]
    known = np.isfinite(changes)
    far = np.full(len(shared), np.inf)
    far[known] = drift(changes[known])
    return [
        Anchor(question, float(mean[0]), float(mean[1]), float(away))
        for (_, question), mean, away in zip(shared, means, far, strict=True)
    ]


Ways = dict[str, tuple[Floats, Floats]]


def _link(first: FormScores, second: FormScores, rng: np.random.Generator) -> Ways:
    """By each way the scores at POINTS on the later scale, and their errors."""
    at, ways = np.array(POINTS), {}
    for method in AnchorMethod:
        link = partial(link_through, method=method)
        ways[method.value] = link(first, second).at(at), link_errors((first, second), link, at, rng=rng)
    errors = link_errors((first, second), chain_percentiles, at, rng=rng, draws=PERCENTILE_DRAWS)
    ways[PERCENTILE] = chain_percentiles(first, second).at(at), errors
    return ways


def _by_score(ways: Ways) -> tuple[LinkedScore, ...]:
    return tuple(
        LinkedScore(
            score,
            {way: float(values[row]) for way, (values, _) in ways.items()},
            {way: float(errors[row]) for way, (_, errors) in ways.items()},
        )
        for row, score in enumerate(POINTS)
    )


def _advise(kept: int, correlations: Sequence[float], links: Sequence[LinkedScore]) -> str:
    if kept < FEWEST_ANCHORS:
        return f"break the series: {kept} anchors are too few"
    if min(correlations) < LEAST_CORRELATION:
        return f"break the series: the anchors go with the total at {min(correlations):.2f} only"
    middle = links[len(links) // 2]
    apart = max(middle.linked.values()) - min(middle.linked.values())
    if apart > 2 * max(middle.errors.values()):
        return "report the change on common questions: the ways of linking differ by more than their error"
    return "a link can be used, shown with its error"


def _result(
    rounds: tuple[RoundOfAnswers, RoundOfAnswers], measure: str, found: Linking, sizes: Sequence[int]
) -> AnalysisResult[Linking]:
    answers = [one.answers for one in rounds]
    total = sum(len(one.units) for one in answers)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found),
        definition=(
            f"Scores on {measure} before rounding; {sizes[0]} units of {answers[0].round} and {sizes[1]} of "
            f"{answers[1].round} that have one and answered half of the anchors or more."
        ),
        n=sum(sizes),
        of=total,
        numbers=found,
        rows=tuple(_rows(found, sizes)),
        checked=tuple(_check(found)),
        cannot_tell=(
            "Whether organisations are what the anchors say: both rounds are self-assessed.",
            "What a changed question would have been answered in its old words.",
        ),
        charts=(_draw(found),),
        tables=(_links_table(found), _anchors_table(found)),
        left_out=_left_out(answers[0].round, len(answers[0].units) - sizes[0])
        + _left_out(answers[1].round, len(answers[1].units) - sizes[1]),
    )


def _left_out(round_id: str, count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{round_id}, unit {at + 1} of {count}", "no score, or few anchors answered") for at in range(count))


def _say(found: Linking) -> str:
    middle = found.links[len(found.links) // 2]
    low, high = min(middle.linked.values()), max(middle.linked.values())
    drifting = len(found.anchors) - found.kept
    return (
        f"The advice is: {found.advice}. A {middle.score:.0f} of the earlier version is a {low:.1f} to {high:.1f} of "
        f"the later, by the way of linking, give or take {1.96 * max(middle.errors.values()):.1f}. It rests on "
        f"{found.kept} shared questions; {drifting} more changed unlike the others."
    )


def _rows(found: Linking, sizes: Sequence[int]) -> Sequence[ResultRow]:
    n = sum(sizes)
    return [
        ResultRow("shared questions", float(len(found.anchors)), "questions", n),
        ResultRow("of them kept as anchors", float(found.kept), "questions", n),
        ResultRow("anchors with the total, earlier round", found.correlations[0], "", sizes[0]),
        ResultRow("anchors with the total, later round", found.correlations[1], "", sizes[1]),
    ]


def _links_table(found: Linking) -> ResultTable:
    names = ["earlier score"]
    for way in found.links[0].linked:
        names += [way, f"{way}, error"]
    lines = tuple(
        (one.score, *(value for way in one.linked for value in (one.linked[way], one.errors[way])))
        for one in found.links
    )
    return ResultTable("Earlier scores on the later scale", tuple(map(ResultColumn, names)), lines)


def _anchors_table(found: Linking) -> ResultTable:
    names = ("question", "mean earlier", "mean later", "change", "drift")
    lines = tuple(
        (one.question, *(None if np.isnan(value) or np.isinf(value) else value for value in _numbers(one)))
        for one in found.anchors
    )
    return ResultTable("Shared questions", tuple(map(ResultColumn, names)), lines)


def _numbers(one: Anchor) -> tuple[float, float, float, float]:
    return one.first, one.second, one.second - one.first, one.drift


def _check(found: Linking) -> Sequence[CheckedAssumption]:
    drifting = [one.question for one in found.anchors if abs(one.drift) >= DRIFTING]
    return [
        CheckedAssumption(
            f"there are {FEWEST_ANCHORS} anchors or more",
            Outcome.HOLDS if found.kept >= FEWEST_ANCHORS else Outcome.DOUBTFUL,
            f"{found.kept} are kept",
        ),
        CheckedAssumption(
            f"anchors go with the total at {LEAST_CORRELATION} or more",
            Outcome.HOLDS if min(found.correlations) >= LEAST_CORRELATION else Outcome.DOUBTFUL,
            f"{found.correlations[0]:.2f} and {found.correlations[1]:.2f}",
        ),
        CheckedAssumption(
            "anchors changed alike",
            Outcome.DOUBTFUL if drifting else Outcome.HOLDS,
            f"unlike the others: {say_list(drifting) or 'none'}",
        ),
        CheckedAssumption(
            "anchors mean the same in both rounds", Outcome.NOT_CHECKED, "reworded ones count as anchors"
        ),
        CheckedAssumption(
            "the answers bear a graded model",
            Outcome.DOUBTFUL if found.no_traits else Outcome.HOLDS,
            found.no_traits or "its error is that of which questions are shared",
        ),
    ]


def _draw(found: Linking) -> DotChart:
    rows = tuple(
        DotRow(
            f"{one.score:.0f} by {way}", (Dot(value, value - 1.96 * one.errors[way], value + 1.96 * one.errors[way]),)
        )
        for one in found.links
        if one.score in DRAWN
        for way, value in one.linked.items()
    )
    return DotChart("Earlier scores on the later scale", ("score on the later scale",), "points", rows)
