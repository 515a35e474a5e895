# SPDX-License-Identifier: MIT
"""What can be wrong with a spreadsheet that is brought back, and with the form that takes it over."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.support.questionnaires import Formula, cell_of, packed
from tests.web.rounds.away_files import (
    APPLY,
    AWAY,
    BEDSIDE,
    BOARD,
    COSTED,
    RECORD,
    SHEETS,
    STRATEGY,
    SUBMISSION,
    UPLOAD,
    answer,
    apply,
    client_of,
    close,
    download,
    fill,
    signed_in_page,
    text_of,
    ticks_in,
    upload,
)
from tests.web.world import NOW, World, make_person, make_round, make_world
from trigpoint.io.spreadsheet_parts import LARGEST_UPLOAD
from trigpoint.submissions.places import ORGANISATION
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds import away_changes
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world, Role.CONTRIBUTOR)


def test_every_problem_is_listed_by_sheet_and_cell_and_nothing_is_taken_over(client):
    raw = fill(
        download(client),
        {
            (BOARD, "Answer"): "Perhaps",
            (BEDSIDE, "Answer"): 140.0,
            (RECORD, "Answer"): Formula("=1+1", 2),
            (STRATEGY, "Answer"): "Agree",
        },
    )

    response = upload(client, raw)

    shown = text_of(response)
    assert response.status_code == 200
    assert "The file has 3 problems, so nothing was taken over." in shown
    for place in (BOARD, BEDSIDE, RECORD):
        sheet = SHEETS[place.asked_in]
        cell = cell_of(raw, sheet, place.question, "Answer").partition("!")[2]
        assert f"Sheet {sheet} Cell {cell} Problem" in shown
    assert "A formula stands here. Type what it comes to." in shown
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("notes.txt", b"hello", "Can't be read as a spreadsheet"),
        ("empty.xlsx", b"", "Can't be read as a spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls file"),
        ("bomb.xlsx", packed({"xl/workbook.xml": bytes(14_000_000)}), "which is no questionnaire"),
        ("other.xlsx", packed({"a.txt": "a"}), "The whole file"),
        ("<b>.xlsx", b"PK", "The file has one problem"),
    ],
)
def test_what_is_no_questionnaire_is_told(client, name, raw, said):
    response = upload(client, raw, name)

    assert response.status_code == 200
    assert said in text_of(response)
    assert "There is a problem" in text_of(response)


def test_the_file_of_another_round_or_organisation_is_told(world, client):
    other_round = make_round(slug="2027", by=world.people[Role.ADMINISTRATOR])
    of_round = download(client, round_slug=other_round.slug)
    of_organisation = download(client_of(world, Role.ADMINISTRATOR), code="ZZ302")

    assert "Was made for another round: '2027', not '2026'." in text_of(upload(client, of_round))
    assert "Was made for another organisation: 'ZZ302', not 'ZZ301'." in text_of(upload(client, of_organisation))


def test_a_file_over_the_limit_is_given_up_while_it_comes_in(client):
    response = upload(client, b"x" * (LARGEST_UPLOAD + 100_000))

    assert response.status_code == 200
    assert text_of(response).count("The file is too large. A questionnaire has 5 MB at most.") == 2


def test_without_a_file_the_page_asks_for_one(client):
    assert text_of(client.post(UPLOAD)).count("Choose the spreadsheet that you filled in") == 2


def test_a_note_that_is_too_long_is_told_with_its_question(client):
    response = upload(client, fill(download(client), {(RECORD, "Note"): "x" * (LONGEST_TEXT + 1)}))

    said = "Acute, “Clinicians work with a digital record.”: the note has 4,001 characters. It can have 4,000 at most."
    assert said in text_of(response)


def test_more_text_than_a_form_can_carry_is_told(client, monkeypatch):
    monkeypatch.setattr(away_changes, "LONGEST_SIGNED", 200)

    response = upload(
        client, fill(download(client), {(BOARD, "Note"): "Words of a long note, each one other than the last."})
    )

    assert "The file changes more text than can be shown at once." in text_of(response)


def test_a_closed_round_takes_no_file_and_says_why(world, client):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))
    close(world)

    page, sent, applied = client.get(AWAY), upload(client, b"x"), apply(client, preview)

    assert "A filled-in spreadsheet can’t be taken now. The round is closed." in text_of(page)
    assert "Check the file" not in text_of(page)
    assert (sent.status_code, applied.status_code) == (409, 409)
    assert download(client)
    assert not Answer.objects.exists()


def test_who_does_not_answer_downloads_and_is_not_asked_for_a_file(world):
    shown = text_of(client_of(world, Role.OBSERVER).get(AWAY))

    assert "Download the spreadsheet (.xlsx)" in shown
    assert "Bring the spreadsheet back" not in shown


@pytest.mark.parametrize("address", [UPLOAD, APPLY])
def test_coming_to_a_form_without_it_leads_to_the_page(client, address):
    assert client.get(address).headers["Location"] == AWAY


def test_nothing_ticked_is_told(client):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))

    response = apply(client, preview, [])

    assert response.status_code == 200
    assert "Tick at least one change, or go back." in text_of(response)


@pytest.mark.parametrize("tick", ["0-0x", "999-0", "-1-0", "٣-0", "0-99999999999", ""])
def test_a_tick_that_the_page_never_had_is_refused(client, tick):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))

    response = apply(client, preview, [tick])

    assert response.status_code == 409
    assert "What was ticked can’t be read." in text_of(response)


def test_rows_that_we_did_not_sign_are_refused(client):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))
    signed = signed_in_page(preview)
    forged = signed[:-1] + ("A" if signed[-1] != "A" else "B")

    for text in (forged, "", "x:y:z"):
        response = client.post(APPLY, {"signed": text, "change": ticks_in(preview)})
        assert response.status_code == 409
        assert "This preview is no longer good. Upload the file again." in text_of(response)
    assert not Answer.objects.exists()


def test_rows_signed_for_somebody_else_or_another_submission_are_refused(world, client):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))
    colleague = client_of(world, Role.LEAD)
    other = make_round(slug="2027", by=world.people[Role.ADMINISTRATOR])
    fields = {"signed": signed_in_page(preview), "change": ticks_in(preview)}

    by_colleague = colleague.post(APPLY, fields)
    elsewhere = client.post(reverse("away_apply", kwargs={**SUBMISSION, "round_slug": other.slug}), fields)

    assert (by_colleague.status_code, elsewhere.status_code) == (409, 409)
    assert "This preview is not yours, or of another submission." in text_of(by_colleague)


def test_a_preview_older_than_a_working_day_is_no_longer_good(client, monkeypatch):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree"}))
    monkeypatch.setattr(away_changes, "LONGEST_WAIT", -1)

    assert "no longer good" in text_of(apply(client, preview))


def test_an_answer_of_the_national_team_is_said_to_be(world, client):
    raw = fill(download(client), {(BOARD, "Answer"): "Agree"})
    Answer.objects.create(
        submission=world.submission(),
        asked_in=ORGANISATION,
        question="board_leads",
        version=1,
        choice="neither",
        at=NOW,
    )

    assert "Neither agree nor disagree the national team, " in text_of(upload(client, raw))


def test_a_version_in_the_file_that_the_service_never_had_is_a_conflict(client):
    raw = fill(download(client), {(BOARD, "Answer"): "Agree", (BOARD, "Version"): 7.0})

    shown = text_of(upload(client, raw))

    assert "On screen now Not answered No answer has been given." in shown


def test_preview_and_download_take_the_same_number_of_queries_however_much_is_answered(world, client):
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as downloaded:
            raw = download(client)
        changed = fill(raw, {(BOARD, "Note"): "Other"})
        with CaptureQueriesContext(connection) as previewed:
            upload(client, changed)
        return len(downloaded), len(previewed)

    answer(world, BOARD, "agree")
    few = count()
    for place in (STRATEGY, COSTED, RECORD):
        answer(world, place, "agree")

    assert count() == few


def test_no_upload_whatever_is_in_it_breaks_the_page(client):
    raw = download(client)

    @examples(max_examples=60)
    @given(st.data())
    def bring_back(drawn: st.DataObject) -> None:
        response = upload(client, _spoil(raw, drawn))

        assert response.status_code == 200
        if b'name="signed"' in response.content:
            assert apply(client, response, ticks_in(response, only_chosen=False)).status_code in {200, 302, 409}

    bring_back()


def _spoil(raw: bytes, drawn: st.DataObject) -> bytes:
    kind = drawn.draw(st.sampled_from(["noise", "bytes", "cut", "part", "cells"]))
    if kind == "noise":
        return drawn.draw(st.binary(max_size=400))
    if kind == "bytes":
        content = bytearray(raw)
        for _ in range(drawn.draw(st.integers(1, 8))):
            content[drawn.draw(st.integers(0, len(content) - 1))] = drawn.draw(st.integers(0, 255))
        return bytes(content)
    if kind == "cut":
        return raw[: drawn.draw(st.integers(0, len(raw) - 1))]
    if kind == "part":
        return _with_a_changed_part(raw, drawn)
    text = drawn.draw(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)))
    heading = drawn.draw(st.sampled_from(["Id", "Answer", "Note", "Version", "Answer when downloaded"]))
    return fill(raw, {(BOARD, heading): text})


def _with_a_changed_part(raw: bytes, drawn: st.DataObject) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = drawn.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(drawn.draw(st.integers(1, 4))):
        at = drawn.draw(st.integers(0, max(0, len(content) - 1)))
        content[at : at + 1] = drawn.draw(st.sampled_from([b"<", b">", b'"', b"&", b"9", b"", b"x", b"\xff"]))
    return packed({**parts, name: bytes(content)})


def test_two_people_who_bring_the_same_file_back_change_each_answer_once(world, client):
    raw = fill(download(client), {(BOARD, "Answer"): "Agree"})
    second = Client()
    second.force_login(make_person(Role.LEAD), backend="trigpoint_web.accounts.backends.AccountBackend")
    mine, theirs = upload(client, raw), upload(second, raw)

    apply(client, mine)
    apply(second, theirs)

    assert Answer.objects.count() == 1
    assert Answer.objects.get().by == world.people[Role.CONTRIBUTOR]
