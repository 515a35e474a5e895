# SPDX-License-Identifier: MIT
"""The pages of evidence of an answer, through a browser without scripts: adding, using again, removing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.support.office_files import HTML, PDF, png
from tests.web.rounds.evidence_browser import client_of, text_of
from tests.web.rounds.evidence_given import BOARD, RECORD, give, give_file, uploaded
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.evidence import GivenEvidence, reuse_evidence, withdraw_evidence
from trigpoint_web.rounds.models import Evidence, EvidenceUse

pytestmark = pytest.mark.django_db

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}
PLACE = {**SUBMISSION, "asked_in": BOARD.asked_in, "question": BOARD.question}
ADD, REUSE = "evidence_add", "evidence_reuse"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.people[Role.CONTRIBUTOR])


def add(client: Client, **fields: object):
    return client.post(reverse(ADD, kwargs=PLACE), fields)


def test_a_file_is_added_and_stands_beside_the_question(client):
    response = add(client, file=uploaded("minutes.pdf"), **{"expires_on-day": "1"}, **later_parts())

    assert response.status_code == 302
    shown = text_of(client.get(response.headers["Location"]))
    assert "Evidence added." in shown
    assert f"minutes.pdf PDF, {len(PDF)} bytes Expires on 1" in shown


def later_parts() -> dict[str, str]:
    return {"expires_on-month": "3", "expires_on-year": str(NOW.year + 2)}


def test_a_link_is_added_and_shown_with_its_host_and_says_nothing_of_where_one_comes_from(client):
    add(client, link="https://intranet.example.org/x", title="Policy <b>")

    shown = client.get(reverse("question", kwargs=PLACE))

    assert "Policy <b> Link to intranet.example.org" in text_of(shown)
    assert (
        '<a class="nhsuk-link" href="https://intranet.example.org/x" rel="noreferrer noopener">'
        in shown.content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file, or give a link"),
        ({"link": "javascript:alert(1)"}, "A link must begin with https:// or http://."),
        ({"link": "https://ann:secret@example.org"}, "The link has a user name or password in it."),
        (
            {"link": "https://example.org", "expires_on-day": "31", "expires_on-month": "2", "expires_on-year": "2027"},
            "real date",
        ),
        ({"link": "https://example.org", "title": "t" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_above_and_beside_the_field(client, fields, said):
    response = add(client, **fields)

    assert response.status_code == 200
    assert text_of(response).count(said) == 2
    assert "Error: Add evidence" in response.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", HTML, "Files of this kind"),
        ("minutes.pdf", HTML, "web page or a program"),
        ("minutes.pdf", png(), "is a PNG picture"),
        ("minutes.pdf", b"", "The file is empty"),
        ("a" * 210 + ".pdf", PDF, "characters. It can have 200 at most"),
        ("report?.pdf", PDF, "Rename it"),
    ],
)
def test_a_file_that_is_refused_is_told_beside_the_field(client, name, content, said):
    response = add(client, file=uploaded(name, content))

    assert response.status_code == 200
    assert text_of(response).count(said) == 2
    assert not Evidence.objects.exists()


def test_a_file_and_a_link_together_are_too_much(client):
    response = add(client, file=uploaded(), link="https://example.org")

    assert "Give a file or a link, not both." in text_of(response)


def test_a_file_over_the_limit_is_given_up_while_it_comes_in(client, settings):
    settings.EVIDENCE_LARGEST = 100_000

    at_limit = add(client, file=uploaded("a.txt", b"x" * 100_000))
    over = add(client, file=uploaded("b.txt", b"x" * 300_000), title="A title")

    assert at_limit.status_code == 302
    assert text_of(over).count("The file is too large. It can have 100 KB at most.") == 2
    assert 'value="A title"' in over.content.decode()
    assert Evidence.objects.count() == 1


def test_the_token_of_the_form_is_asked_for(world):
    strict = client_of(world.people[Role.CONTRIBUTOR], checks_token=True)
    address = reverse(ADD, kwargs=PLACE)

    without = strict.post(address, {"link": "https://example.org"})
    (token, *_) = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(address).content.decode())
    with_token = strict.post(address, {"csrfmiddlewaretoken": token, "file": uploaded()})

    assert (without.status_code, with_token.status_code) == (403, 302)


def test_the_form_says_what_the_question_asks_for(client):
    assert "Asked for: Minutes of a Board meeting from the last year." in text_of(
        client.get(reverse(ADD, kwargs=PLACE))
    )


def test_what_refuses_the_whole_form_is_a_page_of_its_own(world, client):
    evidence = give_file(world).evidence
    withdraw_evidence(evidence, by=world.people[Role.LEAD], at=NOW)

    response = client.post(
        reverse("evidence_change", kwargs={"code": "ZZ301", "evidence": evidence.pk}), {"title": "x"}
    )

    assert response.status_code == 409
    assert "This evidence was withdrawn" in text_of(response)


def test_evidence_is_chosen_from_what_the_organisation_has(world, client):
    evidence = give_file(world, expires_on=timezone.localdate() - timedelta(days=1)).evidence
    address = reverse(REUSE, kwargs={**SUBMISSION, "asked_in": RECORD.asked_in, "question": RECORD.question})

    shown = text_of(client.get(address))
    nothing = client.post(address)
    chosen = client.post(address, {"chosen": [evidence.pk]})

    assert "minutes.pdf PDF" in shown
    assert "Expired on" in shown
    assert text_of(nothing).count("Choose at least one") == 2
    assert chosen.status_code == 302
    assert EvidenceUse.objects.filter(evidence=evidence, question="has_record").count() == 1
    assert "Your organisation has no other evidence." in text_of(client.get(address))


def test_evidence_of_another_organisation_is_not_to_be_had(world, client):
    theirs = give(world, GivenEvidence(file=uploaded()), RECORD, code="ZZ302").evidence
    give_file(world)
    address = {"code": "ZZ301", "evidence": theirs.pk}

    chosen = client.post(
        reverse(REUSE, kwargs={**SUBMISSION, "asked_in": RECORD.asked_in, "question": RECORD.question}),
        {"chosen": [theirs.pk]},
    )

    assert "no longer offered" in text_of(chosen)
    assert client.get(reverse("evidence_record", kwargs=address)).status_code == 404
    assert client.get(reverse("evidence_library_file", kwargs={**address, "version": 1})).status_code == 404
    by_submission = {**SUBMISSION, "evidence": theirs.pk, "version": 1}
    assert client.get(reverse("evidence_file", kwargs=by_submission)).status_code == 404
    assert client.get(reverse("evidence_library", kwargs={"code": "ZZ302"})).status_code == 404


@pytest.mark.parametrize("chosen", ["x", "1; drop table", str(10**30), "-1"])
def test_a_choice_that_is_no_key_is_told(world, client, chosen):
    give_file(world)
    address = reverse(REUSE, kwargs={**SUBMISSION, "asked_in": RECORD.asked_in, "question": RECORD.question})

    response = client.post(address, {"chosen": [chosen]})

    assert response.status_code == 200
    assert "Look again, and choose." in text_of(response)


def test_evidence_is_removed_from_one_answer_after_a_question(world, client):
    use = give_file(world)
    reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=world.people[Role.LEAD], at=NOW)
    address = reverse("evidence_remove", kwargs={**SUBMISSION, "use": use.pk})

    asked = text_of(client.get(address))
    response = client.post(address)

    assert "Remove minutes.pdf from this answer?" in asked
    assert response.status_code == 302
    assert "Evidence removed from this answer." in text_of(client.get(response.headers["Location"]))
    assert EvidenceUse.objects.get(removed_at=None).question == "has_record"
    assert client.post(address).status_code == 404


def test_a_place_that_is_not_there_is_no_page(client):
    assert client.get(reverse(ADD, kwargs={**PLACE, "asked_in": "acute"})).status_code == 404
