# SPDX-License-Identifier: MIT
"""What the task list needs beside the answers."""

from __future__ import annotations

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.models import Mention, Submission


def list_mentioned_places(user: User, submission: Submission) -> frozenset[AnswerPlace]:
    """Return the places at which somebody wrote to a person who has not looked since. One query."""
    rows = Mention.objects.filter(user=user, seen_at=None, comment__submission=submission)
    return frozenset(AnswerPlace(*names) for names in rows.values_list("comment__asked_in", "comment__question"))
