# SPDX-License-Identifier: MIT
"""What organisations returned elsewhere, taken in from a file: as suggestions, all of it or none."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.rounds.answering import BOARD, IMAGES, sign_in, text_of
from tests.web.world import NOW, World, make_round, make_world
from trigpoint.errors import AnswersProblems
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.suggestions import IndicatorRow
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.indicators import IndicatorCounts, origin_of, take_in_indicators
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.indicator_file import (
    LARGEST_FILE,
    LONGEST_LABEL,
    USUAL_LABEL,
    IndicatorLine,
    parse_indicators,
)
from trigpoint_web.rounds.models import Suggestion
from trigpoint_web.rounds.states import RoundState

HEADING = "organisation,question,value"
GOOD = f"{HEADING},label\nZZ301,record_users,60,Workforce return\nZZ302,board_leads,agree,Board return\n"
USERS = (AnswerPlace("acute", "record_users"), AnswerPlace("community", "record_users"))


def problems_in(text: str | bytes) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(AnswersProblems) as found:
        parse_indicators(raw, file="return.csv")
    return [str(one) for one in found.value.problems]


def test_rows_are_read_with_their_lines_and_labels() -> None:
    text = f"{HEADING},label\r\n zz301 , record_users , 60 , Staff return \r\n\r\nZZ302,board_leads,agree,\r\n"

    assert parse_indicators(text.encode(), file="return.csv") == (
        IndicatorLine(2, IndicatorRow("ZZ301", "record_users", "60"), "Staff return"),
        IndicatorLine(4, IndicatorRow("ZZ302", "board_leads", "agree"), USUAL_LABEL),
    )


def test_columns_may_stand_in_any_order_and_a_mark_of_the_encoding_is_no_text() -> None:
    text = "\ufeffValue,Question,Organisation\n60,record_users,ZZ301\n"

    [line] = parse_indicators(text.encode(), file="return.csv")

    assert line.row == IndicatorRow("ZZ301", "record_users", "60")


def test_a_cell_of_two_lines_does_not_shift_what_comes_after() -> None:
    text = f'{HEADING},label\nZZ301,record_users,60,"Staff\nreturn"\nZZ302,board_leads,agree\n'

    assert problems_in(text) == ["return.csv:4: the line has more or fewer cells than the heading."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["return.csv:1: the heading lacks organisation and question and value."]),
        ("organisation,value\nZZ301,60\n", ["return.csv:1: the heading lacks question."]),
        (
            f"{HEADING},year,\n",
            ["return.csv:1: the columns year, (blank) are not known. Known are organisation, question, value, label."],
        ),
        (f"{HEADING},value\n", ["return.csv:1: the heading has a column twice."]),
        (f"{HEADING}\n", ["return.csv: the file has no rows below its heading."]),
        (f"{HEADING}\n,,\n", ["return.csv: the file has no rows below its heading."]),
        (f"{HEADING}\nZZ301,x\n", ["return.csv:2: the line has more or fewer cells than the heading."]),
        (f"{HEADING}\nZZ301,x\x00,1\n", ["return.csv:2: the line has a character that is no text."]),
        (
            f"{HEADING},label\nZZ301,x,1,{'a' * (LONGEST_LABEL + 1)}\n",
            ["return.csv:2: the label has 101 characters. Use up to 100."],
        ),
    ],
)
def test_each_thing_wrong_with_the_table_is_told_with_its_line(text: str, said: list[str]) -> None:
    assert problems_in(text) == said


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@cmd"])
def test_a_label_that_a_spreadsheet_would_compute_is_refused(label: str) -> None:
    [said] = problems_in(f"{HEADING},label\nZZ301,record_users,60,{label}\n")

    assert said.startswith("return.csv:2: the label begins as a formula")


def test_every_line_that_is_wrong_is_told_at_once() -> None:
    found = problems_in(f"{HEADING},label\nZZ301\nZZ301,x,1,=1\nZZ301,x,1,fine\nZZ301,x\n")

    assert [one.split(": ")[0] for one in found] == ["return.csv:2", "return.csv:3", "return.csv:5"]


def test_quotes_that_do_not_close_are_told() -> None:
    [said] = problems_in(f'{HEADING}\nZZ301,record_users,"60\n')

    assert "this is not a line of CSV" in said


def test_another_encoding_is_told_with_the_line_that_shows_it() -> None:
    raw = f"{HEADING},label\nZZ301,record_users,60,Café\n".encode("latin-1")

    assert problems_in(raw) == ["return.csv:2: this line is not text in UTF-8. Save the file as “CSV UTF-8”."]


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert problems_in(b"x" * (LARGEST_FILE + 1)) == ["return.csv: the file has more than 5,000,000 bytes."]
    assert problems_in(b"x" * LARGEST_FILE) != ["return.csv: the file has more than 5,000,000 bytes."]


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001  the database is there
    return make_world()


def take_in(world: World, text: str) -> IndicatorCounts:
    by = world.people[Role.ADMINISTRATOR]
    return take_in_indicators(world.round, text.encode(), file="return.csv", by=by, at=NOW)


def suggested(world: World, code: str = "ZZ301") -> dict[AnswerPlace, str]:
    rows = Suggestion.objects.filter(submission=world.submission(code))
    return {AnswerPlace(one.asked_in, one.question): one.source_label for one in rows}


def test_a_file_is_suggested_under_the_label_of_each_row(world):
    counts = take_in(world, GOOD)

    assert counts == IndicatorCounts(rows=2, organisations=2, suggestions=3)
    assert suggested(world) == dict.fromkeys(USERS, "Workforce return: 60%")
    assert suggested(world, "ZZ302") == {BOARD: "Board return: Agree"}
    events = Event.objects.filter(action="suggestions.taken_in").order_by("pk")
    assert [one.details for one in events] == [
        {"suggestions": 2, "from": "Workforce return"},
        {"suggestions": 1, "from": "Board return"},
    ]
    assert world.submission().dealt_with_count == 0, "nothing suggested counts"


def test_taking_the_same_file_in_again_suggests_nothing_twice(world):
    take_in(world, GOOD)

    assert take_in(world, GOOD) == IndicatorCounts(rows=2, organisations=2, suggestions=0)
    assert Suggestion.objects.count() == 3


def test_what_has_an_answer_and_what_is_blank_gets_no_suggestion(world):
    world.answer(USERS[0], 10.0)

    counts = take_in(world, f"{HEADING}\nZZ301,record_users,60\nZZ301,sees_images,\n")

    assert counts == IndicatorCounts(rows=2, organisations=1, suggestions=1)
    assert list(suggested(world)) == [USERS[1]]
    assert IMAGES not in suggested(world)


def test_every_problem_is_told_by_line_and_nothing_is_suggested(world):
    text = (
        f"{HEADING}\nZZ301,record_users,60\n\nZZ999,record_users,60\nZZ301,record_users,70\n"
        "ZZ302,no_such,1\nZZ302,record_users,900\n,record_users,1\n"
    )

    with pytest.raises(AnswersProblems) as found:
        take_in(world, text)

    assert [one.line for one in found.value.problems] == [4, 5, 6, 7, 8]
    said = [one.message for one in found.value.problems]
    assert said[0] == "ZZ999 is not in this round."
    assert "twice" in said[1]
    assert "no_such" in said[2]
    assert "ZZ302" in said[3]
    assert "no organisation" in said[4]
    assert not Suggestion.objects.exists()
    assert not Event.objects.filter(action="suggestions.taken_in").exists()


def test_one_question_under_two_labels_is_one_too_many(world):
    text = f"{HEADING},label\nZZ301,record_users,60,One\nZZ301,record_users,70,Two\n"

    with pytest.raises(AnswersProblems, match=r"return\.csv:3: ZZ301 has 'record_users' twice"):
        take_in(world, text)


def test_a_published_round_takes_nothing_in(world):
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    with pytest.raises(StepRefused, match="published"):
        take_in(world, GOOD)


def test_a_draft_is_prepared_before_it_opens(world):
    draft = World(make_round(slug="2028", by=world.people[Role.ADMINISTRATOR], is_open=False), world.people)

    assert take_in(draft, GOOD).suggestions == 3
    assert list(suggested(draft)) == list(USERS)


def test_the_key_of_an_origin_fits_its_column_whatever_the_label():
    keys = {origin_of(label).source for label in ("A", "B", "c" * LONGEST_LABEL)}

    assert len(keys) == 3
    assert all(len(key) <= 40 for key in keys)


def test_more_rows_of_one_organisation_take_no_more_queries(world):
    def count(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            take_in(world, text)
        return len(queries)

    one = f"{HEADING},label\nZZ301,record_users,60,One\n"
    more = f"{HEADING},label\n" + "".join(
        f"ZZ301,{question},{value},Two\n"
        for question, value in (("record_users", 60), ("board_leads", "agree"), ("sees_images", "agree"))
    )
    count(one)

    assert count(more) <= count(one.replace("One", "Three")) + 1


def administrator(world: World) -> Client:
    return sign_in(world.people[Role.ADMINISTRATOR])


def address(world: World) -> str:
    return reverse("indicators", kwargs={"round_slug": world.round.slug})


def upload(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("return.csv", text.encode(), "text/csv")}


def test_the_page_takes_a_file_and_says_how_much_it_was(world):
    page = administrator(world).post(address(world), upload(GOOD), follow=True)

    assert page.redirect_chain == [(address(world), 302)]
    assert "Taken in: 2 rows of 2 organisations, 3 new suggestions." in text_of(page)
    assert Event.objects.filter(action="suggestions.taken_in", by=world.people[Role.ADMINISTRATOR].pk).count() == 2


def test_the_page_says_every_problem_with_its_line_and_escapes_it(world):
    page = administrator(world).post(address(world), upload(f"{HEADING}\n<b>,record_users,60\nZZ301,nothing,1\n"))

    assert page.status_code == 200
    shown = page.content.decode()
    assert "The file has 2 problems, so nothing was suggested." in shown
    assert "&lt;B&gt; is not in this round." in shown
    assert "<B>" not in shown
    assert not Suggestion.objects.exists()


def test_a_problem_of_the_whole_file_is_said_to_be_one(world):
    shown = text_of(administrator(world).post(address(world), upload(f"{HEADING}\n")))

    assert "The file has 1 problem, so nothing was suggested." in shown
    assert "The whole file" in shown
    assert "The file has no rows below its heading." in shown


def test_an_empty_file_and_none_are_told_apart(world):
    client = administrator(world)

    assert "The heading lacks organisation" in text_of(client.post(address(world), upload("")))
    assert "Choose the file" in text_of(client.post(address(world), {}))


def test_a_file_that_is_too_large_is_refused_on_the_page(world):
    page = administrator(world).post(address(world), upload("x" * (LARGEST_FILE + 1)))

    assert "The file is too large." in text_of(page)


def test_a_published_round_explains_itself_on_the_page(world):
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    page = administrator(world).post(address(world), upload(GOOD))

    assert page.status_code == 409
    assert "nothing can be suggested any more" in text_of(page)


def test_the_pages_of_the_round_lead_to_it_for_those_who_may(world):
    board = reverse("board", kwargs={"round_slug": world.round.slug})

    assert address(world) in administrator(world).get(board).content.decode()
    assert address(world) not in sign_in(world.people[Role.ANALYST]).get(board).content.decode()


@pytest.mark.usefixtures("world")
def test_the_command_suggests_what_the_file_says(tmp_path: Path):
    file, said = tmp_path / "return.csv", StringIO()
    file.write_text(GOOD, encoding="utf-8")

    call_command("load_indicators", "2026", str(file), stdout=said)

    assert said.getvalue() == "Taken in: 2 rows of 2 organisations, 3 new suggestions.\n"
    assert Event.objects.filter(action="suggestions.taken_in", by=None).count() == 2


@pytest.mark.usefixtures("world")
def test_the_command_says_what_is_wrong(tmp_path: Path):
    file = tmp_path / "return.csv"
    file.write_text(f"{HEADING}\nZZ999,record_users,60\nZZ301,no_such,1\n", encoding="utf-8")

    with pytest.raises(CommandError, match="There is no round '1999'"):
        call_command("load_indicators", "1999", str(file))
    with pytest.raises(CommandError, match=r"missing\.csv can't be read: No such file or directory\."):
        call_command("load_indicators", "2026", str(tmp_path / "missing.csv"))
    with pytest.raises(CommandError, match=r"return\.csv:2: ZZ999 is not in this round\.\nreturn\.csv:3: "):
        call_command("load_indicators", "2026", str(file))
    file.write_bytes(b"x" * (LARGEST_FILE + 2))
    with pytest.raises(CommandError, match="more than 5,000,000 bytes"):
        call_command("load_indicators", "2026", str(file))
    assert not Suggestion.objects.exists()
