# SPDX-License-Identifier: MIT
"""Which questions a unit is shown: its care settings and its own earlier answers decide."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import numpy as np

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Exact, ShownWhen
from trigpoint.submissions.answers import Answer, AnswerTable, code_of
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.units import Unit


def shown_questions(framework: Framework, unit: Unit, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the ids of the questions this unit is shown, in order.

    A question is shown when it is asked in one of the unit's care settings and its routing, if any, is met: an
    earlier question is itself shown and has one of the answers that open this one.
    """
    shown: dict[str, None] = {}
    for question in framework.content.questions:
        routes = question.routes
        is_open = not routes or any(_route_is_met(route, shown, answers) for route in routes)
        if is_open and question.is_asked_in(unit.care_settings):
            shown[question.id] = None
    return tuple(shown)


def _route_is_met(route: ShownWhen, shown: Mapping[str, None], answers: Mapping[str, Answer]) -> bool:
    return route.question in shown and condition_is_met(route, answers.get(route.question, Missing.NOT_ANSWERED))


def condition_is_met(condition: ShownWhen, answer: Answer) -> bool:
    """Return whether the answer to a condition's question is one that meets it; what is not shown never does."""
    if isinstance(answer, Missing):
        return answer.value in condition.answers
    if isinstance(answer, str):
        return answer in condition.answers
    return condition.at_least is not None and answer >= float(condition.at_least)


def complete_answers(framework: Framework, unit: Unit, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return an answer for every question: as given, not shown where it is not shown, not answered for the rest.

    An answer given to a question that is not shown does not count: it becomes not shown.
    """
    shown = set(shown_questions(framework, unit, answers))
    return {
        question: answers.get(question, Missing.NOT_ANSWERED) if question in shown else Missing.NOT_SHOWN
        for question in framework.questions
    }


def keep_answers(
    framework: Framework, unit: Unit, answers: Mapping[str, Answer], *, hidden_measures: Container[str] = ()
) -> dict[str, Answer]:
    """Return an answer for every question: what was given stands, also where the question should not have been shown.

    The rest is not shown where it is not shown or counts towards one of `hidden_measures`, else not answered. This is
    for answers already collected, which counted as they were given.
    """
    shown = set(shown_questions(framework, unit, answers))
    blank = {
        question.id: Missing.NOT_ANSWERED
        if question.id in shown and question.measure not in hidden_measures
        else Missing.NOT_SHOWN
        for question in framework.content.questions
    }
    return blank | dict(answers)


def build_answers(
    framework: Framework, returns: Iterable[tuple[Unit, Mapping[str, Answer]]], *, round_id: str | None = None
) -> AnswerTable:
    """Return the answer table of some returns, each a unit with its answers by question id.

    What a return leaves out is not answered, or not shown where routing or care setting hides it. Raises KeyError
    for a question that the framework does not have and ValueError for an answer that its scale does not have: check
    first. Whether a number lies within its range is for `check_answers` to say.
    """
    rows = [(unit, complete_answers(framework, unit, _known(framework, answers))) for unit, answers in returns]
    return fill_table(framework, rows, round_id=round_id)


def fill_table(
    framework: Framework, rows: Sequence[tuple[Unit, Mapping[str, Answer]]], *, round_id: str | None = None
) -> AnswerTable:
    """Return the answer table of units that have an answer, or a way of being missing, for every question."""
    questions = tuple(framework.questions)
    codes = {question: framework.scale_of(question).codes for question in questions}
    table = np.full((len(rows), len(questions)), CODE_OF[Missing.NOT_ANSWERED], dtype=np.uint8)
    for row, (_, answers) in enumerate(rows):
        table[row] = [code_of(answers[question], codes[question]) for question in questions]
    return AnswerTable(
        framework=framework.ref,
        framework_hash=framework.hash,
        round=round_id if round_id is not None else framework.content.round,
        units=tuple(unit for unit, _ in rows),
        questions=questions,
        codes=table,
        numbers=_numbers(framework, [answers for _, answers in rows]),
    )


def _known(framework: Framework, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    unknown = sorted(set(answers) - set(framework.questions))
    if unknown:
        raise KeyError(f"{framework.ref} has no question {', '.join(unknown)}")
    return answers


def _numbers(framework: Framework, rows: Sequence[Mapping[str, Answer]]) -> dict[str, np.ndarray]:
    return {
        question.id: np.array([_number(answers[question.id]) for answers in rows], dtype=np.float64)
        for question in framework.content.questions
        if framework.scale_of(question.id).number is not None
    }


def _number(answer: Answer) -> float:
    return float("nan") if isinstance(answer, Missing | str) else float(answer)


def as_answer(value: str | Exact) -> Answer:
    """Return the answer that a word or number in a file stands for: a missing state by name, a number, or a code."""
    if not isinstance(value, str):
        return float(value)
    return next((state for state in Missing if state.value == value), value)
