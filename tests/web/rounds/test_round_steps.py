# SPDX-License-Identifier: MIT
"""Opening, closing and the later steps of a round: in the pages, and by the service at the dates that were set."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.web.rounds.administering import (
    add_organisations,
    address,
    list_actions,
    problems_of,
    round_now,
    sign_in_administrator,
    text_of,
    typed_moment,
)
from tests.web.world import LONG_AGO, NOW, World, make_earlier_round, make_person, make_round, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.round_steps import (
    MOST_SUGGESTED_AT_ONCE,
    lock_round,
    take_due_steps,
    take_round_step,
)
from trigpoint_web.rounds.actions.steps import StepTaken
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Round, Suggestion
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.states import RoundState, RoundStep

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def draft(world: World, slug: str = "next", **plan: Any) -> Round:
    return make_round(slug=slug, by=world.people[Role.ADMINISTRATOR], is_open=False, **plan)


def put(round_: Round, **changes: object) -> Round:
    Round.objects.filter(pk=round_.pk).update(**changes)
    return round_now(round_.slug)


def take(round_: Round, step: RoundStep, **more: Any) -> Round:
    return take_round_step(round_, step, StepTaken(None, NOW, "A reason."), **more)


def test_the_page_offers_the_steps_from_here_and_says_what_each_does(client):
    shown = text_of(client.get(address("round_steps")))

    assert "Now: Open" in shown
    assert "Close the round Nobody can answer any more, except those with an extension." in shown
    assert "Open the round again" not in shown
    assert "Mark the round as published" not in shown


def test_what_a_step_lacks_is_said_in_its_place(world, client):
    put(world.round, state="closed")

    shown = client.get(address("round_steps"))

    assert "A review is planned and has not begun" in text_of(shown)
    assert address("round_step", step="publish") not in shown.content.decode()
    assert address("round_step", step="start-review") in shown.content.decode()


def test_a_published_round_has_no_further_steps(world, client):
    put(world.round, state="published")

    assert "There are no further steps" in text_of(client.get(address("round_steps")))


def test_a_step_is_confirmed_and_then_taken(client):
    assert "What happens:" in text_of(client.get(address("round_step", step="close")))
    assert round_now().state == RoundState.OPEN

    answer = client.post(address("round_step", step="close"), follow=True)

    assert "The round is closed." in text_of(answer)
    assert round_now().state == RoundState.CLOSED
    assert list_actions()[-1] == "round.closed"


def test_a_step_pressed_twice_is_taken_once_and_says_so(client):
    client.post(address("round_step", step="close"))

    second = client.post(address("round_step", step="close"))

    assert second.status_code == 409
    assert "The round is closed, so this step can’t be taken from here." in text_of(second)
    assert list_actions().count("round.closed") == 1


def test_a_step_that_is_not_of_the_table_is_not_even_shown(client):
    assert client.get(address("round_step", step="publish")).status_code == 409
    assert client.get(address("round_step", step="dance")).status_code == 404


def test_a_step_that_lacks_something_is_refused_when_it_is_sent_all_the_same(world, client):
    put(world.round, state="closed")

    assert client.post(address("round_step", step="publish")).status_code == 409
    assert round_now().state == RoundState.CLOSED


def test_opening_again_asks_for_a_reason_and_a_new_closing(world, client):
    put(world.round, state="closed")
    url = address("round_step", step="open-again")

    wrong = problems_of(client.post(url, typed_moment("closes", NOW + 90 * DAY) | {"reason": "A storm."}))
    assert wrong == [
        "The end of review must come after closing.",
        "Change the later dates of the round first, or take an earlier closing.",
    ]
    assert problems_of(client.post(url, typed_moment("closes", NOW - DAY) | {"reason": "A storm."})) == [
        "The new closing must be later than now."
    ]

    client.post(url, typed_moment("closes", NOW + 30 * DAY) | {"reason": "A storm."})

    again = round_now()
    assert again.state == RoundState.OPEN
    assert abs(again.closes_at - (NOW + 30 * DAY)) < timedelta(minutes=1)
    event = Event.objects.latest("id")
    assert (event.action, event.details["reason"]) == ("round.opened_again", "A storm.")
    assert set(event.details) == {"reason", "closed", "closes"}


def test_without_a_new_closing_a_round_does_not_open_again(world):
    with pytest.raises(ChangeRefused, match="must be later than now"):
        take(put(world.round, state="closed"), RoundStep.OPEN_AGAIN)


def test_opening_before_the_date_makes_now_the_opening(world):
    round_ = put(draft(world), opens_at=NOW + DAY)

    opened = take(round_, RoundStep.OPEN)

    assert opened.opens_at == NOW
    submission = opened.submissions.select_related("round").first()
    assert submission is not None
    assert find_why_not_open(submission, NOW) is None
    assert Event.objects.latest("id").details["planned"] == (NOW + DAY).isoformat()


def test_closing_before_the_date_makes_now_the_closing(world):
    closed = take(world.round, RoundStep.CLOSE)

    assert closed.closes_at == NOW
    assert "planned" in Event.objects.latest("id").details


def test_a_step_at_its_own_date_moves_nothing(world):
    round_ = put(draft(world), opens_at=NOW - 2 * DAY, closes_at=NOW + DAY)
    assert take(round_, RoundStep.OPEN).opens_at == NOW - 2 * DAY
    assert "planned" not in Event.objects.latest("id").details

    over = put(round_, closes_at=NOW - DAY)

    assert take(over, RoundStep.CLOSE).closes_at == NOW - DAY


def test_a_round_whose_closing_has_passed_is_not_opened(world):
    with pytest.raises(StepRefused, match="The closing date is in the past"):
        take(put(draft(world), closes_at=NOW - DAY), RoundStep.OPEN)


def test_a_round_that_has_not_begun_by_its_dates_is_not_closed(world):
    with pytest.raises(StepRefused, match="has not begun by its own dates"):
        take(put(world.round, opens_at=NOW + DAY), RoundStep.CLOSE)


def test_opening_writes_to_the_leads_who_can_sign_in(world, django_capture_on_commit_callbacks):
    second = make_person(Role.LEAD, organisation="ZZ302", name="Second lead")
    gone = make_person(Role.LEAD, organisation="ZZ303")
    gone.is_active = False
    gone.save()

    with django_capture_on_commit_callbacks(execute=True):
        take(draft(world), RoundStep.OPEN)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([world.people[Role.LEAD].email, second.email])
    letter = next(one for one in mail.outbox if one.to == [second.email])
    assert letter.subject == "Small assessment next is open"
    assert "Eastvale Synthetic Hospitals" in letter.body
    assert "/rounds/next/ZZ302/" in letter.body
    assert set(OutboxMail.objects.values_list("kind", flat=True)) == {"round opened"}


def answered_before(world: World) -> Round:
    """Return a draft that follows a round in which ZZ301 gave one answer."""
    before = make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    submission = before.submissions.select_related("round", "organisation").get(organisation="ZZ301")
    given = GivenAnswer(AnswerPlace(ORGANISATION, "board_leads"), "agree", replaces=0)
    save_answer(given, submission=submission, by=world.people[Role.CONTRIBUTOR], at=NOW)
    return draft(world, previous=before)


def test_opening_puts_the_last_answers_beside_the_questions(world):
    round_ = take(answered_before(world), RoundStep.OPEN)

    suggestion = Suggestion.objects.get(submission__round=round_)
    assert (suggestion.submission.organisation_id, suggestion.question, suggestion.choice) == (
        "ZZ301",
        "board_leads",
        "agree",
    )


def test_in_a_large_round_the_suggestions_are_made_in_the_background(world, django_capture_on_commit_callbacks):
    round_ = answered_before(world)
    add_organisations(World(round_, world.people), MOST_SUGGESTED_AT_ONCE)

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        take(round_, RoundStep.OPEN)
    assert Suggestion.objects.count() == 0

    for callback in callbacks:
        callback()
    assert Suggestion.objects.filter(submission__round=round_).count() == 1


def test_due_steps_are_taken_once(world):
    put(draft(world, "to-open"), opens_at=NOW - DAY, closes_at=NOW + DAY)
    put(draft(world, "later"), opens_at=NOW + DAY, closes_at=NOW + 2 * DAY)
    put(draft(world, "overdue"), opens_at=NOW - 2 * DAY, closes_at=NOW - DAY)
    put(world.round, opens_at=NOW - 2 * DAY, closes_at=NOW - DAY)

    first, second = take_due_steps(at=NOW), take_due_steps(at=NOW)

    assert (first.opened, first.closed, first.overdue) == (("to-open",), ("2026",), ("overdue",))
    assert (second.opened, second.closed, second.overdue) == ((), (), ("overdue",))
    assert [round_now(slug).state for slug in ("to-open", "later", "overdue", "2026")] == [
        "open",
        "draft",
        "draft",
        "closed",
    ]
    assert Event.objects.filter(action="round.opened", round="to-open", by=None).count() == 1


def test_a_round_that_closes_this_moment_is_still_open(world):
    put(world.round, closes_at=NOW)

    assert take_due_steps(at=NOW).closed == ()


def test_a_date_moved_meanwhile_is_respected(world):
    """What the list of due rounds said is asked again under the lock."""
    from trigpoint_web.rounds.actions.round_steps import _take_if_due

    put(world.round, closes_at=NOW + DAY)
    assert not _take_if_due(world.round, RoundStep.CLOSE, NOW)
    assert not _take_if_due(world.round, RoundStep.OPEN, NOW)
    assert lock_round(world.round).state == RoundState.OPEN


def test_the_command_says_what_it_did(world):
    put(draft(world, "to-open"), opens_at=NOW - DAY, closes_at=NOW + 9 * DAY)
    put(draft(world, "overdue"), opens_at=LONG_AGO, closes_at=NOW - DAY)
    put(world.round, opens_at=LONG_AGO, closes_at=NOW - DAY)
    said, complained = StringIO(), StringIO()

    call_command("take_due_steps", stdout=said, stderr=complained)

    assert said.getvalue().splitlines() == ["to-open: opened", "2026: closed"]
    assert "overdue: not opened" in complained.getvalue()
