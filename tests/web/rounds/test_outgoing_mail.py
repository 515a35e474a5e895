# SPDX-License-Identifier: MIT
"""The outbox of a round: what was sent, what waits, what failed, and trying again."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.web.rounds.administering import address, count_queries, list_actions, sign_in_administrator, text_of
from tests.web.world import NOW, World, make_world
from trigpoint_web.notifications.actions import MOST_ATTEMPTS
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.presenters.outgoing_mail import MAILS_ON_A_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def put(subject: str, **changes: object) -> OutboxMail:
    """Put a mail in the outbox as it is after some attempts."""
    row = {"to": "lead@example.org", "body": "B", "kind": "reminder", "round": "2026", "queued_at": NOW, **changes}
    return OutboxMail.objects.create(subject=subject, **row)


@pytest.fixture
def mails() -> dict[str, OutboxMail]:
    failed = {"attempts": MOST_ATTEMPTS, "last_error": "ConnectionRefusedError"}
    return {
        "sent": put("Was sent", sent_at=NOW, attempts=1),
        "new": put("Is new"),
        "waiting": put("Was tried", attempts=2, last_error="TimeoutError"),
        "failed": put("Has failed", **failed),
        "other": put("Of another round", round="2024", **failed),
    }


@pytest.mark.usefixtures("mails")
def test_the_page_tells_sent_waiting_and_failed_apart(client):
    words = text_of(client.get(address("outgoing_mail")))

    assert "1 Could not be sent 2 Waiting 1 Sent" in words
    assert "Failed Tried 5 of 5 times: ConnectionRefusedError" in words
    assert "Waiting Tried 2 of 5 times: TimeoutError" in words
    assert "Of another round" not in words


@pytest.mark.parametrize(("attempts", "error", "said"), [(1, "", "being sent"), (2, "TimeoutError", "TimeoutError")])
def test_one_that_is_being_sent_says_so_until_it_is_known_how_that_went(client, attempts, error, said):
    put("Is on its way", attempts=attempts, last_error=error)

    assert f"Waiting Tried {attempts} of 5 times: {said}" in text_of(client.get(address("outgoing_mail")))


@pytest.mark.parametrize(
    ("state", "shown"),
    [("failed", ["Has failed"]), ("waiting", ["Is new", "Was tried"]), ("sent", ["Was sent"])],
)
def test_each_number_is_a_filter(client, mails, state, shown):
    words = text_of(client.get(address("outgoing_mail"), {"state": state}))

    assert [one.subject for one in mails.values() if one.subject in words] == shown


@pytest.mark.usefixtures("mails")
def test_an_unknown_state_shows_all(client):
    assert "Has failed" in text_of(client.get(address("outgoing_mail"), {"state": "lost"}))


def test_what_was_tried_is_tried_again_and_sent(client, mails, django_capture_on_commit_callbacks):
    assert "Try 2 mails again" in text_of(client.get(address("outgoing_mail")))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address("outgoing_mail"), follow=True)

    assert "2 mails will be tried again." in text_of(answer)
    assert sorted(one.subject for one in mail.outbox) == ["Has failed", "Was tried"]
    assert list_actions()[-1] == "mail.tried_again"
    mails["other"].refresh_from_db()
    assert mails["other"].attempts == MOST_ATTEMPTS


def test_with_nothing_to_try_again_nothing_is_written(client):
    before = list_actions()

    assert "0 mails will be tried again." in text_of(client.post(address("outgoing_mail"), follow=True))
    assert list_actions() == before
    assert "again" not in text_of(client.get(address("outgoing_mail"))).replace("tried again", "")


def test_a_long_outbox_has_pages_and_takes_no_more_queries(client):
    put("First")
    few = count_queries(client, address("outgoing_mail"))
    for number in range(MAILS_ON_A_PAGE):
        put(f"Mail {number}")

    assert count_queries(client, address("outgoing_mail")) == few
    assert "First" in text_of(client.get(address("outgoing_mail"), {"page": "2"}))
    assert "state=waiting&amp;page=2" in client.get(address("outgoing_mail"), {"state": "waiting"}).content.decode()


@pytest.mark.usefixtures("mails")
def test_the_command_sends_what_waits():
    said = StringIO()

    call_command("send_mail", stdout=said)

    assert said.getvalue() == "2 sent, 0 not sent\n"
    assert sorted(one.subject for one in mail.outbox) == ["Is new", "Was tried"]
