# SPDX-License-Identifier: MIT
"""The questionnaire away from the screen: downloaded, filled in, brought back, previewed, taken over as one."""

from __future__ import annotations

import io
import re
import zipfile

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from tests.support.questionnaires import cell_of, refilled
from tests.web.rounds.away_files import (
    AWAY,
    BEDSIDE,
    BOARD,
    COSTED,
    RECORD,
    STRATEGY,
    SUBMISSION,
    answer,
    apply,
    client_of,
    current_at,
    download,
    fill,
    text_of,
    ticks_in,
    upload,
)
from tests.web.small_framework import small_framework
from tests.web.world import NOW, World, make_earlier_round, make_round, make_world
from trigpoint.io.spreadsheet_cells import read_cells
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds import away_changes
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.rounds import freeze_framework
from trigpoint_web.rounds.models import Answer, Round, Submission
from trigpoint_web.rounds.queries.answers import read_answers
from trigpoint_web.rounds.queries.workbook import read_last_answers, read_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world, Role.CONTRIBUTOR)


def test_the_spreadsheet_has_a_name_that_says_what_it_is_and_the_answers_so_far(world, client):
    answer(world, BOARD, "agree", note="Seen in May")

    response = client.get(reverse("away_workbook", kwargs=SUBMISSION))

    assert response.headers["Content-Disposition"] == 'attachment; filename="2026 ZZ301 questionnaire.xlsx"'
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.headers["Cache-Control"] == "private, no-store"
    texts = {
        cell.text
        for sheet in read_cells(response.content, "x").sheets
        for row in sheet.rows.values()
        for cell in row.values()
    }
    assert {"Agree", "Seen in May", "Northmoor Synthetic Hospitals"} <= {str(text) for text in texts} | {
        part for text in texts for part in [str(text).partition(" (")[0]]
    }


def test_the_pdf_is_tagged_and_has_the_answers_so_far(world, client):
    answer(world, BOARD, "agree", note="Seen in May")

    response = client.get(reverse("away_pdf", kwargs=SUBMISSION))

    assert response.headers["Content-Disposition"] == 'attachment; filename="2026 ZZ301 questionnaire.pdf"'
    read = pypdf.PdfReader(io.BytesIO(response.content))
    assert "Seen in May" in "".join(page.extract_text() for page in read.pages)
    assert "/StructTreeRoot" in read.root_object


def test_the_last_round_stands_beside_the_questions_that_can_be_compared(world):
    lead = world.people[Role.LEAD]
    earlier = make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    before = Submission.objects.select_related("round", "organisation").get(round=earlier, organisation="ZZ301")
    for place, given_before in {
        BOARD: "agree",
        RECORD: "neither",
        AnswerPlace("acute", "sees_images"): "agree",
    }.items():
        save_answer(GivenAnswer(place, given_before, replaces=0), submission=before, by=lead, at=NOW)
    Round.objects.filter(pk=world.round.pk).update(previous=earlier)

    questionnaire = read_questionnaire(world.submission())

    # sees_images has another scale now, so its answer can't be compared.
    assert questionnaire.last_answers == {BOARD: "agree", RECORD: "neither"}
    assert questionnaire.made_at is None


def test_where_there_is_no_crosswalk_there_is_no_last_round(world):
    administrator = world.people[Role.ADMINISTRATOR]
    files = {name: text for name, text in small_framework().items() if name != "crosswalk.yaml"}
    files["framework.yaml"] = files["framework.yaml"].replace('version: "2"', 'version: "9"')
    frozen = freeze_framework(files, by=administrator, at=NOW)
    later = make_round(slug="2030", by=administrator, framework=frozen, previous=world.round)
    answer(world, BOARD, "agree")
    submission = Submission.objects.select_related("round", "organisation").get(round=later, organisation="ZZ301")

    assert read_last_answers(submission, read_questionnaire(submission).units) == {}


def test_a_filled_in_spreadsheet_is_shown_before_it_is_taken_over(world, client):
    answer(world, BOARD, "agree", note="Seen in May")
    raw = fill(
        download(client),
        {
            (BOARD, "Answer"): "Disagree",
            (BEDSIDE, "Answer"): 40.0,
            (BEDSIDE, "Note"): "Counted in June",
            (RECORD, "Answer"): "Don't know",
        },
    )

    preview = upload(client, raw)

    shown = text_of(preview)
    assert preview.status_code == 200
    assert "Organisation: The Board leads" in shown
    assert "Now Agree In the file Disagree" in shown
    assert "Now Not answered Note: none In the file 40% Note: Counted in June" in shown
    assert "In the file Don't know" in shown
    assert "Changed on screen since you downloaded" not in shown
    assert read_answers(world.submission()) == {BOARD: "agree"}


def test_what_is_ticked_is_taken_over_as_one_action_and_the_rest_is_not(world, client):
    raw = fill(
        download(client),
        {(BOARD, "Answer"): "Agree", (RECORD, "Answer"): "Neither agree nor disagree", (BEDSIDE, "Answer"): 55.5 - 0.5},
    )
    preview = upload(client, raw)
    all_ticks = ticks_in(preview)

    response = apply(client, preview, all_ticks[:2])

    assert (response.status_code, response.headers["Location"]) == (302, "/rounds/2026/ZZ301/")
    assert len(all_ticks) == 3
    assert read_answers(world.submission()) == {BOARD: "agree", RECORD: "neither"}
    assert set(Answer.objects.values_list("source", "by__name")) == {("spreadsheet", "Contributor of ZZ301")}
    assert Event.objects.get(action="submission.spreadsheet_applied").details == {"answers": 2}
    assert "2 answers taken over from the spreadsheet." in text_of(client.get("/rounds/2026/ZZ301/"))


def test_sending_the_form_twice_does_no_harm(client):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Agree", (BOARD, "Note"): "  Seen. \n"}))

    first, second = apply(client, preview), apply(client, preview)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Answer.objects.count() == 1
    assert Event.objects.filter(action="submission.spreadsheet_applied").count() == 1
    assert "Nothing had to be changed" in text_of(client.get("/rounds/2026/ZZ301/"))


def test_uploading_what_stands_already_changes_nothing(world, client):
    answer(world, BOARD, "agree")

    preview = upload(client, download(client))

    assert "There is nothing to take over" in text_of(preview)


def test_a_change_on_screen_since_the_download_is_marked_and_not_ticked(world, client):
    answer(world, BOARD, "agree")
    raw = fill(download(client), {(BOARD, "Answer"): "Disagree", (RECORD, "Answer"): "Agree"})
    answer(world, BOARD, "neither", note="The minutes say otherwise")

    preview = upload(client, raw)

    shown = text_of(preview)
    assert "Changed on screen since you downloaded" in shown
    assert re.search(r"On screen now Neither agree nor disagree Lead of ZZ301, \d+ \w+ \d{4} at \d\d:\d\d", shown)
    assert len(ticks_in(preview)) == 1
    assert len(ticks_in(preview, only_chosen=False)) == 2


def test_a_conflict_that_is_ticked_replaces_what_stands_and_both_stay_in_the_history(world, client):
    answer(world, BOARD, "agree")
    raw = fill(download(client), {(BOARD, "Answer"): "Disagree"})
    answer(world, BOARD, "neither")
    preview = upload(client, raw)

    apply(client, preview, ticks_in(preview, only_chosen=False))

    assert read_answers(world.submission()) == {BOARD: "disagree"}
    assert list(Answer.objects.order_by("version").values_list("choice", flat=True)) == ["agree", "neither", "disagree"]


def test_a_change_on_screen_while_the_preview_was_open_stops_everything_and_is_shown(world, client):
    raw = fill(download(client), {(BOARD, "Answer"): "Disagree", (RECORD, "Answer"): "Agree"})
    preview = upload(client, raw)
    answer(world, BOARD, "agree")

    stopped = apply(client, preview)

    assert stopped.status_code == 409
    assert "Somebody changed an answer on screen after this preview was made" in text_of(stopped)
    assert "On screen now Agree Lead of ZZ301" in text_of(stopped)
    assert read_answers(world.submission()) == {BOARD: "agree"}
    again = apply(client, stopped, ticks_in(stopped, only_chosen=False))
    assert again.status_code == 302
    assert read_answers(world.submission()) == {BOARD: "disagree", RECORD: "agree"}


def test_an_answer_saved_between_the_look_and_the_writing_is_not_overwritten(world, client, monkeypatch):
    preview = upload(client, fill(download(client), {(BOARD, "Answer"): "Disagree"}))
    look = away_changes.list_not_asked

    def look_and_be_overtaken(*args):
        answer(world, BOARD, "agree")
        return look(*args)

    monkeypatch.setattr("trigpoint_web.rounds.pages.away_apply.list_not_asked", look_and_be_overtaken)

    stopped = apply(client, preview)

    assert stopped.status_code == 409
    assert "On screen now Agree" in text_of(stopped)
    assert read_answers(world.submission()) == {BOARD: "agree"}


def test_an_answer_that_the_file_takes_away_is_said_to_be_and_becomes_not_answered(world, client):
    answer(world, BEDSIDE, 12.5 * 2)

    preview = upload(client, fill(download(client), {(BEDSIDE, "Answer"): None}))

    assert "Now 25% In the file Not answered Takes the answer away" in text_of(preview)
    apply(client, preview)
    assert read_answers(world.submission()) == {BEDSIDE: Missing.NOT_ANSWERED}


def test_a_note_alone_is_taken_over_and_can_be_cleared(world, client):
    apply(client, upload(client, fill(download(client), {(BOARD, "Note"): "Ask Ann"})))
    with_note = current_at(world, BOARD)

    apply(client, upload(client, fill(download(client), {(BOARD, "Note"): None})))

    assert (with_note.note, with_note.missing) == ("Ask Ann", "not_answered")
    assert current_at(world, BOARD).note == ""


def test_a_question_that_the_file_itself_opens_is_taken_over_with_what_opens_it(world, client):
    preview = upload(client, fill(download(client), {(STRATEGY, "Answer"): "Agree", (COSTED, "Answer"): "Disagree"}))
    ticks = ticks_in(preview)

    alone = apply(client, preview, ticks[1:])
    both = apply(client, preview, ticks)

    assert alone.status_code == 409
    assert "is only asked if another answer is changed as well" in text_of(alone)
    assert both.status_code == 302
    assert read_answers(world.submission()) == {STRATEGY: "agree", COSTED: "disagree"}


def test_a_question_that_is_not_asked_is_told_and_can_not_be_ticked(client):
    preview = upload(client, fill(download(client), {(COSTED, "Answer"): "Disagree"}))

    shown = text_of(preview)
    assert "Not taken over, as the question is not asked given your other answers" in shown
    assert "Answer only if" in shown
    assert ticks_in(preview, only_chosen=False) == []


def test_a_formula_in_a_note_comes_back_as_the_text_it_was(world, client):
    evil = "=cmd|'/c calc'!A0"
    answer(world, BOARD, "agree", note=evil)

    raw = download(client)

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in content for name, content in parts.items() if name.startswith("xl/worksheets/"))
    assert b"'=cmd|" in parts["xl/sharedStrings.xml"]
    assert "There is nothing to take over" in text_of(upload(client, raw))
    cell = cell_of(raw, "Organisation", "board_leads", "Note")
    retyped = refilled(raw, {cell: "'=1+1"})
    apply(client, upload(client, retyped))
    assert current_at(world, BOARD).note == "=1+1"
    assert "<b>" not in text_of(client.get(AWAY))


def test_html_in_a_note_is_shown_as_it_was_typed(client):
    preview = upload(client, fill(download(client), {(BOARD, "Note"): "<script>alert(1)</script>"}))

    assert "<script>alert(1)" not in preview.content.decode()
    assert "&lt;script&gt;alert(1)" in preview.content.decode()
