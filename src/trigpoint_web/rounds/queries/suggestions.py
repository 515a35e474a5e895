# SPDX-License-Identifier: MIT
"""Reading suggested answers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.rounds.models import Submission, Suggestion


def list_open_suggestions(submission: Submission) -> QuerySet[Suggestion]:
    """Suggestions that nobody has settled yet, oldest first. One query."""
    return Suggestion.objects.filter(submission=submission, was_taken=None).order_by("pk")


def list_suggestions_for(submission: Submission, places: Collection[AnswerPlace]) -> list[Suggestion]:
    """Return the open suggestions for some places, oldest first. One query."""
    rows = list_open_suggestions(submission).filter(question__in=[place.question for place in places])
    return [row for row in rows if AnswerPlace(row.asked_in, row.question) in places]
