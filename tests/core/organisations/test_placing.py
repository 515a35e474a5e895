# SPDX-License-Identifier: MIT
"""Codes of one day in the groups of another: by membership, by neighbours, by succession, in that order."""

from __future__ import annotations

import pytest

from tests.core.organisations.made_up import day, membership, organisation, succession
from trigpoint.errors import UnknownGroup
from trigpoint.organisations.placing import PlacedBy, place_organisations
from trigpoint.organisations.register import build_register

ON = day("2022-04-01")


def register(memberships, successions=()):
    organisations = [
        organisation("RA0", closed="2019-03-31"),
        organisation("RB0"),
        organisation("RC0"),
        organisation("RD0"),
    ]
    return build_register(organisations, successions=successions, memberships=memberships)


def place(built, *codes, neighbours_in=None):
    return place_organisations(built, codes, "system", on=ON, neighbours_in=neighbours_in)


def test_a_membership_that_holds_on_the_day_places_an_organisation():
    built = register(
        [membership("RB0", "system", "north", "2021-01-01"), membership("RB0", "system", "old", None, "2020-12-31")]
    )

    placed = place(built, "RB0")

    assert placed.group_of == {"RB0": "north"}
    assert placed.placed_by == {"RB0": PlacedBy.MEMBERSHIP}


def test_a_closed_organisation_is_where_those_who_followed_it_are():
    built = register([membership("RB0", "system", "north")], [succession("RA0", "RB0", "2019-04-01")])

    assert place(built, "RA0").group_of == {"RA0": "north"}
    assert place(built, "RA0").placed_by == {"RA0": PlacedBy.SUCCESSION}


def test_its_own_neighbours_come_before_those_who_followed_it():
    memberships = [
        membership("RA0", "board", "Q1", None, "2019-03-31"),
        membership("RC0", "board", "Q1"),
        membership("RC0", "system", "south"),
        membership("RB0", "system", "north"),
    ]
    built = register(memberships, [succession("RA0", "RB0", "2019-04-01")])

    placed = place(built, "RA0", neighbours_in="board")

    assert placed.group_of == {"RA0": "south"}
    assert placed.placed_by == {"RA0": PlacedBy.NEIGHBOURS}


def test_neighbours_who_are_in_two_groups_equally_do_not_decide():
    memberships = [
        membership("RA0", "board", "Q1"),
        membership("RB0", "board", "Q1"),
        membership("RC0", "board", "Q1"),
        membership("RB0", "system", "north"),
        membership("RC0", "system", "south"),
    ]

    placed = place(register(memberships), "RA0", neighbours_in="board")

    assert placed.group_of == {}
    assert placed.unplaced == {"RA0": "in several: north, south"}


def test_who_has_no_group_is_named_and_one_whose_followers_part_as_well():
    memberships = [membership("RB0", "system", "north"), membership("RC0", "system", "south")]
    built = register(memberships, [succession("RA0", "RB0", "2019-04-01"), succession("RA0", "RC0", "2019-04-01")])

    assert place(built, "RA0", "RD0", "XXX").unplaced == {
        "RA0": "in several: north, south",
        "RD0": "no system in the register",
        "XXX": "no system in the register",
    }


def test_a_grouping_that_is_not_there_is_refused():
    with pytest.raises(UnknownGroup, match="no grouping 'system'"):
        place(register([membership("RB0", "board", "Q1")]), "RB0")
