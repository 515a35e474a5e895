# SPDX-License-Identifier: MIT
"""Made-up returns that climb from the lowest answers to the highest, to see what a framework's scores can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Exact, NumberRange, PointsTable
from trigpoint.frameworks.points import points_of, points_table
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.missing import MISSING_WHERE_SHOWN, Missing
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.units import Unit

# In the second climb one question in five stays missing, each in another way.
MISSING_EVERY = 5

# Question → its answers, the one with the fewest points first.
Rising = Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class ClimbedReturns:
    """Returns of one care setting, or of all together, each with one answer raised from the one before.

    The first has the lowest answers.

    raised: the question raised on the way to each return but the first.
    is_complete: no answer is missing but of questions that are not shown.
    """

    answers: AnswerTable
    raised: tuple[str, ...]
    is_complete: bool


def list_climbs(framework: Framework) -> Iterator[ClimbedReturns]:
    """Yield two climbs through every care setting, and through all together, as some questions need two of them.

    The first climb raises question after question, the second all in turn among missing answers.
    """
    ladder = framework.scoring.ladder
    steps = [step.id for step in ladder.steps] if ladder else []
    place = {question: steps.index(step) for question, step in ladder.step_of.items()} if ladder else {}
    # On a ladder the lower steps come first, else most levels would be jumped over.
    order = sorted(framework.questions, key=lambda question: place.get(question, -1))
    rising = {question: rising_answers(framework, question) for question in order}
    ways = MISSING_WHERE_SHOWN
    missing = {question: ways[at % len(ways)] for at, question in enumerate(order) if at % MISSING_EVERY == 0}
    settings = tuple(setting.id for setting in framework.content.care_settings)
    # Without care settings, or with one alone, all together is the one way of being asked.
    for care_settings in dict.fromkeys((*((setting,) for setting in settings), settings)):
        unit = Unit("TRIAL", care_settings=care_settings)
        yield _climb(framework, unit, rising, _one_after_another(rising), {})
        yield _climb(framework, unit, rising, _in_turn(rising), missing)


def rising_answers(framework: Framework, question: str) -> tuple[Answer, ...]:
    """Return the answers of a question by rising points; of a number the lowest and those on a threshold or routed by.

    Answers of equal points, and those of an unscored question, keep the order of the scale.
    """
    scale = framework.scale_of(question)
    is_scored = framework.questions[question].measure is not None
    table = points_table(framework.scoring, question, scale.id) if is_scored else None
    if scale.number is None:
        return tuple(sorted(scale.codes, key=lambda code: _worth(table, code)))
    thresholds = table if isinstance(table, tuple) else ()
    lows = [scale.number.minimum, *(low for low, _ in thresholds), *_routing_numbers(framework, question)]
    numbers = {number for low in lows if (number := first_number(scale.number, low)) is not None}
    return tuple(float(number) for number in sorted(numbers, key=lambda one: (_worth(table, one), one)))


def first_number(limits: NumberRange, low: Exact) -> Exact | None:
    """Return the lowest number of a range that is at least `low`; None when the range ends below it."""
    number = max(low, limits.minimum)
    number = ceil(number) if limits.whole else number
    return None if limits.maximum is not None and number > limits.maximum else number


def _worth(table: PointsTable | None, answer: str | Exact) -> Exact:
    """What an answer is worth; 0 for every answer to a question that is not scored."""
    points = points_of(table, answer) if table is not None else None
    return points if points is not None else 0


def _routing_numbers(framework: Framework, question: str) -> list[Exact]:
    routes = [route for one in framework.content.questions for route in one.routes if route.question == question]
    return [route.at_least for route in routes if route.at_least is not None]


def _one_after_another(rising: Rising) -> list[tuple[str, Answer]]:
    return [(question, answer) for question, answers in rising.items() for answer in answers[1:]]


def _in_turn(rising: Rising) -> list[tuple[str, Answer]]:
    longest = max(len(answers) for answers in rising.values())
    return [
        (question, answers[step])
        for step in range(1, longest)
        for question, answers in rising.items()
        if step < len(answers)
    ]


def _climb(
    framework: Framework,
    unit: Unit,
    rising: Rising,
    raises: Sequence[tuple[str, Answer]],
    missing: Mapping[str, Missing],
) -> ClimbedReturns:
    lowest = {question: answers[0] for question, answers in rising.items() if answers}
    here: dict[str, Answer] = {**lowest, **missing}
    raised = [(question, answer) for question, answer in raises if question not in missing]
    returns = [here]
    for question, answer in raised:
        here = {**here, question: answer}
        returns.append(here)
    answers = build_answers(framework, [(unit, one) for one in returns])
    return ClimbedReturns(answers, tuple(question for question, _ in raised), is_complete=not missing)
