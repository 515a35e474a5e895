# SPDX-License-Identifier: MIT
"""A voluntary round: what it says of all, what it can't, and who is refused."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.analysis.chart import DotChart
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.analysis.survey import analyse_survey
from trigpoint.errors import CannotAnalyse


def units(scores):
    keys = tuple((code, "General") for code in scores)
    return ScoredUnits("overall", "2017", keys, tuple(map(Fraction, scores.values())), {})


def made_up(large, small, *, asked=(10, 10)):
    """Scores of those who replied, large and small; as many asked of each kind as said."""
    scores = {f"L{at:02}": score for at, score in enumerate(large)} | {
        f"S{at:02}": score for at, score in enumerate(small)
    }
    kinds = {f"L{at:02}": "large" for at in range(asked[0])} | {f"S{at:02}": "small" for at in range(asked[1])}
    return units(scores), kinds


def analyse(large, small, **options):
    scored, kinds = made_up(large, small, **options)
    return analyse_survey(scored, kinds, [kinds])


def test_the_weighted_mean_gives_each_kind_its_share_of_all():
    found = analyse([80, 90], [10, 20, 30, 40, 50], asked=(5, 15)).numbers

    assert found.plain == pytest.approx(320 / 7)
    assert found.weighted is not None
    # Large are a quarter of all, at 85; small three quarters, at 30.
    assert found.weighted.value == pytest.approx(85 / 4 + 30 * 3 / 4)
    weights = np.array([2.5] * 2 + [3.0] * 5)
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def test_bounds_hold_whatever_the_others_would_say():
    found = analyse([80, 90], [10, 20, 30], asked=(4, 6)).numbers

    assert (found.bounds.lower, found.bounds.upper) == (230 / 10, (230 + 500) / 10)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=3, max_size=8), st.lists(st.integers(0, 100), min_size=3, max_size=8))
def test_both_means_lie_within_the_bounds(large, small):
    found = analyse(large, small).numbers

    assert found.weighted is not None
    for mean in (found.weighted.value, float(np.mean([*large, *small]) * (len(large) + len(small)) / 20)):
        assert found.bounds.lower - 1e-6 <= mean <= found.bounds.upper + 1e-6


def test_one_that_few_replied_to_is_called_not_representative():
    result = analyse([80, 90], [10], asked=(10, 10))

    assert result.sentence.startswith("Not representative: 3 of 20 organisations replied (15 %)")
    assert not result.numbers.is_representative
    assert result.checked[0].outcome is Outcome.DOUBTFUL


def test_one_that_one_kind_replied_to_is_called_so_too():
    result = analyse([80] * 8 + [70, 60], [10], asked=(10, 10))

    assert result.numbers.response.rate > 0.5
    assert result.numbers.response.indicator < 0.8
    assert result.sentence.startswith("Not representative")


def test_one_that_nearly_all_replied_to_is_representative():
    result = analyse(range(50, 59), range(40, 49))

    assert result.sentence.startswith("18 of 20 organisations replied (90 %)")
    assert result.checked[0].outcome is Outcome.HOLDS


def test_where_all_replied_there_is_no_doubt_left():
    result = analyse(range(50, 60), range(40, 50))
    found = result.numbers

    assert found.weighted is not None
    assert found.weighted.error == pytest.approx(0)
    assert found.bounds.lower == found.bounds.upper == pytest.approx(found.plain)
    assert found.tipping is None
    assert result.checked[1].outcome is Outcome.NOT_CHECKED


def test_the_tipping_point_takes_the_mean_of_all_to_the_end_of_its_interval():
    found = analyse([60, 62, 64, 66], [40, 41, 42, 43], asked=(6, 6)).numbers

    assert found.tipping is not None
    assert found.weighted is not None
    silent = 4 / 12
    assert found.plain + silent * found.tipping == pytest.approx(found.weighted.lower)


def test_a_kind_without_a_reply_can_t_be_weighted():
    result = analyse([80, 90, 70], [], asked=(5, 5))

    assert result.numbers.weighted is None
    assert result.sentence.endswith("It can't be weighted to all, as some class has no reply.")
    row = next(one for one in result.rows if one.name == "weighted mean")
    assert (row.value, row.note) == (None, "some class has no reply")
    (chart,) = result.charts
    assert isinstance(chart, DotChart)
    assert [one.label for one in chart.rows] == ["of those who replied", "whatever the others would say"]


def test_a_single_reply_has_no_weighted_mean():
    assert analyse([80], [], asked=(2, 0)).numbers.weighted is None


def test_classes_that_contradict_each_other_in_the_replies_are_not_forced():
    scored, kinds = made_up([80, 90], [10, 20], asked=(5, 5))
    # The second classing coincides with the first among those who replied, and not among all.
    other = {code: ("a" if code.startswith("L") else "b") for code in kinds} | {"L04": "b", "L03": "b"}

    assert analyse_survey(scored, kinds, [kinds, other]).numbers.weighted is None


def test_several_classings_are_met_at_once():
    scored, kinds = made_up(range(50, 58), range(40, 48))
    halves = {code: "odd" if int(code[1:]) % 2 else "even" for code in kinds}
    found = analyse_survey(scored, kinds, [kinds, halves]).numbers

    assert found.weighted is not None
    assert found.weighted.value == pytest.approx((53.5 + 43.5) / 2)


def test_who_did_not_reply_is_named_and_the_classes_are_shown():
    result = analyse([80, 90], [10], asked=(3, 2))

    assert [code for code, _ in result.left_out] == ["L02", "S01"]
    assert result.tables[0].lines == (("large", 3, 2, 2 / 3), ("small", 2, 1, 0.5))


@pytest.mark.parametrize(
    ("scores", "asked", "classings", "message"),
    [
        ({"AAA": 10}, ["BBB"], [{"BBB": "x"}], "Nobody who was asked replied"),
        ({"AAA": 10, "ZZZ": 20}, ["AAA"], [{"AAA": "x"}], "ZZZ replied and were not asked"),
        ({"AAA": 10}, ["AAA", "BBB"], [{"AAA": "x"}], "needs a class: BBB"),
        ({"AAA": 10}, ["AAA"], [], "needs a class: none is given"),
    ],
)
def test_what_can_t_speak_for_all_is_refused(scores, asked, classings, message):
    with pytest.raises(CannotAnalyse, match=message):
        analyse_survey(units(scores), asked, classings)
