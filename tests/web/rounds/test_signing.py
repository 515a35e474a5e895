# SPDX-License-Identifier: MIT
"""Sending for signature, signing, and the ways back: what each needs, what it writes, what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tests.web.rounds.signed import (
    BEDSIDE,
    BOARD,
    COMPLETE,
    COSTED,
    RECORD,
    STRATEGY,
    answer_all,
    declaration_for,
    make_signed,
    make_submitted,
    sign_as_it_is,
    submit_as_it_is,
)
from tests.web.tampering import allow_changes
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.signing import Acknowledged, send_back, sign, submit, take_back
from trigpoint_web.rounds.declaration import DECLARATION_VERSION, Declaration
from trigpoint_web.rounds.errors import NotOpen, StepRefused
from trigpoint_web.rounds.models import Answer, Signature
from trigpoint_web.rounds.queries.checks import AnswerCounts
from trigpoint_web.rounds.queries.signed import read_signed_states, read_table_to_sign
from trigpoint_web.rounds.queries.tables import read_submission_table
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db

WHERE = {"round_slug": "2026", "code": "ZZ301"}
NOTHING_OPEN = Acknowledged()


@pytest.fixture
def world() -> World:
    return make_world()


def visit(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def events(action: str) -> int:
    return Event.objects.filter(action=action).count()


def test_submitting_locks_the_answers_and_writes_to_the_officers(world):
    answer_all(world)

    submitted = submit_as_it_is(world)

    assert (submitted.state, submitted.submitted_at, submitted.submitted_by) == (
        "submitted",
        NOW,
        world.people[Role.LEAD],
    )
    with pytest.raises(NotOpen, match="wait for signature"):
        world.answer(BOARD, "disagree")
    mail = OutboxMail.objects.get(kind="to sign")
    assert mail.to == world.people[Role.OFFICER].email
    assert reverse("sign", kwargs=WHERE) in mail.body
    event = Event.objects.get(action="submission.submitted")
    assert event.details == {"not_answered": 0, "without_evidence": 1}


def test_what_is_open_must_have_been_acknowledged_by_its_numbers(world):
    world.answer(BOARD, "agree")  # evidence is asked for it, and there is none

    for seen in (NOTHING_OPEN, Acknowledged(not_answered=9), Acknowledged(not_answered=8, without_evidence=1)):
        with pytest.raises(StepRefused, match="another number of questions is open"):
            submit(world.submission(), acknowledged=seen, by=world.people[Role.LEAD], at=NOW)

    seen = Acknowledged(not_answered=1 + 4 + 4, without_evidence=1)
    assert submit(world.submission(), acknowledged=seen, by=world.people[Role.LEAD], at=NOW).state == "submitted"


def test_a_contradiction_without_a_note_is_not_submitted(world):
    answer_all(world, {**COMPLETE, RECORD: "disagree", BEDSIDE: 60.0})
    with pytest.raises(StepRefused, match="contradict each other"):
        submit_as_it_is(world)

    noted = GivenAnswer(BEDSIDE, 60.0, replaces=1, note="On paper: the whole ward has the folder.")
    save_answer(noted, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    assert submit_as_it_is(world).state == "submitted"


def test_nothing_is_submitted_after_the_day_due(world):
    answer_all(world)

    with pytest.raises(NotOpen, match="The round is closed"):
        submit_as_it_is(world, at=world.round.closes_at + timedelta(seconds=1))

    assert world.submission().state == "in_progress"


def test_a_submission_that_nobody_has_begun_is_not_submitted(world):
    with pytest.raises(StepRefused, match="not started"):
        submit_as_it_is(world)


def test_a_second_press_of_the_button_submits_once(world):
    make_submitted(world)

    with pytest.raises(NotOpen, match="wait for signature"):
        submit_as_it_is(world)

    assert events("submission.submitted") == 1


def test_the_lead_can_take_the_answers_back_while_nobody_has_signed(world):
    submitted = make_submitted(world)

    taken = take_back(submitted, by=world.people[Role.LEAD], at=NOW)

    assert (taken.state, events("submission.taken_back")) == ("in_progress", 1)
    assert world.answer(BOARD, "disagree").was_changed


def test_answers_are_not_taken_back_when_they_could_not_be_sent_again(world):
    submitted = make_submitted(world)

    with pytest.raises(NotOpen, match="could not be sent again"):
        take_back(submitted, by=world.people[Role.LEAD], at=world.round.closes_at + timedelta(hours=1))

    assert (world.submission().state, events("submission.taken_back")) == ("submitted", 0)


def test_signed_answers_are_not_taken_back(world):
    make_signed(world)

    with pytest.raises(StepRefused, match="signed"):
        take_back(world.submission(), by=world.people[Role.LEAD], at=NOW)


def test_an_officer_sends_back_with_a_reason_that_is_in_no_mail(world):
    submitted = make_submitted(world)
    with pytest.raises(StepRefused, match="Give a reason"):
        send_back(submitted, reason="  ", by=world.people[Role.OFFICER], at=NOW)

    sent = send_back(submitted, reason="The strategy is not costed.", by=world.people[Role.OFFICER], at=NOW)

    assert sent.state == "in_progress"
    assert Event.objects.get(action="submission.sent_back").details == {"reason": "The strategy is not costed."}
    mail = OutboxMail.objects.get(kind="sent back")
    assert mail.to == world.people[Role.LEAD].email
    assert "costed" not in mail.body
    assert "You can change them until" in mail.body


def test_a_mail_about_answers_sent_back_too_late_says_whom_to_ask(world):
    submitted = make_submitted(world)

    late = world.round.closes_at + timedelta(days=1)
    send_back(submitted, reason="Wrong.", by=world.people[Role.OFFICER], at=late)

    assert "ask the national team" in OutboxMail.objects.get(kind="sent back").body


def test_a_signature_keeps_what_was_signed_by_whom_and_locks_it(world):
    make_submitted(world)
    officer = world.people[Role.OFFICER]
    officer.job_title = "Chief digital officer"
    officer.save()

    signature = sign_as_it_is(world)

    table = read_table_to_sign(world.submission())
    assert (signature.name, signature.job_title, signature.by) == (officer.name, "Chief digital officer", officer)
    assert (signature.answers_hash, signature.framework_hash) == (table.hash, table.framework_hash)
    assert signature.last_answer == Answer.objects.latest("pk").pk
    submission = world.submission()
    assert (submission.state, submission.signed_at) == ("signed", NOW)
    with pytest.raises(NotOpen, match="signed and locked"):
        world.answer(BOARD, "disagree")
    assert OutboxMail.objects.get(kind="signed").to == world.people[Role.LEAD].email
    details = Event.objects.get(action="submission.signed").details
    assert details == {"hash": table.hash, "own_answers": 0, "is_second_look": True}


def test_the_declaration_names_everything_that_is_signed(world):
    make_submitted(world)
    officer = world.people[Role.OFFICER]

    text = sign_as_it_is(world).declaration

    answers_hash = read_table_to_sign(world.submission()).hash
    for part in (
        "Northmoor Synthetic Hospitals (ZZ301)",
        "Small assessment 2026",
        "small@2",
        "11 of 11 questions are answered",
        answers_hash[:12],
        f"SHA-256 {answers_hash}",
        f"Signed by {officer.name}.",
        f"Declaration {DECLARATION_VERSION}.",
        "I gave none of these answers myself.",
    ):
        assert part in text


def test_the_hash_is_that_of_the_answer_table_without_the_name_of_the_organisation(world):
    make_signed(world)
    organisation = Organisation.objects.get(pk="ZZ301")
    organisation.name = "Northmoor and Southmoor Synthetic Hospitals"
    organisation.save()

    named = read_submission_table(world.submission())
    (state,) = read_signed_states(world.submission())

    assert named.units[0].name == organisation.name
    assert state.recomputes, "another name in the register breaks no signature"


def test_signing_twice_signs_once(world):
    make_submitted(world)
    seal = declaration_for(world.submission(), world.people[Role.OFFICER]).seal
    sign(world.submission(), seal=seal, by=world.people[Role.OFFICER], at=NOW)

    with pytest.raises(StepRefused, match="Somebody may have been quicker"):
        sign(world.submission(), seal=seal, by=world.people[Role.OFFICER], at=NOW)

    assert Signature.objects.count() == 1


def test_what_was_shown_is_what_is_signed(world):
    officer = world.people[Role.OFFICER]
    make_submitted(world)
    shown = declaration_for(world.submission(), officer).seal
    take_back(world.submission(), by=world.people[Role.LEAD], at=NOW)
    world.answer(BOARD, "disagree")
    submit_as_it_is(world)

    with pytest.raises(StepRefused, match="not what you were shown"):
        sign(world.submission(), seal=shown, by=officer, at=NOW)

    assert (world.submission().state, events("submission.signed")) == ("submitted", 0)
    assert not Signature.objects.exists()


def test_answers_taken_back_and_sent_again_unchanged_are_what_was_shown(world):
    officer = world.people[Role.OFFICER]
    make_submitted(world)
    shown = declaration_for(world.submission(), officer).seal
    take_back(world.submission(), by=world.people[Role.LEAD], at=NOW)
    submit_as_it_is(world)

    assert sign(world.submission(), seal=shown, by=officer, at=NOW).answers_hash


def test_signing_is_possible_after_closing_until_the_round_is_published(world):
    make_submitted(world)
    world.round.state = RoundState.PUBLISHED
    world.round.save()
    with pytest.raises(StepRefused, match="published"):
        sign_as_it_is(world)

    world.round.state = RoundState.CLOSED
    world.round.save()

    assert sign_as_it_is(world, at=world.round.closes_at + timedelta(days=3)).pk


def test_a_signer_who_answered_may_sign_and_the_declaration_says_so(world):
    officer = world.people[Role.OFFICER]
    grant_role(officer, Role.LEAD, RoleHeldIn(Organisation.objects.get(pk="ZZ301")), by=None, at=NOW)
    answer_all(world)
    world.answer(BOARD, "disagree", by=officer)
    submit_as_it_is(world, by=officer)

    page = visit(world, Role.OFFICER).get(reverse("sign", kwargs=WHERE)).content.decode()
    signature = sign_as_it_is(world)

    assert "You gave 1 of the answers yourself and you sent them for signature." in page
    assert "I gave 1 of these answers myself and I sent them for signature" in signature.declaration
    details = Event.objects.get(action="submission.signed").details
    assert (details["own_answers"], details["is_second_look"]) == (1, False)


def test_a_signer_who_only_sent_it_is_said_to_have():
    declaration = Declaration(
        "A", "ZZ1", "Round", "small@2", AnswerCounts(2, 1, 0, 0), "ab" * 32, "Ann", "", has_sent_it=True
    )

    assert "I sent them for signature, so my signature" in declaration.text
    assert "1 of 2 questions are answered. 0 say don’t know, 0 do not apply to us, and 1 are not answered." in (
        declaration.text
    )


def test_signing_nothing_but_missing_answers_says_so(world):
    world.answer(BOARD, Missing.DONT_KNOW)
    world.answer(AnswerPlace("acute", "has_record"), Missing.NOT_APPLICABLE)
    submit_as_it_is(world)

    assert "0 of 10 questions are answered. 1 say don’t know, 1 do not apply to us" in sign_as_it_is(world).declaration


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_signature(world, change):
    make_signed(world)
    rows = Signature.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(name="Somebody else") if change == "update" else rows._raw_delete(rows.db)


def test_an_answer_changed_behind_the_service_breaks_the_signature(world):
    make_signed(world)
    allow_changes("rounds_answer")
    Answer.objects.filter(question="board_leads").update(choice="disagree")

    page = visit(world, Role.OBSERVER).get(reverse("signatures", kwargs=WHERE)).content.decode()

    assert not read_signed_states(world.submission())[0].recomputes
    assert "This signature does not hold" in page
    assert "no longer give this fingerprint" in page


def test_an_officer_of_another_organisation_gets_no_mail(world):
    make_person(Role.OFFICER, organisation="ZZ302")
    make_submitted(world)

    assert [mail.to for mail in OutboxMail.objects.filter(kind="to sign")] == [world.people[Role.OFFICER].email]


def test_several_places_of_the_small_framework_are_what_the_builder_thinks(world):
    answer_all(world)

    assert {STRATEGY, COSTED} <= set(COMPLETE)
    assert world.submission().dealt_with_count == world.submission().asked_count == len(COMPLETE)
