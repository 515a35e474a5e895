# SPDX-License-Identifier: MIT
"""Systems like for like: no order of them is given weight that chance does not leave it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import GroupedUnits, ScoredUnits
from trigpoint.analysis.systems import analyse_systems, split_systems
from trigpoint.errors import CannotAnalyse

SCORES = st.lists(st.integers(0, 100), min_size=12, max_size=12, unique=True)


def grouped(*systems, left_out=()):
    """Systems by their scores: s1, s2 and so on."""
    scores = [Fraction(score) for system in systems for score in system]
    keys = tuple((f"X{at:02}", "General") for at in range(len(scores)))
    groups = tuple(f"s{at}" for at, system in enumerate(systems, 1) for _ in system)
    absent = {(code, "General"): "no stp" for code in left_out}
    return GroupedUnits(ScoredUnits("overall", "2017", keys, tuple(scores), absent), "stp", groups)


def types(units, pattern):
    return {key[0]: kind for key, kind in zip(units.units.keys, pattern, strict=True) if kind != "-"}


ALIKE = grouped((10, 50, 90), (20, 50, 80), (30, 50, 70), left_out=["GONE"])
APART = grouped((10, 11, 12), (50, 51, 52), (90, 91, 92))


def test_systems_that_do_not_differ_are_said_not_to():
    result = analyse_systems(ALIKE)

    assert result.sentence.startswith(
        "Systems do not differ beyond chance: which system (stp) a unit is in explains 0 %"
    )
    assert result.sentence.endswith("An order of them says nothing.")
    assert (result.n, result.of, result.left_out) == (9, 10, (("GONE General", "no stp"),))
    assert result.charts[0].title == "Systems do not differ beyond chance"
    assert {one.adjusted for one in result.numbers.systems} == {50}


def test_systems_that_differ_are_said_to_with_those_that_lie_apart():
    result = analyse_systems(APART)

    assert result.sentence.startswith("Systems differ: which system (stp) a unit is in explains more than 99 %")
    assert result.sentence.endswith("2 of 3 lie apart from the mean of all.")


def test_systems_may_differ_while_none_lies_apart_by_itself():
    rng = np.random.default_rng(5)
    while True:
        result = analyse_systems(grouped(*(rng.integers(40, 60, 4) + shift for shift in rng.integers(0, 9, 8))))
        if result.sentence.startswith("Systems differ") and "none lies apart" in result.sentence:
            break

    assert result.numbers.test.p <= 0.05


def test_each_system_has_its_means_and_the_parts_of_its_distance():
    units = grouped((10, 20, 30), (50, 60, 70), (40, 45, 20))
    result = analyse_systems(units, type_of=types(units, "aabaabaab"))

    first = result.numbers.systems[0]
    overall = 345 / 9
    means = {"a": (10 + 20 + 50 + 60 + 40 + 45) / 6, "b": (30 + 70 + 20) / 3}
    expected = (2 * means["a"] + means["b"]) / 3
    assert (first.system, first.n, first.counts) == ("s1", 3, {"a": 2, "b": 1})
    assert first.crude == 20
    assert first.direct == pytest.approx(6 / 9 * 15 + 3 / 9 * 30)
    assert first.indirect == pytest.approx(overall + 20 - expected)
    assert (first.mix, first.rate) == pytest.approx((expected - overall, 20 - expected))
    assert result.numbers.over_units == pytest.approx(overall)
    assert result.numbers.over_systems == pytest.approx((20 + 60 + 35) / 3)


@settings(max_examples=40)
@given(SCORES)
def test_mix_and_rate_add_up_to_the_distance_from_the_mean_of_all(scores):
    units = grouped(scores[:3], scores[3:7], scores[7:])
    found = analyse_systems(units, type_of=types(units, "abaabbaababb")).numbers

    for one in found.systems:
        assert one.mix + one.rate == pytest.approx(one.crude - found.over_units)
        assert min(scores) - 20 <= one.adjusted <= max(scores) + 20


def test_a_system_that_lacks_a_type_has_no_direct_mean_and_that_is_doubted():
    units = grouped((10, 20, 30), (50, 60, 70), (40, 45, 20))
    result = analyse_systems(units, type_of=types(units, "aaaaabaab"))

    assert result.numbers.systems[0].direct is None
    check = next(one for one in result.checked if "same types" in one.assumption)
    assert (check.outcome, check.found) == (Outcome.DOUBTFUL, "1 of 3 lack a type")
    columns = [column.name for column in result.tables[0].columns]
    assert columns == ["stp", "n", "plain mean", "direct", "indirect", "by mix", "by rate", "adjusted", "from", "to"]
    assert result.tables[0].lines[0][3] is None


def test_with_every_type_everywhere_the_mix_is_no_doubt_and_without_types_it_is_not_checked():
    units = grouped((10, 20), (50, 60), (40, 45))

    def outcome(result):
        return next(one.outcome for one in result.checked if "same types" in one.assumption)

    assert outcome(analyse_systems(units, type_of=types(units, "ababab"))) is Outcome.HOLDS
    assert outcome(analyse_systems(units)) is Outcome.NOT_CHECKED
    assert len(analyse_systems(units).tables[0].columns) == 6


def test_who_has_no_type_is_left_out_and_a_system_of_one_is_doubted():
    units = grouped((10, 20, 30), (50, 60, 70), (40, 45))
    result = analyse_systems(units, type_of=types(units, "aababba-"))

    assert result.left_out == (("X07 General", "no type"),)
    check = next(one for one in result.checked if "large enough" in one.assumption)
    assert (check.outcome, check.found) == (Outcome.DOUBTFUL, "1 to 3 units; 1 with one unit")


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (grouped((10, 20), (30, 40)), "4 units in 2 groups of stp"),
        (grouped((10,), (30,), (50,)), "3 units in 3 groups of stp"),
        (grouped((10, 10), (30, 30), (50, 50)), "do not differ within groups"),
    ],
)
def test_what_can_t_be_told_from_chance_is_refused(units, message):
    with pytest.raises(CannotAnalyse, match=message):
        analyse_systems(units)


def test_types_of_other_organisations_are_refused():
    with pytest.raises(CannotAnalyse, match="No unit has a type"):
        analyse_systems(ALIKE, type_of={"ZZZ": "a"})


def test_a_type_of_its_own_in_each_system_is_refused():
    with pytest.raises(CannotAnalyse, match="nothing to compare groups with"):
        analyse_systems(ALIKE, type_of=types(ALIKE, "aaabbbccc"))


def test_two_systems_are_split_in_mix_and_rate():
    units = grouped((10, 20, 30), (50, 60, 70), (40, 45, 20))
    split = split_systems(units, "s1", "s2", type_of=types(units, "aababbaab"))

    # Shares of a 2/3 and 1/3; means of a 15 and 50, of b 30 and 65.
    rate = (2 / 3 + 1 / 3) / 2 * (15 - 50) + (1 / 3 + 2 / 3) / 2 * (30 - 65)
    assert (split.difference, split.rate) == pytest.approx((20 - 60, rate))


def test_a_split_names_a_system_that_is_not_there_and_types_that_are_not_shared():
    with pytest.raises(CannotAnalyse, match="There is no stp s9"):
        split_systems(ALIKE, "s1", "s9", type_of=types(ALIKE, "aaabbbccc"))
    with pytest.raises(CannotAnalyse, match="s1 and s2 can't be split"):
        split_systems(ALIKE, "s1", "s2", type_of=types(ALIKE, "aaabbbccc"))
