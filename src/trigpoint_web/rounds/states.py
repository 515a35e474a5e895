# SPDX-License-Identifier: MIT
"""Where rounds and submissions can be, and every step between: one table each. What is not in the table is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from django.db import models

from trigpoint_web.accounts.roles import Permission


class RoundState(models.TextChoices):
    """Where a round is."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    IN_REVIEW = "in_review", "Being reviewed"
    REPLY = "reply", "Right of reply"
    PUBLISHED = "published", "Published"


class SubmissionState(models.TextChoices):
    """Where a submission is. Late is no state: it is being past the day due without a signature."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Waiting for signature"
    SIGNED = "signed", "Signed"


class RoundStep(Enum):
    """What is done to a round."""

    OPEN = "round.opened"
    CLOSE = "round.closed"
    OPEN_AGAIN = "round.opened_again"
    START_REVIEW = "round.review_started"
    START_REPLY = "round.reply_started"
    PUBLISH = "round.published"


class SubmissionStep(Enum):
    """What is done to a submission. The value is the name of its event."""

    START = "submission.started"
    SUBMIT = "submission.submitted"
    SEND_BACK = "submission.sent_back"
    TAKE_BACK = "submission.taken_back"
    SIGN = "submission.signed"
    REOPEN = "submission.reopened"


_S, _R, _P = SubmissionState, RoundState, Permission

# A submission can move as long as its round is on: also after closing, for those with an extension or opened again.
WHILE_ROUND_IS_ON = frozenset({_R.OPEN, _R.CLOSED, _R.IN_REVIEW, _R.REPLY})


@dataclass(frozen=True, slots=True)
class Transition:
    """From where, to where, and who may. needs_reason: it is refused without one."""

    sources: frozenset[str]
    target: str
    permission: Permission
    needs_reason: bool = False


def _from(*sources: str) -> frozenset[str]:
    return frozenset(sources)


SUBMISSION_TRANSITIONS: Mapping[SubmissionStep, Transition] = MappingProxyType(
    {
        SubmissionStep.START: Transition(_from(_S.NOT_STARTED), _S.IN_PROGRESS, _P.ANSWER),
        SubmissionStep.SUBMIT: Transition(_from(_S.IN_PROGRESS), _S.SUBMITTED, _P.SUBMIT),
        SubmissionStep.TAKE_BACK: Transition(_from(_S.SUBMITTED), _S.IN_PROGRESS, _P.SUBMIT),
        SubmissionStep.SEND_BACK: Transition(_from(_S.SUBMITTED), _S.IN_PROGRESS, _P.SIGN, needs_reason=True),
        SubmissionStep.SIGN: Transition(_from(_S.SUBMITTED), _S.SIGNED, _P.SIGN),
        # A mistake found after signing is mended in the open: with a reason, and what was signed stays.
        SubmissionStep.REOPEN: Transition(_from(_S.SIGNED), _S.IN_PROGRESS, _P.REOPEN, needs_reason=True),
    }
)

ROUND_TRANSITIONS: Mapping[RoundStep, Transition] = MappingProxyType(
    {
        RoundStep.OPEN: Transition(_from(_R.DRAFT), _R.OPEN, _P.MANAGE_ROUND),
        RoundStep.CLOSE: Transition(_from(_R.OPEN), _R.CLOSED, _P.MANAGE_ROUND),
        RoundStep.OPEN_AGAIN: Transition(_from(_R.CLOSED), _R.OPEN, _P.MANAGE_ROUND, needs_reason=True),
        RoundStep.START_REVIEW: Transition(_from(_R.CLOSED), _R.IN_REVIEW, _P.MANAGE_ROUND),
        RoundStep.START_REPLY: Transition(_from(_R.IN_REVIEW), _R.REPLY, _P.MANAGE_ROUND),
        # Only a round without review goes from closed to published: see actions/round_steps.py.
        RoundStep.PUBLISH: Transition(_from(_R.CLOSED, _R.IN_REVIEW, _R.REPLY), _R.PUBLISHED, _P.MANAGE_ROUND),
    }
)
