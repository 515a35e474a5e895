# SPDX-License-Identifier: MIT
"""Why this score: line by line, in exact fractions that add up to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure, Question
from trigpoint.frameworks.points import earned_points, list_points, points_table
from trigpoint.scoring.score_table import Score, ScoreTable
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import MISSING_WHERE_SHOWN, Missing
from trigpoint.submissions.tidy import number_text


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One thing that a score is made of.

    part: a question id, a measure id or a step id. answer: the label, the number or the way in which it is missing;
    None for a measure or a step. points: what it is worth by itself, on the measure's scale; None where it is left out.
    weight: its weight among the parts. adds: what it adds to the score; the lines of an explanation and its rounding
    add up to the score exactly.
    """

    part: str
    title: str
    answer: str | None
    points: Fraction | None
    weight: Fraction
    adds: Fraction
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a unit has the score it has on one measure.

    rounding: what rounding added (or took away). sum of `adds` + rounding == score.value, unless there is no score;
    then `no_score_because` says why.
    """

    measure: str
    title: str
    rule: str
    score: Score
    lines: tuple[ExplanationLine, ...]
    rounding: Fraction
    no_score_because: str = ""


def explain_score(
    framework: Framework, scores: ScoreTable, unit: int, measure_id: str, *, only: Collection[str] | None = None
) -> Explanation:
    """Return why the unit in row `unit` has its score on a measure.

    framework: the one the scores were made with, its rules included (`with_rules_of` where those are another's).
    only: the questions counted, when not all. Raises KeyError for an unknown measure.
    """
    measure = framework.measures[measure_id]
    score = scores.score(unit, measure_id)
    combine = framework.scoring.levels[measure.level].combine
    if combine == "mean_of_measures":
        lines = _measure_lines(framework, scores, unit, measure)
    else:
        given = _Given(framework, scores, unit, only)
        lines = _ladder_lines(given, measure, score) if combine == "ladder" else _question_lines(given, measure)
    before = sum((line.adds for line in lines), Fraction(0))
    return Explanation(
        measure=measure_id,
        title=measure.title,
        rule=_rule_in_words(framework, measure),
        score=score,
        lines=lines,
        rounding=Fraction(0) if score.value is None else score.value - before,
        no_score_because=_why_none(framework, measure, score, lines) if score.value is None else "",
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """One unit's answers, and what each is worth."""

    framework: Framework
    scores: ScoreTable
    unit: int
    only: Collection[str] | None

    def questions(self, measure: Measure) -> tuple[Question, ...]:
        asked = self.framework.questions_of(measure.id)
        return tuple(question for question in asked if self.only is None or question.id in self.only)

    def answer(self, question: Question) -> Answer:
        return self.scores.answers.answer(self.unit, question.id, self.framework)

    def points(self, question: Question) -> Fraction | None:
        """What the answer is worth; None when it is left out."""
        answer = self.answer(question)
        if isinstance(answer, Missing):
            return Fraction(0) if getattr(self.framework.scoring.missing, answer.value) == "zero" else None
        return Fraction(earned_points(self.framework.scoring, question, answer))

    def weight(self, question: Question) -> Fraction:
        return Fraction(self.framework.scoring.weights.questions.get(question.id, 1))

    def most(self, question: Question) -> Fraction:
        """The marks a question is out of."""
        table = points_table(self.framework.scoring, question.id, question.scale)
        assert table is not None, "a checked framework has points for every scored question"
        return Fraction(self.framework.scoring.marks_out_of.get(question.scale, max(list_points(table))))

    def shown(self, question: Question) -> str:
        return answer_in_words(self.framework, question, self.answer(question))


def answer_in_words(framework: Framework, question: Question, answer: Answer) -> str:
    """Return an answer as people read it: its label, its number, or how it is missing."""
    if isinstance(answer, Missing):
        return missing_in_words(answer.value)
    if isinstance(answer, str):
        return next(option.label for option in framework.scales[question.scale].answers if option.code == answer)
    return number_text(answer)


def missing_in_words(state: str) -> str:
    """Return how a way of being missing is said.

    >>> missing_in_words("dont_know")
    "don't know"
    """
    return state.replace("_", " ").replace("dont", "don't")


def _question_lines(given: _Given, measure: Measure) -> tuple[ExplanationLine, ...]:
    combine = given.framework.scoring.levels[measure.level].combine
    asked = given.questions(measure)
    counted = [question for question in asked if given.points(question) is not None]
    out_of = {q.id: given.most(q) if combine == "share_of_marks" else Fraction(1) for q in asked}
    total = sum((given.weight(question) * out_of[question.id] for question in counted), Fraction(0))
    factor = 1 if combine == "mean_of_questions" else 100
    return tuple(_question_line(given, question, total, factor) for question in asked)


def _question_line(given: _Given, question: Question, total: Fraction, factor: int) -> ExplanationLine:
    points, weight = given.points(question), given.weight(question)
    adds = factor * weight * points / total if points is not None and total else Fraction(0)
    return ExplanationLine(
        part=question.id,
        title=question.text,
        answer=given.shown(question),
        points=points,
        weight=weight,
        adds=adds,
        note="left out: it counts for nothing" if points is None else "",
    )


def _ladder_lines(given: _Given, measure: Measure, score: Score) -> tuple[ExplanationLine, ...]:
    ladder = given.framework.scoring.ladder
    assert ladder is not None, "a checked framework with a ladder rule has a ladder"
    if score.value is None:
        return ()
    base = Fraction(ladder.base.value)
    lines = [ExplanationLine(ladder.base.id, ladder.base.title, None, base, Fraction(1), base, "where everyone starts")]
    below, climbing = base, True
    for step in ladder.steps:
        asked = [question for question in given.questions(measure) if ladder.step_of[question.id] == step.id]
        if not asked:
            continue
        met, of, unmet = _met(given, asked)
        is_met = met >= of * Fraction(step.share_needed)
        climbing = climbing and is_met
        reached = climbing and of > 0  # as in the kernel: a step with nothing to meet is passed, not reached
        adds = step.value - below if reached else Fraction(0)
        below = Fraction(step.value) if reached else below
        note = _step_note(unmet, is_met=is_met, climbing=climbing) if of else "passed: nothing on it counts here"
        lines.append(ExplanationLine(step.id, step.title, None, met, of, adds, note))
    return tuple(lines)


def _met(given: _Given, asked: list[Question]) -> tuple[Fraction, Fraction, list[str]]:
    """The weight that is met, the weight that counts, and what is not met."""
    points = {question.id: given.points(question) for question in asked}
    met = sum((given.weight(q) * (points[q.id] or 0) for q in asked), Fraction(0))
    of = sum((given.weight(q) for q in asked if points[q.id] is not None), Fraction(0))
    return met, of, [question.id for question in asked if points[question.id] == 0]


def _step_note(unmet: list[str], *, is_met: bool, climbing: bool) -> str:
    if not is_met:
        return f"not met: {', '.join(unmet)}"
    return "met" if climbing else "met, but a step below is not"


def _measure_lines(
    framework: Framework, scores: ScoreTable, unit: int, measure: Measure
) -> tuple[ExplanationLine, ...]:
    values = {child.id: scores.score(unit, child.id).value for child in measure.measures}
    weights = {child.id: Fraction(framework.scoring.weights.measures.get(child.id, 1)) for child in measure.measures}
    total = sum((weights[child] for child, value in values.items() if value is not None), Fraction(0))
    has_score = scores.score(unit, measure.id).value is not None
    return tuple(
        ExplanationLine(
            part=child.id,
            title=child.title,
            answer=None,
            points=value,
            weight=weights[child.id],
            adds=weights[child.id] * value / total if value is not None and total and has_score else Fraction(0),
            note="left out: it has no score" if value is None else "",
        )
        for child in measure.measures
        for value in (values[child.id],)
    )


def _rule_in_words(framework: Framework, measure: Measure) -> str:
    rule = framework.scoring.levels[measure.level]
    words = {
        "mean_of_questions": "the mean of the points of its questions",
        "share_of_marks": "the marks earned as a share of the marks possible, out of 100",
        "share_met": "the share of its requirements that are met, out of 100",
        "ladder": "the highest step met together with every step below it",
        "mean_of_measures": "the mean of the measures below it",
    }[rule.combine]
    if rule.rounding is None:
        return f"{words}, not rounded"
    mode = {"half_up": "a half goes up", "half_even": "a half goes to the even neighbour", "down": "always down"}
    unit = {0: "a whole number", 1: "1 decimal"}.get(rule.rounding.digits, f"{rule.rounding.digits} decimals")
    return f"{words}, rounded to {unit} ({mode[rule.rounding.mode]})"


def _why_none(framework: Framework, measure: Measure, score: Score, lines: tuple[ExplanationLine, ...]) -> str:
    rule = framework.scoring.levels[measure.level]
    empty = [line.part for line in lines if line.points is None]
    if score.asked == 0:
        return "no question of it is asked here"
    if score.answered == 0:
        return "no question of it was answered"
    least = rule.minimum_answered
    if least is not None and score.answered < score.asked * Fraction(least):
        needed = f"{(Decimal(least) * 100).normalize():f}%"
        return f"{score.answered} of {score.asked} questions answered is under the {needed} that it needs"
    if rule.combine == "mean_of_measures":
        needed = "every measure below it" if rule.empty_measures == "no_score" else "a measure below it that counts"
        return f"it needs a score on {needed}, and there is none on {', '.join(empty)}"
    states = [state.value for state in MISSING_WHERE_SHOWN]
    barred = [state for state in states if getattr(framework.scoring.missing, state) == "no_score"]
    if any(getattr(score, state) for state in barred):
        ways = " or ".join(map(missing_in_words, barred))
        return f"an answer is missing ({ways}), which allows no score"
    return "no question that counts was answered"
