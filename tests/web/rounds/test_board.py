# SPDX-License-Identifier: MIT
"""The board of a round: its numbers, filters, order and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.rounds.administering import (
    add_organisations,
    address,
    count_queries,
    set_submission,
    sign_in,
    sign_in_administrator,
    signed_fields,
    text_of,
)
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Permission, Role, roles_with
from trigpoint_web.organisations.models import CareProvided
from trigpoint_web.rounds.board_filters import MOST_PAGES, ROWS_ON_A_PAGE, BoardColumn, BoardFilters, read_filters
from trigpoint_web.rounds.presenters.pages_of_list import build_pages
from trigpoint_web.rounds.presenters.short_moments import say_shortly

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def list_codes(response) -> list[str]:
    return re.findall(r'name="o" value="(\w+)"', response.content.decode())


def numbers_of(response) -> dict[str, str]:
    found = re.findall(
        r'tp-filters__number">([\d,]+)</span> <span class="tp-filters__text">([^<]+)<', response.content.decode()
    )
    return {text: number for number, text in found}


def ask(client: Client, **asked: str):
    response = client.get(address("board"), asked)
    assert response.status_code == 200
    return response


def test_the_numbers_say_how_many_are_in_each_state(world, client):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    set_submission(world, "ZZ302", **signed_fields(world))

    assert numbers_of(ask(client)) == {
        "Not started": "1",
        "In progress": "1",
        "Waiting for signature": "0",
        "Signed": "1",
        "Late": "0",
    }


def test_a_number_is_a_filter(world, client):
    set_submission(world, "ZZ302", **signed_fields(world))

    assert list_codes(ask(client, state="signed")) == ["ZZ302"]
    assert sorted(list_codes(ask(client, state="not_started"))) == ["ZZ301", "ZZ303"]


def test_late_is_past_the_day_due_and_unsigned(world, client):
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.save()
    set_submission(world, "ZZ302", **signed_fields(world))
    set_submission(world, "ZZ303", extended_until=NOW + timedelta(days=3))

    late = ask(client, state="late")

    assert list_codes(late) == ["ZZ301"]
    assert numbers_of(late)["Late"] == "1"
    assert "late" in text_of(late)
    assert "(extended)" in text_of(ask(client))


def test_the_board_narrows_by_system_type_care_and_text(client):
    assert sorted(list_codes(ask(client, system="ZZS01"))) == ["ZZ301", "ZZ302"]
    assert list_codes(ask(client, system="ZZS02")) == ["ZZ303"]
    assert sorted(list_codes(ask(client, care="acute"))) == ["ZZ301", "ZZ302"]
    assert len(list_codes(ask(client, type="NHS trust"))) == 3
    assert list_codes(ask(client, type="GP practice")) == []
    assert list_codes(ask(client, text="westHILL")) == ["ZZ303"]
    assert list_codes(ask(client, text="zz302")) == ["ZZ302"]
    assert "No organisation is like that" in text_of(ask(client, text="nobody"))


def test_the_numbers_count_what_the_other_filters_leave(client):
    assert numbers_of(ask(client, system="ZZS01", state="signed"))["Not started"] == "2"


@pytest.mark.parametrize("column", list(BoardColumn))
def test_every_column_sorts_both_ways(world, client, column):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    set_submission(world, "ZZ303", extended_until=NOW + timedelta(days=90))

    up = list_codes(ask(client, sort=column.value))
    down = list_codes(ask(client, sort=f"-{column.value}"))

    assert sorted(up) == sorted(down) == ["ZZ301", "ZZ302", "ZZ303"]
    if column in (BoardColumn.SHARE, BoardColumn.STATE):
        assert (up[-1], down[0]) == ("ZZ301", "ZZ301")
    if column is BoardColumn.ACTIVITY:
        assert (up[0], down[0]) == ("ZZ301", "ZZ301"), "nobody yet comes last either way"
    if column is BoardColumn.DUE:
        assert (up[-1], down[0]) == ("ZZ303", "ZZ303")


def test_the_sorted_column_says_so_and_turns_round_when_pressed(client):
    page = ask(client, sort="due").content.decode()

    assert 'aria-sort="ascending"' in page
    assert "sort=-due" in page
    assert 'aria-sort="descending"' in ask(client, sort="-due").content.decode()


def test_a_row_says_how_far_the_organisation_is(world, client):
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    row = world.submission()

    shown = text_of(ask(client))

    share = row.dealt_with_count * 100 // row.asked_count
    assert f"{share}% ({row.dealt_with_count} of {row.asked_count})" in shown
    assert "Synthetic System 1" in shown
    assert "Nobody yet" in shown


def test_where_nobody_can_sign_the_board_says_so(world, client):
    shown = text_of(ask(client))
    assert shown.count("Nobody can sign") == 2, "ZZ301 has an officer, the other two have none"

    make_person(Role.OFFICER, organisation="ZZ302")
    set_submission(world, "ZZ303", **signed_fields(world))

    assert "Nobody can sign" not in text_of(ask(client))


def test_all_are_selected_without_a_script(client):
    assert "checked" not in ask(client).content.decode()

    everything = ask(client, select="all").content.decode()

    assert everything.count(" checked") == 3
    assert "Select none" in everything


def test_an_analyst_looks_and_has_nothing_to_press(world):
    shown = sign_in(world.people[Role.ANALYST]).get(address("board")).content.decode()

    assert "Northmoor Synthetic Hospitals (ZZ301)" in shown
    assert "formaction" not in shown
    assert 'name="o"' not in shown
    assert address("round_dates") not in shown


def test_what_the_address_does_not_know_is_left_out(client):
    assert len(list_codes(ask(client, state="happy", sort="-beauty", page="²"))) == 3
    assert read_filters(QueryDict("system=%00&text=%00Moor")) == BoardFilters(text="Moor")
    assert list_codes(ask(client, page="40")) == []


def test_html_in_a_name_is_shown_as_text(world, client):
    organisation = world.submission().organisation
    organisation.name = "<script>alert(1)</script>"
    organisation.save()

    page = ask(client).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_round_without_a_next_date_says_its_state_only(world, client):
    world.round.state = "published"
    world.round.save()

    assert "Published." in text_of(ask(client))


def test_a_round_of_thousands_has_pages(world, client):
    add_organisations(world, ROWS_ON_A_PAGE)

    first, second = ask(client), ask(client, page="2")

    assert (len(list_codes(first)), len(list_codes(second))) == (ROWS_ON_A_PAGE, 3)
    assert f"{ROWS_ON_A_PAGE} organisations of {ROWS_ON_A_PAGE + 3} on this page" in text_of(first)
    assert "page=2" in first.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_organisations(world, client):
    few = count_queries(client, address("board"))

    add_organisations(world, 60)

    assert count_queries(client, address("board")) == few
    assert few <= 14


def test_filters_come_back_out_of_their_own_address():
    filters = BoardFilters("late", "ZZS01", "NHS trust", "acute", "moor", BoardColumn.DUE, True, 3, True)

    assert read_filters(QueryDict(filters.query())) == filters
    assert BoardFilters().query() == ""
    assert filters.is_narrowed
    assert not BoardFilters(state="late").is_narrowed


def test_a_page_number_out_of_bounds_is_brought_back():
    assert read_filters(QueryDict("page=0")).page == 1
    assert read_filters(QueryDict("page=12345678")).page == MOST_PAGES


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 6, 12, 16, tzinfo=UTC), "5pm today"),
        (datetime(2026, 6, 14, 16, tzinfo=UTC), "14 Jun, 5pm"),
        (datetime(2025, 6, 12, 16, tzinfo=UTC), "12 Jun 2025, 5pm"),
    ],
)
def test_a_moment_is_short_enough_for_a_cell(moment, said):
    assert say_shortly(moment, now=datetime(2026, 6, 12, 8, tzinfo=UTC)) == said


def test_pages_left_out_of_a_long_list_are_marked():
    pages = build_pages(10, 20, lambda page: f"?page={page}")

    assert [None if one is None else one.text for one in pages.pages] == [
        "1", None, "8", "9", "10", "11", "12", None, "20",
    ]  # fmt: skip
    assert pages.previous is not None
    assert pages.next is not None
    ends = build_pages(1, 1, str)
    assert (ends.previous, ends.next) == (None, None)


def test_the_frame_leads_the_national_team_to_every_page_of_a_round(world, client):
    page = ask(client).content.decode()

    routes = ("round_steps", "round_dates", "outgoing_mail", "reviewers", "gaps", "national_results", "results_run")
    for route in routes:
        assert f'href="{address(route)}"' in page
        assert client.get(address(route)).status_code == 200
    assert "Compute results" in text_of(ask(client))
    analyst = sign_in(world.people[Role.ANALYST])
    shown = ask(analyst).content.decode()
    assert f'href="{address("national_results")}"' in shown
    for route in ("reviewers", "gaps", "results_run"):
        assert address(route) not in shown


def test_who_manages_rounds_computes_their_results():
    assert roles_with(Permission.MANAGE_ROUND) <= roles_with(Permission.COMPUTE_RESULTS)
    assert roles_with(Permission.VIEW_ROUND) <= roles_with(Permission.VIEW_NATION)


def test_the_frame_says_in_how_many_organisations_nobody_can_sign(client):
    assert "Somebody missing (nobody can sign in 2)" in text_of(ask(client))
    for code in ("ZZ302", "ZZ303"):
        make_person(Role.OFFICER, organisation=code)

    shown = text_of(ask(client))

    assert "Somebody missing" in shown
    assert "nobody can sign in" not in shown


@pytest.mark.parametrize("route", ["reviewers", "gaps"])
def test_the_pages_of_people_have_the_frame_too(client, route):
    page = client.get(address(route)).content.decode()

    assert f'href="{address(route)}" aria-current="page"' in page
    assert f'href="{address("board")}"' in page


def test_all_on_a_page_are_selected_and_filters_stay_on_the_next(world, client):
    add_organisations(world, ROWS_ON_A_PAGE)

    page = ask(client, type="NHS trust", select="all").content.decode()

    assert page.count(" checked") == ROWS_ON_A_PAGE
    assert "?type=NHS+trust&amp;page=2" in page
    assert f"Select all {ROWS_ON_A_PAGE} on this page" in text_of(ask(client, type="NHS trust"))


def test_care_settings_are_said_by_the_titles_of_the_framework(client):
    CareProvided.objects.filter(organisation="ZZ303").update(care_setting="mental_health")

    page = ask(client).content.decode()

    assert re.search(r'<option value="acute"[^>]*>Acute</option>', page)
    assert re.search(r'<option value="mental_health"[^>]*>Mental health</option>', page), "unknown to the framework"


def test_the_board_of_a_draft_leads_to_no_answers(world, client):
    world.round.state = "draft"
    world.round.save()

    page = ask(client).content.decode()

    assert "Northmoor Synthetic Hospitals (ZZ301)" in page
    assert address("task_list", code="ZZ301") not in page
