# SPDX-License-Identifier: MIT
from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from trigpoint.statistics.spread import compare_spread

PAIRS = st.lists(
    st.tuples(st.integers(min_value=0, max_value=100), st.integers(min_value=0, max_value=100)), min_size=4, max_size=40
)


def exact(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


def unzip(pairs: list[tuple[int, int]]) -> tuple[list[Fraction], list[Fraction]]:
    first, second = (exact(*(pair[at] for pair in pairs)) for at in (0, 1))
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    return first, second


def floats(values: Sequence[Fraction]) -> list[float]:
    return [float(value) for value in values]


def test_the_statistic_is_worked_out_from_the_two_variances_and_the_correlation() -> None:
    first, second = exact(10, 20, 30, 60), exact(30, 40, 30, 50)

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

    assert compare_spread(first, second).p == pytest.approx(
        stats.pearsonr(floats(change), floats(mean)).pvalue, abs=1e-9
    )


@given(PAIRS)
def test_turning_the_rounds_round_turns_the_sign_only(pairs: list[tuple[int, int]]) -> None:
    first, second = unzip(pairs)

    there, back = compare_spread(first, second), compare_spread(second, first)

    assert there.t == -back.t
    assert there.p == back.p
    assert 0 <= there.p <= 1


@given(PAIRS)
def test_adding_the_same_to_all_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    first, second = unzip(pairs)

    shifted = compare_spread([value + 7 for value in first], [value - 3 for value in second])

    assert shifted == compare_spread(first, second)


@given(PAIRS, st.fractions(min_value=-100, max_value=100, max_denominator=60))
def test_units_that_all_moved_by_the_same_amount_have_the_same_spread(
    pairs: list[tuple[int, int]], moved: Fraction
) -> None:
    first, _ = unzip(pairs)
    thirds = [value / 3 for value in first]  # scores are means: most have no end as decimals

    found = compare_spread(thirds, [value + moved for value in thirds])

    assert (found.t, found.p, found.correlation) == (0, 1, 1)


@given(PAIRS)
def test_a_mirrored_order_keeps_the_spread(pairs: list[tuple[int, int]]) -> None:
    first, _ = unzip(pairs)

    found = compare_spread(first, [100 - value for value in first])

    assert (found.t, found.p, found.correlation) == (0, 1, -1)


@given(PAIRS)
def test_a_spread_that_doubles_exactly_is_beyond_doubt(pairs: list[tuple[int, int]]) -> None:
    first, _ = unzip(pairs)

    found = compare_spread(first, [2 * value + 5 for value in first])

    assert (found.t, found.p) == (math.inf, 0)
    assert compare_spread([2 * value for value in first], first).t == -math.inf


def test_the_same_values_twice_have_the_same_spread() -> None:
    found = compare_spread(exact(1, 2, 4), exact(1, 2, 4))

    assert found.t == 0
    assert found.p == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (exact(1, 2), exact(1, 2), "3 or more pairs"),
        (exact(1, 2, 3), exact(1, 2), "3 and 2 values"),
        ([Fraction(1, 10)] * 3, exact(1, 2, 3), "differ from each other"),  # three times 0.1 is 0.30000000000000004
        (exact(1, 2, 3), [Fraction(1, 3)] * 3, "differ from each other"),
    ],
)
def test_values_that_cannot_be_tested_are_refused(first: list[Fraction], second: list[Fraction], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        compare_spread(first, second)
