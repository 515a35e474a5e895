# SPDX-License-Identifier: MIT
"""The outbox: a mail is a row first, is sent once, and says why where it could not be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from trigpoint_web.notifications.actions import (
    KEY_NOT_KEPT,
    LONGEST_SENDING,
    MOST_ATTEMPTS,
    Letter,
    queue_mail,
    send_mail_now,
    send_waiting_mail,
)
from trigpoint_web.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, tzinfo=UTC)
LETTER = Letter("reminder", "Four\r\nquestions  left", "Body", round="2026", organisation="ZZ301")


@pytest.fixture
def nobody_listens(settings):
    """The mail server is set and does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # a port of a service that is no more


class SlowServer(BaseEmailBackend):
    """A mail server during which something else happens: what a test says."""

    meanwhile: Callable[[], None]

    def send_messages(self, email_messages):
        type(self).meanwhile()
        return len(email_messages)


@pytest.fixture
def slow_server(settings):
    """Mail goes to a server during which what `meanwhile` says happens."""
    settings.EMAIL_BACKEND = f"{__name__}.{SlowServer.__name__}"
    return SlowServer


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


def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(slow_server):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    of_the_test = list(connection.atomic_blocks)
    seen = []
    slow_server.meanwhile = lambda: seen.append(list(connection.atomic_blocks))

    assert send_mail_now(queued.pk)

    assert seen == [of_the_test]


def test_one_that_is_being_sent_is_not_sent_by_another_worker(slow_server):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    others = []
    slow_server.meanwhile = lambda: others.append(send_mail_now(queued.pk))

    assert send_mail_now(queued.pk)

    assert others == [False]
    queued.refresh_from_db()
    assert (queued.attempts, queued.claimed_until) == (1, None)


def test_it_counts_as_tried_before_the_server_is_spoken_to(slow_server):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    seen = []
    slow_server.meanwhile = lambda: seen.append(OutboxMail.objects.get(pk=queued.pk))

    send_mail_now(queued.pk)

    (meanwhile,) = seen
    assert (meanwhile.attempts, meanwhile.sent_at) == (1, None)
    assert meanwhile.claimed_until is not None
    assert timezone.now() < meanwhile.claimed_until <= timezone.now() + LONGEST_SENDING


@pytest.mark.parametrize(("since_lapsing", "sent"), [(timedelta(minutes=-1), False), (timedelta(minutes=1), True)])
def test_one_left_by_a_worker_that_died_is_sent_by_another_once_its_time_has_passed(since_lapsing, sent):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    OutboxMail.objects.filter(pk=queued.pk).update(attempts=1, claimed_until=timezone.now() - since_lapsing)

    assert send_mail_now(queued.pk) is sent

    queued.refresh_from_db()
    assert (queued.attempts, len(mail.outbox)) == ((2, 1) if sent else (1, 0))


def test_a_worker_that_fails_late_takes_nothing_from_the_one_who_took_over(slow_server):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    of_another = timezone.now() + timedelta(hours=1)

    def be_overtaken():
        OutboxMail.objects.filter(pk=queued.pk).update(claimed_until=of_another)
        raise TimeoutError

    slow_server.meanwhile = be_overtaken

    assert not send_mail_now(queued.pk)
    queued.refresh_from_db()
    assert (queued.claimed_until, queued.last_error) == (of_another, "")


@pytest.mark.usefixtures("nobody_listens")
def test_one_that_failed_may_be_tried_again_at_once(settings):
    queued = queue_mail(LETTER, to="lead@example.org", at=AT)
    assert not send_mail_now(queued.pk)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send_mail_now(queued.pk)
    queued.refresh_from_db()
    assert (queued.attempts, queued.last_error, queued.claimed_until) == (2, "", None)


@pytest.mark.parametrize(("kind", "kept"), [("invitation", KEY_NOT_KEPT), ("reminder", "Body")])
def test_a_mail_with_a_key_is_forgotten_once_it_is_sent_and_no_other(kind, kept):
    queued = queue_mail(Letter(kind, "A subject", "Body"), to="lead@example.org", at=AT)

    send_mail_now(queued.pk)

    queued.refresh_from_db()
    assert queued.body == kept
    assert mail.outbox[-1].body == "Body"


# In a process of its own: the tests share one connection and one transaction, which would hide the matter.
WRITES_MEANWHILE = """
import sqlite3
import django
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

class Backend(BaseEmailBackend):
    def send_messages(self, messages):
        other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)
        other.execute("UPDATE notifications_outboxmail SET organisation = 'ZZ302'")
        other.commit()
        other.close()
        return len(messages)

settings.EMAIL_BACKEND = "__main__.Backend"
django.setup()
from django.core.management import call_command
from django.utils import timezone
from trigpoint_web.notifications.actions import send_mail_now
from trigpoint_web.notifications.models import OutboxMail

call_command("migrate", "notifications", verbosity=0)
row = OutboxMail.objects.create(to="a@example.org", subject="A", body="B", kind="reminder", queued_at=timezone.now())
assert send_mail_now(row.pk)
row.refresh_from_db()
print(row.organisation, row.attempts, row.sent_at is not None)
"""


def test_on_sqlite_another_process_saves_while_a_mail_is_being_sent(tmp_path):
    service = {"TRIGPOINT_DEBUG": "1", "TRIGPOINT_HOME": str(tmp_path)}
    clean = {name: given for name, given in os.environ.items() if name != "DATABASE_URL"}
    environment = {**clean, **service, "DJANGO_SETTINGS_MODULE": "trigpoint_web.config.settings"}

    command = [sys.executable, "-c", WRITES_MEANWHILE]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (ran.stdout, ran.returncode) == ("ZZ302 1 True\n", 0), ran.stderr
