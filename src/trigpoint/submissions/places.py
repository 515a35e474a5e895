# SPDX-License-Identifier: MIT
"""Where an organisation gives each of its answers: once for the organisation, or once in each care setting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import ASKED_OF_ORGANISATION, Question
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import complete_answers, shown_questions
from trigpoint.submissions.units import Unit

# What `asked_in` says of a question that is answered once; no care setting may have it as its id.
ORGANISATION: Final = ASKED_OF_ORGANISATION


class AnswerPlace(NamedTuple):
    """Where one answer of an organisation stands in a round.

    asked_in: ORGANISATION where it counts in every unit, else the care setting of its unit.

    A named tuple, as it is the key of every answer: it hashes four times as fast as a frozen dataclass.
    """

    asked_in: str
    question: str


PlacedAnswers = Mapping[AnswerPlace, Answer]


def place_of(question: Question, unit: Unit) -> AnswerPlace:
    """Return where a unit's answer to a question stands: with the organisation, or with the unit alone."""
    return AnswerPlace(ORGANISATION if question.is_asked_once else unit.care_setting, question.id)


def spread_answers(
    framework: Framework,
    unit: Unit,
    *,
    organisation_answers: Mapping[str, Answer],
    unit_answers: Mapping[str, Answer],
) -> dict[str, Answer]:
    """Return the answer of one unit to every question; what the organisation answered once counts in it.

    organisation_answers, unit_answers: by question id. An answer on the wrong side, and one to a question that the
    unit is not shown, does not count. What is shown and has no answer is not answered.
    """
    return complete_answers(framework, unit, _merged(framework, organisation_answers, unit_answers))


def answers_of_unit(framework: Framework, unit: Unit, answers_by_place: PlacedAnswers) -> dict[str, Answer]:
    """Return the answer of one unit to every question, out of all answers of its organisation.

    Not shown where the unit is not shown the question, not answered where it is shown and has no answer.
    """
    by_side = _by_side(answers_by_place)
    return complete_answers(framework, unit, _merged(framework, by_side[ORGANISATION], by_side[unit.care_setting]))


def asked_places(
    framework: Framework, units: Sequence[Unit], answers_by_place: PlacedAnswers
) -> tuple[AnswerPlace, ...]:
    """Return the places that an organisation is asked to answer, given the answers so far.

    units: those of one organisation, each in its own care setting. Once for the organisation comes first, then unit
    by unit, each in the order of the questions. A question for the organisation is asked when any unit is shown it.
    """
    by_side = _by_side(answers_by_place)
    places: dict[AnswerPlace, None] = {}
    once: set[str] = set()
    for unit in units:
        answers = _merged(framework, by_side[ORGANISATION], by_side[unit.care_setting])
        for question in shown_questions(framework, unit, answers):
            if question in framework.asked_once:
                once.add(question)
            else:
                places[AnswerPlace(unit.care_setting, question)] = None
    return (*(AnswerPlace(ORGANISATION, question) for question in framework.asked_once if question in once), *places)


def _by_side(answers_by_place: PlacedAnswers) -> Mapping[str, Mapping[str, Answer]]:
    """The answers by question for the organisation and for each care setting; empty where there is none."""
    by_side: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for (asked_in, question), answer in answers_by_place.items():
        by_side[asked_in][question] = answer
    return by_side


def _merged(framework: Framework, once: Mapping[str, Answer], in_unit: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers of one unit, each taken from the side on which its question is asked."""
    return {
        **{question: answer for question, answer in in_unit.items() if question not in framework.asked_once},
        **{question: answer for question, answer in once.items() if question in framework.asked_once},
    }
