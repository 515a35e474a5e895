# SPDX-License-Identifier: MIT
"""Two rounds side by side: by code and care setting, through mergers, with who is left out and why."""

from __future__ import annotations

import pytest

from tests.core.analysis.made_up_rounds import made_up_table
from trigpoint.analysis.matched_rounds import match_rounds
from trigpoint.errors import CannotAnalyse
from trigpoint.submissions import Unit

ALL = "planning"


def table(version, **points):
    return made_up_table(version, {code: (value, None) for code, value in points.items()})


def test_units_are_matched_by_code_in_the_order_of_the_later_round():
    matched = match_rounds(table("1", AAA=10, BBB=20), table("2", BBB=50, AAA=10), ALL)

    assert matched.keys == (("BBB", "General"), ("AAA", "General"))
    assert list(matched.first) == [20, 10]
    assert list(matched.second) == [50, 10]
    assert list(matched.changes) == [30, 0]
    assert matched.rounds == ("1", "2")
    assert matched.left_out == {}


def test_who_is_in_one_round_only_or_has_no_score_is_left_out_with_the_reason():
    first = table("1", AAA=10, GONE=20, EMPTY=None, LATER=30)
    matched = match_rounds(first, table("2", AAA=10, NEW=40, EMPTY=50, LATER=None), ALL)

    assert matched.keys == (("AAA", "General"),)
    assert matched.left_out == {
        ("NEW", "General"): "not in 1",
        ("EMPTY", "General"): "no score in 1",
        ("LATER", "General"): "no score in 2",
        ("GONE", "General"): "not in 2",
    }


def test_no_score_is_not_nought():
    matched = match_rounds(table("1", AAA=0, BBB=None), table("2", AAA=0, BBB=10), ALL)

    assert list(matched.first) == [0]


def test_an_organisation_that_came_of_several_has_their_plain_mean():
    first = table("1", OLD1=10, OLD2=40, AAA=30)
    matched = match_rounds(first, table("2", NEW=50, AAA=30), ALL, predecessors={"NEW": ("OLD1", "OLD2")})

    assert list(matched.first) == [25, 30]
    assert matched.left_out == {}


def test_a_predecessor_without_a_score_does_not_pull_the_mean_down():
    first = table("1", OLD1=10, OLD2=None)
    matched = match_rounds(first, table("2", NEW=50), ALL, predecessors={"NEW": ("OLD1", "OLD2")})

    assert list(matched.first) == [10]


def test_two_care_settings_of_an_organisation_are_two_units():
    def both(version, acute, community):
        returns = {Unit("AAA", "Acute"): (acute, None), Unit("AAA", "Community"): (community, None)}
        return made_up_table(version, returns)

    matched = match_rounds(both("1", 10, 20), both("2", 50, 30), ALL)

    assert dict(zip(matched.keys, matched.changes, strict=True)) == {("AAA", "Acute"): 40, ("AAA", "Community"): 10}


def test_rounds_of_other_organisations_are_refused():
    with pytest.raises(CannotAnalyse, match="No unit has a score in both 1 and 2"):
        match_rounds(table("1", AAA=10), table("2", BBB=10), ALL)


def test_a_measure_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="no measure"):
        match_rounds(table("1", AAA=10), table("2", AAA=10), "no such")
