# SPDX-License-Identifier: MIT
"""What would lift a score into the next band: the fewest answers found that do it, proved by scoring them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Exact, Measure, Question
from trigpoint.frameworks.points import earned_points
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.explain import answer_in_words
from trigpoint.scoring.kernel import score_answers
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.score_table import Score
from trigpoint.scoring.trials import rising_answers
from trigpoint.submissions.answers import Answer, AnswerTable, code_of
from trigpoint.submissions.missing import Missing

Changes = Mapping[str, Answer]

NO_GAIN = (False, Fraction(0))


@dataclass(frozen=True, slots=True)
class LiftStep:
    """One answer that would have to be another. Both answers in words."""

    question: str
    title: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Lift:
    """The way from a score to the next band (or step of the ladder).

    steps: few answers that together do it, the largest gain first; empty when there is no band above, or no way.
    then: the score with them; None when there is no way. It says what the rules would give, not what is easy to do.
    """

    measure: str
    now: Score
    then: Score | None
    steps: tuple[LiftStep, ...]


def find_lift(framework: Framework, answers: AnswerTable, unit: int, measure_id: str) -> Lift:
    """Return what would lift one unit's score on a measure by one band.

    Which questions are shown stays as it is. Gains are compared before rounding, so a step is never dropped because
    rounding hides it; whether the band is reached is then judged by the framework's own rules.
    Raises KeyError for an unknown measure.
    """
    search = _Search(
        framework=framework,
        answers=answers.only(slice(unit, unit + 1)),
        measure=framework.measures[measure_id],
        plan=_plan(framework, answers),
        unrounded=_plan(_without_rounding(framework), answers),
    )
    now = search.judge({})
    changes = _climb(search, now)
    if changes is None:
        return Lift(measure_id, now, None, ())
    steps = tuple(search.step(question, answer) for question, answer in changes.items())
    return Lift(measure_id, now, search.judge(changes), steps)


def _climb(search: _Search, now: Score) -> Changes | None:
    """Take the move with the most gain per answer until the next band is reached, then give back what wasn't needed."""
    changes: dict[str, Answer] = {}
    if not search.has_next(now):
        return None
    while not search.is_lifted(now, changes):
        moves = list(search.moves(changes))
        before, *after = search.measure_unrounded([changes, *({**changes, **move} for move in moves)])
        gains = [_gain(before, value, len(move)) for value, move in zip(after, moves, strict=True)]
        if max(gains, default=NO_GAIN) <= NO_GAIN:
            # No move helps by itself, as where a score needs several answers more before there is one.
            from_above = _descend(search, now)
            return None if from_above is None else _give_back(search, now, from_above)
        changes.update(moves[gains.index(max(gains))])
    return _give_back(search, now, changes)


def _gain(before: Fraction | None, after: Fraction | None, answers: int) -> tuple[bool, Fraction]:
    """What orders moves: whether there is a score where there was none, then the points gained for each answer."""
    if after is None:
        return NO_GAIN
    return before is None, (after - (before if before is not None else 0)) / answers


def _order(value: Fraction | None) -> tuple[bool, Fraction]:
    """What orders scores: no score stands below every score."""
    return (False, Fraction(0)) if value is None else (True, value)


def _descend(search: _Search, now: Score) -> Changes | None:
    """Start with every answer at its best; take back the most harmful, one by one, until the next band is reached."""
    changes: Changes = {name: answer for move in search.moves({}) for name, answer in move.items()}
    while not search.is_lifted(now, changes):
        options = [_without(changes, question) for question in changes]
        before, *after = map(_order, search.measure_unrounded([changes, *options]))
        if max(after, default=before) <= before:
            return None
        changes = options[after.index(max(after))]
    return changes


def _give_back(search: _Search, now: Score, changes: Changes) -> Changes:
    """Drop each change that is not needed, lower each to the least answer that does; until nothing more can go."""
    kept = changes
    for question in reversed(list(changes)):
        lower = [{**kept, question: answer} for answer in search.answers_below(question, kept[question])]
        options = [_without(kept, question), *lower, kept]
        kept = next(option for option in options if search.is_lifted(now, option))
    return kept if kept == changes else _give_back(search, now, kept)


def _without(changes: Changes, question: str) -> Changes:
    return {name: answer for name, answer in changes.items() if name != question}


@dataclass(frozen=True, slots=True)
class _Search:
    """One unit's answers and the ways of scoring changed ones."""

    framework: Framework
    answers: AnswerTable
    measure: Measure
    plan: ScoringPlan
    unrounded: ScoringPlan

    def judge(self, changes: Changes) -> Score:
        """The score under the framework's own rules."""
        return score_answers(self._variants([changes]), self.plan).score(0, self.measure.id)

    def measure_unrounded(self, options: Sequence[Changes]) -> list[Fraction | None]:
        """The scores as they would be without rounding at any level; None where there is none."""
        scores = score_answers(self._variants(options), self.unrounded)
        return [scores.score(row, self.measure.id).value for row in range(len(options))]

    def has_next(self, now: Score) -> bool:
        bands = self.framework.scoring.bands
        if bands is not None:
            return now.band != bands.bands[-1].id
        ladder = self.framework.scoring.ladder
        return ladder is not None and (now.value is None or now.value < ladder.steps[-1].value)

    def is_lifted(self, now: Score, changes: Changes) -> bool:
        then = self.judge(changes)
        bands = self.framework.scoring.bands
        if bands is None:
            return then.value is not None and (now.value is None or then.value > now.value)
        order = [None, *(band.id for band in bands.bands)]
        return order.index(then.band) > order.index(now.band)

    def moves(self, changes: Changes) -> Iterator[Changes]:
        """The single moves from here: one answer to its best, or what is unmet on the next step of a ladder."""
        ladder = self.framework.scoring.ladder
        for measure in self.measure.walk():
            open_questions = [q for q in self.framework.questions_of(measure.id) if self._can_rise(q, changes)]
            if ladder is None:
                yield from ({question.id: self.best(question)} for question in open_questions)
                continue
            unmet: dict[str, Answer] = {}
            for step in ladder.steps:
                here = {q.id: self.best(q) for q in open_questions if ladder.step_of[q.id] == step.id}
                unmet |= here
                if here:
                    yield dict(unmet)

    def _can_rise(self, question: Question, changes: Changes) -> bool:
        if question.id in changes:
            return False
        answer = self.answers.answer(0, question.id, self.framework)
        if isinstance(answer, Missing):
            return answer not in {Missing.NOT_SHOWN, Missing.NOT_APPLICABLE}
        return self._points(question.id, answer) < self._points(question.id, self.best(question))

    def best(self, question: Question) -> Answer:
        """The answer with the most points; of several the least demanding."""
        return max(rising_answers(self.framework, question.id), key=lambda answer: self._points(question.id, answer))

    def answers_below(self, question: str, top: Answer) -> tuple[Answer, ...]:
        """The answers worth more than the present one and less than `top`, least first."""
        now = self.answers.answer(0, question, self.framework)
        return tuple(
            answer
            for answer in rising_answers(self.framework, question)
            if self._points(question, answer) < self._points(question, top)
            and (isinstance(now, Missing) or self._points(question, answer) > self._points(question, now))
        )

    def _points(self, question: str, answer: Answer) -> Exact:
        assert not isinstance(answer, Missing), "only given answers are compared"
        return earned_points(self.framework.scoring, self.framework.questions[question], answer)

    def step(self, question_id: str, answer: Answer) -> LiftStep:
        question = self.framework.questions[question_id]
        now = answer_in_words(self.framework, question, self.answers.answer(0, question_id, self.framework))
        return LiftStep(question_id, question.text, now, answer_in_words(self.framework, question, answer))

    def _variants(self, options: Sequence[Changes]) -> AnswerTable:
        """The unit's answers once for each set of changes."""
        table = self.answers.only(np.zeros(len(options), dtype=np.intp))
        for row, changes in enumerate(options):
            for question, answer in changes.items():
                column = table.questions.index(question)
                table.codes[row, column] = code_of(answer, self.framework.scale_of(question).codes)
                if question in table.numbers and not isinstance(answer, str | Missing):
                    table.numbers[question][row] = answer
        return table


def _plan(framework: Framework, answers: AnswerTable) -> ScoringPlan:
    """The plan of a framework whose rules may be another version's, or without rounding, for the answers in hand."""
    return replace(compile_plan(framework), framework_hash=answers.framework_hash)


def _without_rounding(framework: Framework) -> Framework:
    levels = {name: replace(rule, rounding=None) for name, rule in framework.scoring.levels.items()}
    return Framework(framework.content, replace(framework.scoring, levels=levels))
