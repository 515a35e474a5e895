# SPDX-License-Identifier: MIT
"""Sending a submission for signature, signing it, and every way back. Each is a step of the table of states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.submissions.checks import FindingKind
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail
from trigpoint_web.rounds.actions.answers import lock_submission
from trigpoint_web.rounds.actions.extensions import ExtensionPlan, extend
from trigpoint_web.rounds.actions.signing_mail import (
    mail_reopened,
    mail_sent_back,
    mail_signed,
    mail_to_sign,
)
from trigpoint_web.rounds.actions.steps import StepTaken, step_submission
from trigpoint_web.rounds.declaration import build_declaration
from trigpoint_web.rounds.errors import NotOpen, StepRefused
from trigpoint_web.rounds.models import Signature, Submission
from trigpoint_web.rounds.opening import due_at, find_why_not_open, require_open
from trigpoint_web.rounds.queries.checks import SubmissionCheck, read_check
from trigpoint_web.rounds.queries.signed import find_last_answer, read_table_to_sign
from trigpoint_web.rounds.states import SubmissionState, SubmissionStep


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What whoever submits has seen is open: how many questions have no answer, how many answers no evidence."""

    not_answered: int = 0
    without_evidence: int = 0


def count_open(check: SubmissionCheck) -> Acknowledged:
    """Return what has to be acknowledged before a submission is sent for signature."""
    return Acknowledged(
        not_answered=len(check.of_kind(FindingKind.NOT_ANSWERED)),
        without_evidence=len(check.of_kind(FindingKind.EVIDENCE_MISSING)),
    )


@transaction.atomic
def submit(submission: Submission, *, acknowledged: Acknowledged, by: User, at: datetime) -> Submission:
    """Close a submission to answers and ask the accountable officers to sign; return it.

    acknowledged: as the person saw it. Raises NotOpen after the day due, and StepRefused for a contradiction without a
    note, when more or less is open than was acknowledged, and when it is not in progress.
    """
    locked = lock_submission(submission)
    require_open(locked, at)
    check = read_check(locked)
    _require_settled(check, acknowledged)
    details: dict[str, Detail] = {
        "not_answered": acknowledged.not_answered,
        "without_evidence": acknowledged.without_evidence,
    }
    step_submission(locked, SubmissionStep.SUBMIT, StepTaken(by, at), details=details)
    locked.submitted_at, locked.submitted_by = at, by
    _save(locked, by, at, "submitted_at", "submitted_by")
    mail_to_sign(locked, at=at)
    return locked


def _require_settled(check: SubmissionCheck, acknowledged: Acknowledged) -> None:
    if check.unexplained:
        raise StepRefused("Some answers contradict each other. Change one of them, or explain it in a note.")
    if count_open(check) != acknowledged:
        raise StepRefused(
            "Something has changed since you opened the page: another number of questions is open now. Look again."
        )


@transaction.atomic
def take_back(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Open a submission that waits for signature to answers again; return it.

    Raises StepRefused when nothing waits, and NotOpen after the day due: it could not be sent again.
    """
    locked = lock_submission(submission)
    step_submission(locked, SubmissionStep.TAKE_BACK, StepTaken(by, at))
    if find_why_not_open(locked, at) is not None:
        raise NotOpen(
            "The time for answers is over, so answers taken back could not be sent again. "
            "They can be signed as they are; ask the national team if you need more time.",
            due_at(locked),
        )
    _save(locked, by, at)
    return locked


@transaction.atomic
def send_back(submission: Submission, *, reason: str, by: User, at: datetime) -> Submission:
    """Give a submission back unsigned, with a reason; return it. Raises StepRefused."""
    locked = lock_submission(submission)
    step_submission(locked, SubmissionStep.SEND_BACK, StepTaken(by, at, reason))
    _save(locked, by, at)
    mail_sent_back(locked, is_open=find_why_not_open(locked, at) is None, at=at)
    return locked


@transaction.atomic
def sign(submission: Submission, *, seal: str, by: User, at: datetime) -> Signature:
    """Sign a submission that waits for it, lock it, and return the signature.

    seal: of the declaration that the person read. The declaration is built anew from what stands, so nothing is signed
    that was not shown. Raises StepRefused when the two differ, when nothing waits, and when the round is published.
    """
    locked = lock_submission(submission)
    table = read_table_to_sign(locked)
    declaration = build_declaration(read_check(locked), answers_hash=table.hash, signer=by)
    details: dict[str, Detail] = {
        "hash": table.hash,
        "own_answers": declaration.own_answers,
        "is_second_look": declaration.is_second_look,
    }
    step_submission(locked, SubmissionStep.SIGN, StepTaken(by, at), details=details)
    if declaration.seal != seal:
        raise StepRefused(
            "What you would sign is not what you were shown: the answers, or your own name or job title, have changed "
            "since. Nothing is signed. Read the declaration again."
        )
    signature = Signature.objects.create(
        submission=locked,
        declaration=declaration.text,
        answers_hash=table.hash,
        framework_hash=table.framework_hash,
        last_answer=find_last_answer(locked),
        name=declaration.name,
        job_title=declaration.job_title,
        by=by,
        at=at,
    )
    locked.signed_at = at
    _save(locked, by, at, "signed_at")
    mail_signed(locked, signature, at=at)
    return signature


@dataclass(frozen=True, slots=True)
class Reopening:
    """Why a signed submission is opened again, and until when. until None: the day due stands."""

    reason: str
    until: datetime | None = None


@transaction.atomic
def reopen(submission: Submission, reopening: Reopening, *, by: User, at: datetime) -> Submission:
    """Open a signed submission to answers again; return it. What was signed stays.

    Raises ChangeRefused for a new day that can't be, and StepRefused when the time for answers is over and no new day
    is given, when it is not signed, when there is no reason, and when the round is published.
    """
    if reopening.until is not None:
        plan = ExtensionPlan(reopening.until, reopening.reason, (submission.organisation_id,))
        extend(submission.round, plan, by=by, at=at)
    locked = lock_submission(submission)
    step_submission(locked, SubmissionStep.REOPEN, StepTaken(by, at, reopening.reason))
    if find_why_not_open(locked, at) is not None:
        raise StepRefused("The time for answers is over. Give a new day due: without one nothing could be changed.")
    locked.signed_at = None
    _save(locked, by, at, "signed_at")
    mail_reopened(locked, at=at)
    return locked


def needs_new_due(submission: Submission, at: datetime) -> bool:
    """Return whether a signed submission would take no answers if it were opened again at that moment."""
    in_progress = Submission(
        round=submission.round,
        organisation=submission.organisation,
        state=SubmissionState.IN_PROGRESS,
        extended_until=submission.extended_until,
    )
    return find_why_not_open(in_progress, at) is not None


def _save(submission: Submission, by: User, at: datetime, *changed: str) -> None:
    submission.last_activity_at, submission.last_activity_by = at, by
    submission.save(update_fields=["state", "last_activity_at", "last_activity_by", *changed])
