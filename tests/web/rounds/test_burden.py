# SPDX-License-Identifier: MIT
"""How long a round took: what is added up, what is a median of what, and what is said not to be known."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.rounds.administering import address, count_queries, sign_in_administrator, text_of
from tests.web.small_framework import small_framework
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.frameworks.parse import parse_framework
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.burden import OrganisationBurden, SectionBurden, summarise_burden
from trigpoint_web.rounds.models import TimeSpent
from trigpoint_web.rounds.presenters.burden import LIMITS
from trigpoint_web.rounds.queries.burden import TimedQuestion

pytestmark = pytest.mark.django_db
FRAMEWORK = parse_framework(small_framework(), folder="")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def spend(world: World, seconds: int, question: str = "board_leads", code: str = "ZZ301", user=None) -> None:
    TimeSpent.objects.create(
        submission=world.submission(code),
        user=user or world.people[Role.CONTRIBUTOR],
        asked_in="organisation",
        question=question,
        seconds=seconds,
        at=NOW,
    )


def test_a_median_is_of_the_totals_of_organisations():
    times = [
        TimedQuestion("ZZ301", "board_leads", 60, 1),
        TimedQuestion("ZZ301", "has_strategy", 40, 2),
        TimedQuestion("ZZ302", "board_leads", 300, 1),
        TimedQuestion("ZZ302", "sees_images", 10, 1),
        TimedQuestion("ZZ303", "board_leads", 20, 1),
    ]

    burden = summarise_burden(FRAMEWORK, times)

    assert (burden.seconds, burden.sittings) == (60 + 40 + 300 + 10 + 20, 6)
    assert burden.median_seconds == 60 + 40
    assert burden.sections == (
        SectionBurden("leading", 3, 60 + 40),
        SectionBurden("sharing", 1, 10),
    )
    assert burden.organisations == (
        OrganisationBurden("ZZ302", 310, 2),
        OrganisationBurden("ZZ301", 100, 2),
        OrganisationBurden("ZZ303", 20, 1),
    )


def test_a_question_in_no_section_and_one_nobody_knows():
    burden = summarise_burden(
        FRAMEWORK, [TimedQuestion("ZZ301", "record_users", 30, 1), TimedQuestion("ZZ301", "gone", 5, 1)]
    )

    assert burden.sections == (SectionBurden(None, 1, 30),)
    assert burden.organisations == (OrganisationBurden("ZZ301", 35, 2),)


def test_without_any_time_there_is_no_median(client):
    assert summarise_burden(FRAMEWORK, []).median_seconds is None
    assert "No time has been measured yet." in text_of(client.get(address("burden")))


def test_the_page_says_n_and_what_it_can_not_tell(world, client):
    spend(world, 90)
    spend(world, 3600, user=make_person(Role.CONTRIBUTOR))
    spend(world, 45, "record_users", "ZZ302")

    words = text_of(client.get(address("burden")))

    assert "Half of the 2 organisations with any time measured took more than 31 minutes." in words
    assert "In all, 1 hour 2 minutes over 3 saved pages." in words
    assert "Northmoor Synthetic Hospitals (ZZ301) Time 1 hour 2 minutes Questions timed 1 People 2" in words
    assert "In no section Median 45 seconds Organisations 1" in words
    assert all(limit in words for limit in LIMITS)


def test_the_page_takes_as_many_queries_for_many_times(world, client):
    spend(world, 90)
    few = count_queries(client, address("burden"))
    for code in ("ZZ301", "ZZ302", "ZZ303"):
        spend(world, 5, "has_strategy", code)

    assert count_queries(client, address("burden")) == few
