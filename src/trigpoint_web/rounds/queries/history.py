# SPDX-License-Identifier: MIT
"""Reading what happened to a submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.models import Event
from trigpoint_web.audit.queries import list_events
from trigpoint_web.rounds.models import Submission


def list_submission_events(submission: Submission) -> QuerySet[Event]:
    """What happened in the round to one organisation, newest first."""
    return list_events(round_slug=submission.round.slug, organisation=submission.organisation_id)


def list_people(events: Iterable[Event]) -> Mapping[int, User]:
    """Return who did the events, by key. One query."""
    return User.objects.in_bulk({event.by for event in events if event.by is not None})
