# SPDX-License-Identifier: MIT
"""Reading the names that a history needs beside its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.models import Round, Submission


def list_names_of(events: Iterable[Event]) -> Mapping[int, str]:
    """Return the name of each person who did one of these events, by their key. One query."""
    keys = {event.by for event in events if event.by is not None}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))


def list_organisations_of(round_: Round) -> Mapping[str, str]:
    """Return the name of each organisation of a round by its code, in the order of the names. One query."""
    rows = Submission.objects.filter(round=round_).order_by("organisation__name", "organisation_id")
    return dict(rows.values_list("organisation_id", "organisation__name"))
