# SPDX-License-Identifier: MIT
"""The task list once answers are sent, signed or opened again: what it still says, and where it leads."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.rounds.answering import (
    VISITS,
    here,
    sign_in,
    text_of,
)
from tests.web.rounds.signed import COMPLETE, answer_all, reopen_it, sign_as_it_is, submit_as_it_is
from tests.web.world import World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(world: World, role: Role) -> Client:
    return sign_in(world.people[role])


def show(client: Client, query: str = "") -> str:
    return text_of(client.get(here("task_list") + query))


def test_what_was_sent_is_not_said_to_be_left_over(world):
    submit_as_it_is(answered_in_part(world))

    shown = show(client_of(world, Role.CONTRIBUTOR))

    assert "1 not answered" in shown
    assert " left " not in shown
    assert "Not started" not in shown
    assert "Check before signing" not in shown
    assert "What waits for signature" in shown
    assert "What was signed" not in shown


def test_the_lead_finds_the_way_to_take_back_what_was_sent(world):
    submit_as_it_is(answered_in_part(world))

    page = client_of(world, Role.LEAD).get(here("task_list"))

    assert "Take back what waits for signature" in text_of(page)
    assert "Take back" not in show(client_of(world, Role.OBSERVER))
    assert f'action="{here("take_back")}"' in client_of(world, Role.LEAD).get(here("check")).content.decode()


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_after_signing_everybody_finds_what_was_signed(world, role):
    submit_as_it_is(answered_in_part(world))
    sign_as_it_is(world)

    page = client_of(world, role).get(here("task_list"))

    assert "What was signed" in text_of(page)
    assert f'href="{here("signatures")}"' in page.content.decode()
    assert "1 not answered" in text_of(page)
    for word in ("Check before signing", "Take back", "What waits for signature", "Not started"):
        assert word not in text_of(page)


def test_what_was_opened_again_has_both_the_check_and_what_was_signed(world):
    submit_as_it_is(answered_in_part(world))
    sign_as_it_is(world)
    reopen_it(world)

    shown = show(client_of(world, Role.LEAD))

    assert "Check before signing What was signed" in shown


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_results_are_linked_from_closing_on(world, role):
    assert here("organisation_results") not in client_of(world, role).get(here("task_list")).content.decode()
    Round.objects.filter(pk=world.round.pk).update(state="closed")

    page = client_of(world, role).get(here("task_list")).content.decode()

    assert f'href="{here("organisation_results")}"' in page
    assert client_of(world, role).get(here("organisation_results")).status_code == 200


def test_a_reviewer_is_led_to_no_page_that_is_not_theirs(world):
    submit_as_it_is(answered_in_part(world))
    sign_as_it_is(world)
    Round.objects.filter(pk=world.round.pk).update(state="in_review")
    client = client_of(world, Role.REVIEWER)

    page = client.get(here("task_list"))

    assert "Evidence library" not in text_of(page)
    assert "People" not in text_of(page)
    assert "Results" not in text_of(page)
    assert "Evidence library" in show(client_of(world, Role.OBSERVER))
    assert "Evidence library" in show(client_of(world, Role.ADMINISTRATOR))


def answered_in_part(world: World) -> World:
    """Answer everything but one question."""
    answer_all(world, {place: answer for place, answer in COMPLETE.items() if place != VISITS})
    return world
