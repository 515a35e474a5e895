# SPDX-License-Identifier: MIT
"""The pages of the declaration, of sending back and of signatures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.signed import (
    answer_all,
    declaration_for,
    make_submitted,
)
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Signature
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


def test_the_page_of_the_declaration_signs_once_the_box_is_ticked(world):
    make_submitted(world)
    officer, address = visit(world, Role.OFFICER), reverse("sign", kwargs=WHERE)
    shown = officer.get(address).content.decode()
    seal = declaration_for(world.submission(), world.people[Role.OFFICER]).seal
    assert seal in shown
    assert "checked" not in shown, "the box is not ticked beforehand"
    assert "Not given: you can add it to your account" in shown

    unticked = officer.post(address, {"seal": seal})
    assert "Tick the box to sign the declaration" in unticked.content.decode()
    assert not Signature.objects.exists()

    signed = officer.post(address, {"seal": seal, "agreed": "on"}, follow=True)
    assert signed.redirect_chain == [(reverse("signatures", kwargs=WHERE), 302)]
    text = signed.content.decode()
    assert "Signed and locked" in text
    assert Signature.objects.get().answers_hash in text
    assert officer.get(address).headers["Location"] == reverse("signatures", kwargs=WHERE)


def test_signing_twice_leads_to_the_one_signature_and_a_colleague_is_told(world):
    make_submitted(world)
    officer, address = visit(world, Role.OFFICER), reverse("sign", kwargs=WHERE)
    seal = declaration_for(world.submission(), world.people[Role.OFFICER]).seal
    pressed = {"seal": seal, "agreed": "on"}

    again = [officer.post(address, pressed).headers["Location"] for _ in range(3)]

    assert again == [reverse("signatures", kwargs=WHERE)] * 3
    assert Signature.objects.count() == 1
    colleague = Client()
    colleague.force_login(
        make_person(Role.OFFICER, name="Another officer"), backend="trigpoint_web.accounts.backends.AccountBackend"
    )
    assert colleague.post(address, pressed).status_code == 409
    assert colleague.post(address, {}).headers["Location"] == reverse("signatures", kwargs=WHERE)


def test_signing_what_came_back_meanwhile_is_refused_with_a_way_to_the_task_list(world):
    answer_all(world)

    page = visit(world, Role.OFFICER).post(reverse("sign", kwargs=WHERE), {"seal": "0" * 64, "agreed": "on"})

    assert page.status_code == 409
    assert reverse("task_list", kwargs=WHERE) in page.content.decode()
    assert not Signature.objects.exists()


def test_the_state_is_told_before_what_is_wrong_with_the_form(world):
    answer_all(world)

    page = visit(world, Role.OFFICER).post(reverse("sign", kwargs=WHERE), {}).content.decode()

    assert "Nothing waits for your signature" in page
    assert "Tick the box" not in page


@pytest.mark.parametrize("seal", ["", "short", "z" * 64, "0" * 64 + "\n0"])
def test_a_seal_that_is_none_is_refused_by_the_form_in_words_that_people_know(world, seal):
    make_submitted(world)

    page = visit(world, Role.OFFICER).post(reverse("sign", kwargs=WHERE), {"seal": seal, "agreed": "on"})

    assert page.status_code == 200
    assert "Read the declaration again" in page.content.decode()
    assert "Seal" not in page.content.decode()
    assert not Signature.objects.exists()


def test_there_is_nothing_to_sign_before_it_was_sent(world):
    answer_all(world)

    page = visit(world, Role.OFFICER).get(reverse("sign", kwargs=WHERE)).content.decode()

    assert "Nothing waits for your signature" in page
    assert "have not been sent for signature" in page


def test_nothing_is_signed_in_a_published_round_and_the_page_says_why(world):
    make_submitted(world)
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    page = visit(world, Role.OFFICER).get(reverse("sign", kwargs=WHERE)).content.decode()

    assert "The round is published, so nothing can be signed any more." in page


def test_the_page_of_the_declaration_says_when_sending_back_would_come_too_late(world):
    make_submitted(world)
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=9), NOW - timedelta(days=1)
    world.round.save()
    officer = visit(world, Role.OFFICER)

    assert (
        "the national team has to give more time first" in officer.get(reverse("sign", kwargs=WHERE)).content.decode()
    )
    text = officer.get(reverse("send_back", kwargs=WHERE)).content.decode()
    assert "Nothing can be changed until the national team gives more time" in text


def test_sending_back_on_the_page_needs_a_reason_and_leads_to_the_check(world):
    make_submitted(world)
    officer, address = visit(world, Role.OFFICER), reverse("send_back", kwargs=WHERE)
    assert "They can be changed until" in officer.get(address).content.decode()

    assert "Say why you send the answers back" in officer.post(address, {"reason": " "}).content.decode()

    sent = officer.post(address, {"reason": "See <b>question 3</b>."}, follow=True)
    assert sent.redirect_chain == [(reverse("check", kwargs=WHERE), 302)]
    assert "sent the answers back on" in sent.content.decode()
    assert "See &lt;b&gt;question 3&lt;/b&gt;." in sent.content.decode()


def test_taking_back_on_the_page_leads_to_the_check(world):
    make_submitted(world)
    lead = visit(world, Role.LEAD)
    assert reverse("take_back", kwargs=WHERE) in lead.get(reverse("check", kwargs=WHERE)).content.decode()

    taken = lead.post(reverse("take_back", kwargs=WHERE), follow=True)

    assert taken.redirect_chain == [(reverse("check", kwargs=WHERE), 302)]
    assert "The answers were taken back on" in taken.content.decode()


def test_signatures_are_read_before_there_is_one(world):
    page = visit(world, Role.OBSERVER).get(reverse("signatures", kwargs=WHERE)).content.decode()

    assert "Nobody has signed these answers yet." in page
