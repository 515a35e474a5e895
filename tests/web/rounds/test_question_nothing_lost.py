# SPDX-License-Identifier: MIT
"""Nothing typed on the page of a question is lost: stale pages, conflicts, the end of a session or of a round."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    COSTED,
    RECORD,
    STRATEGY,
    address,
    current,
    fields_of_page,
    opened_by,
    sign_in,
    text_of,
    typed,
)
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.models import Answer
from trigpoint_web.rounds.opened_page import LONGEST_MARK
from trigpoint_web.rounds.pages.typed_text import LARGEST_KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def test_a_button_pressed_twice_and_the_back_button_do_no_harm(client):
    sent = typed(BOARD, "agree", note="Once.")
    first, second = client.post(address(BOARD), sent), client.post(address(BOARD), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert Answer.objects.count() == 1


def test_a_stale_page_that_nobody_touched_gives_way_to_what_a_colleague_saved(world, client):
    world.answer(BOARD, "agree")
    stale = fields_of_page(client.get(address(BOARD)))
    world.answer(BOARD, "neither", by=world.people[Role.LEAD])

    reply = client.post(address(BOARD), stale)

    assert reply.headers["Location"] == address(STRATEGY)
    assert current(world, BOARD).choice == "neither"


def test_a_stale_page_opened_before_any_answer_gives_way_too(world, client):
    world.answer(BOARD, "neither", by=world.people[Role.LEAD])

    assert client.post(address(BOARD), typed(BOARD)).headers["Location"] == address(STRATEGY)
    assert current(world, BOARD).version == 1


def conflict(world: World, client: Client) -> Any:
    """The contributor typed over nothing while the lead answered."""
    save_answer(
        GivenAnswer(BOARD, "disagree", replaces=0, note="No minutes."),
        submission=world.submission(),
        by=world.people[Role.LEAD],
        at=NOW,
    )
    sent = {**typed(BOARD, "agree", note="It does."), **opened_by(world.people[Role.CONTRIBUTOR])}
    return client.post(address(BOARD), sent)


def test_two_people_who_changed_one_answer_see_both_with_names_and_notes(world, client):
    reply = conflict(world, client)
    shown = text_of(reply)

    assert reply.status_code == 409
    assert "A colleague changed this answer too" in shown
    assert f"Saved since you opened the page Disagree No minutes. {world.people[Role.LEAD].name}" in shown
    assert "What you typed Agree It does. You, just now, not saved" in shown
    assert current(world, BOARD).choice == "disagree"


@pytest.mark.parametrize(
    ("button", "stands"), [("mine:1", ("agree", "It does.")), ("theirs", ("disagree", "No minutes."))]
)
def test_the_conflict_page_keeps_the_one_that_is_chosen(world, client, button, stands):
    sent = fields_of_page(conflict(world, client))

    reply = client.post(address(BOARD), {**sent, "keep-board_leads": button})

    assert reply.headers["Location"] == address(STRATEGY)
    assert (current(world, BOARD).choice, current(world, BOARD).note) == stands


def test_a_third_change_while_choosing_is_a_conflict_again(world, client):
    sent = fields_of_page(conflict(world, client))
    world.answer(BOARD, "neither", by=world.people[Role.LEAD])

    reply = client.post(address(BOARD), {**sent, "keep-board_leads": "mine:1"})

    assert reply.status_code == 409
    assert "Neither agree nor disagree" in text_of(reply)


def test_of_two_conflicts_on_a_page_one_is_settled_after_the_other(world, client):
    world.answer(STRATEGY, "agree", by=world.people[Role.LEAD])
    world.answer(COSTED, "agree", by=world.people[Role.LEAD])
    reply = client.post(address(STRATEGY), {**typed(STRATEGY, "neither"), **typed(COSTED, "neither")})
    assert text_of(reply).count("Use mine") == 2

    again = client.post(address(STRATEGY), {**fields_of_page(reply), "keep-has_strategy": "mine:1"})
    done = client.post(address(STRATEGY), {**fields_of_page(again), "keep-strategy_costed": "mine:1"})

    assert text_of(again).count("Use mine") == 1
    assert done.status_code == 302
    assert (current(world, STRATEGY).choice, current(world, COSTED).choice) == ("neither", "neither")


def test_a_conflict_with_oneself_in_two_tabs_says_so(world, client):
    world.answer(BOARD, "disagree")

    shown = text_of(client.post(address(BOARD), typed(BOARD, "agree")))

    assert "Keep what is saved" in shown


def test_a_version_that_never_was_is_told_to_load_again(client):
    reply = client.post(address(BOARD), typed(BOARD, "agree", version=7))

    assert reply.status_code == 409
    assert "Load it again" in text_of(reply)


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 30, "1e3"])
def test_a_version_that_is_none_counts_as_nothing_yet(world, client, version):
    client.post(address(BOARD), {**typed(BOARD, "agree"), "version-board_leads": version})

    assert current(world, BOARD).version == 1


def test_typed_text_survives_a_session_that_has_ended(world, client):
    person = world.people[Role.CONTRIBUTOR]
    page = fields_of_page(client.get(address(BOARD)))
    client.logout()

    sent_away = client.post(address(BOARD), {**page, **typed(BOARD, "agree", note="Long thought.")})
    client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    restored = client.get(address(BOARD))

    assert sent_away.headers["Location"] == f"{reverse('account_login')}?next={address(BOARD)}"
    assert "You typed this before you signed in. Save it." in text_of(restored)
    assert "Long thought." in restored.content.decode()
    assert 'value="agree" checked' in restored.content.decode()
    assert not Answer.objects.exists()

    client.post(address(BOARD), fields_of_page(restored))
    assert (current(world, BOARD).choice, current(world, BOARD).note) == ("agree", "Long thought.")
    assert "before you signed in" not in text_of(client.get(address(BOARD)))


def test_typed_text_is_shown_to_nobody_else_and_on_no_other_page(world, client):
    page = fields_of_page(client.get(address(BOARD)))
    client.logout()
    client.post(address(BOARD), {**page, **typed(BOARD, note="Between us.")})

    client.force_login(world.people[Role.LEAD], backend="trigpoint_web.accounts.backends.AccountBackend")

    assert "Between us." not in client.get(address(BOARD)).content.decode()
    assert "Between us." not in client.get(address(RECORD)).content.decode()
    client.post(address(RECORD), typed(RECORD, "agree"))
    assert client.session["typed_text"]["path"] == address(BOARD)


@pytest.mark.parametrize("mark", ["", "forged:mark", "x" * (LONGEST_MARK + 1)])
def test_nothing_is_kept_for_strangers(mark):
    client = Client()

    client.post(address(BOARD), {**typed(BOARD, note="Spam."), "opened": mark})

    assert "typed_text" not in client.session


def test_more_than_a_page_can_hold_is_not_kept(world):
    client = Client()

    client.post(address(BOARD), {**typed(BOARD, note="x" * LARGEST_KEPT * 2), **opened_by(world.people[Role.LEAD])})

    assert "typed_text" not in client.session


def test_a_form_from_before_signing_in_again_is_shown_with_what_was_typed(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[Role.CONTRIBUTOR], backend="trigpoint_web.accounts.backends.AccountBackend")

    reply = client.post(address(BOARD), {**typed(BOARD, "agree", note="Still here."), "csrfmiddlewaretoken": "old"})

    assert reply.status_code == 403
    assert "open while you signed in again" in text_of(reply)
    assert "Still here." in reply.content.decode()
    assert not Answer.objects.exists()
    fields = fields_of_page(reply)
    assert (
        client.post(address(BOARD), {**fields, "csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}).status_code == 302
    )


def test_what_is_typed_when_the_round_closes_is_shown_to_be_copied(world, client):
    sent = {**typed(BOARD, "agree", note="Too late?"), **opened_by(world.people[Role.CONTRIBUTOR])}
    world.round.closes_at = NOW - timedelta(minutes=1)
    world.round.save()

    reply = client.post(address(BOARD), sent)

    assert reply.status_code == 409
    assert "The round is closed." in text_of(reply)
    assert "Not saved: The Board leads Agree. Note: Too late?" in text_of(reply)


def test_a_closed_page_names_nothing_that_stands_already(world, client):
    world.answer(BEDSIDE, 40.0)
    world.round.closes_at = NOW - timedelta(minutes=1)
    world.round.save()

    same = text_of(client.post(address(BEDSIDE), typed(BEDSIDE, number="40", version=1)))
    wrong = text_of(client.post(address(BEDSIDE), typed(BEDSIDE, number="400", version=1)))

    assert "Not saved" not in same
    assert "Not saved: What share of staff can open it at the bedside? 400" in wrong
