# SPDX-License-Identifier: MIT
"""What an action refuses by itself, however it is reached: the pages that ask first are not all that can ask."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.web.rounds.signed import BEDSIDE, BOARD, COMPLETE, RECORD, answer_all
from tests.web.world import NOW, World, make_round, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.demonstration.working import submit_for
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.rounds import Population
from trigpoint_web.rounds.adapters import answer_of_columns
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_round_with_a_taken_name_and_nobody_in_it_is_told_both_and_not_made(world):
    with pytest.raises(ChangeRefused) as refused:
        make_round(
            slug="2026", by=world.people[Role.ADMINISTRATOR], population=Population(date(1990, 1, 1), kinds=("none",))
        )

    taken, nobody = refused.value.problems
    assert taken.startswith("There is a round '2026' already.")
    assert nobody.startswith("Nobody would take part:")
    assert Round.objects.count() == 1


def test_a_published_round_takes_no_answer_also_not_from_who_has_more_time(world):
    submission = world.submission()
    submission.round.state, submission.extended_until = RoundState.PUBLISHED, NOW + timedelta(days=99)

    why = find_why_not_open(submission, NOW)

    assert str(why) == "The round is over and its results are published."
    Round.objects.update(state=RoundState.PUBLISHED)
    with pytest.raises(NotOpen, match="its results are published"):
        save_answer(GivenAnswer(BOARD, "agree", 0), submission=submission, by=world.people[Role.LEAD], at=NOW)


def test_a_round_that_has_not_opened_takes_no_answer_and_says_when_it_does(world):
    submission = world.submission()
    submission.round.opens_at = NOW + timedelta(days=3)
    later = f"The round opens on {submission.round.opens_at:%-d %B %Y}."

    assert str(find_why_not_open(submission, NOW)) == later
    assert find_why_not_open(submission, submission.round.opens_at) is None
    submission.round.state, submission.round.opens_at = RoundState.DRAFT, NOW - timedelta(days=3)
    assert str(find_why_not_open(submission, NOW)).startswith("The round opens on")


def test_columns_without_an_answer_are_an_error_not_a_missing_answer():
    with pytest.raises(ValueError, match="holds no answer"):
        answer_of_columns(None, None, None)


def test_the_demonstration_sends_for_signature_only_what_may_be_sent(world):
    answer_all(world, {**COMPLETE, RECORD: "disagree", BEDSIDE: 60.0})
    world.answer(BOARD, "agree", code="ZZ302", by=world.people[Role.LEAD])
    leads = dict.fromkeys(("ZZ301", "ZZ302"), world.people[Role.LEAD])

    submit_for(leads, world.round, leads, at=NOW)

    assert world.submission("ZZ301").state == SubmissionState.IN_PROGRESS
    assert world.submission("ZZ302").state == SubmissionState.SUBMITTED
