# SPDX-License-Identifier: MIT
"""What holds of every computation, whatever the answers: order, totals, and agreement with a slow obvious version."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.analysis.made_up_rounds import computed, evidence_of
from trigpoint.analysis.claims.computed import PlaceRange

ROUNDS = ("1", "2")
TENS = st.integers(min_value=0, max_value=10).map(lambda step: 10 * step)
RETURN = st.tuples(TENS, TENS)
CODES = st.sampled_from("ABCDEFGHIJ")
ROUND = st.dictionaries(CODES, RETURN, min_size=4, max_size=10)
BOTH = st.tuples(ROUND, ROUND).filter(lambda both: len(set(both[0]) & set(both[1])) >= 3)
Made = Mapping[str, tuple[int, int]]


def overall(answers: tuple[int, int]) -> Fraction:
    return Fraction(sum(answers), 2)


def slow_changes(first: Made, second: Made) -> dict[str, Fraction]:
    return {code: overall(second[code]) - overall(first[code]) for code in second if code in first}


def every_way(size: int) -> list[dict[str, Any]]:
    """One of each computation that needs no more than `size` units in both rounds."""
    group = {"lowest": size, "on": "1", "matched_with": ROUNDS}
    return [
        {"compute": "count_returns", "rounds": ROUNDS},
        {"compute": "answer_shares", "round": "1", "questions": ("plan", "tools"), "parts": (("p0", "p10"), ("p100",))},
        {"compute": "lowest_score", "round": "1"},
        {"compute": "ranking", "round": "2", "end": "highest", "size": size},
        {"compute": "overlap", "rounds": ROUNDS, "end": "lowest", "size": size, "give": "units"},
        {"compute": "places", "round": "2", "group": {"highest": size}, "give": "range"},
        {"compute": "mean_score", "round": "2", "groups": (group, {})},
        {"compute": "band_shares", "rounds": ROUNDS, "measure": "overall", "bands": ("low", "high")},
        {"compute": "difference_of_means", "rounds": ROUNDS, "groups": ({"highest": size}, {})},
        {"compute": "mean_change", "rounds": ROUNDS, "groups": (group, {})},
        {"compute": "count_changes", "rounds": ROUNDS, "count": ("risen", "fallen", "unchanged", "unknown")},
        {"compute": "fallen_units", "rounds": ROUNDS},
        {"compute": "rise_gap", "rounds": ROUNDS, "size": size, "chosen_on": (*ROUNDS, "mean")},
    ]


@pytest.mark.parametrize("at", range(len(every_way(1))))
@settings(max_examples=20)  # thirteen times over
@given(both=BOTH, size=st.integers(min_value=1, max_value=3))
def test_the_order_of_the_returns_changes_nothing(at: int, both: tuple[Made, Made], size: int) -> None:
    wanted = every_way(size)[at]
    turned = [dict(reversed(list(one.items()))) for one in both]

    assert computed(evidence_of(*turned), **wanted) == computed(evidence_of(*both), **wanted)


@given(BOTH)
def test_the_mean_change_is_the_mean_of_the_changes(both: tuple[Made, Made]) -> None:
    changes = slow_changes(*both)

    found = computed(evidence_of(*both), compute="mean_change", rounds=ROUNDS)

    assert found.n == (len(changes),)
    assert found.values == (sum(changes.values(), Fraction(0)) / len(changes),)


@given(ROUND, ROUND)
def test_for_the_same_units_the_two_ways_of_change_agree(first: Made, second: Made) -> None:
    same = {code: first[code] for code in first if code in second}
    assume(same)
    evidence = evidence_of(same, {code: second[code] for code in same})

    followed = computed(evidence, compute="mean_change", rounds=ROUNDS)
    apart = computed(evidence, compute="difference_of_means", rounds=ROUNDS)

    assert followed.values == apart.values


@given(BOTH)
def test_every_unit_has_one_fate(both: tuple[Made, Made]) -> None:
    first, second = both
    changes = slow_changes(first, second)
    fates = ("risen", "fallen", "unchanged", "unknown")

    found = computed(evidence_of(first, second), compute="count_changes", rounds=ROUNDS, count=fates)

    risen = sum(change > 0 for change in changes.values())
    fallen = sum(change < 0 for change in changes.values())
    assert found.values == (risen, fallen, len(changes) - risen - fallen, len(second) - len(changes))


@given(BOTH)
def test_who_fell_one_way_rose_the_other(both: tuple[Made, Made]) -> None:
    first, second = both

    there = computed(evidence_of(first, second), compute="count_changes", rounds=ROUNDS, count=("risen", "fallen"))
    back = computed(evidence_of(second, first), compute="count_changes", rounds=ROUNDS, count=("fallen", "risen"))

    assert there.values == back.values


@given(ROUND)
def test_bands_hold_every_unit_once(made: Made) -> None:
    shares = computed(evidence_of(made), compute="band_shares", rounds=("1",), measure="overall", bands=("low", "high"))

    assert sum(value for value in shares.values if isinstance(value, Fraction)) == 100


@given(ROUND)
def test_answers_hold_every_return_once(made: Made) -> None:
    parts = tuple((f"p{points}",) for points in range(0, 101, 10))

    shares = computed(evidence_of(made), compute="answer_shares", round="1", questions=("tools",), parts=parts)

    assert sum(value for value in shares.values if isinstance(value, Fraction)) == 100


@given(ROUND, st.integers(min_value=1, max_value=4))
def test_nobody_outside_an_end_is_further_out(made: Made, size: int) -> None:
    top = computed(evidence_of(made), compute="ranking", round="1", end="highest", size=size).values
    bottom = computed(evidence_of(made), compute="ranking", round="1", end="lowest", size=size).values

    scores = {code: overall(answers) for code, answers in made.items()}
    inside, outside = [scores[str(code)] for code in top], [scores[code] for code in scores if code not in top]
    assert inside == sorted(inside, reverse=True)
    assert all(min(inside) >= score for score in outside)
    low, rest = [scores[str(code)] for code in bottom], [scores[code] for code in scores if code not in bottom]
    assert low == sorted(low, reverse=True)
    assert all(max(low) <= score for score in rest)


@given(ROUND)
def test_a_place_says_how_many_stand_above(made: Made) -> None:
    codes = tuple(made)
    scores = [overall(made[code]) for code in codes]

    found = computed(evidence_of(made), compute="places", round="1", group={"units": codes}, give="range")

    for place, score in zip(found.values, scores, strict=True):
        assert isinstance(place, PlaceRange)
        assert place.first - 1 == sum(other > score for other in scores)
        assert len(scores) - place.last == sum(other < score for other in scores)


@given(BOTH, st.integers(min_value=1, max_value=3))
def test_the_overlap_is_the_same_from_either_side(both: tuple[Made, Made], size: int) -> None:
    keys: dict[str, Any] = {"compute": "overlap", "end": "highest", "size": size, "give": "units"}

    there = computed(evidence_of(*both), rounds=("1", "2"), **keys)
    back = computed(evidence_of(*both), rounds=("2", "1"), **keys)

    assert there.values == back.values


@given(BOTH, st.integers(min_value=1, max_value=3))
def test_the_gap_is_that_of_the_two_groups_followed(both: tuple[Made, Made], size: int) -> None:
    evidence = evidence_of(*both)
    ends = tuple({end: size, "on": "mean"} for end in ("lowest", "highest"))

    gap = computed(evidence, compute="rise_gap", rounds=ROUNDS, size=size, chosen_on=("mean",)).values[0]
    low, high = computed(evidence, compute="mean_change", rounds=ROUNDS, groups=ends).values

    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    assert gap == low - high


@given(BOTH)
def test_the_same_points_more_for_all_move_no_place(both: tuple[Made, Made]) -> None:
    first = {code: (min(a, 90), min(b, 90)) for code, (a, b) in both[0].items()}
    more = {code: (a + 10, b + 10) for code, (a, b) in first.items()}

    before = computed(evidence_of(first), compute="ranking", round="1", end="highest", size=3)
    after = computed(evidence_of(more), compute="ranking", round="1", end="highest", size=3)
    change = computed(evidence_of(first, more), compute="mean_change", rounds=ROUNDS)

    assert after.values == before.values
    assert change.values == (10,)
