# SPDX-License-Identifier: MIT
"""Mail: queued in the transaction of what it tells, sent after that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from trigpoint_web.notifications.models import OutboxMail

MOST_ATTEMPTS = 5  # then somebody has to look: the board of outgoing mail shows it
# Mails with a key in them, which is kept as its hash alone: once sent, the outbox forgets what they said.
KINDS_WITH_KEY = frozenset({"invitation"})
KEY_NOT_KEPT = "This mail held a key for its reader alone, so its text is not kept."


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says and what it is about. kind: such as reminder; round, organisation: blank where it is of none."""

    kind: str
    subject: str
    body: str
    round: str = ""
    organisation: str = ""


def queue_mail(letter: Letter, *, to: str, at: datetime) -> OutboxMail:
    """Put a mail in the outbox; it is sent once the transaction is kept, and tried again later where that fails."""
    mail = OutboxMail.objects.create(
        to=to,
        subject=" ".join(letter.subject.split())[:200],
        body=letter.body,
        kind=letter.kind,
        round=letter.round,
        organisation=letter.organisation,
        queued_at=at,
    )
    transaction.on_commit(partial(_ask_for_sending, mail.pk))
    return mail


def _ask_for_sending(pk: int) -> None:
    # Late, as the task module imports this one.
    from trigpoint_web.notifications.tasks import send_queued_mail

    send_queued_mail.enqueue(pk)


def send_mail_now(pk: int) -> bool:
    """Send one mail of the outbox; return whether it is sent. One that is sent already is not sent again."""
    with transaction.atomic():
        mail = OutboxMail.objects.select_for_update().get(pk=pk)
        if mail.sent_at is not None:
            return True
        mail.attempts += 1
        try:
            EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
        except (OSError, SMTPException) as error:
            mail.last_error = type(error).__name__
        else:
            mail.sent_at, mail.last_error = timezone.now(), ""
            mail.body = KEY_NOT_KEPT if mail.kind in KINDS_WITH_KEY else mail.body
        mail.save(update_fields=["attempts", "sent_at", "last_error", "body"])
    return mail.sent_at is not None


def send_waiting_mail() -> tuple[int, int]:
    """Send what waits, oldest first; return how many were sent and how many were not."""
    waiting = OutboxMail.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS).order_by("id")
    outcomes = [send_mail_now(pk) for pk in waiting.values_list("pk", flat=True)]
    return sum(outcomes), len(outcomes) - sum(outcomes)


@transaction.atomic
def try_again(*, round_slug: str) -> int:
    """Have the mails of a round that were tried and not sent tried anew, from the first attempt on; return how many.

    What is sent, waits for its first attempt, or is of another round is left alone.
    """
    troubled = OutboxMail.objects.select_for_update().filter(round=round_slug, sent_at=None, attempts__gt=0)
    mails = list(troubled.order_by("id"))
    for mail in mails:
        mail.attempts = 0
        transaction.on_commit(partial(_ask_for_sending, mail.pk))
    OutboxMail.objects.bulk_update(mails, ["attempts"], batch_size=500)
    return len(mails)
