# SPDX-License-Identifier: MIT
"""Saying something about a question, and having read what one was mentioned in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.actions.answers import lock_submission
from trigpoint_web.rounds.actions.together import LetterToColleague, place_details, question_url, record, write_to
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Comment, Mention, Submission
from trigpoint_web.rounds.presenters.together import say_question
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.comments import find_why_no_comments, list_comments, list_unseen_mentions

LONGEST_COMMENT = 2000  # a page; what is longer is a document, and so evidence
# The same words by the same person within a minute are a button pressed twice.
PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewComment:
    """What somebody says about a question. mentioned: colleagues who get a mail."""

    place: AnswerPlace
    text: str
    mentioned: tuple[User, ...] = ()


@transaction.atomic
def add_comment(new: NewComment, *, submission: Submission, by: User, at: datetime) -> Comment:
    """Add a comment, and write to those it mentions; return it, or the one before when the button was pressed twice.

    Raises NotOpen when nothing more can be said, ChangeRefused for a text that is empty or too long.
    """
    locked = lock_submission(submission)
    why = find_why_no_comments(locked, at)
    if why is not None:
        raise why
    text = _require_text(new.text)
    last = list_comments(locked, new.place).last()
    if last is not None and (last.by_id, last.text) == (by.pk, text) and at - last.at < PRESSED_TWICE:
        return last
    comment = Comment.objects.create(
        submission=locked, asked_in=new.place.asked_in, question=new.place.question, text=text, by=by, at=at
    )
    mentioned = [one for one in new.mentioned if one != by]
    Mention.objects.bulk_create(Mention(comment=comment, user=one) for one in mentioned)
    record("comment.added", locked, {**place_details(new.place), "mentioned": len(mentioned)}, by=by, at=at)
    write_to(mentioned, _letter(new.place, locked, comment), submission=locked, at=at)
    return comment


def mark_mentions_seen(submission: Submission, place: AnswerPlace, *, by: User, at: datetime) -> int:
    """Keep that a person has opened the question they were mentioned at; return how many mentions that were.

    No event: that somebody has read something is theirs, and the moment stands in the row.
    """
    return list_unseen_mentions(by, submission, place).order_by().update(seen_at=at)


def _require_text(text: str) -> str:
    said = text.strip()
    if not said:
        raise ChangeRefused(("Write a comment.",))
    if len(said) > LONGEST_COMMENT:
        raise ChangeRefused((f"The comment has {len(said):,} characters. It can have {LONGEST_COMMENT:,} at most.",))
    return said


def _letter(place: AnswerPlace, submission: Submission, comment: Comment) -> LetterToColleague:
    question = say_question(find_framework(submission), place)
    return LetterToColleague(
        kind="mention",
        subject=f"{comment.by.name} mentioned you in {submission.round.title}",
        text=f"{comment.by.name} mentioned you in a comment on this question of {submission.round.title}:\n{question}",
        url=f"{question_url(submission, place)}#comment-{comment.pk}",
    )
