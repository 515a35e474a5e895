# SPDX-License-Identifier: MIT
"""The board as a file: what is in it, and that nothing in it runs."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import python_calamine
from django.test import Client

from tests.web.rounds.administering import (
    add_organisations,
    address,
    count_queries,
    set_submission,
    sign_in_administrator,
    signed_fields,
)
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.board_export import HEADING

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def read_csv(client: Client, **asked: Any) -> list[dict[str, str]]:
    answer = client.get(address("board_export"), {"format": "csv", **asked})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def read_xlsx(client: Client, **asked: Any) -> list[Any]:
    answer = client.get(address("board_export"), asked)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return workbook.get_sheet_by_name("Board").to_python()


def test_each_row_says_of_which_round_framework_and_moment_it_is(world, client):
    rows = read_csv(client)

    assert [row["organisation"] for row in rows] == ["ZZ302", "ZZ301", "ZZ303"], "by name"
    for row in rows:
        assert (row["round"], row["framework"]) == ("2026", "small@2")
        assert row["framework_hash"] == world.round.framework_id
        assert abs(datetime.fromisoformat(row["as_at"]) - NOW) < timedelta(hours=2)


def test_a_row_says_how_far_the_organisation_is(world, client):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    Round.objects.update(opens_at=NOW - timedelta(days=20), closes_at=NOW - timedelta(days=1))
    set_submission(world, "ZZ302", **signed_fields(world))
    set_submission(world, "ZZ303", extended_until=NOW + timedelta(days=1))

    signed, begun, extended = read_csv(client)

    assert (begun["state"], begun["dealt_with"], begun["is_late"]) == ("in_progress", "1", "yes")
    assert datetime.fromisoformat(begun["last_activity_at"]) == NOW
    assert (signed["state"], signed["is_late"], signed["last_activity_at"]) == ("signed", "no", "")
    assert (extended["is_extended"], extended["is_late"], extended["system"]) == ("yes", "no", "Synthetic System 2")


def test_filters_and_selection_hold_for_the_file(client):
    assert [row["organisation"] for row in read_csv(client, system="ZZS02")] == ["ZZ303"]
    assert [row["organisation"] for row in read_csv(client, o=["ZZ301", "ZZ303"], sort="-organisation")] == [
        "ZZ303",
        "ZZ301",
    ]
    assert read_csv(client, text="nobody") == []


def test_the_spreadsheet_has_the_same_cells(client):
    heading, *rows = read_xlsx(client)

    assert heading == list(HEADING)
    assert [row[0] for row in rows] == [row["organisation"] for row in read_csv(client)]
    assert isinstance(rows[0][HEADING.index("asked")], float)
    assert read_xlsx(client, text="nobody") == [list(HEADING)]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x.invalid")', "+1", "-1", "@SUM(A1)", "\tcell", "\uff1d1"])
def test_a_name_that_would_start_a_formula_is_made_harmless(world, client, name):
    organisation = world.submission().organisation
    organisation.name = name
    organisation.save()

    assert f"'{name}" in [row["name"] for row in read_csv(client)]
    assert f"'{name}" in [row[1] for row in read_xlsx(client)]


def test_the_file_has_a_name_that_says_what_it_is(client):
    answer = client.get(address("board_export"))

    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="2026-board-')
    assert disposition.endswith('.xlsx"')


def test_the_file_takes_as_many_queries_for_many_organisations(world, client):
    few = count_queries(client, address("board_export"))
    add_organisations(world, 20)

    assert count_queries(client, address("board_export")) == few
