# SPDX-License-Identifier: MIT
"""Saving what was typed on a page of questions: each answer by itself, so that a conflict in one holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, asked_places
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.actions.answers import GivenAnswer, SavedAnswer, lock_submission, save_answer
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused
from trigpoint_web.rounds.models import CurrentAnswer, Submission
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.queries.answers import find_answer_version, find_framework, list_units, read_answers


@dataclass(frozen=True, slots=True)
class ConflictingAnswer:
    """An answer that was not saved, and what a colleague has saved in its place since the page was opened."""

    given: GivenAnswer
    current: CurrentAnswer


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What became of the answers of a page. no_longer_asked: those that another answer of the page has closed."""

    saved: tuple[SavedAnswer, ...]
    conflicts: tuple[ConflictingAnswer, ...]
    no_longer_asked: tuple[AnswerPlace, ...]


def save_page(given: Sequence[GivenAnswer], *, submission: Submission, by: User, at: datetime) -> SavedPage:
    """Save the answers of one page in the order asked; return what was saved and what was not.

    Raises NotOpen, and AnswerRefused for an answer that can't stand there.
    """
    with transaction.atomic():
        locked = lock_submission(submission)
        require_open(locked, at)
        saved, conflicts, closed = [], [], []
        for one in given:
            if not _is_asked(locked, one.place):
                closed.append(one.place)
                continue
            try:
                saved.append(save_unless_untouched(one, submission=locked, by=by, at=at))
            except AnswerConflict as conflict:
                conflicts.append(ConflictingAnswer(one, require_current(conflict)))
    return SavedPage(tuple(saved), tuple(conflicts), tuple(closed))


def save_unless_untouched(given: GivenAnswer, *, submission: Submission, by: User, at: datetime) -> SavedAnswer:
    """Save an answer as `save_answer` does, but let one that nobody touched give way to what a colleague saved since.

    A page that was open and is sent as it was opened changes nothing. Raises as `save_answer`.
    """
    try:
        return save_answer(given, submission=submission, by=by, at=at)
    except AnswerConflict as conflict:
        current = require_current(conflict)
        if not _is_as_opened(given, submission):
            raise
        return SavedAnswer(current.version, current.at, was_changed=False)


def require_current(conflict: AnswerConflict) -> CurrentAnswer:
    """Return what a colleague has saved. Raises AnswerRefused where nobody ever saved anything."""
    if conflict.current is None:
        raise AnswerRefused("This page is out of date. Load it again.")
    return conflict.current


def _is_as_opened(given: GivenAnswer, submission: Submission) -> bool:
    """Whether the answer and the note are those of the version that the page showed."""
    if given.replaces == 0:
        return given.answer is Missing.NOT_ANSWERED and not given.note
    shown = find_answer_version(submission, given.place, given.replaces)
    return shown is not None and answer_of(shown) == given.answer and given.note in {None, shown.note}


def _is_asked(submission: Submission, place: AnswerPlace) -> bool:
    """Whether routing shows a place now; what was saved a moment ago on the same page counts."""
    framework = find_framework(submission)
    if not framework.questions[place.question].routes:
        return True
    return place in asked_places(framework, list_units(submission), read_answers(submission))


def timed(given: Sequence[GivenAnswer], seconds: int | None) -> list[GivenAnswer]:
    """Return the answers with the time the page was open on the first of them: one page, one time."""
    return [replace(one, seconds=seconds if number == 0 else None) for number, one in enumerate(given)]
