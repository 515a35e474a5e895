# SPDX-License-Identifier: MIT
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.spread import compare_spread

PAIRS = st.lists(
    st.tuples(st.integers(min_value=0, max_value=100), st.integers(min_value=0, max_value=100)), min_size=4, max_size=40
)


def unzip(pairs: list[tuple[int, int]]) -> tuple[list[float], list[float]]:
    first, second = ([float(pair[at]) for pair in pairs] for at in (0, 1))
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    assume(abs(np.corrcoef(first, second)[0, 1]) < 0.999)
    return first, second


def test_the_statistic_is_worked_out_from_the_two_variances_and_the_correlation() -> None:
    first, second = [10.0, 20.0, 30.0, 60.0], [30.0, 40.0, 30.0, 50.0]

    found = compare_spread(first, second)

    # Sums of squares about the means 30 and 37.5: 400 + 100 + 0 + 900 = 1400; 56.25 + 6.25 + 56.25 + 156.25 = 275.
    # Sum of products: 150 - 25 + 0 + 375 = 500.
    variance_first, variance_second, r = 1400 / 3, 275 / 3, 500 / math.sqrt(1400 * 275)
    t = math.sqrt(4 - 2) * (variance_second - variance_first)
    t /= 2 * math.sqrt(variance_first * variance_second) * math.sqrt(1 - r**2)
    assert found.first == pytest.approx(math.sqrt(variance_first))
    assert found.second == pytest.approx(math.sqrt(variance_second))
    assert found.correlation == pytest.approx(r)
    assert found.t == pytest.approx(t)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), 2))


@given(PAIRS)
def test_it_is_the_test_of_correlation_between_change_and_mean(pairs: list[tuple[int, int]]) -> None:
    first, second = unzip(pairs)
    change = [after - before for before, after in zip(first, second, strict=True)]
    mean = [(after + before) / 2 for before, after in zip(first, second, strict=True)]
    assume(len(set(change)) > 1 and len(set(mean)) > 1)

    assert compare_spread(first, second).p == pytest.approx(stats.pearsonr(change, mean).pvalue, abs=1e-9)


@given(PAIRS)
def test_turning_the_rounds_round_turns_the_sign_only(pairs: list[tuple[int, int]]) -> None:
    first, second = unzip(pairs)

    there, back = compare_spread(first, second), compare_spread(second, first)

    assert there.t == pytest.approx(-back.t)
    assert there.p == pytest.approx(back.p)
    assert 0 <= there.p <= 1


@given(PAIRS)
def test_adding_the_same_to_all_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    first, second = unzip(pairs)

    shifted = compare_spread([value + 7 for value in first], [value - 3 for value in second])

    assert shifted.t == pytest.approx(compare_spread(first, second).t, abs=1e-9)


def test_a_spread_that_doubles_exactly_is_beyond_doubt() -> None:
    found = compare_spread([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])

    assert found.t > 1000
    assert found.p < 0.001


def test_the_same_values_twice_have_the_same_spread() -> None:
    found = compare_spread([1.0, 2.0, 4.0], [1.0, 2.0, 4.0])

    assert found.t == 0
    assert found.p == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ([1.0, 2.0], [1.0, 2.0], "3 or more pairs"),
        ([1.0, 2.0, 3.0], [1.0, 2.0], "3 and 2 values"),
        ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], "differ from each other"),
        ([1.0, 2.0, 3.0], [5.0, 5.0, 5.0], "differ from each other"),
    ],
)
def test_values_that_cannot_be_tested_are_refused(first: list[float], second: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        compare_spread(first, second)
