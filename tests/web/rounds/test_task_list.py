# SPDX-License-Identifier: MIT
"""The task list: how far each section is, who holds it, until when, and where to go on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    IMAGES,
    RECORD,
    STRATEGY,
    VISITS,
    address,
    count_queries,
    here,
    sign_in,
    text_of,
)
from tests.web.rounds.signed import answer_all, submit_as_it_is
from tests.web.world import NOW, World, make_person, make_round, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Comment, Delegation, Mention, Round
from trigpoint_web.rounds.presenters.moments import say_clock, say_day, say_due, say_since
from trigpoint_web.rounds.presenters.scores import round_half_up
from trigpoint_web.rounds.queries.scores import score_submission
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def show(client: Client, query: str = "") -> str:
    return text_of(client.get(here("task_list") + query))


def delegate(world: World, *, section: str = "", question: str = "", asked_in: str = "organisation") -> Delegation:
    return Delegation.objects.create(
        submission=world.submission(),
        asked_in=asked_in,
        section=section,
        question=question,
        to=world.people[Role.CONTRIBUTOR],
        by=world.people[Role.LEAD],
        due_on=date(2031, 6, 12),
        at=NOW,
    )


def test_sections_stand_by_where_they_are_asked_with_how_far_they_are(world, client):
    world.answer(BOARD, "agree")
    for place in (RECORD, IMAGES, AnswerPlace("acute", "record_users")):
        world.answer(place, Missing.DONT_KNOW)
    world.answer(BEDSIDE, 40.0)

    shown = show(client)

    assert "Whole organisation Leading 1 of 2 left Acute Sharing records Complete" in shown
    assert "Community Sharing records Not started" in shown
    assert "5 of 10 dealt with" in shown


def test_questions_that_are_not_scored_have_a_section_of_their_own(client):
    assert "Questions that do not count in the score Not started" in show(client)
    assert "What share of staff used it last month?" in text_of(
        client.get(reverse("section", args=["2026", "ZZ301", "acute", "not-scored"]))
    )


def test_an_organisation_that_is_one_unit_has_no_names_for_its_parts():
    world = make_world(unit_of=Round.UnitOf.ORGANISATION)
    client = sign_in(world.people[Role.CONTRIBUTOR])

    shown = show(client)

    assert "General" not in shown
    assert "Whole organisation" not in shown
    assert "Sections Leading Not started Sharing records Not started" in shown
    assert "Sharing records · question 1 of 4" in text_of(client.get(address(AnswerPlace("General", "has_record"))))


def test_a_section_that_one_unit_is_asked_in_two_ways_stands_twice_under_names_of_their_own(world):
    files = dict(world.round.framework.files)
    files["framework.yaml"] = files["framework.yaml"].replace(
        "id: has_record, measure: sharing", "id: has_record, measure: leading"
    )
    from trigpoint_web.rounds.actions.rounds import freeze_framework

    by = world.people[Role.ADMINISTRATOR]
    framework = freeze_framework(files, by=by, at=NOW)
    make_round(slug="one", by=by, framework=framework, unit_of=Round.UnitOf.ORGANISATION)

    shown = text_of(client_of(world, Role.CONTRIBUTOR).get(here("task_list", slug="one")))

    assert "Leading Not started Leading, continued Not started" in shown


def test_who_holds_a_section_or_a_question_is_said_with_the_day(world, client):
    delegate(world, section="leading")
    delegate(world, question="has_record", asked_in="acute")

    mine, leads = show(client), show(sign_in(world.people[Role.LEAD]))

    assert "Leading You, by 12 June Not started" in mine
    assert "Sharing records You, by 12 June: Clinicians work with a digital record." in mine
    assert f"Leading {world.people[Role.CONTRIBUTOR].name}, by 12 June" in leads


def test_only_mine_shows_what_i_hold(world, client):
    assert "Only mine" not in show(client), "nothing is mine yet"
    delegate(world, section="leading")

    shown = show(client, "?only=mine")

    assert "Leading" in shown
    assert "Sharing records" not in shown
    assert "Nothing is in your name here." in show(sign_in(world.people[Role.LEAD]), "?only=mine")


def test_a_question_from_a_colleague_is_said_until_it_is_looked_at(world, client):
    comment = Comment.objects.create(
        submission=world.submission(),
        asked_in="acute",
        question="has_record",
        text="Is it?",
        at=NOW,
        by=world.people[Role.LEAD],
    )
    Mention.objects.create(comment=comment, user=world.people[Role.CONTRIBUTOR])

    assert "Sharing records Question from a colleague" in show(client)
    client.get(address(RECORD))
    assert "Question from a colleague" not in show(client)


def test_go_on_starts_then_continues_where_i_left_off_then_leads_to_the_check(world, client):
    def button() -> str:
        page: str = client.get(here("task_list")).content.decode()
        return page.partition('class="nhsuk-button')[2].partition("</a>")[0]

    assert f'href="{address(BOARD)}"' in button()
    assert ">Start" in button()
    world.answer(BOARD, "agree", by=world.people[Role.LEAD])
    assert ">Continue" in button()
    assert f'href="{address(STRATEGY)}"' in button()
    world.answer(RECORD, "agree")
    assert "Continue where you left off" in button()
    assert f'href="{address(BEDSIDE)}"' in button()
    for place in read_submission_answers(world.submission()).places:
        world.answer(place, Missing.DONT_KNOW, by=world.people[Role.LEAD])
    assert here("check") in button()


def test_after_the_last_question_going_on_turns_to_what_was_left_before(world, client):
    world.answer(AnswerPlace("community", "record_users"), 5.0)

    assert f'href="{address(BOARD)}"' in client.get(here("task_list")).content.decode()


def test_the_deadline_is_in_words_and_an_extension_is_named(world, client):
    assert "Due in 20 days, " in show(client)
    submission = world.submission()
    submission.extended_until = NOW + timedelta(days=30)
    submission.save()

    assert "This is your extension." in show(client)


def test_who_only_reads_is_told_why_and_gets_no_button(world):
    shown = client_of(world, Role.OBSERVER).get(here("task_list"))

    assert "Contributors and leads of the organisation give them." in text_of(shown)
    assert "nhsuk-button" not in shown.content.decode().partition("<main")[2]


def client_of(world: World, role: Role) -> Client:
    return sign_in(world.people[role])


def test_a_section_lists_its_questions_with_their_answers(world, client):
    world.answer(BOARD, "agree")

    page = client.get(reverse("section", args=["2026", "ZZ301", "organisation", "leading"]))
    shown = text_of(page)

    assert "Who leads digital change." in shown
    assert "The Board leads Saved" in shown
    assert "by you Agree" in shown
    assert "There is a digital strategy. Not answered" in shown
    assert f'href="{address(STRATEGY)}"' in page.content.decode().partition("Go to the first open question")[0]


def test_a_complete_section_has_no_button(world, client):
    world.answer(BOARD, "agree")
    world.answer(STRATEGY, "disagree")

    shown = text_of(client.get(reverse("section", args=["2026", "ZZ301", "organisation", "leading"])))

    assert "Go to the first open question" not in shown


def test_a_lead_sees_the_scores_as_they_stand_where_the_round_shows_them(world):
    world.answer(BOARD, "agree")
    world.answer(STRATEGY, "disagree")
    world.answer(RECORD, "agree")
    world.answer(BEDSIDE, 50.0)
    assert "Scores as they stand" not in show(client_of(world, Role.LEAD))
    world.round.shows_live_scores = True
    world.round.save()

    shown = show(client_of(world, Role.LEAD))

    # Leading: (100 + 0) / 2. Sharing in acute care: images are open, which counts as zero: (100 + 50 + 0) / 3.
    assert "Leading Acute 50, Medium: 2 of 2 answered Community 50, Medium: 2 of 2 answered" in shown
    assert "Sharing records Acute 50, Medium: 2 of 3 answered" in shown
    assert "Scores as they stand" not in show(client_of(world, Role.CONTRIBUTOR))


def test_a_section_without_a_score_says_so(world):
    world.round.shows_live_scores = True
    world.round.save()
    for place in (BOARD, STRATEGY):
        world.answer(place, Missing.NOT_APPLICABLE)

    assert "Leading Acute No score: 0 of 2 answered" in show(client_of(world, Role.LEAD))


def test_a_framework_without_bands_shows_the_score_alone(world):
    files = dict(world.round.framework.files)
    files["scoring.yaml"] = files["scoring.yaml"].partition("bands:")[0]
    from trigpoint_web.rounds.actions.rounds import freeze_framework

    by = world.people[Role.ADMINISTRATOR]
    make_round(slug="plain", by=by, framework=freeze_framework(files, by=by, at=NOW), shows_live_scores=True)

    shown = text_of(client_of(world, Role.LEAD).get(here("task_list", slug="plain")))

    assert "Leading Acute 0: 0 of 2 answered" in shown


def test_scores_need_no_query(world, django_assert_num_queries):
    given = read_submission_answers(world.submission())

    with django_assert_num_queries(0):
        scores = score_submission(given)

    assert scores.scores.shape[0] == 2


def test_the_number_of_queries_does_not_grow(world, client):
    few = count_queries(client, here("task_list"))
    delegate(world, section="leading")
    delegate(world, question="has_record", asked_in="acute")
    for place in (BOARD, RECORD, VISITS, BEDSIDE):
        world.answer(place, 40.0 if place is BEDSIDE else "agree", by=make_person(Role.LEAD))

    assert few <= 14
    assert count_queries(client, here("task_list")) == few


def test_moments_are_said_as_people_say_them():
    noon = datetime(2026, 6, 12, 11, 0, tzinfo=UTC)  # summer time in London: an hour later
    now = datetime(2026, 6, 3, 11, 0, tzinfo=UTC)

    assert [say_clock(noon), say_clock(noon + timedelta(hours=12)), say_clock(noon + timedelta(hours=5))] == [
        "noon",
        "midnight",
        "5pm",
    ]
    assert say_clock(noon + timedelta(minutes=30)) == "12:30pm"
    assert say_clock(noon - timedelta(hours=2, minutes=18)) == "9:42am"
    assert say_day(noon, now=now) == "Friday 12 June"
    assert say_day(noon, now=now.replace(year=2027)) == "Friday 12 June 2026"
    assert say_due(noon, now=now) == "in 9 days, Friday 12 June at noon"
    assert say_due(noon, now=noon - timedelta(hours=2)) == "today at noon"
    assert say_due(noon, now=noon - timedelta(days=1)) == "tomorrow at noon"
    assert say_due(now, now=noon) == "was Wednesday 3 June at noon"
    assert say_since(now, now=now + timedelta(hours=1)) == "noon"
    assert say_since(now, now=noon) == "Wednesday 3 June, noon"


def test_a_score_in_the_middle_goes_up():
    assert [round_half_up(Fraction(one, 2)) for one in (5, 4, 1)] == [3, 2, 1]


def test_a_section_that_is_not_there_is_not_found(client):
    assert client.get(reverse("section", args=["2026", "ZZ301", "acute", "leading"])).status_code == 404


def test_the_officer_finds_the_way_to_sign_what_waits(world):
    submission = world.submission()
    submission.state, submission.submitted_at = "submitted", NOW
    submission.submitted_by = world.people[Role.LEAD]
    submission.save()

    shown = show(client_of(world, Role.OFFICER))

    assert "The answers wait for signature." in shown
    assert "What waits for signature Sign Work away" in shown


def test_a_lead_can_ask_a_colleague_to_answer_each_section_while_answers_can_be_given(world, client):
    leads = sign_in(world.people[Role.LEAD])

    offered = show(leads)
    assert "Ask a colleague to answer Leading, Whole organisation" in offered
    assert "Ask a colleague to answer Sharing records, Acute" in offered
    assert "Ask a colleague to answer Questions that do not count" not in offered
    assert "Ask a colleague" not in show(client)
    answer_all(world)
    submit_as_it_is(world)
    assert "Ask a colleague" not in show(leads)
