# SPDX-License-Identifier: MIT
"""Reading polls of colleagues."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.models import Poll, PollReply, Submission


def is_poll_open(poll: Poll, today: date) -> bool:
    """Return whether views can still be given: nobody has closed it, and the day it is due has not passed."""
    return poll.closed_at is None and today <= poll.due_on


def find_latest_poll(submission: Submission, place: AnswerPlace) -> Poll | None:
    """Return the newest poll on a question, open or closed; None when nobody was ever asked. One query."""
    asked = submission.polls.filter(asked_in=place.asked_in, question=place.question)
    return asked.select_related("by").order_by("-pk").first()


def find_poll(submission: Submission, pk: int) -> Poll | None:
    """Return a poll of this submission; None when it has no such poll. One query."""
    return submission.polls.filter(pk=pk).select_related("by").first()


def list_poll_replies(poll: Poll) -> QuerySet[PollReply]:
    """Everybody who was asked, with their view where they gave one; by name. One query."""
    return poll.replies.select_related("user").order_by("user__name", "pk")


def find_reply_of(user: User, poll: int) -> PollReply | None:
    """Return what a person was asked in a poll, with all around it; None for one who was not asked. One query."""
    asked = PollReply.objects.filter(user=user, poll=poll)
    return asked.select_related("poll__by", "poll__submission__round", "poll__submission__organisation").first()
