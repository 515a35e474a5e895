# SPDX-License-Identifier: MIT
"""The outbox: a mail is a row first, is sent once, and says why where it could not be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import transaction

from trigpoint_web.notifications.actions import MOST_ATTEMPTS, Letter, queue_mail, send_mail_now, send_waiting_mail
from trigpoint_web.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, tzinfo=UTC)
LETTER = Letter("reminder", "Four\r\nquestions  left", "Body", round="2026", organisation="ZZ301")


@pytest.fixture
def nobody_listens(settings):
    """The mail server is set and does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # a port of a service that is no more


def test_a_mail_is_sent_after_the_transaction_is_kept(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queued = queue_mail(LETTER, to="lead@example.org", at=AT)
        assert mail.outbox == []

    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Four questions left", "Body", ["lead@example.org"])
    queued.refresh_from_db()
    assert queued.sent_at is not None
    assert queued.attempts == 1


def test_what_was_undone_is_never_written():
    try:
        with transaction.atomic():
            queue_mail(LETTER, to="lead@example.org", at=AT)
            raise LookupError("what it tells did not happen")
    except LookupError:
        pass

    assert OutboxMail.objects.count() == 0
    assert mail.outbox == []


def test_one_that_is_sent_is_not_sent_again():
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)

    assert send_mail_now(queued.pk)
    assert send_mail_now(queued.pk)
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("nobody_listens")
def test_one_that_could_not_be_sent_says_why_without_the_address():
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)

    assert not send_mail_now(queued.pk)

    queued.refresh_from_db()
    assert (queued.sent_at, queued.attempts, queued.last_error) == (None, 1, "ConnectionRefusedError")


@pytest.mark.usefixtures("nobody_listens")
def test_it_is_tried_a_few_times_and_then_left_for_people():
    queue_mail(LETTER, to="lead@example.org", at=AT)

    assert [send_waiting_mail() for _ in range(MOST_ATTEMPTS + 1)] == [(0, 1)] * MOST_ATTEMPTS + [(0, 0)]
