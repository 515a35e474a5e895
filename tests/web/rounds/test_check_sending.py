# SPDX-License-Identifier: MIT
"""Sending answers for signature from the check: once, truthfully, and with a way out of every refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.evidence_given import give_file
from tests.web.rounds.signed import COMPLETE, RECORD, answer_all, make_signed, submit_as_it_is
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import end_role
from trigpoint_web.organisations.models import Membership
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.signing import take_back
from trigpoint_web.rounds.queries.answers import find_current_answer

pytestmark = pytest.mark.django_db

WHERE = {"round_slug": "2026", "code": "ZZ301"}


@pytest.fixture
def world() -> World:
    return make_world()


def visit(world: World, role: Role = Role.LEAD) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def see(world: World, role: Role = Role.LEAD) -> str:
    page = visit(world, role).get(reverse("check", kwargs=WHERE))
    assert page.status_code == 200
    return page.content.decode()


def question_url(place: AnswerPlace) -> str:
    return reverse("question", kwargs={**WHERE, "asked_in": place.asked_in, "question": place.question})


def test_sending_twice_sends_once_and_leads_to_the_check(world):
    answer_all(world)
    address, lead = reverse("check", kwargs=WHERE), visit(world)
    pressed = {"not_answered": 0, "without_evidence": 1, "acknowledged": "on"}

    replies = [lead.post(address, fields) for fields in (pressed, pressed, {})]

    assert [one.headers["Location"] for one in replies] == [address] * 3
    assert Event.objects.filter(action="submission.submitted").count() == 1
    assert OutboxMail.objects.filter(kind="to sign").count() == 1


def test_a_colleague_who_sends_what_is_sent_already_is_told_and_finds_the_task_list(world):
    answer_all(world)
    submit_as_it_is(world, by=make_person(Role.LEAD, name="A colleague"))

    page = visit(world).post(
        reverse("check", kwargs=WHERE), {"not_answered": 0, "without_evidence": 1, "acknowledged": "on"}
    )

    assert page.status_code == 409
    assert reverse("task_list", kwargs=WHERE) in page.content.decode()


def test_what_came_back_can_be_sent_again_by_the_same_person(world):
    answer_all(world)
    submit_as_it_is(world)
    take_back(world.submission(), by=world.people[Role.LEAD], at=NOW)

    unticked = visit(world).post(reverse("check", kwargs=WHERE), {"not_answered": 0, "without_evidence": 1})

    assert unticked.status_code == 200
    assert world.submission().state == "in_progress"


def test_a_closed_round_refuses_what_was_never_sent(world):
    answer_all(world)
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.save()

    page = visit(world).post(
        reverse("check", kwargs=WHERE), {"not_answered": 0, "without_evidence": 1, "acknowledged": "on"}
    )

    assert page.status_code == 409
    assert "This round is not open for answers" in page.content.decode()


def test_the_message_says_how_many_officers_get_a_mail(world):
    answer_all(world)
    make_person(Role.OFFICER, name="A second officer")
    pressed = {"not_answered": 0, "without_evidence": 1, "acknowledged": "on"}

    page = visit(world).post(reverse("check", kwargs=WHERE), pressed, follow=True).content.decode()

    assert "A mail goes to 2 accountable officers." in page
    assert "Nobody can sign" not in page
    assert OutboxMail.objects.filter(kind="to sign").count() == 2


def test_where_nobody_can_sign_the_check_says_so_and_how_to_invite_somebody(world):
    answer_all(world)
    end_role(Membership.objects.get(role=Role.OFFICER), by=world.people[Role.LEAD], at=NOW)
    people = reverse("people", kwargs={"code": "ZZ301"})
    before = see(world)
    assert "Nobody can sign" in before
    assert f'href="{people}"' in before
    assert "Send for signature</button>" in before, "it stops nobody"

    pressed = {"not_answered": 0, "without_evidence": 1, "acknowledged": "on"}
    after = visit(world).post(reverse("check", kwargs=WHERE), pressed, follow=True).content.decode()

    assert "Nobody can sign yet: invite an accountable officer." in after
    assert "get a mail" not in after
    assert not OutboxMail.objects.filter(kind="to sign").exists()


def test_what_is_signed_needs_no_further_officer(world):
    make_signed(world)
    end_role(Membership.objects.get(role=Role.OFFICER), by=world.people[Role.LEAD], at=NOW)

    assert "Nobody can sign" not in see(world)


def test_what_does_not_apply_without_a_note_is_listed_and_stops_nobody(world):
    answer_all(world, {**COMPLETE, RECORD: Missing.NOT_APPLICABLE})
    give_file(world)

    page = see(world)

    assert "Said not to apply, without a note that says why" in page
    assert question_url(RECORD) in page
    assert "Nothing is open" not in page
    assert "Send for signature</button>" in page
    assert "I know that" not in page, "there is nothing to acknowledge"

    current = find_current_answer(world.submission(), RECORD)
    assert current is not None
    noted = GivenAnswer(RECORD, Missing.NOT_APPLICABLE, replaces=current.version, note="We keep no records of care.")
    save_answer(noted, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)
    assert "Said not to apply" not in see(world)
