# SPDX-License-Identifier: MIT
"""What is done in the background for a round."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from trigpoint_web.rounds.actions.suggestions import suggest_from_last_round
from trigpoint_web.rounds.models import Round


def suggest_now(round_: Round, *, at: datetime) -> int:
    """Put last round's answers beside the questions of each submission; return how many submissions there are."""
    submissions = round_.submissions.select_related("round", "organisation").order_by("pk")
    return len([suggest_from_last_round(submission, at=at) for submission in submissions])


@task()
def suggest_for_round(pk: int) -> int:
    """Do the same for a round by its key, once it is kept."""
    return suggest_now(Round.objects.get(pk=pk), at=timezone.now())
