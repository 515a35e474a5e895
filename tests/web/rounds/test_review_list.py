# SPDX-License-Identifier: MIT
"""What there is to review is a list of several pages, found by name or code; nothing is cut off silently."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.rounds.administering import (
    add_organisations,
    address,
    count_queries,
    set_submission,
    sign_in,
    signed_fields,
    text_of,
)
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.presenters.organisation_list import ORGANISATIONS_ON_A_PAGE
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db
NOTHING = "Nothing is there to review yet: the review has not begun, or nobody has signed."


@pytest.fixture
def world() -> World:
    world = make_world()
    set_round(world, RoundState.IN_REVIEW)
    set_submission(world, **signed_fields(world))  # type: ignore[arg-type]  # no code among them
    return world


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.REVIEWER])


def set_round(world: World, state: RoundState) -> None:
    world.round.state = state
    world.round.save()


def ask(client: Client, **asked: str):
    reply = client.get(address("review_list"), asked)
    assert reply.status_code == 200
    return reply


def sign_all(world: World) -> int:
    """Have every organisation of a large round signed; return how many that are."""
    add_organisations(world, 2 * ORGANISATIONS_ON_A_PAGE)
    return Submission.objects.filter(round=world.round).update(**signed_fields(world))


def test_the_reviewer_finds_what_is_signed_with_its_day_and_its_answers(client):
    page = ask(client)

    assert "1 organisation. " in text_of(page)
    assert "Northmoor Synthetic Hospitals (ZZ301)" in text_of(page)
    assert "Eastvale" not in text_of(page), "not signed"
    assert f'href="{address("task_list", code="ZZ301")}"' in page.content.decode()


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_before_the_review_there_is_nothing(world, client, state):
    set_round(world, state)

    assert NOTHING in text_of(ask(client))
    assert "Northmoor" not in text_of(ask(client))


@pytest.mark.parametrize("state", [RoundState.IN_REVIEW, RoundState.REPLY, RoundState.PUBLISHED])
def test_from_the_review_on_it_stays(world, client, state):
    set_round(world, state)

    assert "Northmoor" in text_of(ask(client))


@pytest.mark.parametrize("text", ["northmoor", "SYNTHETIC HOSP", "ZZ301", "zz3"])
def test_an_organisation_is_found_by_a_part_of_its_name_or_by_how_its_code_begins(client, text):
    assert "Northmoor Synthetic Hospitals (ZZ301)" in text_of(ask(client, text=text))


@pytest.mark.parametrize("text", ["Nowhere", "301", "%", "Eastvale"])
def test_what_is_called_otherwise_is_not_found(client, text):
    shown = text_of(ask(client, text=text))

    assert "No organisation here is called that." in shown
    assert "(ZZ301)" not in shown


def test_what_was_searched_stands_in_the_field(client):
    assert 'value="moor &amp;"' in ask(client, text="moor &").content.decode()


def test_every_organisation_stands_on_one_of_the_pages(world, client):
    number = sign_all(world)

    pages = [text_of(ask(client, page=str(page))) for page in (1, 2, 3)]

    assert number == 2 * ORGANISATIONS_ON_A_PAGE + 3
    assert [page.count("(Z") for page in pages] == [ORGANISATIONS_ON_A_PAGE, ORGANISATIONS_ON_A_PAGE, 3]
    assert f"{ORGANISATIONS_ON_A_PAGE} organisations of {number} on this page." in pages[0]


def test_the_pages_keep_what_was_searched(world, client):
    sign_all(world)

    page = ask(client, text="Synthetic Trust").content.decode()

    assert "?text=Synthetic+Trust&amp;page=2" in page
    assert address("review_list") + '?text=Synthetic+Trust"' in page, "the first page has no number"
    assert f'href="{address("review_list")}"' in ask(client).content.decode()


def test_the_number_of_queries_does_not_grow(world, client):
    few = count_queries(client, address("review_list"))
    sign_all(world)

    assert count_queries(client, address("review_list")) == few


def test_the_home_page_counts_instead_of_listing(world, client):
    number = sign_all(world)

    page = client.get("/")

    assert f"Small assessment 2026 {number} organisations signed" in text_of(page)
    assert f'href="{address("review_list")}"' in page.content.decode()
    assert "Synthetic Trust" not in text_of(page)


def test_the_administrator_may_look_and_an_analyst_may_not(world):
    assert "Northmoor" in text_of(ask(sign_in(world.people[Role.ADMINISTRATOR])))
    assert sign_in(world.people[Role.ANALYST]).get(address("review_list")).status_code == 403


def test_a_reviewer_whose_role_ended_sees_nothing(world, client):
    world.people[Role.REVIEWER].round_memberships.update(ended_at=NOW)

    assert client.get(address("review_list")).status_code == 404


@pytest.mark.usefixtures("world")
def test_somebody_without_a_role_in_the_round_is_told_nothing():
    stranger = make_person(Role.REVIEWER, name="Reviewer of nothing")

    assert sign_in(stranger).get(address("review_list")).status_code == 404
