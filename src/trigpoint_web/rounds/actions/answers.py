# SPDX-License-Identifier: MIT
"""Saving an answer: checked against the version it replaces, added to the table, counted; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.frameworks import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.frameworks.model import NumberRange, Question
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace, PlacedAnswers, asked_places
from trigpoint.submissions.units import Unit
from trigpoint_web.accounts.models import User
from trigpoint_web.prepared import PreparedQuery, PreparedWrite
from trigpoint_web.rounds.actions.steps import start_submission
from trigpoint_web.rounds.adapters import answer_of, fields_of_answer
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused
from trigpoint_web.rounds.models import Answer, AnswerSource, Submission, TimeSpent
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.queries.answers import find_current_answer, find_framework, list_units, read_answers

# A page that was open for longer was left open, not worked on: the burden counts this much of it (15 minutes).
LONGEST_TIME_SPENT = 15 * 60
LONGEST_TEXT = 4000  # of a note or a reason: two pages


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as somebody gives it.

    replaces: the version it was typed over, 0 where there was none. note None: the note stays as it is.
    seconds: for how long the page was open; None where nobody knows.
    """

    place: AnswerPlace
    answer: CoreAnswer
    replaces: int
    note: str | None = None
    reason: str = ""
    source: AnswerSource = AnswerSource.SCREEN
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What stands after saving. was_changed: False when the same answer stood there already."""

    version: int
    at: datetime
    was_changed: bool


def save_answer(given: GivenAnswer, *, submission: Submission, by: User, at: datetime) -> SavedAnswer:
    """Add an answer to a submission; return what stands.

    The same answer a second time changes nothing, so a button pressed twice does no harm. Raises NotOpen, AnswerRefused
    for one that can't stand there, and AnswerConflict when another version stands than the one it replaces.
    """
    with transaction.atomic():
        locked = lock_submission(submission)
        require_open(locked, at)
        saved = _add_version(given, locked, by, at)
        _record_time(given, locked, by, at)
    return saved


def save_answers(given: list[GivenAnswer], *, submission: Submission, by: User, at: datetime) -> list[SavedAnswer]:
    """Add several answers as one: all of them or, when one is refused, none. Raises as `save_answer`."""
    with transaction.atomic():
        locked = lock_submission(submission)
        require_open(locked, at)
        return [_add_version(one, locked, by, at) for one in given]


_LOCKED = PreparedQuery[Submission](
    lambda pk: Submission.objects.select_for_update(of=("self",)).select_related("round", "organisation").filter(pk=pk),
    int,
)


def lock_submission(submission: Submission) -> Submission:
    """Return the submission as it is now, with its round and organisation, locked until the transaction ends."""
    (locked,) = _LOCKED.instances(submission.pk)
    return locked


_INSERT = PreparedWrite(Answer)
_UPDATE = PreparedWrite(
    Submission, "state", "started_at", "asked_count", "dealt_with_count", "last_activity_at", "last_activity_by"
)


def _add_version(given: GivenAnswer, submission: Submission, by: User, at: datetime) -> SavedAnswer:
    framework = find_framework(submission)
    require_answer_fits(given.place, given.answer, framework=framework, submission=submission)
    current = find_current_answer(submission, given.place)
    note = _note(given, "" if current is None else current.note)
    if current is not None and answer_of(current) == given.answer and current.note == note:
        return SavedAnswer(current.version, current.at, was_changed=False)
    if (0 if current is None else current.version) != given.replaces:
        raise AnswerConflict(current)
    answer = Answer(
        submission=submission,
        asked_in=given.place.asked_in,
        question=given.place.question,
        version=given.replaces + 1,
        note=note,
        reason=given.reason.strip()[:LONGEST_TEXT],
        source=given.source,
        by=by,
        at=at,
        **fields_of_answer(given.answer),
    )
    _INSERT.write(answer)
    before = Missing.NOT_ANSWERED if current is None else answer_of(current)
    _count(submission, framework, given, before)
    _touch(submission, by, at)
    return SavedAnswer(given.replaces + 1, at, was_changed=True)


def _note(given: GivenAnswer, standing: str) -> str:
    if given.note is None:
        return standing
    if len(given.note) > LONGEST_TEXT:
        raise AnswerRefused(f"The note has {len(given.note):,} characters. It can have {LONGEST_TEXT:,} at most.")
    return given.note.strip()


def require_answer_fits(
    place: AnswerPlace, answer: CoreAnswer, *, framework: Framework, submission: Submission
) -> None:
    """Raise AnswerRefused when the answer can't stand at the place: unknown, outside its scale, or not shown now."""
    question = framework.questions.get(place.question)
    if question is None:
        raise AnswerRefused(f"{framework.ref} has no question {place.question!r}.")
    if not _is_in_scale(framework, question, answer):
        raise AnswerRefused("That is not one of the answers to this question. Choose one of those shown.")
    # The organisation's own questions are in one place; so are those of each unit that the submission has.
    if (place.asked_in == ORGANISATION) != question.is_asked_once:
        raise AnswerRefused("This question is not asked there.")
    if not _is_always_shown(question) or place.asked_in != ORGANISATION:
        units = list_units(submission)
        answers = read_answers(submission) if question.routes else {}
        if place not in asked_places(framework, units, answers):
            raise AnswerRefused(
                "This question is not shown to you: it depends on another answer, or on a care setting."
            )


def _is_always_shown(question: Question) -> bool:
    return not question.routes and not question.care_settings


def _is_in_scale(framework: Framework, question: Question, answer: CoreAnswer) -> bool:
    scale = framework.scale_of(question.id)
    if isinstance(answer, Missing):
        return answer is Missing.NOT_ANSWERED or answer in missing_offered(framework, question)
    if isinstance(answer, str):
        return answer in scale.codes
    return scale.number is not None and _is_in_range(answer, scale.number)


def _is_in_range(number: float, limits: NumberRange) -> bool:
    is_high_enough = number >= float(limits.minimum)
    is_low_enough = limits.maximum is None or number <= float(limits.maximum)
    return is_high_enough and is_low_enough and (not limits.whole or number == int(number))


def _count(submission: Submission, framework: Framework, given: GivenAnswer, before: CoreAnswer) -> None:
    """Keep the two counts. An answer that opens or closes other questions is a reason to count everything anew."""
    if given.place.question in framework.routing_questions:
        recount(submission, framework)
        return
    is_now, was_before = (one is not Missing.NOT_ANSWERED for one in (given.answer, before))
    submission.dealt_with_count += is_now - was_before


def recount(submission: Submission, framework: Framework) -> None:
    """Count the places shown and those dealt with, from all answers; the row is not saved here."""
    count_places(submission, framework, list_units(submission), read_answers(submission))


def count_places(submission: Submission, framework: Framework, units: Sequence[Unit], answers: PlacedAnswers) -> None:
    """Count the places shown and those dealt with, from answers at hand; the row is not saved here. No query."""
    places = asked_places(framework, units, answers)
    submission.asked_count = len(places)
    dealt_with = (answers.get(place, Missing.NOT_ANSWERED) is not Missing.NOT_ANSWERED for place in places)
    submission.dealt_with_count = sum(dealt_with)


def _touch(submission: Submission, by: User, at: datetime) -> None:
    start_submission(submission, by=by, at=at)
    submission.last_activity_at, submission.last_activity_by = at, by
    _UPDATE.write(submission)


def _record_time(given: GivenAnswer, submission: Submission, by: User, at: datetime) -> None:
    if given.seconds is None or given.seconds <= 0:
        return
    TimeSpent.objects.create(
        submission=submission,
        user=by,
        asked_in=given.place.asked_in,
        question=given.place.question,
        seconds=min(given.seconds, LONGEST_TIME_SPENT),
        at=at,
    )
