# SPDX-License-Identifier: MIT
"""Reading events."""

from __future__ import annotations

from django.db.models import QuerySet

from trigpoint_web.audit.models import Event


def list_events(*, round_slug: str, organisation: str | None = None) -> QuerySet[Event]:
    """Events of a round, or of one organisation in it, newest first."""
    events = Event.objects.filter(round=round_slug)
    return (events if organisation is None else events.filter(organisation=organisation)).order_by("-id")
