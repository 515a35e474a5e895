# SPDX-License-Identifier: MIT
"""A view as the colleague who is asked gives it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.small_framework import small_framework
from tests.web.world import NOW, World, make_world
from trigpoint.frameworks.parse import parse_framework
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.actions.polls import GivenView, NewPoll, close_poll, give_view, open_poll
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.forms.polls import ViewForm
from trigpoint_web.rounds.forms.together import draw_answer_field
from trigpoint_web.rounds.models import Poll, PollReply
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.together import list_asked_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=5)
BOARD = AnswerPlace(ORGANISATION, "board_leads")
BEDSIDE = AnswerPlace("acute", "bedside_share")
OURS = {"round_slug": "2026", "code": "ZZ301"}
AT_BOARD = {**OURS, "asked_in": ORGANISATION, "question": "board_leads"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lead(world: World) -> User:
    return world.people[Role.LEAD]


@pytest.fixture
def contributor(world: World) -> User:
    return world.people[Role.CONTRIBUTOR]


def ask(world: World, *people: User, place: AnswerPlace = BOARD, due_on: date = SOON) -> Poll:
    new = NewPoll(place, people or (world.people[Role.CONTRIBUTOR],), due_on, "What do you see on the ward?")
    return open_poll(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)


def give(poll: Poll, by: User, answer: Answer, note: str = "") -> PollReply:
    return give_view(GivenView(answer, note), reply=poll.replies.get(user=by), by=by, at=NOW)


def test_a_colleague_gives_a_view_and_changes_it(world, contributor):
    address = reverse("poll_reply", kwargs={"poll": ask(world).pk})
    client = sign_in(contributor)
    page = client.get(address).content.decode()
    assert "What do you see on the ward?" in page
    assert "The Board sees progress at each meeting" in page
    assert "Does not apply to us" in page

    answered = client.post(address, {"board_leads": "agree", "note": "Minutes."})

    assert answered.headers["Location"] == reverse("question", kwargs=AT_BOARD)
    page = client.get(address).content.decode()
    assert 'value="agree" checked' in page
    assert "Minutes." in page
    client.post(address, {"board_leads": "missing:dont_know"})
    assert answer_of(PollReply.objects.get()) is Missing.DONT_KNOW


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"bedside_share-number": "40"}, 40.0),
        ({"bedside_share": "number:", "bedside_share-number": " 40 % "}, 40.0),
        ({"bedside_share": "missing:dont_know", "bedside_share-number": "40"}, Missing.DONT_KNOW),
    ],
)
def test_a_number_is_read_as_it_is_typed_unless_another_answer_is_chosen(world, contributor, typed, answer):
    address = reverse("poll_reply", kwargs={"poll": ask(world, place=BEDSIDE).pk})
    client = sign_in(contributor)

    assert client.post(address, typed).status_code == 302

    assert answer_of(PollReply.objects.get()) == answer
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose an answer"),
        ({"bedside_share": "number:"}, "Enter a number, or choose another answer"),
        ({"bedside_share-number": "many"}, "Enter a whole number from 0 to 100"),
        ({"bedside_share-number": "nan"}, "Enter a whole number from 0 to 100"),
        ({"bedside_share-number": "1.5"}, "Enter a whole number from 0 to 100"),
        ({"bedside_share-number": "101"}, "Enter a whole number from 0 to 100"),
        ({"bedside_share-number": "9" * 21}, "at most 20 characters"),
        ({"bedside_share": "missing:not_applicable"}, "Choose one of the answers shown"),
        ({"bedside_share": "missing:not_shown"}, "Choose one of the answers shown"),
        ({"bedside_share-number": "40", "note": "x" * (LONGEST_TEXT + 1)}, "at most 4000 characters"),
    ],
)
def test_a_view_that_is_no_answer_is_refused_with_what_to_do(world, contributor, typed, said):
    address = reverse("poll_reply", kwargs={"poll": ask(world, place=BEDSIDE).pk})

    answered = sign_in(contributor).post(address, typed)

    assert answered.status_code == 200
    assert said in answered.content.decode()
    assert PollReply.objects.get().replied_at is None


def test_only_the_one_who_was_asked_may_come(world, lead):
    address = reverse("poll_reply", kwargs={"poll": ask(world).pk})

    assert sign_in(lead).get(address).status_code == 404


def test_one_who_is_no_longer_a_colleague_may_not_come(world, contributor):
    address = reverse("poll_reply", kwargs={"poll": ask(world).pk})
    contributor.memberships.update(ended_at=NOW)

    assert sign_in(contributor).get(address).status_code == 404
    assert list_asked_of(contributor, today=TODAY).polls == ()


def test_a_closed_poll_says_so(world, lead, contributor):
    poll = ask(world)
    close_poll(poll, by=lead, at=NOW)

    answered = sign_in(contributor).get(reverse("poll_reply", kwargs={"poll": poll.pk}))

    assert answered.status_code == 409
    assert "This poll is closed" in answered.content.decode()


def test_a_count_without_an_upper_end_offers_only_what_the_framework_does():
    files = small_framework()
    refused = "missing_refused: [dont_know, not_applicable]\nscales:"
    files["framework.yaml"] = (
        files["framework.yaml"]
        .replace("scales:", refused, 1)
        .replace("number: {minimum: 0, maximum: 100, whole: true, unit:", "number: {minimum: 0, unit:")
    )
    framework = parse_framework(files, folder="")

    form = ViewForm({"record_users-number": "-1"}, framework=framework, question="record_users")

    assert form.errors == {"record_users-number": ["Enter a number, 0 or more"]}
    (number,) = draw_answer_field(form, "record_users").options
    assert (number.label, number.divider, number.is_chosen) == ("A number", None, True)


def test_a_number_typed_beside_another_choice_is_not_shown_as_chosen(world):
    framework = find_framework(world.submission())
    typed = {"bedside_share": "missing:dont_know", "bedside_share-number": "40"}

    field = draw_answer_field(ViewForm(typed, framework=framework, question="bedside_share"), "bedside_share")

    assert [(one.value, one.is_chosen) for one in field.options] == [("number:", False), ("missing:dont_know", True)]
