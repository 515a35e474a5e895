# SPDX-License-Identifier: MIT
"""The one way in which a round or a submission gets into another state: by a step of the table, with an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.states import (
    ROUND_TRANSITIONS,
    SUBMISSION_TRANSITIONS,
    WHILE_ROUND_IS_ON,
    RoundState,
    RoundStep,
    SubmissionState,
    SubmissionStep,
    Transition,
)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Who takes a step, when and why. by None: the service itself, at the date that was set."""

    by: User | None
    at: datetime
    reason: str = ""


def place_of_submission(submission: Submission) -> EventPlace:
    """Return where an event of a submission belongs. The round must have been fetched with it."""
    return EventPlace(submission.round.slug, submission.organisation_id, f"submission {submission.pk}")


def step_submission(
    submission: Submission,
    step: SubmissionStep,
    taken: StepTaken,
    *,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Put a submission in the state that the step leads to, and write the event; saving the row is the caller's.

    The row must be locked. Raises StepRefused when the table has no such step from here, or a reason is missing.
    """
    transition = SUBMISSION_TRANSITIONS[step]
    _require_step(transition, submission.state, SubmissionState(submission.state).label, taken)
    if submission.round.state not in WHILE_ROUND_IS_ON:
        raise StepRefused(
            f"The round is {RoundState(submission.round.state).label.lower()}, so this can't be done now."
        )
    submission.state = transition.target
    _write(step.value, taken, place_of_submission(submission), details)


def step_round(
    round_: Round, step: RoundStep, taken: StepTaken, *, details: Mapping[str, Detail] | None = None
) -> None:
    """Put a round in the state that the step leads to, and write the event; saving the row is the caller's.

    The row must be locked. Raises StepRefused when the table has no such step from here, or a reason is missing.
    """
    transition = ROUND_TRANSITIONS[step]
    _require_step(transition, round_.state, RoundState(round_.state).label, taken)
    round_.state = transition.target
    _write(step.value, taken, EventPlace(round_.slug, "", f"round {round_.pk}"), details)


def start_submission(submission: Submission, *, by: User, at: datetime) -> None:
    """Put a submission that nobody has begun in progress; nothing happens to any other."""
    if submission.state == SubmissionState.NOT_STARTED:
        step_submission(submission, SubmissionStep.START, StepTaken(by, at))
        submission.started_at = at


def _require_step(transition: Transition, state: str, label: str, taken: StepTaken) -> None:
    if state not in transition.sources:
        raise StepRefused(f"This can't be done now: it is {label.lower()}. Somebody may have been quicker; look again.")
    if transition.needs_reason and not taken.reason.strip():
        raise StepRefused("Give a reason: it is kept, and the people concerned can read it.")


def _write(action: str, taken: StepTaken, place: EventPlace, details: Mapping[str, Detail] | None) -> None:
    told: dict[str, Detail] = dict(details or {})
    if taken.reason.strip():
        told["reason"] = taken.reason.strip()
    record_event(action, by=None if taken.by is None else taken.by.pk, at=taken.at, place=place, details=told)
