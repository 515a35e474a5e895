# SPDX-License-Identifier: MIT
"""Having mails tried again that could not be sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import try_again
from trigpoint_web.rounds.models import Round


@transaction.atomic
def try_mails_again(round_: Round, *, by: User, at: datetime) -> int:
    """Try every mail of a round anew that was tried and not sent; return how many. Nothing is written where none is."""
    count = try_again(round_slug=round_.slug)
    if count:
        place = EventPlace(round_.slug, "", f"round {round_.pk}")
        record_event("mail.tried_again", by=by.pk, at=at, place=place, details={"mails": count})
    return count
