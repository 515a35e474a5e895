# SPDX-License-Identifier: MIT
"""What the service writes to the leads of a round: that it opened, that a date moved, that they have more time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.notifications.actions import Letter, queue_mail
from trigpoint_web.rounds.addresses import address_of
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.opening import due_at
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.queries.people_to_write_to import list_people_to_write_to


def mail_round_opened(round_: Round, *, at: datetime) -> int:
    """Tell the leads that the round is open; return the number of mails. For the transaction that opens it."""
    leads = list_people_to_write_to(round_, Permission.SUBMIT)
    count = 0
    for submission in _in_order(round_):
        body = (
            f"{round_.title} is open for {submission.organisation.name}.\n"
            f"There are {submission.asked_count} questions. Please have them answered, and signed, by "
            f"{say_moment(due_at(submission), now=at)}.\n\n"
            f"Start here: {address_of(round_, submission.organisation_id)}\n"
        )
        letter = _letter("round opened", f"{round_.title} is open", body, submission)
        count += queue_for(leads.get(submission.organisation_id, ()), letter, at=at)
    return count


def mail_closing_moved(round_: Round, *, reason: str, at: datetime) -> int:
    """Tell the leads of those who have no extension that the round closes at another time; return how many mails."""
    leads = list_people_to_write_to(round_, Permission.SUBMIT)
    count = 0
    for submission in _in_order(round_):
        if submission.extended_until is None:
            body = (
                f"{round_.title} now closes on {say_moment(round_.closes_at, now=at)}.\nThe reason: {reason}\n\n"
                f"Your task list: {address_of(round_, submission.organisation_id)}\n"
            )
            letter = _letter("round dates", f"{round_.title}: another closing date", body, submission)
            count += queue_for(leads.get(submission.organisation_id, ()), letter, at=at)
    return count


def mail_extended(submissions: Iterable[Submission], round_: Round, *, reason: str, at: datetime) -> int:
    """Tell the leads of these organisations until when they have time; return how many mails."""
    leads = list_people_to_write_to(round_, Permission.SUBMIT)
    count = 0
    for submission in submissions:
        until = say_moment(due_at(submission), now=at)
        body = (
            f"{submission.organisation.name} has until {until} to answer {round_.title}.\n"
            f"The reason: {reason}\n\nYour task list: {address_of(round_, submission.organisation_id)}\n"
        )
        letter = _letter("extension", f"{round_.title}: you have more time", body, submission)
        count += queue_for(leads.get(submission.organisation_id, ()), letter, at=at)
    return count


def queue_for(people: Iterable[User], letter: Letter, *, at: datetime) -> int:
    """Queue a letter to each of these people; return how many there are."""
    return len([queue_mail(letter, to=person.email, at=at) for person in people])


def _letter(kind: str, subject: str, body: str, submission: Submission) -> Letter:
    return Letter(kind, subject, body, round=submission.round.slug, organisation=submission.organisation_id)


def _in_order(round_: Round) -> list[Submission]:
    rows = Submission.objects.filter(round=round_).select_related("organisation", "round").order_by("organisation_id")
    return list(rows)
