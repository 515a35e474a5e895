# SPDX-License-Identifier: MIT
"""What the actions of working together share: mail to a colleague with a link, and the place of an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, record_event
from trigpoint_web.notifications.actions import Letter, queue_mail
from trigpoint_web.rounds.actions.steps import place_of_submission
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.opening import due_at


@dataclass(frozen=True, slots=True)
class LetterToColleague:
    """A mail to colleagues about a submission. url: of a page, without the host; text: never an answer or a comment."""

    kind: str
    subject: str
    text: str
    url: str


def question_url(submission: Submission, place: AnswerPlace) -> str:
    """Return the address of a question's page. The round must have been fetched with the submission."""
    return submission_url("question", submission, asked_in=place.asked_in, question=place.question)


def submission_url(name: str, submission: Submission, **more: object) -> str:
    """Return the address of a page of a submission. The round must have been fetched with it."""
    return reverse(name, kwargs={"round_slug": submission.round.slug, "code": submission.organisation_id, **more})


def write_to(people: Iterable[User], letter: LetterToColleague, *, submission: Submission, at: datetime) -> None:
    """Queue the letter to each of these people."""
    body = f"{letter.text}\n\n{settings.SITE_ADDRESS}{letter.url}\n"
    written = Letter(letter.kind, letter.subject, body, submission.round.slug, submission.organisation_id)
    for person in people:
        queue_mail(written, to=person.email, at=at)


def record(action: str, submission: Submission, details: Mapping[str, Detail], *, by: User, at: datetime) -> None:
    """Write the event of something done in a submission."""
    record_event(action, by=by.pk, at=at, place=place_of_submission(submission), details=details)


def place_details(place: AnswerPlace) -> dict[str, Detail]:
    """Return a place as details of an event."""
    return {"asked_in": place.asked_in, "question": place.question}


def require_day(due_on: date, submission: Submission, at: datetime) -> None:
    """Raise ChangeRefused for a day that is over, or after the answers are due."""
    if due_on < timezone.localdate(at):
        raise ChangeRefused(("That day is over. Give today or a later one.",))
    last = latest_day(submission)
    if due_on > last:
        raise ChangeRefused((f"The answers are due on {last:%-d %B %Y}. Give that day or an earlier one.",))


def latest_day(submission: Submission) -> date:
    """Return the last day by which a colleague can be asked: that on which the answers are due."""
    return timezone.localdate(due_at(submission))


def with_message(text: str, message: str, *, by: User) -> str:
    """Return a text with what the asker wrote below it, where they wrote something."""
    return f"{text}\n\n{by.name} writes:\n{message.strip()}" if message.strip() else text
