# SPDX-License-Identifier: MIT
"""Reading the outbox."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from trigpoint_web.notifications.actions import MOST_ATTEMPTS
from trigpoint_web.notifications.models import OutboxMail

# Failed is tried as often as it is by itself; waiting is still to be tried.
IS_FAILED = Q(sent_at=None, attempts__gte=MOST_ATTEMPTS)
IS_WAITING = Q(sent_at=None, attempts__lt=MOST_ATTEMPTS)
IS_SENT = Q(sent_at__isnull=False)
MAIL_STATES = {"failed": IS_FAILED, "waiting": IS_WAITING, "sent": IS_SENT}


def list_mails(*, round_slug: str, state: str = "") -> QuerySet[OutboxMail]:
    """Mails about a round, the newest first; of one state ("failed", "waiting", "sent"), else of all."""
    mails = OutboxMail.objects.filter(round=round_slug)
    return mails.filter(MAIL_STATES[state] if state else Q()).order_by("-id")


def count_mails(*, round_slug: str) -> dict[str, int]:
    """Return how many mails about a round are failed, waiting and sent. One query."""
    counted = {name: Count("pk", filter=condition) for name, condition in MAIL_STATES.items()}
    return OutboxMail.objects.filter(round=round_slug).aggregate(**counted)


def count_troubled(*, round_slug: str) -> int:
    """Return how many mails about a round were tried and are not sent, whether they wait or failed. One query."""
    return OutboxMail.objects.filter(round=round_slug, sent_at=None, attempts__gt=0).count()
