# SPDX-License-Identifier: MIT
"""Asking colleagues by name for their view on one question."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.actions.polls import GivenView, NewPoll, close_poll, give_view, open_poll
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen, StepRefused
from trigpoint_web.rounds.models import Poll, PollReply
from trigpoint_web.rounds.presenters.polls import PollPage, present_poll
from trigpoint_web.rounds.queries.answers import find_framework, read_answers
from trigpoint_web.rounds.queries.polls import is_poll_open, list_poll_replies
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


def page_of(world: World, poll: Poll) -> PollPage:
    replies = tuple(list_poll_replies(poll))
    framework = find_framework(world.submission())
    return present_poll(poll, replies, submission=world.submission(), framework=framework, is_open=True)


def fields(*people: User, due_on: date = SOON) -> dict[str, object]:
    day = {"due_on-day": due_on.day, "due_on-month": due_on.month, "due_on-year": due_on.year}
    return {"colleagues": [one.pk for one in people], **day, "message": "Please."}


def test_each_colleague_gets_a_mail_with_a_link(world, contributor, django_capture_on_commit_callbacks):
    officer = world.people[Role.OFFICER]

    with django_capture_on_commit_callbacks(execute=True):
        poll = ask(world, contributor, officer)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([contributor.email, officer.email])
    assert f"http://localhost:8000/polls/{poll.pk}/" in mail.outbox[0].body
    assert "What do you see on the ward?" in mail.outbox[0].body
    assert Event.objects.get(action="poll.opened").details["asked"] == 2


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR, Role.REVIEWER])
def test_only_people_who_can_give_a_view_there_can_be_asked(world, role):
    with pytest.raises(ChangeRefused, match="can’t give a view"):
        ask(world, world.people[role])


def test_nobody_is_not_asked(world, lead):
    with pytest.raises(ChangeRefused, match="at least one colleague"):
        open_poll(NewPoll(BOARD, (), SOON), submission=world.submission(), by=lead, at=NOW)


def test_a_poll_closes_with_the_round_at_the_latest(world):
    with pytest.raises(ChangeRefused, match="The answers are due on"):
        ask(world, due_on=timezone.localdate(world.round.closes_at) + timedelta(days=1))


def test_a_question_has_one_open_poll(world):
    ask(world)

    with pytest.raises(ChangeRefused, match="Close that poll first"):
        ask(world)

    assert ask(world, place=AnswerPlace(ORGANISATION, "has_strategy")).pk


def test_the_database_holds_a_question_to_one_open_poll(world, lead):
    first = ask(world)
    columns = {"submission": first.submission, "asked_in": first.asked_in, "question": first.question}

    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.create(**columns, due_on=SOON, at=NOW, by=lead)


def test_a_new_poll_closes_one_that_is_past_its_day(world):
    first = ask(world)
    Poll.objects.update(due_on=TODAY - timedelta(days=1))

    ask(world)

    first.refresh_from_db()
    assert first.closed_at == NOW


def test_a_poll_that_was_closed_is_followed_by_another(world, lead):
    close_poll(ask(world), by=lead, at=NOW)

    assert is_poll_open(ask(world), TODAY)


def test_a_poll_is_open_through_its_day(world):
    poll = ask(world)

    assert is_poll_open(poll, SOON)
    assert not is_poll_open(poll, SOON + timedelta(days=1))


@pytest.mark.parametrize(
    ("place", "answer"),
    [(BOARD, "agree"), (BOARD, Missing.NOT_APPLICABLE), (BEDSIDE, 40.0), (BEDSIDE, 0.0), (BEDSIDE, Missing.DONT_KNOW)],
)
def test_a_view_is_kept_and_answers_nothing(world, contributor, place, answer):
    poll = ask(world, place=place)

    give(poll, contributor, answer, "  So it is. ")

    reply = PollReply.objects.get()
    assert (answer_of(reply), reply.note, reply.replied_at) == (answer, "So it is.", NOW)
    assert read_answers(world.submission()) == {}
    assert "agree" not in str(Event.objects.get(action="poll.replied").details)


def test_a_second_view_replaces_the_first(world, contributor):
    poll = ask(world, place=BEDSIDE)
    give(poll, contributor, 40.0)

    give(poll, contributor, Missing.DONT_KNOW)

    assert answer_of(PollReply.objects.get()) is Missing.DONT_KNOW


def test_no_view_is_given_once_the_poll_is_closed(world, lead, contributor):
    poll = ask(world)
    close_poll(poll, by=lead, at=NOW)

    with pytest.raises(StepRefused, match="closed"):
        give(poll, contributor, "agree")
    with pytest.raises(StepRefused, match="closed already"):
        close_poll(poll, by=lead, at=NOW)


def test_no_view_is_given_once_the_round_is_closed(world, contributor):
    poll = ask(world)

    with pytest.raises(NotOpen):
        give_view(
            GivenView("agree"),
            reply=poll.replies.get(),
            by=contributor,
            at=world.round.closes_at + timedelta(minutes=1),
        )


def test_a_note_of_a_whole_chapter_is_refused(world, contributor):
    with pytest.raises(ChangeRefused, match="4,001 characters"):
        give(ask(world), contributor, "agree", "x" * (LONGEST_TEXT + 1))


def test_the_lead_sees_who_said_what_and_who_said_nothing(world, lead, contributor):
    officer = world.people[Role.OFFICER]
    poll = ask(world, contributor, officer, lead)
    give(poll, contributor, "agree", "Minutes.")
    give(poll, officer, Missing.DONT_KNOW)

    page = page_of(world, poll)

    assert page.state.startswith("2 of 3 colleagues replied. Open until the end of ")
    assert [(bar.label, bar.text, bar.share) for bar in page.bars] == [
        ("Disagree", "0 of 2", 0.0),
        ("Neither agree nor disagree", "0 of 2", 0.0),
        ("Agree", "1 of 2", 0.5),
        ("Don’t know", "1 of 2", 0.5),
    ]
    assert [row[:3] for row in page.table.rows] == [
        ("Accountable officer of ZZ301", "Don’t know", ""),
        ("Contributor of ZZ301", "Agree", "Minutes."),
        ("Lead of ZZ301", "Not replied", ""),
    ]


def test_numbers_stand_by_themselves_least_first(world, lead, contributor):
    poll = ask(world, contributor, lead, place=BEDSIDE)
    give(poll, contributor, 70.0)
    give(poll, lead, 5.0)

    page = page_of(world, poll)

    assert [(bar.label, bar.text) for bar in page.bars] == [("5%", "1 of 2"), ("70%", "1 of 2")]
    assert page_of(world, ask(world)).bars == ()


def test_the_page_asks_and_leads_to_what_comes_of_it(lead, contributor, world):
    officer = world.people[Role.OFFICER]
    client = sign_in(lead)
    address = reverse("poll_new", kwargs=AT_BOARD)
    assert officer.name in client.get(address).content.decode()

    answered = client.post(address, fields(contributor, officer))

    poll = Poll.objects.get()
    assert answered.headers["Location"] == reverse("poll", kwargs={**OURS, "poll": poll.pk})
    shown = client.get(answered.headers["Location"]).content.decode()
    assert "0 of 2 colleagues replied." in shown
    assert "2 of your colleagues will get an e-mail." in shown
    assert "Close that poll first" in client.post(address, fields(contributor)).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colleagues": []}, "Choose at least one colleague"),
        ({"colleagues": ["999999"]}, "Choose colleagues from the list"),
        ({"due_on-month": "13"}, "must be a real date"),
    ],
)
def test_what_is_wrong_in_the_form_is_said(lead, contributor, changes, said):
    answered = sign_in(lead).post(reverse("poll_new", kwargs=AT_BOARD), {**fields(contributor), **changes})

    assert said in answered.content.decode()
    assert not Poll.objects.exists()


def test_the_lead_closes_the_poll_on_the_page(world, lead):
    where = {**OURS, "poll": ask(world).pk}
    client = sign_in(lead)

    answered = client.post(reverse("poll_close", kwargs=where))

    page = client.get(answered.headers["Location"]).content.decode()
    assert "colleagues replied. Closed." in page
    assert reverse("poll_close", kwargs=where) not in page


def test_a_poll_is_asked_of_a_person_until_they_reply_or_it_closes(world, contributor):
    poll = ask(world)
    (asked,) = list_asked_of(contributor, today=TODAY).polls
    assert (asked.poll.by.name, asked.poll.submission.round) == ("Lead of ZZ301", world.round)
    assert list_asked_of(contributor, today=SOON + timedelta(days=1)).polls == ()

    give(poll, contributor, "agree")

    assert list_asked_of(contributor, today=TODAY).polls == ()


def test_the_poll_page_takes_as_many_queries_for_one_colleague_as_for_many(world, lead):
    def count_queries(poll: Poll) -> int:
        client = sign_in(lead)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("poll", kwargs={**OURS, "poll": poll.pk})).status_code == 200
        return len(queries)

    one = count_queries(ask(world))
    many = [make_person(Role.CONTRIBUTOR, name=f"Colleague {number}") for number in range(12)]

    assert count_queries(ask(world, *many, place=BEDSIDE)) == one
