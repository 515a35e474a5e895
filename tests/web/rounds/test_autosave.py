# SPDX-License-Identifier: MIT
"""Saving one answer by the script of the page: what is saved, what is refused, and what each of them is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    COSTED,
    RECORD,
    address,
    current,
    save_by_script,
    sign_in,
)
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT, GivenAnswer, save_answer
from trigpoint_web.rounds.models import Answer, TimeSpent
from trigpoint_web.rounds.opened_page import sign_opening
from trigpoint_web.rounds.pages.save import LARGEST_BODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def test_a_saved_answer_is_told_with_its_version_and_time(world, client):
    status, said = save_by_script(client, BOARD, answer=["agree"], note="As in the minutes.")

    assert (status, said["version"]) == (200, 1)
    assert said["text"] == f"Saved {said['saved_at']} by you"
    assert (current(world, BOARD).choice, current(world, BOARD).note) == ("agree", "As in the minutes.")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"answer": "missing:dont_know"}, "dont_know"),
        ({"number": 40}, 40.0),
        ({"number": "40"}, 40.0),
        ({"number": "0"}, 0.0),
    ],
)
def test_numbers_and_missing_answers_are_saved_too(world, client, sent, kept):
    status, _ = save_by_script(client, BEDSIDE, **sent)

    row = current(world, BEDSIDE)
    assert (status, row.missing if row.number is None else row.number) == (200, kept)


def test_the_same_answer_again_makes_no_version(client):
    save_by_script(client, BOARD, answer=["agree"])

    status, said = save_by_script(client, BOARD, answer=["agree"])

    assert (status, said["version"]) == (200, 1)
    assert Answer.objects.count() == 1


def test_nothing_over_nothing_is_no_answer(client):
    status, said = save_by_script(client, BOARD)

    assert (status, said["version"], said["text"]) == (200, 0, "Not answered yet")
    assert not Answer.objects.exists()


def test_an_emptied_answer_is_cleared(world, client):
    save_by_script(client, BEDSIDE, number="40")

    save_by_script(client, BEDSIDE, number="", version=1)

    assert current(world, BEDSIDE).missing == "not_answered"


def test_a_colleagues_change_is_told_with_all_that_the_form_needs(world, client):
    save_answer(
        GivenAnswer(BEDSIDE, 40.0, replaces=0, note="Counted."),
        submission=world.submission(),
        by=world.people[Role.LEAD],
        at=NOW,
    )

    status, said = save_by_script(client, BEDSIDE, number="60")

    assert status == 409
    assert said["theirs"] | {"at": ""} == {
        "text": "40%",
        "by": world.people[Role.LEAD].name,
        "at": "",
        "note": "Counted.",
        "version": 1,
        "choices": [],
        "number": "40",
    }
    assert current(world, BEDSIDE).number == 40.0
    assert save_by_script(client, BEDSIDE, number="60", version=1)[0] == 200


@pytest.mark.parametrize(
    ("place", "sent", "problem"),
    [
        (BOARD, {"answer": ["maybe"]}, "not one of the answers"),
        (BEDSIDE, {"number": "101"}, "a whole number from 0 to 100"),
        (BOARD, {"note": "x" * (LONGEST_TEXT + 1)}, "4,001 characters"),
        (COSTED, {"answer": ["agree"]}, "not shown to you"),
        (AnswerPlace("ambulance", "has_record"), {"answer": ["agree"]}, "not shown to you"),
        (BOARD, {"answer": ["agree"], "version": 9}, "Load it again"),
    ],
)
def test_what_cannot_stand_is_told_and_not_saved(client, place, sent, problem):
    status, said = save_by_script(client, place, **sent)

    assert status == 422
    assert problem in said["problem"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "body", [b"[]", b"7", b"\xff", b"{", b"[" * 20_000, b'{"note": "' + b"x" * LARGEST_BODY + b'"}']
)
def test_what_is_no_answer_at_all_is_a_bad_request(client, body):
    reply = client.post(address(BOARD, "question_save"), body, content_type="application/json")

    assert reply.status_code == 400
    assert "Load the page again" in reply.json()["problem"]


@pytest.mark.parametrize(
    "odd", [{"answer": {"a": 1}}, {"answer": [None, True, []]}, {"version": None}, {"note": ["a"]}]
)
def test_odd_values_are_read_as_nothing_and_never_break(client, odd):
    assert save_by_script(client, BOARD, **odd)[0] == 200


@pytest.mark.usefixtures("world")
def test_signed_out_is_told_where_to_sign_in_and_come_back():
    status, said = save_by_script(Client(), BOARD, answer=["agree"])

    assert status == 401
    assert said["sign_in"].startswith(reverse("account_login"))
    assert "questions%2Forganisation%2Fboard_leads%2F" in said["sign_in"]
    assert "save" not in said["sign_in"]


def test_a_closed_round_is_told_with_the_reason(world, client):
    world.round.closes_at = NOW - timedelta(minutes=1)
    world.round.save()

    status, said = save_by_script(client, BOARD, answer=["agree"])

    assert (status, "theirs" in said) == (409, False)
    assert "The round is closed" in said["problem"]


def test_time_is_counted_from_save_to_save(world, client):
    opened = sign_opening(world.people[Role.CONTRIBUTOR].pk, NOW - timedelta(seconds=60))

    _, said = save_by_script(client, BOARD, answer=["agree"], opened=opened)
    save_by_script(client, RECORD, answer=["agree"], opened=said["opened"])

    (spent,) = TimeSpent.objects.all()
    assert spent.seconds >= 60


def test_a_save_makes_few_queries_and_draws_no_template(client):
    save_by_script(client, BOARD, answer=["agree"])

    with CaptureQueriesContext(connection) as captured:
        save_by_script(client, BOARD, answer=["neither"], version=1)

    assert len(captured) <= 11, [one["sql"][:90] for one in captured]


@pytest.mark.parametrize("half", [r"\ud800", r"\udfff", r"good \ud83d text", r"\udc00\ud800"])
@pytest.mark.parametrize("field", ["note", "answer", "number", "version", "opened"])
def test_half_a_character_is_no_answer_that_can_be_read(client, half, field):
    body = f'{{"answer": ["agree"], "{field}": "{half}"}}'

    response = client.post(address(BOARD, "question_save"), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json() == {"problem": "That is no answer that we can read. Load the page again."}
    assert not Answer.objects.exists()


def test_a_character_in_two_halves_is_whole(world, client):
    body = r'{"answer": ["agree"], "note": "Well \ud83d\ude42"}'

    response = client.post(address(BOARD, "question_save"), body, content_type="application/json")

    assert response.status_code == 200
    assert current(world, BOARD).note == "Well \U0001f642"


@pytest.mark.parametrize("note", ["\0", "The minutes\0 of May", "\0" * LONGEST_TEXT])
def test_a_note_with_the_character_nul_is_not_kept_and_says_why(client, note):
    status, said = save_by_script(client, BOARD, answer=["agree"], note=note)

    assert status == 422
    assert said["problem"].startswith("The note has a character in it that can’t be kept.")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("field", ["answer", "number", "version", "opened"])
def test_the_character_nul_in_another_field_is_an_answer_to_nothing(client, field):
    status, _ = save_by_script(client, BEDSIDE, **{field: "1\0"})

    assert status in {200, 422}
    assert not Answer.objects.exists()
