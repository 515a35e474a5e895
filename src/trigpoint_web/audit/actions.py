# SPDX-License-Identifier: MIT
"""Writing an event: always inside the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trigpoint_web.audit.models import Event

# Texts, numbers and truth values: what JSON holds without a converter.
Detail = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where something was done: the round, the organisation's code and the thing itself; blank where there is none."""

    round: str = ""
    organisation: str = ""
    target: str = ""


def record_event(
    action: str,
    *,
    by: int | None,
    at: datetime,
    place: EventPlace = EventPlace(),
    details: Mapping[str, Detail] | None = None,
) -> Event:
    """Write down that something was done. by: key of the user, None for the service itself."""
    return Event.objects.create(
        action=action,
        by=by,
        at=at,
        round=place.round,
        organisation=place.organisation,
        target=place.target,
        details=dict(details or {}),
    )
