# SPDX-License-Identifier: MIT
"""The history of a round: who did what and when, in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

import trigpoint_web
from tests.web.rounds.administering import address, count_queries, sign_in, sign_in_administrator, text_of
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.presenters.event_words import EVENT_WORDS, say_event
from trigpoint_web.rounds.presenters.round_events import EVENTS_ON_A_PAGE
from trigpoint_web.rounds.states import RoundStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def write(
    action: str = "submission.extended", *, by: int | None = None, code: str = "ZZ302", **details: object
) -> Event:
    return record_event(action, by=by, at=NOW, place=EventPlace("2026", code), details=details)  # type: ignore[arg-type]


def test_the_history_says_who_did_what_where(world, client):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")

    words = text_of(client.get(address("round_events")))

    assert "Contributor of ZZ301 Organisation Northmoor Synthetic Hospitals What Gave the first answer." in words
    assert "National administrator of ZZ301 Organisation All of them What Opened the round." in words


def test_what_the_service_did_and_who_is_no_longer_known(client):
    write(by=None)
    write(by=10**9)

    words = text_of(client.get(address("round_events")))

    assert "The service Organisation Eastvale Synthetic Hospitals" in words
    assert "Somebody no longer known" in words


def test_the_history_of_one_organisation(world, client):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    write()

    words = text_of(client.get(address("round_events"), {"organisation": "ZZ302"}))

    assert "Gave more time." in words
    assert "Gave the first answer" not in words
    assert "Gave the first answer" in text_of(client.get(address("round_events"), {"organisation": "ZZ999"}))


def test_a_long_history_has_pages(client):
    for _ in range(EVENTS_ON_A_PAGE + 1):
        write()

    first = client.get(address("round_events"), {"organisation": "ZZ302"})
    second = client.get(address("round_events"), {"organisation": "ZZ302", "page": "2"})

    assert text_of(first).count("Gave more time.") == EVENTS_ON_A_PAGE
    assert text_of(second).count("Gave more time.") == 1
    assert "organisation=ZZ302&amp;page=2" in first.content.decode()
    assert "?page=2" in client.get(address("round_events")).content.decode()


def test_the_history_takes_as_many_queries_for_many_events_by_many_people(client):
    write()
    few = count_queries(client, address("round_events"))
    for _ in range(5):
        write(by=make_person(Role.OBSERVER).pk)

    assert count_queries(client, address("round_events")) == few


def test_an_analyst_reads_the_history_too(world):
    assert sign_in(world.people[Role.ANALYST]).get(address("round_events")).status_code == 200


def say(action: str, **details: object) -> str:
    event = Event(action=action, details=details)
    return say_event(event, now=datetime(2026, 6, 1, tzinfo=UTC))


def test_details_are_said_in_words():
    moment = datetime(2026, 6, 12, 16, tzinfo=UTC)
    until = moment.isoformat()

    assert say("submission.extended", until=until, reason="A merger.") == (
        "Gave more time. Until Friday 12 June at 5pm. Reason: A merger."
    )
    assert say("round.opened_again", closes=until, closed=until, reason="A storm.") == (
        "Opened the round again. New closing: Friday 12 June at 5pm. Reason: A storm."
    )
    assert say("round.opened", planned=until) == "Opened the round. It was planned for Friday 12 June at 5pm."
    assert say("round.reminded", organisations=1200, mails=1300, subject="S") == (
        "Sent reminders. Organisations: 1,200. Mails: 1,300."
    )
    assert say("round.dates_changed", closes_at=until, closes_at_before=None, reason="R") == (
        "Changed the dates. The closing: not planned became Friday 12 June at 5pm. Reason: R"
    )


def test_an_event_without_words_says_its_own_name():
    assert say("thing.was_done") == "Thing was done"


def test_every_event_of_a_round_has_words():
    sources = (Path(trigpoint_web.__file__).parent / "rounds" / "actions").glob("*.py")
    written = {name for source in sources for name in re.findall(r'"((?:round|mail)\.\w+)"', source.read_text())}

    assert written | {step.value for step in RoundStep} <= set(EVENT_WORDS)
