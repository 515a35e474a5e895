# SPDX-License-Identifier: MIT
"""Mail: queued in the transaction of what it tells, sent after that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from trigpoint_web.notifications.models import OutboxMail

MOST_ATTEMPTS = 5  # then somebody has to look: the board of outgoing mail shows it
# How long a mail is left to who sends it. The mail server may be waited for, 10 seconds a step (EMAIL_TIMEOUT), for a
# few steps; a process that died has not let go, and after this another may try.
LONGEST_SENDING = timedelta(minutes=10)
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
    """Send one mail of the outbox; return whether it is sent. One that is sent, or is being sent, is not sent again.

    No transaction is open while the mail server is spoken to: on SQLite it would keep everybody from saving. The row is
    claimed before, and says how it went afterwards.
    """
    mail = _claim(pk, at=timezone.now())
    if mail is None:
        return OutboxMail.objects.filter(pk=pk).exclude(sent_at=None).exists()
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    except (OSError, SMTPException) as error:
        _record_failure(mail, why=type(error).__name__)
        return False
    _record_sent(mail, at=timezone.now())
    return True


@transaction.atomic
def _claim(pk: int, *, at: datetime) -> OutboxMail | None:
    """Take a mail to send it, so that nobody else does; None where it is sent or is taken. An attempt, from here on."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    free = OutboxMail.objects.filter(is_free, pk=pk, sent_at=None)
    if not free.update(attempts=F("attempts") + 1, claimed_until=at + LONGEST_SENDING):
        return None
    return OutboxMail.objects.get(pk=pk)


@transaction.atomic
def _record_failure(mail: OutboxMail, *, why: str) -> None:
    """Let the mail go again, unless somebody else has taken it meanwhile."""
    ours = OutboxMail.objects.filter(pk=mail.pk, sent_at=None, claimed_until=mail.claimed_until)
    ours.update(last_error=why, claimed_until=None)


@transaction.atomic
def _record_sent(mail: OutboxMail, *, at: datetime) -> None:
    body = KEY_NOT_KEPT if mail.kind in KINDS_WITH_KEY else mail.body
    OutboxMail.objects.filter(pk=mail.pk).update(sent_at=at, last_error="", claimed_until=None, body=body)


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
