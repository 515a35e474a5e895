# SPDX-License-Identifier: MIT
"""Krippendorff's alpha: pair by pair, on each scale, with gaps, and refused where nothing can be told."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trigpoint.statistics.krippendorff import ValueScale, krippendorff_alpha

GAP = st.sampled_from([1.0, 2.0, 3.0, 4.0, math.nan])
TABLES = (
    st.integers(2, 4)
    .flatmap(lambda observers: st.lists(st.lists(GAP, min_size=observers, max_size=observers), min_size=3, max_size=12))
    .map(lambda units: np.array(units).T)
)


def usable(values):
    paired = values[:, np.isfinite(values).sum(axis=0) >= 2]
    there = paired[np.isfinite(paired)]
    assume(len(set(there.tolist())) > 1)
    return values


def slow_alpha(values, distance):
    """Every pair of values within units, and every pair at all."""
    units = [unit[np.isfinite(unit)].tolist() for unit in values.T]
    units = [unit for unit in units if len(unit) > 1]
    everything = [value for unit in units for value in unit]
    seen = sum(
        distance(a, b) / (len(unit) - 1)
        for unit in units
        for i, a in enumerate(unit)
        for j, b in enumerate(unit)
        if i != j
    ) / len(everything)
    chance = sum(distance(a, b) for i, a in enumerate(everything) for j, b in enumerate(everything) if i != j)
    return 1 - seen * len(everything) * (len(everything) - 1) / chance


@pytest.mark.parametrize(
    ("scale", "distance"),
    [
        (ValueScale.NOMINAL, lambda a, b: float(a != b)),
        (ValueScale.INTERVAL, lambda a, b: (a - b) ** 2),
        (ValueScale.RATIO, lambda a, b: ((a - b) / (a + b)) ** 2),
    ],
)
@given(values=TABLES)
def test_alpha_is_that_of_every_pair_of_values(scale, distance, values):
    found = krippendorff_alpha(usable(values), scale)

    assert found.alpha == pytest.approx(slow_alpha(values, distance))
    assert found.alpha <= 1


@given(TABLES)
def test_on_an_order_values_lie_apart_by_how_many_lie_between(values):
    values = usable(values)
    paired = values[:, np.isfinite(values).sum(axis=0) >= 2]
    counts = {level: int((paired == level).sum()) for level in (1.0, 2.0, 3.0, 4.0)}

    def distance(a, b):
        low, high = min(a, b), max(a, b)
        between = sum(count for level, count in counts.items() if low <= level <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    assert krippendorff_alpha(values, ValueScale.ORDINAL).alpha == pytest.approx(slow_alpha(values, distance))


@given(TABLES)
def test_neither_the_order_of_observers_nor_of_units_matters(values):
    values = usable(values)

    for scale in ValueScale:
        turned = krippendorff_alpha(values[::-1, ::-1], scale)
        assert turned.alpha == pytest.approx(krippendorff_alpha(values, scale).alpha)


def test_full_agreement_is_1_and_only_paired_values_count():
    values = np.array([[1.0, 2, 3, math.nan], [1, 2, math.nan, 4], [1, math.nan, math.nan, math.nan]])
    found = krippendorff_alpha(values, ValueScale.NOMINAL)

    assert (found.alpha, found.pairable, found.units) == (1, 5, 2)
    assert found.lower is None


def test_random_values_agree_by_chance():
    rng = np.random.default_rng(8)
    values = rng.integers(1, 5, (3, 400)).astype(float)

    assert krippendorff_alpha(values, ValueScale.NOMINAL).alpha == pytest.approx(0, abs=0.05)


def test_the_interval_comes_from_drawing_units_anew_and_is_the_same_for_a_seed():
    rng = np.random.default_rng(11)
    truth = rng.integers(1, 5, 60)
    values = np.where(rng.random((3, 60)) < 0.8, truth, rng.integers(1, 5, (3, 60))).astype(float)
    found, again = (
        krippendorff_alpha(values, ValueScale.INTERVAL, rng=np.random.default_rng(5), draws=300) for _ in range(2)
    )

    assert found == again
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < found.alpha < found.upper
    assert found.upper - found.lower < 0.4


def test_a_ratio_of_two_noughts_is_no_distance():
    values = np.array([[0.0, 1, 2], [0.0, 2, 2]])

    # Values 0 0 1 2 2 2. Within units one pair at 1/9. Of all: 2 x 4 pairs of a 0 at 1, and 1 x 3 at 1/9; both ways.
    seen, chance = 2 / 9, 2 * (2 * 4 * 1 + 3 / 9)
    found = krippendorff_alpha(values, ValueScale.RATIO).alpha
    assert found == pytest.approx(1 - 5 * seen / chance)


@pytest.mark.parametrize(
    ("values", "scale", "message"),
    [
        ([[1, math.nan], [math.nan, 2]], ValueScale.NOMINAL, "no unit has values of two observers"),
        ([[3, 3], [3, 3]], ValueScale.NOMINAL, "all values are the same"),
        ([[-1, 2], [1, 2]], ValueScale.RATIO, "no values below 0"),
    ],
)
def test_what_says_nothing_about_agreement_is_refused(values, scale, message):
    with pytest.raises(ValueError, match=message):
        krippendorff_alpha(np.array(values, float), scale)
