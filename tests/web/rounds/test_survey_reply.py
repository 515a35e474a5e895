# SPDX-License-Identifier: MIT
"""A staff survey as staff meet it, and that nothing tells who said what."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.web.people import sign_in
from tests.web.rounds.staff_surveys import (
    BOARD,
    STRATEGY,
    address_of,
    make_survey,
    reply,
)
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.surveys import (
    STEP,
    close_survey,
)
from trigpoint_web.rounds.models import StaffSurvey, SurveyCount
from trigpoint_web.rounds.pages.survey_reply import LARGEST_BODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lead(world: World) -> User:
    return world.people[Role.LEAD]


def test_anybody_with_the_link_can_answer_without_signing_in(world):
    survey = make_survey(world, BOARD, STRATEGY)
    client = Client()
    page = client.get(address_of(survey)).content.decode()
    assert "Northmoor Synthetic Hospitals" in page
    assert "not kept one by one" in page

    answered = client.post(address_of(survey), {BOARD: "agree"})

    assert answered.headers["Location"] == reverse("survey_thanks", kwargs={"key": survey.key})
    assert "Thank you" in client.get(answered.headers["Location"]).content.decode()
    assert SurveyCount.objects.get(question=BOARD, choice="agree").count == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Answer at least one question"),
        ({BOARD: ""}, "Answer at least one question"),
        ({BOARD: "maybe"}, "Choose one of the answers shown"),
        ({BOARD: "missing:not_shown"}, "Choose one of the answers shown"),
        ({BOARD: "\x00"}, "Choose one of the answers shown"),
        ({BOARD: "<script>alert(1)</script>"}, "Choose one of the answers shown"),
        ({"nothing_like_it": "agree"}, "Answer at least one question"),
    ],
)
def test_garbage_is_not_counted(world, typed, said):
    survey = make_survey(world)

    answered = Client().post(address_of(survey), typed)

    assert answered.status_code == 200
    assert said in answered.content.decode()
    assert "<script>alert" not in answered.content.decode()
    assert StaffSurvey.objects.get().reply_count == 0


@pytest.mark.parametrize("typed", ["bedside_share=number%3A", "bedside_share-number=1e999", "bedside_share-number=x"])
def test_a_number_that_is_none_is_not_counted(world, typed):
    survey = make_survey(world, "bedside_share", asked_in="acute")

    answered = Client().post(address_of(survey), typed, content_type="application/x-www-form-urlencoded")

    assert "There is a problem" in answered.content.decode()
    assert StaffSurvey.objects.get().reply_count == 0


def test_a_body_of_another_kind_is_no_answer(world):
    answered = Client().post(address_of(make_survey(world)), "{]", content_type="application/json")

    assert "Answer at least one question" in answered.content.decode()


def test_a_large_body_is_refused_unread(world):
    answered = Client().post(address_of(make_survey(world)), {BOARD: "x" * LARGEST_BODY})

    assert answered.status_code == 413


@pytest.mark.parametrize(("announced", "status"), [("", 200), ("many", 200), ("-1", 400)])
def test_a_length_that_is_none_counts_as_nothing(world, announced, status):
    answered = Client().post(address_of(make_survey(world)), {BOARD: "agree"}, CONTENT_LENGTH=announced)

    assert answered.status_code == status
    assert StaffSurvey.objects.get().reply_count == 0


def test_a_closed_survey_says_so(world, lead):
    survey = make_survey(world)
    close_survey(survey, by=lead, at=NOW)

    for answered in (Client().get(address_of(survey)), Client().post(address_of(survey), {BOARD: "agree"})):
        assert answered.status_code == 410
        assert "This survey is closed" in answered.content.decode()


def test_the_page_is_kept_out_of_search_engines_and_caches(world):
    answered = Client().get(address_of(make_survey(world)))

    assert answered.headers["X-Robots-Tag"] == "noindex"
    assert answered.headers["Cache-Control"] == "no-store"
    assert "Vary" not in answered.headers


def read_all_tables() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, in the order in which the database gives them."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = cursor.fetchall()
    return tables


def test_a_reply_leaves_only_counts_in_the_database(world, caplog):
    """Even by one who is signed in: no new row anywhere, no session touched, nothing set in the browser."""
    survey = make_survey(world, BOARD, STRATEGY)
    staff = sign_in(world.people[Role.CONTRIBUTOR])
    staff.get(address_of(survey))
    before, cookies = read_all_tables(), dict(staff.cookies)
    caplog.set_level(logging.DEBUG)

    answered = staff.post(address_of(survey), {BOARD: "agree", STRATEGY: "missing:dont_know"})
    thanks = staff.get(answered.headers["Location"])

    after = read_all_tables()
    changed = {table for table in before if sorted(map(repr, before[table])) != sorted(map(repr, after[table]))}
    assert changed == {"rounds_surveycount", "rounds_staffsurvey"}
    assert {table: len(rows) for table, rows in before.items()} == {table: len(rows) for table, rows in after.items()}
    assert dict(staff.cookies) == cookies
    assert not answered.cookies
    assert not thanks.cookies
    assert not Client().get(address_of(survey)).cookies


def test_what_changes_is_a_number_and_never_a_moment(world):
    survey = make_survey(world)
    rows = SurveyCount.objects.filter(survey=survey, choice="agree")
    before, of_survey = rows.values().get(), StaffSurvey.objects.values().get()

    Client().post(address_of(survey), {BOARD: "agree"})

    assert rows.values().get() == {**before, "count": 1}
    assert StaffSurvey.objects.values().get() == {**of_survey, "reply_count": 1}


def test_rows_of_counts_are_made_with_the_survey_so_that_no_order_tells_who_came_first(world):
    survey = make_survey(world, "bedside_share", asked_in="acute")
    made = list(SurveyCount.objects.order_by("pk").values_list("pk", "at_least", "missing"))

    reply(survey, {"bedside_share": 95.0})
    reply(survey, {"bedside_share": 5.0})

    assert list(SurveyCount.objects.order_by("pk").values_list("pk", "at_least", "missing")) == made
    assert [at_least for _, at_least, _ in made] == [*range(0, 100, 10), None]


def test_no_log_line_says_who_replied_or_to_which_survey(world, caplog):
    survey = make_survey(world)
    person = world.people[Role.CONTRIBUTOR]
    caplog.set_level(logging.INFO)

    sign_in(person).post(address_of(survey), {BOARD: "agree"})

    lines = [str(vars(record)) for record in caplog.records if "survey/" in str(vars(record))]
    assert len(lines) == 1
    assert "survey/<str:key>/" in lines[0]
    for private in (survey.key, person.email, person.name, "agree"):
        assert private not in "".join(lines)


def test_a_reply_is_no_event(world):
    survey = make_survey(world)
    events = Event.objects.count()

    reply(survey, {BOARD: "agree"}, times=STEP)

    assert Event.objects.count() == events


def test_the_page_does_not_say_who_is_signed_in(world):
    person = world.people[Role.CONTRIBUTOR]

    assert person.name not in sign_in(person).get(address_of(make_survey(world))).content.decode()
