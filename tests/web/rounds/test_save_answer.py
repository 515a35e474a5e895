# SPDX-License-Identifier: MIT
"""Saving one answer: what is kept, what is refused, and that nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.answers import (
    LONGEST_TEXT,
    LONGEST_TIME_SPENT,
    GivenAnswer,
    SavedAnswer,
    save_answer,
    save_answers,
)
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused, NotOpen
from trigpoint_web.rounds.models import Answer, CurrentAnswer, TimeSpent
from trigpoint_web.rounds.queries.answers import list_answer_history, list_answers_as_signed, read_answers

pytestmark = pytest.mark.django_db

BOARD = AnswerPlace(ORGANISATION, "board_leads")
STRATEGY = AnswerPlace(ORGANISATION, "has_strategy")
COSTED = AnswerPlace(ORGANISATION, "strategy_costed")
RECORD = AnswerPlace("acute", "has_record")
BEDSIDE = AnswerPlace("acute", "bedside_share")


@pytest.fixture
def world() -> World:
    return make_world()


def save(world: World, given: GivenAnswer) -> SavedAnswer:
    return save_answer(given, submission=world.submission(), by=world.people[Role.CONTRIBUTOR], at=NOW)


def test_an_answer_stands_after_it_is_saved(world):
    saved = save(world, GivenAnswer(BOARD, "agree", replaces=0))

    assert (saved.version, saved.was_changed) == (1, True)
    assert read_answers(world.submission()) == {BOARD: "agree"}


def test_a_change_keeps_what_was_there_before(world):
    save(world, GivenAnswer(BOARD, "agree", replaces=0))

    save(world, GivenAnswer(BOARD, "neither", replaces=1, reason="The minutes say otherwise."))

    history = list_answer_history(world.submission(), BOARD)
    assert [(row.version, row.choice, row.reason) for row in history] == [
        (2, "neither", "The minutes say otherwise."),
        (1, "agree", ""),
    ]
    assert read_answers(world.submission()) == {BOARD: "neither"}


def test_two_people_who_started_from_the_same_answer_lose_nothing(world):
    save(world, GivenAnswer(BOARD, "agree", replaces=0))

    with pytest.raises(AnswerConflict) as conflict:
        save(world, GivenAnswer(BOARD, "disagree", replaces=0))

    assert conflict.value.current is not None
    assert conflict.value.current.choice == "agree"
    assert "Somebody changed this answer" in str(conflict.value)
    assert read_answers(world.submission()) == {BOARD: "agree"}


def test_the_same_answer_twice_is_saved_once(world):
    first = save(world, GivenAnswer(BOARD, "agree", replaces=0))

    second = save(world, GivenAnswer(BOARD, "agree", replaces=0))

    assert second == SavedAnswer(first.version, first.at, was_changed=False)
    assert Answer.objects.count() == 1


def test_a_note_changes_the_answer_and_stays_when_none_is_given(world):
    save(world, GivenAnswer(BOARD, "agree", replaces=0, note="  As in the minutes. "))

    save(world, GivenAnswer(BOARD, "neither", replaces=1))

    assert CurrentAnswer.objects.get().note == "As in the minutes."


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        (BEDSIDE, 40.0),
        (BEDSIDE, 0.0),
        (BEDSIDE, Missing.DONT_KNOW),
        (RECORD, Missing.NOT_APPLICABLE),
        (RECORD, Missing.NOT_ANSWERED),
    ],
)
def test_numbers_and_ways_of_being_missing_come_back_as_they_were(world, place, answer):
    save(world, GivenAnswer(place, answer, replaces=0))

    assert read_answers(world.submission()) == {place: answer}


@pytest.mark.parametrize(
    ("place", "answer", "why"),
    [
        (AnswerPlace("acute", "nothing_like_it"), "agree", "has no question"),
        (BOARD, "maybe", "not one of the answers"),
        (BOARD, 3.0, "not one of the answers"),
        (BEDSIDE, "agree", "not one of the answers"),
        (BEDSIDE, 101.0, "not one of the answers"),
        (BEDSIDE, -1.0, "not one of the answers"),
        (BEDSIDE, 1.5, "not one of the answers"),
        (BEDSIDE, float("nan"), "not one of the answers"),
        (BEDSIDE, Missing.NOT_APPLICABLE, "not one of the answers"),
        (BOARD, Missing.NOT_SHOWN, "not one of the answers"),
        (AnswerPlace("acute", "board_leads"), "agree", "not asked there"),
        (AnswerPlace(ORGANISATION, "has_record"), "agree", "not asked there"),
        (AnswerPlace("ambulance", "has_record"), "agree", "not shown to you"),
        (AnswerPlace("community", "sees_images"), "agree", "not shown to you"),
        (COSTED, "agree", "not shown to you"),
    ],
)
def test_an_answer_that_cannot_stand_there_is_refused(world, place, answer, why):
    with pytest.raises(AnswerRefused, match=why):
        save(world, GivenAnswer(place, answer, replaces=0))

    assert not Answer.objects.exists()


def test_a_question_opened_by_another_answer_can_be_answered_then(world):
    save(world, GivenAnswer(STRATEGY, "agree", replaces=0))

    save(world, GivenAnswer(COSTED, "agree", replaces=0))

    assert read_answers(world.submission()) == {STRATEGY: "agree", COSTED: "agree"}


def test_a_note_of_a_whole_chapter_is_refused(world):
    with pytest.raises(AnswerRefused, match="4,001 characters"):
        save(world, GivenAnswer(BOARD, "agree", replaces=0, note="x" * (LONGEST_TEXT + 1)))


def test_the_counts_follow_each_save(world):
    # Asked: 2 of the organisation (the third is not shown), then has_record, bedside_share, record_users and the one
    # of the care setting itself in each of two units.
    before = world.submission()
    assert (before.asked_count, before.dealt_with_count) == (2 + 4 + 4, 0)

    save(world, GivenAnswer(BOARD, Missing.DONT_KNOW, replaces=0))
    save(world, GivenAnswer(STRATEGY, "agree", replaces=0))
    after = world.submission()
    assert (after.asked_count, after.dealt_with_count) == (3 + 4 + 4, 2)

    save(world, GivenAnswer(BOARD, Missing.NOT_ANSWERED, replaces=1))
    assert world.submission().dealt_with_count == 1


def test_the_first_answer_starts_the_submission_with_one_event(world):
    save(world, GivenAnswer(BOARD, "agree", replaces=0))
    save(world, GivenAnswer(RECORD, "agree", replaces=0))

    submission = world.submission()
    assert (submission.state, submission.started_at, submission.last_activity_by) == (
        "in_progress",
        NOW,
        world.people[Role.CONTRIBUTOR],
    )
    assert Event.objects.filter(action="submission.started").count() == 1


def test_an_extension_keeps_a_closed_round_open_for_one_organisation(world):
    late = world.round.closes_at + timedelta(days=1)
    submission = world.submission()
    given = GivenAnswer(BOARD, "agree", replaces=0)
    with pytest.raises(NotOpen, match="The round is closed"):
        save_answer(given, submission=submission, by=make_person(Role.LEAD), at=late)

    submission.extended_until = late + timedelta(days=1)
    submission.save()

    assert save_answer(given, submission=submission, by=make_person(Role.LEAD), at=late).was_changed


def test_several_answers_are_saved_together_or_not_at_all(world):
    given = [GivenAnswer(BOARD, "agree", replaces=0), GivenAnswer(RECORD, "maybe", replaces=0)]

    with pytest.raises(AnswerRefused):
        save_answers(given, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    assert not Answer.objects.exists()
    assert len(save_answers(given[:1], submission=world.submission(), by=world.people[Role.LEAD], at=NOW)) == 1


@pytest.mark.parametrize(("seconds", "kept"), [(None, []), (0, []), (75, [75]), (10**6, [LONGEST_TIME_SPENT])])
def test_time_spent_is_kept_up_to_a_quarter_of_an_hour(world, seconds, kept):
    save(world, GivenAnswer(BOARD, "agree", replaces=0, seconds=seconds))

    assert list(TimeSpent.objects.values_list("seconds", flat=True)) == kept


def test_answers_as_signed_are_read_without_what_came_later(world):
    save(world, GivenAnswer(BOARD, "agree", replaces=0))
    save(world, GivenAnswer(BOARD, "neither", replaces=1))
    last = Answer.objects.latest("pk").pk
    save(world, GivenAnswer(BOARD, "disagree", replaces=2))

    assert list_answers_as_signed(world.submission(), last_answer=last) == {BOARD: "neither"}
    assert list_answers_as_signed(world.submission(), last_answer=None) == {}


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_answer(world, change):
    save(world, GivenAnswer(BOARD, "agree", replaces=0))
    rows = Answer.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(choice="disagree") if change == "update" else rows._raw_delete(rows.db)

    assert read_answers(world.submission()) == {BOARD: "agree"}
