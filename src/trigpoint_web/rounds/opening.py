# SPDX-License-Identifier: MIT
"""Whether a submission takes answers now, and until when."""

from __future__ import annotations

from datetime import datetime

from trigpoint_web.rounds.errors import NotOpen
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.states import RoundState, SubmissionState

_WHY_LOCKED = {
    SubmissionState.SUBMITTED: "The answers wait for signature. The lead can take them back while nobody has signed.",
    SubmissionState.SIGNED: "The answers are signed and locked. Ask the national team if something has to change.",
}


def due_at(submission: Submission) -> datetime:
    """Return the last moment for answers: the extension where there is one, else the round's closing."""
    return submission.extended_until or submission.round.closes_at


def find_why_not_open(submission: Submission, at: datetime) -> NotOpen | None:
    """Return why the submission takes no answers at a moment; None when it does.

    A round that has closed is open for an organisation with an extension, until that runs out.
    """
    round_ = submission.round
    if submission.state in _WHY_LOCKED:
        return NotOpen(_WHY_LOCKED[SubmissionState(submission.state)])
    if round_.state == RoundState.PUBLISHED:
        return NotOpen("The round is over and its results are published.")
    if round_.state == RoundState.DRAFT or at < round_.opens_at:
        return NotOpen(f"The round opens on {round_.opens_at:%-d %B %Y}.")
    is_closed = round_.state != RoundState.OPEN and submission.extended_until is None
    if is_closed or at > due_at(submission):
        return NotOpen("The round is closed. Ask the national team if you need more time.", due_at(submission))
    return None


def require_open(submission: Submission, at: datetime) -> None:
    """Raise NotOpen when the submission takes no answers at that moment."""
    why = find_why_not_open(submission, at)
    if why is not None:
        raise why
