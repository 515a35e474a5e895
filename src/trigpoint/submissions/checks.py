# SPDX-License-Identifier: MIT
"""What is still open in a submission before it is handed in: blanks, contradictions, missing evidence or reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Contradiction
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, place_of
from trigpoint.submissions.questionnaire import complete_answers, condition_is_met
from trigpoint.submissions.units import Unit

UnitAnswers = tuple[Unit, Mapping[str, Answer]]


class FindingKind(Enum):
    """What is found: in this order where one place has several."""

    NOT_ANSWERED = "not_answered"
    CONTRADICTORY = "contradictory"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_EXPLAINED = "not_explained"  # said not to apply, and no note says why


@dataclass(frozen=True, slots=True)
class SubmissionFinding:
    """One thing to look at before a submission is handed in.

    places: where it is, in the order asked: one place, or for a contradiction one for each of its conditions.
    contradiction: the rule that is broken; None for the other kinds.
    is_explained: whether a contradiction has a note at one of its places; False for the other kinds.
    """

    kind: FindingKind
    places: tuple[AnswerPlace, ...]
    contradiction: Contradiction | None = None
    is_explained: bool = False


def check_submission(
    framework: Framework,
    units_with_answers: Sequence[UnitAnswers],
    *,
    evidence: Set[AnswerPlace],
    notes: Set[AnswerPlace],
) -> tuple[SubmissionFinding, ...]:
    """Return everything that is open in the submission of one organisation, each thing once.

    units_with_answers: its units, each with its answers by question id as `spread_answers` gives them; an answer to a
        question that the unit is not shown does not count.
    evidence, notes: the places that have evidence, or a note.
    In the order asked: what is answered once for the organisation, then unit by unit. A contradiction stands where
    its first question is asked. Questions of the organisation are not repeated for each unit.
    """
    order = _order(framework, units_with_answers)
    found: dict[SubmissionFinding, None] = {}
    for unit, answers in units_with_answers:
        complete = complete_answers(framework, unit, answers)
        found |= dict.fromkeys(_open_places(framework, unit, complete, evidence))
        found |= dict.fromkeys(_not_explained(framework, unit, complete, notes))
        found |= dict.fromkeys(_contradictions(framework, unit, complete, notes, order))
    kinds = list(FindingKind)
    return tuple(sorted(found, key=lambda one: (order[one.places[0]], kinds.index(one.kind))))


def _order(framework: Framework, units_with_answers: Sequence[UnitAnswers]) -> Mapping[AnswerPlace, int]:
    """Every place of the submission with its position: the organisation's, then unit by unit."""
    places = [
        place_of(question, unit)
        for unit, _ in units_with_answers
        for question in sorted(framework.content.questions, key=lambda question: not question.is_asked_once)
    ]
    return {place: at for at, place in enumerate(dict.fromkeys(places))}


def _open_places(
    framework: Framework, unit: Unit, answers: Mapping[str, Answer], evidence: Set[AnswerPlace]
) -> Iterator[SubmissionFinding]:
    """What one unit has not answered, and what it answered without the evidence that was asked for."""
    for question in framework.content.questions:
        answer, place = answers[question.id], place_of(question, unit)
        if answer is Missing.NOT_ANSWERED:
            yield SubmissionFinding(FindingKind.NOT_ANSWERED, (place,))
        elif question.evidence is not None and not isinstance(answer, Missing) and place not in evidence:
            yield SubmissionFinding(FindingKind.EVIDENCE_MISSING, (place,))


def _not_explained(
    framework: Framework, unit: Unit, answers: Mapping[str, Answer], notes: Set[AnswerPlace]
) -> Iterator[SubmissionFinding]:
    """What one unit says does not apply to it, without a note that says why."""
    for question in framework.content.questions:
        place = place_of(question, unit)
        if answers[question.id] is Missing.NOT_APPLICABLE and place not in notes:
            yield SubmissionFinding(FindingKind.NOT_EXPLAINED, (place,))


def _contradictions(
    framework: Framework,
    unit: Unit,
    answers: Mapping[str, Answer],
    notes: Set[AnswerPlace],
    order: Mapping[AnswerPlace, int],
) -> Iterator[SubmissionFinding]:
    """The contradictions in the answers of one unit, those of the organisation included."""
    for contradiction in framework.content.contradictions:
        if all(condition_is_met(condition, answers[condition.question]) for condition in contradiction.when):
            asked = [place_of(framework.questions[condition.question], unit) for condition in contradiction.when]
            places = tuple(sorted(asked, key=order.__getitem__))
            is_explained = not notes.isdisjoint(places)
            yield SubmissionFinding(FindingKind.CONTRADICTORY, places, contradiction, is_explained)
