# SPDX-License-Identifier: MIT
"""Opening signed answers again: with a reason, with time, and both states stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.web.rounds.signed import BOARD, COSTED, STRATEGY, make_signed, make_submitted, reopen_it, sign_as_it_is
from tests.web.rounds.signed import submit_as_it_is as submit_again
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.actions.signing import Reopening, needs_new_due, reopen
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Extension, Signature
from trigpoint_web.rounds.queries.signed import read_signed_states
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db

WHERE = {"round_slug": "2026", "code": "ZZ301"}


@pytest.fixture
def world() -> World:
    return make_world()


def visit(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def close(world: World) -> None:
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=9), NOW - timedelta(days=1)
    world.round.state = RoundState.CLOSED
    world.round.save()


def test_opened_again_the_answers_can_be_changed_and_both_signed_states_stay(world):
    first = make_signed(world)

    reopened = reopen_it(world)
    world.answer(BOARD, "disagree")
    submit_again(world)
    second = sign_as_it_is(world)

    assert (reopened.state, reopened.signed_at) == ("in_progress", None)
    newest, oldest = read_signed_states(world.submission())
    assert (newest.signature, oldest.signature) == (second, first)
    assert (newest.answers[BOARD], oldest.answers[BOARD]) == ("disagree", "agree")
    assert newest.recomputes
    assert oldest.recomputes
    assert first.answers_hash != second.answers_hash


def test_the_page_of_signatures_shows_what_differs_between_signed_states(world):
    make_signed(world)
    reopen_it(world)
    world.answer(BOARD, "disagree")
    world.answer(STRATEGY, "disagree")  # the question about costs is no longer shown
    between = visit(world, Role.OBSERVER).get(reverse("signatures", kwargs=WHERE)).content.decode()
    submit_again(world)
    sign_as_it_is(world)

    page = visit(world, Role.OBSERVER).get(reverse("signatures", kwargs=WHERE)).content.decode()

    assert "opened again after they had been signed, and are not signed now" in between
    assert "What differs from the signature before: 3" in page
    assert "The Board leads (Whole organisation)" in page
    assert "Not shown" in page
    assert "Signature 2" in page
    assert "Signature 1" in page
    assert COSTED.question not in page, "questions are named by their words"


def test_signing_the_same_answers_again_gives_the_same_fingerprint(world):
    first = make_signed(world)
    reopen_it(world)
    submit_again(world)

    second = sign_as_it_is(world)

    assert first.answers_hash == second.answers_hash
    page = visit(world, Role.OBSERVER).get(reverse("signatures", kwargs=WHERE)).content.decode()
    assert "The same answers as in the signature before." in page


def test_reopening_needs_a_reason(world):
    make_signed(world)

    with pytest.raises(StepRefused, match="Give a reason"):
        reopen(world.submission(), Reopening(" "), by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert world.submission().state == "signed"


def test_what_is_not_signed_is_not_reopened(world):
    make_submitted(world)

    with pytest.raises(StepRefused, match="waiting for signature"):
        reopen_it(world)


def test_after_closing_a_new_day_due_is_needed_and_becomes_an_extension(world):
    make_signed(world)
    close(world)
    assert needs_new_due(world.submission(), NOW)
    with pytest.raises(StepRefused, match="Give a new day due"):
        reopen_it(world)

    reopened = reopen_it(world, until=NOW + timedelta(days=5))

    extension = Extension.objects.get()
    assert (reopened.extended_until, extension.until) == (NOW + timedelta(days=5),) * 2
    assert extension.reason == "The Board found a mistake."
    assert world.answer(BOARD, "disagree").was_changed


def test_a_new_day_that_cannot_be_is_refused_and_nothing_is_opened(world):
    make_signed(world)
    close(world)

    with pytest.raises(ChangeRefused, match="later than now"):
        reopen_it(world, until=NOW - timedelta(hours=1))
    with pytest.raises(ChangeRefused, match="The review ends"):
        reopen_it(world, until=NOW + timedelta(days=41))

    assert world.submission().state == "signed"
    assert not Extension.objects.exists()


def test_while_the_round_is_open_no_new_day_is_needed(world):
    make_signed(world)

    assert not needs_new_due(world.submission(), NOW)


def test_nothing_is_reopened_once_the_round_is_published(world):
    make_signed(world)
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    with pytest.raises(StepRefused, match="published"):
        reopen_it(world)
    refused = visit(world, Role.ADMINISTRATOR).post(reverse("reopen", kwargs=WHERE), {"reason": "A mistake."})

    assert refused.status_code in (200, 409)
    assert world.submission().state == "signed"
    page = visit(world, Role.ADMINISTRATOR).get(reverse("signatures", kwargs=WHERE)).content.decode()
    assert reverse("reopen", kwargs=WHERE) not in page


def test_leads_and_officers_are_told_without_the_reason(world):
    make_signed(world)

    reopen_it(world)

    mails = OutboxMail.objects.filter(kind="reopened")
    expected = {world.people[role].email for role in (Role.LEAD, Role.OFFICER)}
    assert {mail.to for mail in mails} == expected
    assert all("mistake" not in mail.body for mail in mails)
    assert Event.objects.get(action="submission.reopened").details == {"reason": "The Board found a mistake."}


def test_the_page_opens_again_and_says_why_to_the_organisation(world):
    make_signed(world)
    administrator, address = visit(world, Role.ADMINISTRATOR), reverse("reopen", kwargs=WHERE)
    assert "They can be changed until" in administrator.get(address).content.decode()
    assert "Say why the answers are opened again" in administrator.post(address, {"reason": ""}).content.decode()

    opened = administrator.post(address, {"reason": "The Board found a mistake."}, follow=True)

    assert opened.redirect_chain == [(reverse("signatures", kwargs=WHERE), 302)]
    check = visit(world, Role.LEAD).get(reverse("check", kwargs=WHERE)).content.decode()
    assert "The national team opened the signed answers again on" in check
    assert "The Board found a mistake." in check


def test_the_page_asks_for_a_new_day_when_the_time_is_over(world):
    make_signed(world)
    close(world)
    administrator, address = visit(world, Role.ADMINISTRATOR), reverse("reopen", kwargs=WHERE)
    assert "so it needs a new one" in administrator.get(address).content.decode()
    reason = {"reason": "The Board found a mistake."}
    assert "Enter the new day due" in administrator.post(address, reason).content.decode()

    day = timezone.localdate() + timedelta(days=4)
    typed = {"until_on-day": day.day, "until_on-month": day.month, "until_on-year": day.year, "until_time": "5pm"}
    opened = administrator.post(address, {**reason, **typed})

    assert opened.status_code == 302
    assert timezone.localtime(world.submission().extended_until).hour == 17


def test_a_new_day_without_a_time_is_explained(world):
    make_signed(world)
    day = timezone.localdate() + timedelta(days=25)
    typed = {"until_on-day": day.day, "until_on-month": day.month, "until_on-year": day.year, "until_time": ""}

    page = visit(world, Role.ADMINISTRATOR).post(reverse("reopen", kwargs=WHERE), {"reason": "A mistake.", **typed})

    assert "Enter a time, such as 5pm" in page.content.decode()
    assert Signature.objects.count() == 1
