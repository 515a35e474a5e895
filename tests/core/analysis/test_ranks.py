# SPDX-License-Identifier: MIT
"""League tables: what can be told apart is said, a bare place only to who asks for it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.analysis.ranks import analyse_ranks
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse


def units(*scores, left_out=()):
    keys = tuple((f"X{at:02}", "General") for at in range(len(scores)))
    return ScoredUnits(
        "overall",
        "2017",
        keys,
        tuple(map(Fraction, scores)),
        {(code, "General"): "no score in 2017" for code in left_out},
    )


def analyse(scored, error=1.0, **options):
    errors = error if isinstance(error, dict) else dict.fromkeys(scored.keys, error)
    return analyse_ranks(scored, errors, rng=np.random.default_rng(1), **{"top": 2, **options})


def test_units_far_apart_are_told_apart():
    result = analyse(units(90, 10, 50, 70))

    assert result.sentence == (
        "Of all pairs of units, 0 % can't be told apart. 2 units are surely in the top 2 and 2 may be; 2 have a "
        "chance of 95 % or more. The scores bear 4 groups, not 4 places."
    )
    assert [one.sure for one in result.numbers.units] == [(1, 1), (4, 4), (3, 3), (2, 2)]
    assert [one.group for one in result.numbers.units] == [1, 4, 3, 2]


def test_units_close_together_are_one_group_of_which_nobody_is_surely_first():
    result = analyse(units(50, 51, 52, 53), error=5.0)

    assert result.sentence.startswith(
        "Of all pairs of units, 100 % can't be told apart. No unit is surely in the top 2"
    )
    assert {one.group for one in result.numbers.units} == {1}
    assert {one.sure for one in result.numbers.units} == {(1, 4)}


def test_one_unit_is_said_to_be_one():
    assert "One unit is surely in the top 2" in analyse(units(90, 50, 51, 49), error=2.0).sentence


def test_a_bare_place_is_only_given_to_who_asks_and_equals_share_it():
    scored = units(50, 70, 50, 10)
    plain, asked = analyse(scored), analyse(scored, bare_places=True)

    assert {one.place for one in plain.numbers.units} == {None}
    assert "place" not in [column.name for column in plain.tables[0].columns]
    assert [line[-1] for line in asked.tables[0].lines] == ["2= to 3", "1", "2= to 3", "4"]
    tie = next(one for one in asked.checked if "same score" in one.assumption)
    assert (tie.outcome, tie.found) == (Outcome.DOUBTFUL, "1 share a score with another")


def test_units_stand_in_the_order_of_the_round_not_of_the_score():
    result = analyse(units(10, 90, 50))

    assert [line[0] for line in result.tables[0].lines] == ["X00 General", "X01 General", "X02 General"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=3, max_size=12))
def test_what_is_said_of_a_unit_fits_together(scores):
    result = analyse(units(*scores), error=4.0)
    found = result.numbers

    assert found.pairs == len(scores) * (len(scores) - 1) // 2
    assert 0 <= found.apart <= found.pairs
    for one in found.units:
        assert 1 <= one.sure[0] <= one.sure[1] <= len(scores)
        assert 1 <= one.drawn[0] <= one.drawn[1] <= len(scores)
        assert 1 <= one.expected <= len(scores)
        assert 0 <= one.top <= 1
    assert {one.group for one in found.units} == set(range(1, found.groups + 1))
    ordered = sorted(found.units, key=lambda one: -one.score)
    assert [one.group for one in ordered] == sorted(one.group for one in ordered)


def test_who_has_no_error_is_left_out_with_those_without_a_score():
    scored = units(10, 50, 90, 30, left_out=["GONE"])
    errors = dict.fromkeys(scored.keys[:3], 1.0)
    result = analyse(scored, error=errors)

    assert (result.n, result.of) == (3, 5)
    assert dict(result.left_out) == {"GONE General": "no score in 2017", "X03 General": "no error of its score"}


@pytest.mark.parametrize(
    ("scores", "error", "options", "message"),
    [
        ((10, 20), 1.0, {}, "2 units with a score and an error make no table"),
        ((10, 20, 30), -1.0, {}, "errors of 0 or more"),
        ((10, 20, 30), 1.0, {"top": 9}, "a top of 9 can't be taken of 3"),
        ((10, 20, 30), 0.0, {}, "at most one may have an error of 0"),
    ],
)
def test_what_makes_no_table_is_refused(scores, error, options, message):
    with pytest.raises(CannotAnalyse, match=message):
        analyse(units(*scores), error=error, **options)
