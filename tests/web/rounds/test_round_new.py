# SPDX-License-Identifier: MIT
"""Making a round in the pages: every problem at once, what it would be, and the round itself."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.administering import (
    count_queries,
    list_actions,
    problems_of,
    round_now,
    sign_in,
    sign_in_administrator,
    text_of,
    typed_moment,
)
from tests.web.world import NOW, World, make_world
from trigpoint.io.content import read_framework
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import CareProvided
from trigpoint_web.rounds.forms.moments import parse_time
from trigpoint_web.rounds.models import FrozenFramework, Round
from trigpoint_web.rounds.queries.frameworks import find_files, list_known_frameworks

pytestmark = pytest.mark.django_db
URL = "/rounds/new/"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def typed(world: World, **changes: object) -> dict[str, object]:
    """What somebody types for a round of next year."""
    day = timedelta(days=1)
    return {
        "title": "Small assessment 2027",
        "slug": "spring-2027",
        "framework": world.round.framework_id,
        "register_on-day": "1",
        "register_on-month": "1",
        "register_on-year": "2026",
        "unit_of": "care_setting",
        "previous": "2026",
        "shows_live_scores": "on",
        **typed_moment("opens", NOW + 100 * day, time="9am"),
        **typed_moment("closes", NOW + 130 * day, time="5pm"),
        **typed_moment("review_ends", NOW + 160 * day, time="17:00"),
        **typed_moment("reply_ends", None),
        **typed_moment("publishes", NOW + 200 * day, time="noon"),
        **changes,
    }


def test_a_round_is_shown_before_it_is_made_and_then_made(world, client):
    shown = client.post(URL, typed(world, step="check"))

    assert problems_of(shown) == []
    words = text_of(shown)
    assert "3 organisations would take part, as the register is on 1 January 2026" in words
    assert "Acute 2 Community 2" in words.replace("Care setting ", "").replace("Organisations ", "")
    assert not Round.objects.filter(slug="spring-2027").exists()

    made = client.post(URL, typed(world, step="make"))

    assert made.headers["Location"] == "/rounds/spring-2027/board/"
    round_ = round_now("spring-2027")
    assert (round_.state, round_.unit_of, round_.shows_live_scores) == ("draft", "care_setting", True)
    assert round_.previous == world.round
    assert round_.submissions.count() == 3
    assert round_.reply_ends_at is None
    assert list_actions("spring-2027") == ["round.created"]
    assert round_.created_by == world.people[Role.ADMINISTRATOR]


def test_the_moments_are_those_of_the_clock_in_london(world, client):
    summer = typed_moment("opens", None, time="9:30am") | {
        "opens_on-day": "1",
        "opens_on-month": "7",
        "opens_on-year": "2027",
    }
    later = {
        name: value.replace("2026", "2027") if name.endswith("year") else value
        for name, value in typed_moment("closes", NOW, time="5pm").items()
    }
    later |= {"closes_on-month": "9", "closes_on-day": "1", "closes_on-year": "2027"}
    blank = typed_moment("review_ends", None) | typed_moment("publishes", None)

    client.post(URL, typed(world, **summer, **later, **blank, step="make"))

    assert round_now("spring-2027").opens_at.isoformat() == "2027-07-01T08:30:00+00:00"


def test_pressing_twice_makes_one_round(world, client):
    client.post(URL, typed(world, step="make"))

    second = client.post(URL, typed(world, step="make"))

    assert problems_of(second) == ["The short name spring-2027 is taken. Give this round another"]
    assert Round.objects.count() == 2


def test_every_problem_is_said_at_once(world, client):
    wrong = typed(
        world,
        title="",
        slug="Spring 2027!",
        framework="",
        unit_of="",
        **typed_moment("closes", NOW + timedelta(days=90), time="late"),
        **typed_moment("review_ends", NOW + timedelta(days=80), time=" "),
        **{"register_on-day": "31", "register_on-month": "2"},
    )

    problems = problems_of(client.post(URL, wrong))

    assert len(problems) == 7
    assert "The register date must be a real date, such as 27 3 2026" in problems
    assert "The time of closing must be a time, such as 5pm or 17:00" in problems
    assert "Enter a time, such as 5pm" in problems


def test_dates_out_of_order_are_each_named(world, client):
    days = {"opens": 100, "closes": 90, "review_ends": 80, "reply_ends": 70, "publishes": 60}
    wrong: dict[str, str] = {}
    for name, number in days.items():
        wrong |= typed_moment(name, NOW + timedelta(days=number))

    assert problems_of(client.post(URL, typed(world, **wrong))) == [
        "Closing must come after opening.",
        "The end of review must come after closing.",
        "The end of the right of reply must come after the end of review.",
        "Publication must come after the end of the right of reply.",
    ]


def test_a_right_of_reply_needs_a_review(world, client):
    wrong = typed_moment("review_ends", None) | typed_moment("reply_ends", NOW + timedelta(days=170))

    assert problems_of(client.post(URL, typed(world, **wrong))) == [
        "A right of reply needs a review: give the end of the review too."
    ]


def test_a_population_of_nobody_is_a_problem(world, client):
    assert problems_of(client.post(URL, typed(world, **{"register_on-year": "1990"}))) == [
        "Nobody would take part: no organisation fits the register date, type and care"
    ]


def test_the_short_name_of_a_page_is_taken(world, client):
    assert problems_of(client.post(URL, typed(world, slug="new"))) == [
        "The short name new is taken. Give this round another"
    ]


def test_what_was_typed_comes_back_to_be_changed(world, client):
    page = client.post(URL, typed(world, kinds=["NHS trust"], care_settings=["acute"], step="change"))

    assert problems_of(page) == []
    shown = page.content.decode()
    assert 'value="Small assessment 2027"' in shown
    assert shown.count(" checked") == 4, "the type, the care setting, what is scored as one, live scores"


def test_a_narrow_population_is_drawn(world, client):
    shown = client.post(URL, typed(world, kinds=["NHS trust"], care_settings=["acute"], previous=""))
    assert "2 organisations would take part" in text_of(shown)

    client.post(URL, typed(world, kinds=["NHS trust"], care_settings=["acute"], previous="", step="make"))

    round_ = round_now("spring-2027")
    assert (round_.kinds, round_.care_settings, round_.previous) == (["NHS trust"], ["acute"], None)


def test_a_shipped_framework_is_frozen_when_the_round_is_made(world, client):
    shipped = read_framework("example-points@1")

    made = client.post(URL, typed(world, framework=shipped.hash, previous="", unit_of="organisation", step="make"))

    assert made.status_code == 302
    frozen = FrozenFramework.objects.get(pk=shipped.hash)
    assert (frozen.framework, frozen.version) == ("example-points", "1")
    assert round_now("spring-2027").framework == frozen
    known = {one.hash: one for one in list_known_frameworks()}
    assert (known[shipped.hash].rounds, known[shipped.hash].is_shipped) == (1, True)


def test_an_organisation_without_care_settings_is_counted_apart(world, client):
    CareProvided.objects.filter(organisation="ZZ303").delete()

    shown = text_of(client.post(URL, typed(world)))

    assert "No care setting in the register Organisations 1" in shown


def test_no_framework_has_files_under_an_unknown_hash():
    assert find_files("0" * 64) is None


def test_the_list_of_rounds_shows_what_comes_next(world, client):
    client.post(URL, typed(world, step="make"))

    shown = text_of(client.get(reverse("rounds")))

    assert "Small assessment 2027 State Draft" in shown
    assert "Opens" in shown
    assert "0 of 3" in shown
    assert "Make a round" in shown
    assert "Make a round" not in text_of(sign_in(world.people[Role.ANALYST]).get(reverse("rounds")))


@pytest.mark.parametrize(
    ("state", "says"),
    [("closed", "Review ends"), ("in_review", "Review ends"), ("reply", "Right of reply ends"), ("published", "")],
)
def test_the_next_date_hangs_on_the_state(client, state, says):
    Round.objects.update(state=state)

    assert says in text_of(client.get(reverse("rounds")))


def test_without_a_planned_stage_publication_comes_next(client):
    Round.objects.update(state="closed", review_ends_at=None, reply_ends_at=None)
    assert "Publication" in text_of(client.get(reverse("rounds")))

    Round.objects.update(publishes_at=None)
    assert "Publication" not in text_of(client.get(reverse("rounds")))


def test_the_list_takes_as_many_queries_for_many_rounds(world, client):
    few = count_queries(client, reverse("rounds"))
    for number in range(4):
        client.post(URL, typed(world, slug=f"more-{number}", step="make"))

    assert count_queries(client, reverse("rounds")) == few


@pytest.mark.parametrize(
    ("typed_time", "is_meant"),
    [
        ("5pm", time(17)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("9.05 am", time(9, 5)),
        ("23:59", time(23, 59)),
        ("midnight", time(0)),
        ("13pm", None),
        ("0am", None),
        ("24:00", None),
        ("9:60", None),
        ("9", None),
        ("soon", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed_time, is_meant):
    assert parse_time(typed_time) == is_meant
