# SPDX-License-Identifier: MIT
"""Anonymous surveys of staff: what is asked, what is counted and what is shown."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.people import sign_in
from tests.web.rounds.staff_surveys import (
    BOARD,
    OURS,
    SOON,
    STRATEGY,
    TODAY,
    address_of,
    make_survey,
    page_of,
    reply,
    shown,
)
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.surveys import (
    LONGEST_TITLE,
    MOST_QUESTIONS,
    MOST_REPLIES,
    STEP,
    NewSurvey,
    close_survey,
    open_survey,
)
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen, StepRefused
from trigpoint_web.rounds.forms.surveys import SurveyForm
from trigpoint_web.rounds.models import StaffSurvey, SurveyCount
from trigpoint_web.rounds.presenters.surveys import label_counts, say_replies
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.surveys import is_survey_open, list_counts
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lead(world: World) -> User:
    return world.people[Role.LEAD]


def test_a_survey_has_a_link_that_cannot_be_guessed(world):
    keys = {make_survey(world).key for _ in range(3)}

    assert len(keys) == 3
    assert {len(key) for key in keys} == {43}


def test_making_one_is_an_event_without_its_key(world):
    survey = make_survey(world)

    event = Event.objects.get(action="survey.opened")
    assert event.details == {"survey": survey.pk, "asked_in": ORGANISATION, "questions": 1}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": "  "}, "Give the survey a title"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "Give the survey a title"),
        ({"questions": ()}, "at least one question"),
        ({"questions": (BOARD,) * (MOST_QUESTIONS + 1)}, "Choose up to 10"),
        ({"questions": ("has_record",)}, "is asked there"),
        ({"asked_in": "ambulance"}, "is asked there"),
        ({"closes_on": TODAY - timedelta(days=1)}, "That day is over"),
        ({"closes_on": TODAY + timedelta(days=21)}, "The answers are due on"),
    ],
)
def test_a_survey_that_cannot_be_is_refused(world, lead, changes, why):
    parts = {"title": "Leading change", "asked_in": ORGANISATION, "questions": (BOARD,), "closes_on": SOON, **changes}

    with pytest.raises(ChangeRefused, match=why):
        open_survey(NewSurvey(**parts), submission=world.submission(), by=lead, at=NOW)

    assert not StaffSurvey.objects.exists()


def test_the_round_must_be_open(world, lead):
    after = world.round.closes_at + timedelta(minutes=1)

    with pytest.raises(NotOpen):
        open_survey(NewSurvey("Late", ORGANISATION, (BOARD,), SOON), submission=world.submission(), by=lead, at=after)


# Counting


def test_a_survey_is_open_through_its_day(world):
    survey = make_survey(world)

    assert is_survey_open(survey, NOW)
    assert is_survey_open(survey, NOW + timedelta(days=5))
    assert not is_survey_open(survey, NOW + timedelta(days=6))


def test_a_survey_ends_with_the_round(world):
    survey = make_survey(world)
    survey.submission.round.state = RoundState.CLOSED

    assert not is_survey_open(survey, NOW)


def test_nothing_is_shown_below_five_answers(world, lead):
    survey = make_survey(world)
    reply(survey, {BOARD: "agree"}, times=STEP - 1)

    page = page_of(survey, lead)

    assert shown(survey) == {}
    assert "Fewer than 5 answers, not shown." in page
    assert "Replies: Fewer than 5." in page


def test_five_answers_are_shown(world, lead):
    survey = make_survey(world)
    reply(survey, {BOARD: "agree"}, times=3)
    reply(survey, {BOARD: Missing.DONT_KNOW}, times=2)

    page = page_of(survey, lead)

    assert shown(survey) == {"agree": 3, "dont_know": 2}
    assert "3 of 5" in page
    assert "60%" in page
    assert "Replies: 5 or more." in page


@given(st.lists(st.sampled_from(["disagree", "neither", "agree"]), max_size=23))
@settings(max_examples=15, deadline=None)
def test_between_two_steps_nothing_that_is_shown_moves(answers):
    """Two looks differ by nothing or by at least five answers, so no difference is one person's."""
    with transaction.atomic():
        survey = make_survey(make_world())
        looks = [Counter(shown(survey))]
        for answer in answers:
            reply(survey, {BOARD: answer})
            looks.append(Counter(shown(survey)))
        transaction.set_rollback(True)

    for number, (before, after) in enumerate(itertools.pairwise(looks), 1):
        assert (after - before).total() in {0, STEP}
        assert after.total() == number // STEP * STEP
    last = looks[-1]
    assert last == Counter(answers[: last.total()])


def test_each_question_has_its_own_five(world):
    survey = make_survey(world, BOARD, STRATEGY)
    reply(survey, {BOARD: "agree"}, times=4)
    reply(survey, {BOARD: "agree", STRATEGY: "neither"})

    assert shown(survey) == {"agree": 5}
    assert shown(survey, STRATEGY) == {}


def test_the_last_answers_that_fill_no_step_stay_unseen_after_closing(world, lead):
    survey = make_survey(world)
    reply(survey, {BOARD: "agree"}, times=STEP)
    reply(survey, {BOARD: "disagree"}, times=STEP - 1)

    close_survey(survey, by=lead, at=NOW)

    assert shown(survey) == {"agree": 5}
    assert "disagree" not in shown(survey)


def test_numbers_are_counted_in_ranges_and_not_kept(world, lead):
    survey = make_survey(world, "bedside_share", asked_in="acute")
    for number in (0.0, 9.0, 10.0, 99.0, 100.0):
        reply(survey, {"bedside_share": number})

    assert shown(survey, "bedside_share") == {"0": 2, "10": 1, "90": 2}
    page = page_of(survey, lead)
    assert "0% to 9%" in page
    assert "90% to 100%" in page


def test_a_question_that_the_survey_does_not_ask_is_not_counted(world):
    survey = make_survey(world)

    with pytest.raises(ChangeRefused, match="at least one question"):
        reply(survey, {STRATEGY: "agree"})

    assert SurveyCount.objects.aggregate(total=Sum("count"))["total"] == 0


def test_a_full_survey_takes_no_more(world, lead):
    survey = make_survey(world)
    StaffSurvey.objects.update(reply_count=MOST_REPLIES)

    with pytest.raises(StepRefused, match="as many replies as it can take"):
        reply(survey, {BOARD: "agree"})

    assert "20,000, the most it can take" in page_of(survey, lead)
    answered = Client().post(address_of(survey), {BOARD: "agree"})
    assert answered.status_code == 410
    assert "as many replies as it can take" in answered.content.decode()


def test_a_closed_survey_takes_no_more(world, lead):
    survey = make_survey(world)
    close_survey(survey, by=lead, at=NOW)

    with pytest.raises(StepRefused, match="closed"):
        reply(survey, {BOARD: "agree"})
    with pytest.raises(StepRefused, match="closed already"):
        close_survey(survey, by=lead, at=NOW)


def test_the_database_shows_no_more_than_was_counted(world):
    survey = make_survey(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        survey.counts.update(shown_count=1)


def test_the_count_of_replies_moves_in_steps():
    said = [say_replies(StaffSurvey(reply_count=count)) for count in (0, 4, 5, 9, 10, 1234, MOST_REPLIES)]

    assert said == [
        "Fewer than 5",
        "Fewer than 5",
        "5 or more",
        "5 or more",
        "10 or more",
        "1,230 or more",
        "20,000, the most it can take",
    ]


def fields(*questions: str, title: str = "Leading change", closes_on: date = SOON) -> dict[str, object]:
    day = {"closes_on-day": closes_on.day, "closes_on-month": closes_on.month, "closes_on-year": closes_on.year}
    return {"title": title, "questions": list(questions), **day}


def test_the_page_makes_a_survey_and_shows_its_link(lead):
    client = sign_in(lead)
    address = reverse("survey_new", kwargs={**OURS, "asked_in": "acute"})
    page = client.get(address).content.decode()
    assert "Questions: Sharing records" in page
    assert "Questions: not scored" in page

    answered = client.post(address, fields("has_record", "record_users"))

    survey = StaffSurvey.objects.get()
    assert [one.question for one in survey.questions.all()] == ["has_record", "record_users"]
    shown_page = client.get(answered.headers["Location"]).content.decode()
    assert f"http://localhost:8000/survey/{survey.key}/" in shown_page
    assert "Anyone with the link can answer, and more than once" in shown_page
    assert "Results move in steps of 5" in shown_page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Give the survey a title"),
        ({"questions": []}, "Choose at least one question"),
        ({"questions": [BOARD]}, "Choose questions from the list"),
        ({"closes_on-day": ""}, "must include a day"),
    ],
)
def test_what_is_wrong_in_the_form_is_said(lead, changes, said):
    address = reverse("survey_new", kwargs={**OURS, "asked_in": "acute"})

    answered = sign_in(lead).post(address, {**fields("has_record"), **changes})

    assert said in answered.content.decode()
    assert not StaffSurvey.objects.exists()


def test_more_than_ten_questions_are_refused(world):
    framework = find_framework(world.submission())
    many = [*framework.questions] * 2
    form = SurveyForm(
        fields(*many), framework=framework, questions=tuple(framework.questions), today=TODAY, latest=SOON
    )

    assert form.errors["questions"] == ["You chose 16 questions. Choose up to 10"]


def test_the_list_shows_each_survey_and_where_to_make_one(world, lead):
    client = sign_in(lead)
    address = reverse("surveys", kwargs=OURS)
    assert "No staff survey has been made yet." in client.get(address).content.decode()
    survey = make_survey(world, title="<b>Leading</b>")
    close_survey(make_survey(world, title="An older one"), by=lead, at=NOW)

    page = client.get(address).content.decode()

    assert "&lt;b&gt;Leading&lt;/b&gt;" in page
    assert reverse("survey", kwargs={**OURS, "survey": survey.pk}) in page
    assert "Whole organisation" in page
    assert reverse("survey_new", kwargs={**OURS, "asked_in": "community"}) in page


def test_no_survey_is_made_once_the_round_is_closed(world, lead):
    world.round.closes_at = NOW - timedelta(days=1)
    world.round.save()

    page = sign_in(lead).get(reverse("surveys", kwargs=OURS)).content.decode()

    assert "Make a survey" not in page


def test_the_lead_closes_a_survey(world, lead):
    survey = make_survey(world)
    client = sign_in(lead)

    answered = client.post(reverse("survey_close", kwargs={**OURS, "survey": survey.pk}))

    page = client.get(answered.headers["Location"]).content.decode()
    assert "Closed. Replies: Fewer than 5." in page
    assert survey.key not in page


def test_the_survey_pages_take_as_many_queries_for_one_as_for_many(world, lead):
    def count_queries(address: str) -> int:
        client = sign_in(lead)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one = make_survey(world)
    address = reverse("surveys", kwargs=OURS)
    counted = (count_queries(address), count_queries(reverse("survey", kwargs={**OURS, "survey": one.pk})))
    for _ in range(5):
        many = make_survey(world, BOARD, STRATEGY, "strategy_costed")

    assert (
        count_queries(address),
        count_queries(reverse("survey", kwargs={**OURS, "survey": many.pk})),
    ) == counted


def test_counts_of_a_survey_stand_in_the_order_of_the_scale(world):
    rows = list_counts(make_survey(world))[BOARD]

    assert label_counts(rows, find_framework(world.submission()).scale_of(BOARD)) == (
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Don’t know",
        "Does not apply to us",
    )
