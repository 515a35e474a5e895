# SPDX-License-Identifier: MIT
"""Moving the dates of a round: with a reason, in order, written down, and told to those whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.web.rounds.administering import (
    address,
    list_actions,
    problems_of,
    round_now,
    set_submission,
    sign_in_administrator,
    text_of,
    typed_moment,
)
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.round_dates import DATE_FIELDS, change_dates, dates_of
from trigpoint_web.rounds.actions.rounds import RoundDates
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def change(world: World, reason: str = "A storm.", **moments: Any) -> Round:
    dates: RoundDates = replace(dates_of(world.round), **moments)
    return change_dates(world.round, dates, reason=reason, by=world.people[Role.ADMINISTRATOR], at=NOW)


def refusals(world: World, reason: str = "A storm.", **moments: Any) -> tuple[str, ...]:
    before = Event.objects.count()
    with pytest.raises(ChangeRefused) as refused:
        change(world, reason, **moments)
    assert Event.objects.count() == before
    return refused.value.problems


def typed(round_: Round, **changes: str) -> dict[str, str]:
    fields: dict[str, str] = {"reason": "A storm."}
    for name in DATE_FIELDS:
        fields |= typed_moment(name.removesuffix("_at"), getattr(round_, name))
    return fields | changes


def test_a_changed_date_is_written_down_with_what_it_was(world):
    before = world.round.publishes_at

    changed = change(world, publishes_at=NOW + 90 * DAY)

    assert changed.publishes_at == NOW + 90 * DAY
    event = Event.objects.latest("id")
    assert event.action == "round.dates_changed"
    assert event.details == {
        "reason": "A storm.",
        "publishes_at": (NOW + 90 * DAY).isoformat(),
        "publishes_at_before": before.isoformat(),
    }


def test_a_date_can_be_taken_off(world):
    assert change(world, publishes_at=None).publishes_at is None
    assert Event.objects.latest("id").details["publishes_at"] is None


def test_moving_the_closing_of_an_open_round_is_told_to_leads_without_an_extension(
    world, django_capture_on_commit_callbacks
):
    make_person(Role.LEAD, organisation="ZZ302")
    set_submission(world, "ZZ302", extended_until=NOW + 35 * DAY)

    with django_capture_on_commit_callbacks(execute=True):
        change(world, closes_at=NOW + 25 * DAY)

    assert [one.to for one in mail.outbox] == [[world.people[Role.LEAD].email]]
    assert "The reason: A storm." in mail.outbox[0].body


@pytest.mark.parametrize("moment", ["review_ends_at", "closes_at"])
def test_other_moves_are_told_to_nobody(world, moment, django_capture_on_commit_callbacks):
    if moment == "closes_at":
        world.round.state = "draft"
        world.round.save()

    with django_capture_on_commit_callbacks(execute=True):
        change(world, "A storm.", **{moment: NOW + 30 * DAY})

    assert mail.outbox == []


def test_what_can_not_move_is_refused_with_every_reason(world):
    assert refusals(world, " ", opens_at=NOW - 3 * DAY, closes_at=NOW - DAY) == (
        "The round has opened, so its opening can’t move.",
        "The closing must be later than now. To close the round now, take the step “Close”.",
        "Give a reason: it is kept, and the people concerned can read it.",
    )
    assert refusals(world) == ("No date is another than before.",)
    assert refusals(world, review_ends_at=None) == ("A right of reply needs a review: give the end of the review too.",)


def test_the_closing_of_a_closed_round_does_not_move(world):
    world.round.state = "closed"
    world.round.save()

    assert "The round has closed." in refusals(world, closes_at=NOW + 30 * DAY)[0]


def test_a_published_round_has_its_dates_for_ever(world):
    world.round.state = "published"
    world.round.save()

    assert refusals(world, publishes_at=NOW) == ("The round is published, so its dates can’t move any more.",)


def test_the_dates_change_in_the_page(world, client):
    day = NOW + 95 * DAY
    fields = typed(world.round) | typed_moment("publishes", day, time="noon")

    answer = client.post(address("round_dates"), fields, follow=True)

    assert "The dates are changed." in text_of(answer)
    publication = round_now().publishes_at
    assert publication is not None
    assert publication.date() == day.date()
    assert list_actions()[-1] == "round.dates_changed"


def test_seconds_that_nobody_typed_are_no_change(client):
    Round.objects.update(opens_at=NOW - timedelta(days=9, seconds=-7, microseconds=-13))

    answer = client.post(address("round_dates"), typed(round_now()))

    assert problems_of(answer) == ["No date is another than before."]


def test_problems_of_the_form_and_of_the_action_come_back_with_what_was_typed(world, client):
    page = client.post(address("round_dates"), typed(world.round, reason="", closes_time="whenever"))
    assert problems_of(page) == ["The time of closing must be a time, such as 5pm or 17:00", "Give a reason"]
    assert 'value="whenever"' in page.content.decode()

    fields = typed(world.round) | typed_moment("opens", NOW - 30 * DAY)
    assert problems_of(client.post(address("round_dates"), fields)) == [
        "The round has opened, so its opening can’t move."
    ]


def test_the_page_shows_the_dates_as_they_are(world, client):
    Round.objects.update(reply_ends_at=None)

    shown = client.get(address("round_dates")).content.decode()

    assert shown.count('name="reply_ends_on-day"') == 1
    assert f'name="closes_on-year" type="text" value="{world.round.closes_at.year}"' in shown
