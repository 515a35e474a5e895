# SPDX-License-Identifier: MIT
"""The last round beside a question, the time a page was open, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    COSTED,
    IMAGES,
    RECORD,
    STRATEGY,
    VISITS,
    address,
    count_queries,
    sign_in,
    text_of,
    typed,
)
from tests.web.world import NOW, World, make_earlier_round, make_person, make_round, make_world
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.models import Round, Submission, TimeSpent
from trigpoint_web.rounds.opened_page import read_opening, seconds_since_opening, sign_opening
from trigpoint_web.rounds.queries.last_round import LastRound, find_last_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def test_time_is_counted_once_a_page_from_its_opening(world, client):
    world.answer(STRATEGY, "agree")
    opened = sign_opening(world.people[Role.CONTRIBUTOR].pk, NOW - timedelta(seconds=90))

    client.post(
        address(STRATEGY), {**typed(STRATEGY, "neither", version=1), **typed(COSTED, "agree"), "opened": opened}
    )

    (spent,) = TimeSpent.objects.all()
    assert (spent.question, spent.user) == ("has_strategy", world.people[Role.CONTRIBUTOR])
    assert spent.seconds >= 90


def test_the_mark_of_an_opening_is_of_one_person():
    mark = sign_opening(7, NOW)

    assert read_opening(mark) == (7, NOW)
    assert seconds_since_opening(mark, user=7, at=NOW + timedelta(seconds=5)) == 5
    assert seconds_since_opening(mark, user=7, at=NOW - timedelta(seconds=5)) == 0
    assert seconds_since_opening(mark, user=8, at=NOW) is None


def answered_before(world: World, answers: Mapping[AnswerPlace, Answer], code: str = "ZZ301") -> Round:
    """Make a round before this one, with answers of the lead."""
    earlier = make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    submission = Submission.objects.select_related("round", "organisation").get(round=earlier, organisation=code)
    for place, answer in answers.items():
        save_answer(GivenAnswer(place, answer, replaces=0), submission=submission, by=world.people[Role.LEAD], at=NOW)
    world.round.previous = earlier
    world.round.save()
    return earlier


def test_the_last_rounds_answer_is_shown_where_it_can_be_compared(world, client):
    answered_before(world, {BOARD: "agree", STRATEGY: "neither", IMAGES: "agree", RECORD: Missing.NOT_ANSWERED})

    board, strategy = text_of(client.get(address(BOARD))), text_of(client.get(address(STRATEGY)))

    assert f"Last round (2024): Agree. {world.people[Role.LEAD].name}, " in board
    assert "worded differently" not in board
    assert "Last round (2024): Neither agree nor disagree." in strategy
    assert "The question was worded differently." in strategy
    assert "Last round" not in text_of(client.get(address(IMAGES))), "asked on another scale then"
    assert "Last round" not in text_of(client.get(address(RECORD))), "not answered then"
    assert "Last round" not in text_of(client.get(address(VISITS))), "new in this round"


def named(last: LastRound | None) -> tuple[str, Round]:
    assert last is not None
    return last.name, last.submission.round


def test_an_organisation_that_was_not_there_has_no_last_round(world):
    earlier = answered_before(world, {})
    Submission.objects.filter(round=earlier, organisation="ZZ302").get()

    assert named(find_last_round(world.submission())) == ("2024", earlier)
    world.round.previous = make_round(slug="same", by=world.people[Role.ADMINISTRATOR], is_open=True)
    world.round.save()
    assert named(find_last_round(world.submission())) == ("2026", world.round.previous)


def test_the_number_of_queries_does_not_grow_with_answers_and_people(world, client):
    few = count_queries(client, address(BOARD))
    answered_before(world, {BOARD: "agree"})
    with_last_round = count_queries(client, address(BOARD))
    for place in (BOARD, RECORD, BEDSIDE):
        world.answer(place, 40.0 if place is BEDSIDE else "agree", by=make_person(Role.LEAD))

    assert few <= 22
    assert with_last_round <= few + 2
    assert count_queries(client, address(BOARD)) == with_last_round
