# SPDX-License-Identifier: MIT
"""Sending reminders: each once, also when the button is pressed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import Letter
from trigpoint_web.rounds.actions.round_mail import queue_for
from trigpoint_web.rounds.actions.round_steps import lock_round
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.opening import due_at, find_why_not_open
from trigpoint_web.rounds.queries.reminders import build_reminders, find_reminder_event, list_to_remind
from trigpoint_web.rounds.reminders import (
    USUAL_BODY,
    USUAL_SUBJECT,
    Recipients,
    Reminder,
    ReminderText,
    list_text_problems,
)
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, SubmissionState

REMINDER = "reminder"  # the kind of its mails in the outbox
_EVERYBODY = tuple(Recipients.values)


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """Whom to remind, and how. codes: of organisations; where there are none, all that are in one of the states.

    key: made when the reminder was prepared, so that it is known again when it comes twice.
    """

    key: str
    text: ReminderText
    states: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemindersSent:
    """What came of it. nobody: names of organisations with nobody to write to. was_sent_before: nothing was done."""

    organisations: int
    mails: int
    nobody: tuple[str, ...] = ()
    was_sent_before: bool = False


@transaction.atomic
def send_reminders(round_: Round, plan: ReminderPlan, *, by: User | None, at: datetime) -> RemindersSent:
    """Queue a reminder to each organisation, from where it is now; one that signed meanwhile gets none.

    Under a key that was used before nothing is sent. Raises ChangeRefused with every problem.
    """
    locked = lock_round(round_)
    before = find_reminder_event(locked, plan.key)
    if before is not None:
        return RemindersSent(before.details["organisations"], before.details["mails"], was_sent_before=True)
    reminders = prepare_reminders(locked, plan, at=at)
    mails = sum(_queue(one, at) for one in reminders)
    written_to = [one for one in reminders if one.people]
    record_event(
        "round.reminded",
        by=None if by is None else by.pk,
        at=at,
        place=EventPlace(locked.slug, "", f"reminder {plan.key}"),
        details={"organisations": len(written_to), "mails": mails, "subject": plan.text.subject},
    )
    nobody = tuple(one.submission.organisation.name for one in reminders if not one.people)
    return RemindersSent(len(written_to), mails, nobody)


def prepare_reminders(round_: Round, plan: ReminderPlan, *, at: datetime) -> list[Reminder]:
    """Return the mails as they would be sent. Raises ChangeRefused with every problem."""
    problems = list_text_problems(plan.text)
    if round_.state not in WHILE_ROUND_IS_ON:
        problems.append("Nothing is asked in this round now, so there is nothing to remind of.")
    if not plan.states and not plan.codes:
        problems.append("Choose whom to remind.")
    submissions = list_to_remind(round_, states=plan.states, codes=plan.codes, at=at)
    if not submissions and not problems:
        problems.append("Nobody is in that state now, so there is nobody to remind.")
    if problems:
        raise ChangeRefused(tuple(problems))
    return build_reminders(round_, submissions, plan.text, at=at)


def _queue(reminder: Reminder, at: datetime) -> int:
    submission = reminder.submission
    letter = Letter(
        REMINDER, reminder.subject, reminder.body, round=submission.round.slug, organisation=submission.organisation_id
    )
    return queue_for(reminder.people, letter, at=at)


def send_usual_reminders(round_: Round, days_before: Sequence[int], *, at: datetime) -> RemindersSent:
    """Remind, with the usual text, those of a round who are due in one of these numbers of days and can still answer
    or sign; once a day, however often it is asked for.
    """
    today = timezone.localdate(at)
    due = [
        one.organisation_id
        for one in list_to_remind(round_, states=_EVERYBODY, codes=(), at=at)
        if (timezone.localdate(due_at(one)) - today).days in days_before and _can_move(one, at)
    ]
    if not due:
        return RemindersSent(0, 0)
    plan = ReminderPlan(f"of {today.isoformat()}", ReminderText(USUAL_SUBJECT, USUAL_BODY), codes=tuple(due))
    return send_reminders(round_, plan, by=None, at=at)


def _can_move(submission: Submission, at: datetime) -> bool:
    return submission.state == SubmissionState.SUBMITTED or find_why_not_open(submission, at) is None
