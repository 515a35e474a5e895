# SPDX-License-Identifier: MIT
"""More time for some organisations: until when, why, and what it opens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.web.rounds.administering import (
    address,
    problems_of,
    sign_in_administrator,
    text_of,
    typed_moment,
)
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.extensions import ExtensionPlan, extend
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen
from trigpoint_web.rounds.models import Extension, Round, Submission

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
UNTIL = NOW + 30 * DAY


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def give(world: World, *codes: str, until=UNTIL, reason: str = "A merger.") -> list[Submission]:
    plan = ExtensionPlan(until, reason, codes)
    return extend(world.round, plan, by=world.people[Role.ADMINISTRATOR], at=NOW)


def refusals(world: World, *codes: str, **plan: object) -> tuple[str, ...]:
    before = Event.objects.count()
    with pytest.raises(ChangeRefused) as refused:
        give(world, *codes, **plan)  # type: ignore[arg-type]
    assert (Event.objects.count(), Extension.objects.count()) == (before, 0)
    return refused.value.problems


def test_an_extension_is_a_row_a_date_an_event_and_a_mail(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        give(world, "ZZ301", "ZZ302")

    assert world.submission("ZZ301").extended_until == world.submission("ZZ302").extended_until == UNTIL
    assert world.submission("ZZ303").extended_until is None
    assert sorted(Extension.objects.values_list("submission__organisation", "reason")) == [
        ("ZZ301", "A merger."),
        ("ZZ302", "A merger."),
    ]
    events = Event.objects.filter(action="submission.extended").order_by("organisation")
    assert [one.organisation for one in events] == ["ZZ301", "ZZ302"]
    assert events[0].details == {"until": UNTIL.isoformat(), "reason": "A merger."}
    assert [one.to for one in mail.outbox] == [[world.people[Role.LEAD].email]], "ZZ302 has no lead"
    assert "The reason: A merger." in mail.outbox[0].body


def test_the_same_extension_twice_is_given_once(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        give(world, "ZZ301")
        give(world, "ZZ301")

    assert (Extension.objects.count(), len(mail.outbox)) == (1, 1)


def test_a_later_extension_replaces_the_one_before_and_both_stay(world):
    give(world, "ZZ301")
    give(world, "ZZ301", until=UNTIL - DAY)

    assert world.submission().extended_until == UNTIL - DAY
    assert Extension.objects.count() == 2


def test_with_an_extension_answers_are_taken_after_the_round_has_closed(world):
    give(world, "ZZ301")
    Round.objects.update(state="closed", opens_at=NOW - 20 * DAY, closes_at=NOW - DAY)

    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    with pytest.raises(NotOpen):
        world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree", code="ZZ302")


def test_what_is_wrong_is_said_all_at_once(world):
    assert refusals(world, until=NOW, reason=" ") == (
        "Choose at least one organisation on the board.",
        "Give a reason: it is kept, and the people concerned can read it.",
        "The new day must be later than now.",
    )
    assert refusals(world, "ZZ301", "ZZ999", "YY111") == ("Not in this round: YY111, ZZ999.",)


def test_an_extension_lies_between_the_closing_and_the_end_of_review(world):
    assert "for everybody. Give a later day." in refusals(world, "ZZ301", until=NOW + 10 * DAY)[0]
    assert "The review ends on" in refusals(world, "ZZ301", until=NOW + 50 * DAY)[0]

    Round.objects.update(review_ends_at=None, reply_ends_at=None)
    assert "The results are published on" in refusals(world, "ZZ301", until=NOW + 85 * DAY)[0]

    Round.objects.update(publishes_at=None)
    assert give(world, "ZZ301", until=NOW + 500 * DAY)


@pytest.mark.parametrize("state", ["draft", "published"])
def test_nobody_is_given_time_in_a_round_that_is_not_on(world, state):
    Round.objects.update(state=state)

    assert refusals(world, "ZZ301") == (f"The round is {state}, so nobody can be given more time.",)


def test_the_page_names_who_gets_more_time(client):
    shown = client.get(address("extend"), {"o": ["ZZ301", "ZZ303", "ZZ301", "no code", "ZZ999"]})

    assert "Northmoor Synthetic Hospitals" in text_of(shown)
    assert "Westhill Care" in text_of(shown)
    assert "Eastvale" not in text_of(shown)


def test_without_a_selection_the_page_sends_to_the_board(client):
    shown = client.get(address("extend"))

    assert problems_of(shown) == ["Choose at least one organisation on the board"]
    assert "<textarea" not in shown.content.decode()


def test_time_is_given_in_the_page(world, client):
    fields = {"o": ["ZZ301", "ZZ302"], "reason": "A merger.", **typed_moment("until", UNTIL, time="5pm")}

    answer = client.post(address("extend"), fields, follow=True)

    assert "2 organisations: more time until" in text_of(answer)
    assert world.submission("ZZ302").extended_until is not None


def test_what_is_wrong_comes_back_with_the_selection(world, client):
    empty = client.post(address("extend"), {"o": "ZZ301", "reason": "", **typed_moment("until", None, time=" ")})
    assert problems_of(empty) == ["Enter the new last day", "Enter a time, such as 5pm", "Give a reason"]

    early = {"o": "ZZ301", "reason": "A merger.", **typed_moment("until", NOW - DAY)}
    assert problems_of(client.post(address("extend"), early)) == ["The new day must be later than now."]
    assert world.submission().extended_until is None
