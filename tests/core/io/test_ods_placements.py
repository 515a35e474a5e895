# SPDX-License-Identifier: MIT
"""From files of different dates to memberships from date to date."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.io.ods_facts import Fact, FileFacts, FileKind, Placement
from trigpoint.io.ods_placements import build_memberships
from trigpoint.organisations import Group, Membership, OrganisationCode, build_register

RA0 = OrganisationCode("RA0")


def file(name: str, as_at: date | None, *facts: Fact) -> FileFacts:
    return FileFacts(name, FileKind.TRUSTS, as_at, len(facts), facts)


def place(grouping: str, group: str, *, is_name: bool = False, share: float | None = None) -> Placement:
    return Placement(RA0, grouping, group, is_name, share)


def stays(*files: FileFacts) -> list[tuple[str, str | None, str | None]]:
    """Each membership as group, first day, last day."""
    return [
        (each.group, str(each.valid_from or "") or None, str(each.valid_to or "") or None)
        for each in build_memberships(files)[0]
    ]


Y1_IN_2016 = file("2016", date(2016, 1, 1), place("region", "Y1"))
Y2_IN_2022 = file("2022", date(2022, 1, 1), place("region", "Y2"))
Y2_IN_2025 = file("2025", date(2025, 1, 1), place("region", "Y2"))


def test_what_one_file_shows_holds_on_every_date():
    assert stays(Y1_IN_2016) == [("Y1", None, None)]


def test_the_next_file_ends_the_stay_on_the_day_before_it():
    assert stays(Y2_IN_2022, Y1_IN_2016) == [("Y1", None, "2021-12-31"), ("Y2", "2022-01-01", None)]


def test_a_group_that_later_files_repeat_is_one_stay():
    assert stays(Y1_IN_2016, Y2_IN_2022, Y2_IN_2025) == [("Y1", None, "2021-12-31"), ("Y2", "2022-01-01", None)]


def test_a_file_that_does_not_mention_the_organisation_ends_nothing():
    other = file("2022", date(2022, 1, 1), Placement(OrganisationCode("RB0"), "region", "Y2"))

    assert ("Y1", None, None) in stays(Y1_IN_2016, other)


def test_a_return_to_an_earlier_group_is_a_stay_of_its_own():
    back = file("2025", date(2025, 1, 1), place("region", "Y1"))

    assert stays(Y1_IN_2016, Y2_IN_2022, back) == [
        ("Y1", None, "2021-12-31"),
        ("Y2", "2022-01-01", "2024-12-31"),
        ("Y1", "2025-01-01", None),
    ]


def test_area_teams_end_where_boards_begin_as_one_column_held_both():
    teams = file("2016", date(2016, 1, 1), place("area_team", "Q71"))
    boards = file("2022", date(2022, 1, 1), place("icb", "QMJ"))

    assert stays(teams, boards) == [("Q71", None, "2021-12-31"), ("QMJ", "2022-01-01", None)]


def test_an_undated_file_holds_always_and_is_noted():
    memberships, _, notes = build_memberships([file("partners", None, place("icb_partner", "QMJ"))])

    assert (memberships[0].valid_from, memberships[0].valid_to) == (None, None)
    assert notes == ("partners: no date in its name or headings; what it says is taken to hold on every date",)


def test_an_undated_file_ends_where_a_dated_one_begins():
    assert stays(file("undated", None, place("region", "Y1")), Y2_IN_2022) == [
        ("Y1", None, "2021-12-31"),
        ("Y2", "2022-01-01", None),
    ]


def test_several_groups_at_once_keep_their_shares():
    shares = file("shares", None, place("icb_patients", "Q1", share=0.75), place("icb_patients", "Q2", share=0.25))

    memberships, _, notes = build_memberships([shares])

    assert [(each.group, each.share, each.source) for each in memberships] == [
        ("Q1", 0.75, "shares"),
        ("Q2", 0.25, "shares"),
    ]
    assert len(notes) == 1


def test_what_a_file_states_with_dates_is_kept_as_it_is():
    stated = Membership(RA0, "commissioner", "00X", date(2013, 4, 1), date(2020, 3, 31))

    assert build_memberships([file("2025", date(2025, 1, 1), stated)])[0] == (stated,)


GROUPS = file(
    "names",
    date(2024, 1, 1),
    Group("region", "Y1", "Midshire"),
    Group("icb", "QZZ", "NHS Dunford Integrated Care Board", ("E54000099",)),
)


def test_a_group_given_by_name_gets_its_code_from_the_file_that_has_it():
    named = file("types", None, place("region", "Midshire", is_name=True), place("icb", "Dunford ICB", is_name=True))

    assert [each.group for each in build_memberships([named, GROUPS])[0]] == ["Y1", "QZZ"]


def test_a_name_without_a_code_stands_for_itself_and_is_noted():
    memberships, _, notes = build_memberships(
        [file("2020", date(2020, 1, 1), place("region", "Nowhere", is_name=True))]
    )

    assert memberships[0].group == "Nowhere"
    assert notes == ("2020: no file gives the code of the region 'Nowhere'; its name stands for it",)


def test_a_board_given_by_its_code_in_another_list_gets_its_own():
    shares = file("shares", date(2022, 4, 1), place("icb_patients", "E54000099", share=1.0))

    memberships, groups, _ = build_memberships([shares, GROUPS])

    assert memberships[0].group == "QZZ"
    assert Group("icb_patients", "QZZ", "NHS Dunford Integrated Care Board", ("E54000099",)) in groups


def test_a_group_has_the_name_of_the_latest_file_and_the_codes_of_all():
    later = file("later", date(2026, 1, 1), Group("icb", "QZZ", "Dunford ICB", ("E54000100",)))

    _, groups, _ = build_memberships([later, GROUPS])

    assert Group("icb", "QZZ", "Dunford ICB", ("E54000099", "E54000100")) in groups


def test_two_places_at_one_date_are_both_kept_and_noted_unless_several_are_meant():
    one = file("one", date(2022, 1, 1), place("region", "Y1"), place("icb_partner", "Q1"))
    two = file("two", date(2022, 1, 1), place("region", "Y2"), place("icb_partner", "Q2"))
    three = file("three", date(2022, 1, 1), place("region", "Y2"))

    memberships, _, notes = build_memberships([one, two])

    assert {each.group for each in memberships} == {"Y1", "Y2", "Q1", "Q2"}
    assert notes == ("RA0 has two places in region as at 2022-01-01: Y1 in one, Y2 in two; both are kept",)
    assert build_memberships([two, three])[2] == ()


@given(
    st.dictionaries(st.dates(date(2010, 1, 1), date(2011, 12, 31)), st.sampled_from(["Y1", "Y2", "Y3"]), min_size=1),
    st.dates(date(2009, 1, 1), date(2012, 12, 31)),
)
def test_on_any_date_an_organisation_is_where_the_last_file_until_then_or_else_the_first_put_it(seen, on):
    files = [file(str(as_at), as_at, place("region", group)) for as_at, group in seen.items()]

    memberships = build_memberships(files)[0]
    held = [each.group for each in build_register(memberships=memberships).memberships_of("RA0") if each.holds_on(on)]

    until_then = [as_at for as_at in seen if as_at <= on]
    assert held == [seen[max(until_then) if until_then else min(seen)]]
