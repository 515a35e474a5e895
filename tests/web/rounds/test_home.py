# SPDX-License-Identifier: MIT
"""Home: each person sees what they can act on now, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.rounds.answering import BOARD, address, count_queries, here, sign_in, text_of
from tests.web.world import NOW, World, make_person, make_round, make_world
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.models import Comment, Delegation, Mention, Poll, PollReply, Round, Submission
from trigpoint_web.rounds.presenters.home import NO_ROLE, NOTHING
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def show(person: User) -> str:
    return text_of(sign_in(person).get(reverse("home")))


def set_submission(world: World, state: SubmissionState, code: str = "ZZ301") -> None:
    signed_at = NOW if state == SubmissionState.SIGNED else None
    Submission.objects.filter(round=world.round, organisation=code).update(
        state=state, submitted_at=NOW, submitted_by=world.people[Role.LEAD], signed_at=signed_at
    )


def set_round(world: World, state: RoundState) -> None:
    Round.objects.filter(pk=world.round.pk).update(state=state)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD])
def test_who_answers_sees_what_is_left_and_until_when(world, role):
    assert "To answer Northmoor Synthetic Hospitals, Small assessment 2026 Due in 20 days, " in show(world.people[role])
    assert "Not started: 10 questions" in show(world.people[role])
    world.answer(BOARD, "agree")

    shown = show(world.people[role])

    assert "9 of 10 left" in shown
    assert f'href="{here("task_list")}"' in sign_in(world.people[role]).get("/").content.decode()


def test_a_submission_that_is_dealt_with_says_so(world):
    for place in read_submission_answers(world.submission()).places:
        world.answer(place, Missing.DONT_KNOW)

    assert "All dealt with" in show(world.people[Role.LEAD])


def test_a_round_that_has_closed_or_was_sent_is_nothing_to_answer(world):
    set_submission(world, SubmissionState.SUBMITTED)
    assert "To answer" not in show(world.people[Role.CONTRIBUTOR])

    set_submission(world, SubmissionState.IN_PROGRESS)
    world.round.closes_at = NOW - timedelta(minutes=1)
    world.round.save()

    assert "To answer" not in show(world.people[Role.CONTRIBUTOR])


def test_the_officer_sees_what_waits_for_a_signature(world):
    assert "To sign" not in show(world.people[Role.OFFICER])
    set_submission(world, SubmissionState.SUBMITTED)

    assert "To sign Northmoor Synthetic Hospitals, Small assessment 2026" in show(world.people[Role.OFFICER])
    assert "To sign" not in show(world.people[Role.LEAD])


def test_the_reviewer_sees_what_is_signed_once_the_review_has_begun(world):
    set_submission(world, SubmissionState.SIGNED)
    assert NO_ROLE in show(world.people[Role.REVIEWER])
    set_round(world, RoundState.IN_REVIEW)

    shown = show(world.people[Role.REVIEWER])

    assert "To review Small assessment 2026 1 organisation signed" in shown
    assert "Your organisation" not in shown
    set_round(world, RoundState.PUBLISHED)
    assert "To review" not in show(world.people[Role.REVIEWER])


def test_the_administrator_sees_the_rounds_that_are_not_over(world):
    make_round(slug="2027", by=world.people[Role.ADMINISTRATOR], is_open=False)

    shown = show(world.people[Role.ADMINISTRATOR])

    assert "Small assessment 2026 Closes in 20 days" in shown
    assert "Small assessment 2027 Opens " in shown
    set_round(world, RoundState.CLOSED)
    assert "Small assessment 2026 Closed" in show(world.people[Role.ADMINISTRATOR])
    set_round(world, RoundState.PUBLISHED)
    assert "Small assessment 2026 Closed" not in show(world.people[Role.ADMINISTRATOR])


def test_results_are_shown_to_those_who_may_see_them_once_they_are_published(world):
    assert NOTHING in show(world.people[Role.SYSTEM_VIEWER])
    set_round(world, RoundState.PUBLISHED)

    system = show(world.people[Role.SYSTEM_VIEWER])

    assert "Results The organisations of your system, Small assessment 2026" in system
    assert "Northmoor" not in system, "the list of the round names them"
    assert "The nation, Small assessment 2026" in show(world.people[Role.ANALYST])
    assert "Northmoor Synthetic Hospitals, Small assessment 2026 Results" in show(world.people[Role.OBSERVER])


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER])
@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED, RoundState.IN_REVIEW, RoundState.REPLY])
@pytest.mark.parametrize("submission_state", list(SubmissionState))
def test_everybody_of_an_organisation_finds_its_answers_as_long_as_the_round_is_on(
    world, role, state, submission_state
):
    set_round(world, state)
    set_submission(world, submission_state)

    page = sign_in(world.people[role]).get("/")

    line = f"Northmoor Synthetic Hospitals, Small assessment 2026 The round: {state.label.lower()}"
    assert f"{line} {submission_state.label}" in text_of(page)
    assert f'href="{here("task_list")}"' in page.content.decode()
    assert "Eastvale" not in text_of(page)
    may_ask_for_results = submission_state == SubmissionState.SIGNED and state != RoundState.OPEN
    assert (here("organisation_results") in page.content.decode()) == may_ask_for_results


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER])
def test_everybody_of_an_organisation_finds_its_people(world, role):
    page = sign_in(world.people[role]).get("/")

    assert "People of Northmoor Synthetic Hospitals Who has which role" in text_of(page)
    assert f'href="{reverse("people", args=["ZZ301"])}"' in page.content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUTHOR, Role.ADMINISTRATOR, Role.SYSTEM_VIEWER, Role.REVIEWER])
def test_who_is_in_no_organisation_has_none_at_home(world, role):
    shown = show(world.people[role])

    assert "Your organisation" not in shown
    assert "People of" not in shown


def test_a_role_that_ended_leads_nowhere(world):
    observer = world.people[Role.OBSERVER]
    observer.memberships.update(ended_at=NOW)

    assert NO_ROLE in show(observer)
    assert "Northmoor" not in show(observer)


def test_a_draft_is_shown_to_nobody_in_an_organisation(world):
    set_round(world, RoundState.DRAFT)

    assert "Small assessment 2026" not in show(world.people[Role.LEAD])


def test_the_author_is_led_to_the_frameworks(world):
    shown = show(world.people[Role.AUTHOR])

    assert "Read frameworks and preview them" in shown
    assert NOTHING not in shown


@pytest.mark.usefixtures("world")
def test_who_has_no_role_is_told_how_to_get_one():
    person = User.objects.create_user("new@example.org", name="New Person")

    assert NO_ROLE in show(person)


def ask(world: World, person: User) -> None:
    """The lead asks a person for everything that can be asked."""
    lead, submission = world.people[Role.LEAD], world.submission()
    asked = {"submission": submission, "at": NOW, "by": lead}
    due = {"due_on": (NOW + timedelta(days=5)).date()}
    Delegation.objects.create(**asked, **due, asked_in="organisation", section="leading", to=person)
    Delegation.objects.create(**asked, **due, asked_in="acute", question="has_record", to=person)
    poll = Poll.objects.create(**asked, **due, asked_in="acute", question="sees_images")
    PollReply.objects.create(poll=poll, user=person)
    comment = Comment.objects.create(**asked, asked_in="organisation", question="board_leads", text="Is it?")
    Mention.objects.create(comment=comment, user=person)


def test_what_colleagues_asked_comes_first(world):
    lead, person = world.people[Role.LEAD], world.people[Role.CONTRIBUTOR]
    ask(world, person)

    page = sign_in(person).get("/")
    shown = text_of(page)

    assert f"Asked of you Leading {lead.name} asks you to answer, by " in shown
    assert f"Clinicians work with a digital record. {lead.name} asks you to answer" in shown
    assert f"Clinicians see images. {lead.name} asks for your view" in shown
    assert f"The Board leads {lead.name} wrote to you." in shown
    assert f'href="{address(BOARD)}#comment-' in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_organisations_and_rounds(world):
    person = world.people[Role.LEAD]
    client = sign_in(person)
    few = count_queries(client, "/")
    for code in ("ZZ302", "ZZ303"):
        held = RoleHeldIn(organisation=Organisation.objects.get(pk=code))
        grant_role(person, Role.LEAD, held, by=None, at=NOW)
        make_person(Role.LEAD, organisation=code)
    make_round(slug="2027", by=world.people[Role.ADMINISTRATOR])
    ask(world, person)

    # Reading the framework of a round for the first time is one query more.
    assert count_queries(client, "/") <= few + 1
    assert few <= 16
