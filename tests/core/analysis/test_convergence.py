# SPDX-License-Identifier: MIT
"""Whether organisations came closer together: four groupings, the test of spread, and what may be said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trigpoint.analysis.convergence import ChosenOn, analyse_convergence
from trigpoint.analysis.matched_rounds import MatchedRounds
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse

SCORES = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=12, max_size=40)


def rounds(first, second, **left_out):
    keys = tuple((f"X{at:03}", "General") for at in range(len(first)))
    before, after = (tuple(Fraction(score) for score in scores) for scores in (first, second))
    absent = {(code, "General"): why for code, why in left_out.items()}
    return MatchedRounds("overall", ("2020", "2022"), keys, before, after, absent)


def group(result, chosen_on):
    return next(one for one in result.numbers.groups if one.chosen_on is chosen_on)


def outcome(result, words):
    return next(one for one in result.checked if words in one.assumption)


RISING = rounds(range(0, 100, 10), [25, 35, 30, 45, 50, 55, 60, 70, 80, 85])


def test_the_groups_are_worked_out_by_hand():
    result = analyse_convergence(RISING, size=5)

    # Changes 25 25 10 15 10 | 5 0 0 0 -5. Chosen on the later round the lowest are the same but in another order.
    assert result.numbers.mean_change == Fraction(85, 10)
    for chosen_on in ChosenOn:
        assert (group(result, chosen_on).lowest, group(result, chosen_on).highest) == (17, 0)


def test_each_grouping_takes_its_own_lowest():
    first = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]
    second = [90, 10, 20, 30, 40, 50, 60, 70, 80, 0]  # the lowest and the highest changed places
    result = analyse_convergence(rounds(first, second), size=5)

    assert group(result, ChosenOn.FIRST).lowest == 18
    assert group(result, ChosenOn.SECOND).lowest == -18
    assert group(result, ChosenOn.EACH).lowest == 0
    assert group(result, ChosenOn.EACH).highest == 0


def test_equals_at_the_cut_are_declared_with_what_they_could_make_of_it():
    first = [0, 0, 0, 0, 50, 50, 90, 90, 90, 90, 90, 95]
    second = [5, 5, 5, 5, 50, 60, 91, 92, 93, 94, 95, 95]
    result = analyse_convergence(rounds(first, second), size=5)

    lowest = group(result, ChosenOn.FIRST)
    assert lowest.lowest_between == (Fraction(20, 5), Fraction(30, 5))
    assert lowest.lowest_between[0] <= lowest.lowest <= lowest.lowest_between[1]
    row = next(one for one in result.rows if one.name == "mean change of the 5 lowest, chosen on the earlier round")
    assert row.note == "4.00 to 6.00, by which of equals are taken"


@given(SCORES)
def test_numbers_agree_with_a_second_way(pairs):
    first, second = (np.array(side, float) for side in zip(*pairs, strict=True))
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    size = len(pairs) // 2
    assume(size >= 5)
    found = analyse_convergence(rounds(*zip(*pairs, strict=True)), size=size).numbers

    change, slope = second - first, np.corrcoef(first, second)[0, 1]
    order = np.argsort(first, kind="stable")
    low, high = order[:size], np.argsort(-first, kind="stable")[:size]
    assert float(found.groups[0].lowest) == pytest.approx(change[low].mean())
    assert float(found.groups[0].highest) == pytest.approx(change[high].mean())
    assert float(found.groups[3].lowest) == pytest.approx(np.sort(second)[:size].mean() - np.sort(first)[:size].mean())
    expected = change.mean() + (slope - 1) * (first[low].mean() - first.mean())
    assert found.expected_lowest == pytest.approx(expected, abs=1e-9)
    for one in found.groups:
        assert one.lowest_between[0] <= one.lowest <= one.lowest_between[1]
        assert one.highest_between[0] <= one.highest <= one.highest_between[1]


@given(SCORES)
def test_turning_time_around_turns_every_change_around(pairs):
    first, second = zip(*pairs, strict=True)
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    size = len(pairs) // 2
    assume(size >= 5)

    there, back = (
        analyse_convergence(rounds(*sides), size=size).numbers for sides in ((first, second), (second, first))
    )

    assert there.groups[0].lowest_between == tuple(-one for one in reversed(back.groups[1].lowest_between))
    assert there.spread.t == pytest.approx(-back.spread.t)
    assert there.spread.p == pytest.approx(back.spread.p)


def test_chance_alone_is_what_the_groups_show_when_nothing_else_moved():
    random = np.random.default_rng(20)
    true = random.normal(60, 8, 4000)
    first, second = (np.clip(np.round(true + random.normal(0, 6, 4000)), 0, 100).astype(int).tolist() for _ in range(2))

    result = analyse_convergence(rounds(first, second), size=800)

    lowest = group(result, ChosenOn.FIRST)
    assert float(lowest.lowest) == pytest.approx(result.numbers.expected_lowest, abs=0.5)
    assert lowest.lowest - lowest.highest > 8  # which looks like a gap that closes, and is none
    assert result.sentence.startswith("The spread of scores did not change by more than chance explains")


def test_the_test_of_spread_rejects_as_often_as_it_says_and_the_groups_nearly_always():
    random = np.random.default_rng(21)
    rejected = by_groups = 0
    for _ in range(200):
        true = random.normal(50, 9, 60)
        first, second = ((true + random.normal(0, 5, 60)).round(3).tolist() for _ in range(2))
        found = analyse_convergence(rounds(first, second), size=15).numbers
        rejected += found.spread.p <= 0.05
        by_groups += found.groups[0].lowest > found.groups[0].highest
    assert 2 <= rejected <= 20  # of 200 at 5 %: 10 expected
    assert by_groups >= 195


def test_a_smaller_spread_is_said_with_its_groups_and_how_little_they_tell():
    random = np.random.default_rng(22)
    first = random.normal(50, 14, 100)
    second = 55 + (first - 50) * 0.5 + random.normal(0, 2, 100)

    result = analyse_convergence(rounds(first.round(2).tolist(), second.round(2).tolist()), size=20)

    assert result.sentence.startswith("The spread of scores became smaller (standard deviation")
    assert "p < 0.001" in result.sentence
    assert "the 20 lowest and highest tell little" in result.sentence
    assert "top of the scale" not in result.sentence
    assert outcome(result, "the top of the scale does not").outcome is Outcome.HOLDS


def test_a_larger_spread_is_said_as_such():
    result = analyse_convergence(rounds([48, 49, 50, 51, 52] * 4, [10, 30, 50, 70, 90] * 4), size=5)

    assert result.sentence.startswith("The spread of scores became larger")
    assert "rose by" in result.sentence


def test_many_at_the_top_make_it_doubtful_and_the_sentence_says_so():
    random = np.random.default_rng(23)
    first = random.normal(75, 10, 200)
    second = np.minimum(first + 18 + random.normal(0, 4, 200), 100)
    result = analyse_convergence(rounds(np.minimum(first, 100).round(1).tolist(), second.round(1).tolist()), size=50)

    near = outcome(result, "near the top")
    assert near.outcome is Outcome.DOUBTFUL
    assert near.found == f"{sum(first >= 94.95)} and {sum(second >= 94.95)} of 200 in the two rounds"
    assert outcome(result, "the top of the scale does not").outcome is Outcome.DOUBTFUL
    assert "But that may be the doing of the top of the scale" in result.sentence


def test_a_scale_that_is_not_0_to_100_has_no_look_without_its_top():
    result = analyse_convergence(rounds([-5, 0, 5, 9, 12] * 3, [1, 2, 3, 4, 6] * 3), size=5)

    assert result.numbers.without_ceiling is None
    assert outcome(result, "the top of the scale does not").outcome is Outcome.NOT_CHECKED
    assert "top of the scale" not in result.sentence


def test_it_says_of_whom_and_who_is_left_out():
    some = rounds(range(10), range(5, 15), X900="not in 2022")
    with pytest.raises(CannotAnalyse):
        analyse_convergence(rounds([1] * 10, range(10)), size=5)

    result = analyse_convergence(rounds(range(10), [0, 2, 2, 3, 5, 5, 6, 8, 8, 9], X900="not in 2022"), size=5)

    assert (result.n, result.of) == (10, 11)
    assert result.left_out == (("X900 General", "not in 2022"),)
    assert "matched by organisation code and care setting; the 5 lowest and highest" in result.definition
    assert all(row.n in {5, 10} for row in result.rows)
    assert some.changes == (5,) * 10


@pytest.mark.parametrize("size", [0, 4, 6, -1])
def test_groups_that_are_too_small_or_overlap_are_refused_with_what_can_be_taken(size):
    with pytest.raises(CannotAnalyse, match=f"Groups of {size} can't be taken at both ends of 10 units: .* 5 to 5"):
        analyse_convergence(RISING, size=size)


def test_all_equal_scores_are_refused():
    with pytest.raises(CannotAnalyse, match=r"The spread can't be compared: .* differ"):
        analyse_convergence(rounds([50] * 12, range(12)), size=5)


def test_a_shift_of_all_is_no_convergence():
    result = analyse_convergence(rounds(range(10), range(5, 15)), size=5)

    assert "did not change" in result.sentence
    assert result.numbers.expected_lowest == pytest.approx(5)
