# SPDX-License-Identifier: MIT
"""Reading what reminders are made from."""

from __future__ import annotations

from datetime import datetime

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.addresses import address_of
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.queries.people_to_write_to import list_people_to_write_to
from trigpoint_web.rounds.reminders import Reminder, ReminderBlanks, ReminderText, is_for
from trigpoint_web.rounds.states import SubmissionState


def list_to_remind(round_: Round, *, states: tuple[str, ...], codes: tuple[str, ...], at: datetime) -> list[Submission]:
    """Return the unsigned submissions of these organisations; where none is named, of those in these states. By name.

    One query.
    """
    rows = Submission.objects.filter(round=round_).exclude(state=SubmissionState.SIGNED)
    if codes:
        rows = rows.filter(organisation__in=codes)
    found = rows.select_related("round", "organisation").order_by("organisation__name", "organisation_id")
    return [one for one in found if codes or is_for(one, states, at=at)]


def build_reminders(
    round_: Round, submissions: list[Submission], text: ReminderText, *, at: datetime
) -> list[Reminder]:
    """Return the mail of each organisation, with who gets it: those who can send it for signature, or can sign.

    Two queries.
    """
    leads = list_people_to_write_to(round_, Permission.SUBMIT)
    officers = list_people_to_write_to(round_, Permission.SIGN)
    reminders = []
    for submission in submissions:
        blanks = ReminderBlanks(submission, address_of(round_, submission.organisation_id), at)
        people = officers if submission.state == SubmissionState.SUBMITTED else leads
        reminders.append(
            Reminder(
                submission,
                people.get(submission.organisation_id, ()),
                " ".join(blanks.fill(text.subject).split()),
                blanks.fill(text.body),
            )
        )
    return reminders


def find_reminder_event(round_: Round, key: str) -> Event | None:
    """Return the event of the reminder that was sent under a key; None when none was. One query."""
    sent = Event.objects.filter(round=round_.slug, organisation="", action="round.reminded", target=f"reminder {key}")
    return sent.first()
