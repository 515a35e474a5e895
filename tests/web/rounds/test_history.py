# SPDX-License-Identifier: MIT
"""The history of an answer, and what happened to a submission, in words."""

from __future__ import annotations

import pytest

from tests.web.rounds.answering import BEDSIDE, BOARD, address, count_queries, here, sign_in, text_of
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.models import Answer
from trigpoint_web.rounds.pages.history import EVENTS_A_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_every_version_is_there_with_who_when_why_and_how(world):
    lead = world.people[Role.LEAD]
    world.answer(BOARD, "agree")
    save_answer(
        GivenAnswer(BOARD, Missing.DONT_KNOW, replaces=1, note="<b>Ask</b>", reason="The minutes are lost."),
        submission=world.submission(),
        by=lead,
        at=NOW,
    )

    page = sign_in(lead).get(address(BOARD, "question_history"))
    shown = text_of(page)

    assert shown.index("Don’t know") < shown.index("Agree")
    assert "Who You" in shown
    assert f"Who {world.people[Role.CONTRIBUTOR].name}" in shown
    assert "On screen: The minutes are lost." in shown
    assert "&lt;b&gt;Ask&lt;/b&gt;" in page.content.decode()


def test_an_answer_of_the_national_team_is_named_so(world):
    Answer.objects.create(
        submission=world.submission(),
        asked_in="acute",
        question="bedside_share",
        version=1,
        number=40.0,
        source="intake",
        at=NOW,
    )

    shown = text_of(sign_in(world.people[Role.LEAD]).get(address(BEDSIDE, "question_history")))

    assert "The national team" in shown
    assert "40%" in shown


def test_a_question_without_answers_says_so(world):
    shown = text_of(sign_in(world.people[Role.OFFICER]).get(address(BOARD, "question_history")))

    assert "Nobody has answered this question yet." in shown


def event(action: str, *, by: int | None, **details: str) -> None:
    record_event(action, by=by, at=NOW, place=EventPlace("2026", "ZZ301", "submission"), details=details)


def test_what_happened_is_said_in_words_with_who_and_why(world):
    event("submission.submitted", by=world.people[Role.LEAD].pk)
    event("submission.sent_back", by=world.people[Role.OFFICER].pk, reason="Question 3 is wrong.")
    event("something.new_here", by=None)
    event("submission.signed", by=999_999)

    shown = text_of(sign_in(world.people[Role.LEAD]).get(here("submission_history")))

    assert "Who You What Sent the answers for signature" in shown
    assert f"Who {world.people[Role.OFFICER].name} What Sent the answers back instead of signing" in shown
    assert "Reason Question 3 is wrong." in shown
    assert "Who The service What Something new here" in shown
    assert "Who Somebody who is no longer listed What Signed the declaration" in shown


def test_a_submission_that_nobody_touched_has_no_history(world):
    shown = text_of(sign_in(world.people[Role.OBSERVER]).get(here("submission_history")))

    assert "Nothing has happened yet." in shown


def test_a_long_history_is_parted_into_pages(world):
    client = sign_in(world.people[Role.LEAD])
    for number in range(2 * EVENTS_A_PAGE + 1):
        event(f"step.number_{number}", by=world.people[Role.LEAD].pk)

    first, middle = (text_of(client.get(f"{here('submission_history')}?page={page}")) for page in (1, 2))

    assert f"Step number {2 * EVENTS_A_PAGE}" in first
    assert f"Step number {EVENTS_A_PAGE}" in middle
    assert "Next" in first
    assert "Previous" not in first
    assert "Previous" in middle
    assert "Step number 0" in text_of(client.get(f"{here('submission_history')}?page=9999"))


def test_the_number_of_queries_does_not_grow_with_events_and_people(world):
    client = sign_in(world.people[Role.LEAD])
    event("submission.submitted", by=world.people[Role.LEAD].pk)
    few = count_queries(client, here("submission_history"))
    for _ in range(5):
        event("submission.submitted", by=make_person(Role.LEAD).pk)

    assert count_queries(client, here("submission_history")) == few
