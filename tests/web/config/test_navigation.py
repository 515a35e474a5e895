# SPDX-License-Identifier: MIT
"""Where people can go from every page: only where they may."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.web.rounds.administering import sign_in
from tests.web.world import World, make_person, make_world
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.config.navigation import list_links

pytestmark = pytest.mark.django_db
OF_NATION = ["Home", "Rounds", "Frameworks", "People", "Register"]


@pytest.fixture
def world() -> World:
    return make_world()


def links_of(person: User) -> list[str]:
    request = RequestFactory().get("/")
    request.user = person
    return [link.text for link in list_links(request)]


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.CONTRIBUTOR, ["Home"]),
        (Role.LEAD, ["Home"]),
        (Role.OFFICER, ["Home"]),
        (Role.OBSERVER, ["Home"]),
        (Role.SYSTEM_VIEWER, ["Home"]),
        (Role.REVIEWER, ["Home", "Frameworks"]),
        (Role.ANALYST, ["Home", "Rounds", "Frameworks"]),
        (Role.AUTHOR, ["Home", "Frameworks"]),
        (Role.ADMINISTRATOR, OF_NATION),
    ],
)
def test_each_role_sees_the_pages_it_may_open(world, role, links):
    assert links_of(world.people[role]) == links


def test_every_link_leads_to_a_page_that_opens(world):
    request = RequestFactory().get("/")
    request.user = world.people[Role.ADMINISTRATOR]
    client = sign_in(world.people[Role.ADMINISTRATOR])

    assert [client.get(link.url).status_code for link in list_links(request)] == [200] * len(OF_NATION)


def test_the_navigation_takes_two_queries_whatever_somebody_may(world):
    for person in (world.people[Role.ADMINISTRATOR], make_person(Role.CONTRIBUTOR)):
        with CaptureQueriesContext(connection) as queries:
            links_of(person)
        assert len(queries) == 2
