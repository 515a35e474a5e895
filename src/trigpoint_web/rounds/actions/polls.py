# SPDX-License-Identifier: MIT
"""Asking colleagues by name for their view on one question, giving a view, and closing the poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT, lock_submission
from trigpoint_web.rounds.actions.together import (
    LetterToColleague,
    place_details,
    record,
    require_day,
    with_message,
    write_to,
)
from trigpoint_web.rounds.adapters import fields_of_answer
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Poll, PollReply, Submission
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.presenters.together import say_day, say_question
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.polls import find_latest_poll, is_poll_open
from trigpoint_web.rounds.queries.together import list_colleagues


@dataclass(frozen=True, slots=True)
class NewPoll:
    """Who is asked for a view on which question, by which day, and why."""

    place: AnswerPlace
    colleagues: tuple[User, ...]
    due_on: date
    message: str = ""


@dataclass(frozen=True, slots=True)
class GivenView:
    """A colleague's view: an answer of the question's scale or a way of being missing that it offers, and a note."""

    answer: Answer
    note: str = ""


@transaction.atomic
def open_poll(new: NewPoll, *, submission: Submission, by: User, at: datetime) -> Poll:
    """Ask colleagues for their view, and write to each; return the poll.

    One that is past its day is closed by it. Raises NotOpen, and ChangeRefused when one is open on this question,
    nobody is chosen, somebody can't give a view there, or the day is after the answers are due.
    """
    locked = lock_submission(submission)
    require_open(locked, at)
    require_day(new.due_on, locked, at)
    _require_colleagues(new, locked)
    _close_what_is_over(locked, new.place, by, at)
    poll = Poll.objects.create(
        submission=locked,
        asked_in=new.place.asked_in,
        question=new.place.question,
        message=new.message.strip(),
        due_on=new.due_on,
        at=at,
        by=by,
    )
    PollReply.objects.bulk_create(PollReply(poll=poll, user=one) for one in new.colleagues)
    asked = {**place_details(new.place), "asked": len(new.colleagues), "due_on": new.due_on.isoformat()}
    record("poll.opened", locked, asked, by=by, at=at)
    write_to(new.colleagues, _letter(poll), submission=locked, at=at)
    return poll


@transaction.atomic
def give_view(view: GivenView, *, reply: PollReply, by: User, at: datetime) -> PollReply:
    """Keep the view of the person who was asked; a second one replaces the first while the poll is open.

    Raises NotOpen, StepRefused when the poll is closed, ChangeRefused for a note that is too long.
    """
    assert reply.user_id == by.pk, "a view is given by the person who was asked"
    submission = lock_submission(reply.poll.submission)
    require_open(submission, at)
    poll = Poll.objects.select_for_update().get(pk=reply.poll_id)
    if not is_poll_open(poll, timezone.localdate(at)):
        raise StepRefused("This poll is closed, so no more views can be given.")
    note = view.note.strip()
    if len(note) > LONGEST_TEXT:
        raise ChangeRefused((f"The note has {len(note):,} characters. It can have {LONGEST_TEXT:,} at most.",))
    for name, value in fields_of_answer(view.answer).items():
        setattr(reply, name, value)
    reply.note, reply.replied_at = note, at
    reply.save(update_fields=["choice", "number", "missing", "note", "replied_at"])
    record("poll.replied", submission, place_details(_place(poll)), by=by, at=at)
    return reply


@transaction.atomic
def close_poll(poll: Poll, *, by: User, at: datetime) -> Poll:
    """End a poll before its day. Raises StepRefused when it is closed already."""
    submission = lock_submission(poll.submission)
    locked = Poll.objects.select_for_update().get(pk=poll.pk)
    if locked.closed_at is not None:
        raise StepRefused("This poll is closed already. Somebody may have been quicker; look again.")
    _close(locked, submission, by, at)
    return locked


def _require_colleagues(new: NewPoll, submission: Submission) -> None:
    if not new.colleagues:
        raise ChangeRefused(("Choose at least one colleague.",))
    may = set(list_colleagues(submission.organisation_id, Permission.GIVE_VIEW).values_list("pk", flat=True))
    others = [one.name for one in new.colleagues if one.pk not in may]
    if others:
        raise ChangeRefused((f"{', '.join(others)} can’t give a view in this organisation.",))


def _close_what_is_over(submission: Submission, place: AnswerPlace, by: User, at: datetime) -> None:
    before = find_latest_poll(submission, place)
    if before is None or before.closed_at is not None:
        return
    if is_poll_open(before, timezone.localdate(at)):
        raise ChangeRefused(("Colleagues are being asked about this question already. Close that poll first.",))
    _close(before, submission, by, at)


def _close(poll: Poll, submission: Submission, by: User, at: datetime) -> None:
    poll.closed_at = at
    poll.save(update_fields=["closed_at"])
    record("poll.closed", submission, place_details(_place(poll)), by=by, at=at)


def _place(poll: Poll) -> AnswerPlace:
    return AnswerPlace(poll.asked_in, poll.question)


def _letter(poll: Poll) -> LetterToColleague:
    submission = poll.submission
    question = say_question(find_framework(submission), _place(poll))
    text = (
        f"{poll.by.name} asks for your view on one question of {submission.round.title}, for "
        f"{submission.organisation.name}, by {say_day(poll.due_on)}:\n{question}\n\n"
        "Your view is shown with your name to the people who lead the answers."
    )
    return LetterToColleague(
        kind="poll",
        subject=f"Your view on one question by {say_day(poll.due_on)}",
        text=with_message(text, poll.message, by=poll.by),
        url=reverse("poll_reply", kwargs={"poll": poll.pk}),
    )
