# SPDX-License-Identifier: MIT
"""The organisations whose results a person may see: each role finds its own, and every link leads to results."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.results.nation import PEERS, compute, make_results
from tests.web.results.seeing import sign_in
from tests.web.rounds.administering import count_queries, text_of
from tests.web.rounds.signed import reopen_it
from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db
PAGE = "/rounds/2026/results/organisations/"


@pytest.fixture
def world() -> World:
    return make_results(RoundState.PUBLISHED)


def codes(client: Client, query: str = "") -> list[str]:
    """Return the organisations that the page links to; each of the links has to lead to results."""
    page = client.get(PAGE + query)
    assert page.status_code == 200
    links = re.findall(r'href="(/rounds/2026/(\w+)/results/)"', page.content.decode())
    assert {client.get(url).status_code for url, _ in links} <= {200}
    return [code for _, code in links]


def visit(world: World, role: Role) -> Client:
    return sign_in(world.people[role])


def test_the_nation_sees_every_organisation_with_results_by_name(world):
    for role in (Role.ANALYST, Role.ADMINISTRATOR):
        assert codes(visit(world, role)) == ["ZZ301", *PEERS]


def test_the_viewer_of_a_system_sees_those_of_the_system(world):
    assert codes(visit(world, Role.SYSTEM_VIEWER)) == ["ZZ301", *PEERS[:-1]], "the last peer is in no system"


@pytest.mark.usefixtures("world")
def test_a_viewer_of_another_system_sees_none_of_them():
    stranger = make_person(Role.SYSTEM_VIEWER, organisation="ZZ303")

    page = sign_in(stranger).get(PAGE)

    assert codes(sign_in(stranger)) == []
    assert "There are no results here yet." in text_of(page)


def test_people_of_an_organisation_see_their_own(world):
    for role in (Role.LEAD, Role.CONTRIBUTOR, Role.OFFICER, Role.OBSERVER):
        assert codes(visit(world, role)) == ["ZZ301"]


def test_a_role_that_reaches_no_results_is_refused_and_no_role_finds_no_page(world):
    assert visit(world, Role.AUTHOR).get(PAGE).status_code == 403
    assert sign_in(make_person(Role.REVIEWER, name="Reviewer of nothing")).get(PAGE).status_code == 404
    assert visit(world, Role.ANALYST).get("/rounds/1999/results/organisations/").status_code == 404


def test_nothing_is_listed_before_publication(world):
    for state in (RoundState.OPEN, RoundState.CLOSED, RoundState.IN_REVIEW, RoundState.REPLY):
        world.round.state = state
        world.round.save()
        for role in (Role.ANALYST, Role.SYSTEM_VIEWER, Role.ADMINISTRATOR, Role.LEAD):
            client = visit(world, role)

            assert codes(client) == []
            assert "They come when the round is published." in text_of(client.get(PAGE))


def test_a_draft_is_no_page(world):
    world.round.state = RoundState.DRAFT
    world.round.save()

    assert visit(world, Role.ANALYST).get(PAGE).status_code == 404


def test_a_published_round_without_results_lists_nothing(world):
    other = "/rounds/2020/results/organisations/"
    Round.objects.filter(slug="2020").update(state=RoundState.PUBLISHED)

    assert "There are no results here yet." in text_of(visit(world, Role.ANALYST).get(other))


def test_what_was_opened_again_stays_in_the_list_as_it_was_signed_last():
    world = make_results(RoundState.CLOSED)
    reopen_it(world, code="ZZ311", until=NOW + timedelta(days=1))
    compute(world)
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    assert codes(visit(world, Role.SYSTEM_VIEWER)) == ["ZZ301", *PEERS[:-1]]


def test_an_organisation_is_found_by_name_or_code(world):
    client = visit(world, Role.ANALYST)

    assert codes(client, "?text=northmoor") == ["ZZ301"]
    assert codes(client, "?text=ZZ312") == ["ZZ312"]
    assert codes(client, "?text=zz31") == list(PEERS)
    assert codes(client, "?text=Nowhere") == []


def test_the_results_of_the_nation_lead_to_an_organisation(world):
    client = visit(world, Role.ANALYST)

    page = client.get(reverse("national_results", args=["2026"])).content.decode()

    assert f'action="{PAGE}"' in page
    assert f'href="{PAGE}"' in page
    assert 'name="text"' in page


def test_the_home_page_leads_the_viewer_of_a_system_to_its_organisations(world):
    client = visit(world, Role.SYSTEM_VIEWER)

    page = client.get("/")

    assert "The organisations of your system, Small assessment 2026" in text_of(page)
    assert f'href="{PAGE}"' in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_organisations(world):
    client = visit(world, Role.SYSTEM_VIEWER)

    assert count_queries(client, f"{PAGE}?text=ZZ312") == count_queries(client, PAGE)
