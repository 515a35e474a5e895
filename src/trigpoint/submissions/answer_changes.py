# SPDX-License-Identifier: MIT
"""What has changed in a submission since the last round, question by question, where the two can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from trigpoint.frameworks.crosswalk import comparable_pairs
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Scale
from trigpoint.submissions.answers import Answer, is_in_scale
from trigpoint.submissions.missing import Missing


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question whose answer is not what it was. before, now: an answer, or a way of being missing."""

    question: str
    previous_question: str
    before: Answer
    now: Answer


@dataclass(frozen=True, slots=True)
class AnswerChanges:
    """What has changed since the last round; each question stands in one of these at most, in the order asked.

    up, down:             answered both times, now further along the scale, or less far.
    same:                 how many were answered both times alike.
    newly_not_applicable: not applicable now, and not last time.
    newly_answered:       answered now, and not last time.
    no_longer_answered:   answered last time; now don't know, not answered or not shown.
    not_comparable:       answered or not applicable now, but not asked last time on the same scale.
    """

    up: tuple[AnswerChange, ...]
    down: tuple[AnswerChange, ...]
    same: int
    newly_not_applicable: tuple[AnswerChange, ...]
    newly_answered: tuple[AnswerChange, ...]
    no_longer_answered: tuple[AnswerChange, ...]
    not_comparable: tuple[str, ...]


def compare_submissions(
    framework: Framework,
    answers: Mapping[str, Answer],
    previous_framework: Framework,
    previous_answers: Mapping[str, Answer],
) -> AnswerChanges:
    """Return what has changed from the answers of the last round to those of this one.

    answers, previous_answers: of one unit, or of the organisation, each by the question ids of its own framework;
    a question that is not there is not answered. Compared are questions that the crosswalk calls same or reworded.
    Raises FrameworkMismatch when there is no crosswalk between two versions.
    """
    pairs = comparable_pairs(framework, previous_framework)
    found: defaultdict[_Way, list[AnswerChange]] = defaultdict(list)
    not_comparable = []
    for question in framework.questions:
        now = answers.get(question, Missing.NOT_ANSWERED)
        if question in pairs:
            previous_question = pairs[question].previous_question
            before = previous_answers.get(previous_question, Missing.NOT_ANSWERED)
            way = _way(framework.scale_of(question), before, now)
            found[way].append(AnswerChange(question, previous_question, before, now))
        else:
            way = _Way.NOT_COMPARABLE
        if way is _Way.NOT_COMPARABLE and _says_something(now):
            not_comparable.append(question)
    return AnswerChanges(
        up=tuple(found[_Way.UP]),
        down=tuple(found[_Way.DOWN]),
        same=len(found[_Way.SAME]),
        newly_not_applicable=tuple(found[_Way.NEWLY_NOT_APPLICABLE]),
        newly_answered=tuple(found[_Way.NEWLY_ANSWERED]),
        no_longer_answered=tuple(found[_Way.NO_LONGER_ANSWERED]),
        not_comparable=tuple(not_comparable),
    )


class _Way(Enum):
    """In which way one answer has changed; NOT_COMPARABLE where no way can be told."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NEWLY_NOT_APPLICABLE = "newly_not_applicable"
    NEWLY_ANSWERED = "newly_answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    NOT_COMPARABLE = "not_comparable"
    STILL_MISSING = "still_missing"


def _says_something(answer: Answer) -> bool:
    return not isinstance(answer, Missing) or answer is Missing.NOT_APPLICABLE


def _way(scale: Scale, before: Answer, now: Answer) -> _Way:
    """The way from one answer to another to a question asked on this scale both times."""
    if now is Missing.NOT_APPLICABLE:
        return _Way.STILL_MISSING if before is now else _Way.NEWLY_NOT_APPLICABLE
    if isinstance(now, Missing):
        return _Way.STILL_MISSING if isinstance(before, Missing) else _Way.NO_LONGER_ANSWERED
    if isinstance(before, Missing):
        return _Way.NEWLY_ANSWERED
    if not (is_in_scale(scale, before) and is_in_scale(scale, now)):
        return _Way.NOT_COMPARABLE
    was, has_become = _position(scale, before), _position(scale, now)
    if was == has_become:
        return _Way.SAME
    return _Way.UP if has_become > was else _Way.DOWN


def _position(scale: Scale, answer: str | float) -> float:
    """How far along its scale an answer is: its place from the least, or the number itself."""
    return float(scale.codes.index(answer)) if isinstance(answer, str) else answer
