# SPDX-License-Identifier: MIT
"""Taking over answers from a questionnaire that was filled in away from the screen, as one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from trigpoint.submissions.read_rows import RowChange
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import record_event
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answers
from trigpoint_web.rounds.actions.steps import place_of_submission
from trigpoint_web.rounds.models import AnswerSource, Submission


@transaction.atomic
def apply_changes(changes: Sequence[RowChange], *, submission: Submission, by: User, at: datetime) -> int:
    """Make the changes, all or none; return how many answers are other than before.

    Each replaces the version that its change names. Raises NotOpen, AnswerConflict and AnswerRefused as `save_answers`.
    """
    given = [
        GivenAnswer(
            change.place,
            change.answer_to,
            replaces=change.version or 0,
            note=change.note_to,
            source=AnswerSource.SPREADSHEET,
        )
        for change in changes
    ]
    saved = save_answers(given, submission=submission, by=by, at=at)
    changed = sum(one.was_changed for one in saved)
    if changed:
        place = place_of_submission(submission)
        record_event("submission.spreadsheet_applied", by=by.pk, at=at, place=place, details={"answers": changed})
    return changed
