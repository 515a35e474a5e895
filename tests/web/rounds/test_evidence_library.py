# SPDX-License-Identifier: MIT
"""Downloads of evidence, and all that an organisation has."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.support.office_files import good_files, png
from tests.web.rounds.evidence_browser import client_of, text_of
from tests.web.rounds.evidence_given import RECORD, give_file, give_link, stored_file_of, uploaded
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.evidence import GivenEvidence, change_evidence, reuse_evidence, withdraw_evidence
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.states import RoundState, SubmissionState
from trigpoint_web.rounds.stored_files import path_of

pytestmark = pytest.mark.django_db

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.people[Role.CONTRIBUTOR])


@pytest.mark.parametrize("name", good_files())
def test_every_kind_of_file_comes_back_as_a_download_that_runs_nothing(world, client, name):
    content = good_files()[name]
    use = give_file(world, name, content=content)

    response = client.get(reverse("evidence_file", kwargs={**SUBMISSION, "evidence": use.evidence_id, "version": 1}))

    assert b"".join(response.streaming_content) == content
    stored = stored_file_of(use)
    assert response.headers["Content-Type"].partition(";")[0] == stored.content_type
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["ETag"] == f'"{stored.hash}"'


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Überblick – 2026.pdf", "attachment; filename*=utf-8''%C3%9Cberblick%20%E2%80%93%202026.pdf"),
        ("it's; (a) 'name'.pdf", "attachment; filename=\"it's; (a) 'name'.pdf\""),
    ],
)
def test_the_name_of_a_download_is_safe_in_its_header(world, client, name, said):
    evidence = give_file(world, name).evidence

    address = reverse("evidence_library_file", kwargs={"code": "ZZ301", "evidence": evidence.pk, "version": 1})

    response = client.get(address)
    assert response.headers["Content-Disposition"] == said
    assert client.head(address).status_code == 200
    response.close()


def test_a_version_that_is_a_link_is_no_file(world, client):
    evidence = give_link(world).evidence

    address = reverse("evidence_library_file", kwargs={"code": "ZZ301", "evidence": evidence.pk, "version": 1})

    assert client.get(address).status_code == 404


def test_a_file_that_the_store_has_lost_is_told_and_logged(world, client, caplog):
    use = give_file(world)
    storages["evidence"].delete(path_of(stored_file_of(use).hash))

    response = client.get(
        reverse("evidence_library_file", kwargs={"code": "ZZ301", "evidence": use.evidence_id, "version": 1})
    )

    assert response.status_code == 409
    assert "can’t be found where it is kept" in text_of(response)
    assert "the store has no file" in caplog.text


def test_a_reviewer_opens_evidence_of_what_is_signed_and_under_review_and_no_other(world):
    used, unused = give_file(world), give_link(world)
    reviewer = client_of(world.people[Role.REVIEWER])
    address = reverse("evidence_file", kwargs={**SUBMISSION, "evidence": used.evidence_id, "version": 1})
    library = reverse("evidence_library_file", kwargs={"code": "ZZ301", "evidence": used.evidence_id, "version": 1})

    before = reviewer.get(address).status_code
    sign_and_review(world)
    during = reviewer.get(address).status_code

    assert (before, during) == (404, 200)
    assert reviewer.get(library).status_code == 404
    assert unused.evidence_id != used.evidence_id


def sign_and_review(world: World) -> None:
    Submission.objects.filter(organisation="ZZ301").update(
        state=SubmissionState.SIGNED, submitted_at=NOW, submitted_by=world.people[Role.LEAD], signed_at=NOW
    )
    Round.objects.update(state=RoundState.IN_REVIEW)


def test_evidence_taken_away_is_no_longer_opened_by_way_of_the_submission(world, client):
    use = give_file(world)
    client.post(reverse("evidence_remove", kwargs={**SUBMISSION, "use": use.pk}))

    address = reverse("evidence_file", kwargs={**SUBMISSION, "evidence": use.evidence_id, "version": 1})

    assert client.get(address).status_code == 404


def test_the_library_lists_what_there_is_and_what_was_withdrawn(world, client):
    give_file(world, "a.pdf", expires_on=timezone.localdate() - timedelta(days=1))
    give_link(world)
    withdraw_evidence(give_file(world, "old.pdf").evidence, by=world.people[Role.LEAD], at=NOW)

    shown = text_of(client.get(reverse("evidence_library", kwargs={"code": "ZZ301"})))

    assert "a.pdf" in shown
    assert "Expired on" in shown
    assert "Link to example.org" in shown
    assert shown.index("Withdrawn") < shown.index("old.pdf")


def test_an_empty_library_says_where_evidence_is_added(client):
    shown = text_of(client.get(reverse("evidence_library", kwargs={"code": "ZZ301"})))

    assert "There is no evidence yet. Add it where you answer a question." in shown


def test_one_piece_of_evidence_shows_its_versions_and_where_it_is_given(world, client):
    evidence = give_file(world, "a.pdf").evidence
    lead = world.people[Role.LEAD]
    change_evidence(evidence, GivenEvidence(link="https://example.org/new", title="Audit"), by=lead, at=NOW)

    response = client.get(reverse("evidence_record", kwargs={"code": "ZZ301", "evidence": evidence.pk}))

    shown = text_of(response)
    assert "Link to example.org, version 2" in shown
    assert "a.pdf version 1" in shown
    assert "by Lead of ZZ301" in shown
    assert "Organisation: The Board leads Small assessment 2026" in re.sub(r" Round ", " ", shown)
    assert 'href="https://example.org/new" rel="noreferrer noopener"' in response.content.decode()
    assert "Withdraw" in shown


def test_who_may_not_change_evidence_is_not_offered_to(world):
    evidence = give_file(world).evidence
    address = reverse("evidence_record", kwargs={"code": "ZZ301", "evidence": evidence.pk})

    shown = text_of(client_of(world.people[Role.OBSERVER]).get(address))

    assert "Download file" in shown
    assert "Withdraw" not in shown


def test_withdrawing_asks_first_and_says_so_afterwards(world, client):
    evidence = give_file(world).evidence
    address = reverse("evidence_withdraw", kwargs={"code": "ZZ301", "evidence": evidence.pk})

    asked = text_of(client.get(address))
    response = client.post(address)

    assert "Withdraw minutes.pdf?" in asked
    shown = text_of(client.get(response.headers["Location"]))
    assert "Evidence withdrawn." in shown
    assert "Withdrawn on" in shown


def test_changing_evidence_shows_what_there_is_and_keeps_what_is_typed(world, client):
    evidence = give_file(world, expires_on=timezone.localdate()).evidence
    address = reverse("evidence_change", kwargs={"code": "ZZ301", "evidence": evidence.pk})

    shown = client.get(address).content.decode()
    wrong = client.post(address, {"title": "", "file": uploaded("x.pdf", png())})
    refused = client.post(address, {"title": "Audit", "file": uploaded("x.pdf", png())})
    saved = client.post(address, {"title": "Audit", "file": uploaded("x.png", png())})

    assert 'value="minutes.pdf"' in shown
    assert f'value="{timezone.localdate().year}"' in shown
    assert "Say what it is called" in text_of(wrong)
    assert "is a PNG picture" in text_of(refused)
    assert saved.status_code == 302
    evidence.refresh_from_db()
    assert (evidence.title, evidence.expires_on, evidence.versions.count()) == ("Audit", None, 2)


def test_the_library_takes_the_same_number_of_queries_for_one_as_for_many(world, client):
    give_file(world)
    address = reverse("evidence_library", kwargs={"code": "ZZ301"})
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for number in range(8):
        give_file(world, f"{number}.pdf")
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(one)


def test_one_record_takes_the_same_number_of_queries_however_often_it_is_given(world, client):
    use = give_file(world)
    address = reverse("evidence_record", kwargs={"code": "ZZ301", "evidence": use.evidence_id})
    with CaptureQueriesContext(connection) as once:
        client.get(address)
    reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=use.by, at=NOW)
    change_evidence(use.evidence, GivenEvidence(link="https://example.org/"), by=make_person(Role.LEAD), at=NOW)
    with CaptureQueriesContext(connection) as twice:
        client.get(address)

    assert len(twice) == len(once)


@pytest.mark.parametrize("route", ["evidence_change", "evidence_withdraw", "evidence_record"])
def test_evidence_that_is_not_there_is_no_page(client, route):
    assert client.get(reverse(route, kwargs={"code": "ZZ301", "evidence": 2**63 - 1})).status_code == 404
