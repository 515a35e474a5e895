# SPDX-License-Identifier: MIT
"""Reading comments and who was mentioned in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.errors import NotOpen
from trigpoint_web.rounds.models import Comment, Mention, Submission
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, SubmissionState


def list_comments(submission: Submission, place: AnswerPlace) -> QuerySet[Comment]:
    """What was said about a question, oldest first, each with who said it and who was mentioned. Two queries."""
    said = submission.comments.filter(asked_in=place.asked_in, question=place.question)
    mentions = Prefetch("mentions", Mention.objects.select_related("user").order_by("user__name", "pk"))
    return said.select_related("by").prefetch_related(mentions).order_by("at", "pk")


def list_unseen_mentions(user: User, submission: Submission, place: AnswerPlace) -> QuerySet[Mention]:
    """Where a person was mentioned at a question and has not looked since; oldest first."""
    return Mention.objects.filter(
        user=user,
        seen_at=None,
        comment__submission=submission,
        comment__asked_in=place.asked_in,
        comment__question=place.question,
    ).order_by("pk")


def has_unseen_mention(user: User, submission: Submission, place: AnswerPlace) -> bool:
    """Return whether there is something to mark as seen. One query."""
    return list_unseen_mentions(user, submission, place).exists()


def find_why_no_comments(submission: Submission, at: datetime) -> NotOpen | None:
    """Return why nothing more can be said; None when it can: also while the answers wait for signature, as the officer
    may have something to ask, even after the day they were due.
    """
    if submission.state == SubmissionState.SUBMITTED and submission.round.state in WHILE_ROUND_IS_ON:
        return None
    return find_why_not_open(submission, at)
