# SPDX-License-Identifier: MIT
"""Sobol's indices: known functions, by enumeration, and no index from too few points."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from trigpoint.statistics.sobol import design_points, sobol_indices


def rng(seed=1):
    return np.random.default_rng(seed)


def indices(function, choices, n=4096, seed=1):
    return sobol_indices(function(design_points(choices, n, rng=rng(seed))), choices, rng=rng(seed), draws=100)


def test_points_are_two_samples_and_a_mixture_for_each_choice():
    points = design_points(3, 8, rng=rng(), allow_few=True)
    one, other = points[:8], points[8:16]

    assert points.shape == (40, 3)
    assert ((points >= 0) & (points < 1)).all()
    for at in range(3):
        mixed = points[16 + 8 * at : 24 + 8 * at]
        assert np.array_equal(mixed[:, at], other[:, at])
        rest = [column for column in range(3) if column != at]
        assert np.array_equal(mixed[:, rest], one[:, rest])


def test_of_a_sum_each_choice_makes_its_own_variance():
    found = indices(lambda points: points @ np.array([1.0, 2, 3]), 3)

    shares = np.array([1, 4, 9]) / 14
    assert found.first == pytest.approx(shares, abs=0.02)
    assert found.total == pytest.approx(shares, abs=0.02)


def test_of_the_function_of_ishigami_they_are_as_derived():
    def ishigami(points):
        x, y, z = (2 * math.pi * points - math.pi).T
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = indices(ishigami, 3)
    variance = 7**2 / 8 + 0.1 * math.pi**4 / 5 + 0.01 * math.pi**8 / 18 + 0.5
    first = [(1 + 0.1 * math.pi**4 / 5) ** 2 / 2 / variance, 7**2 / 8 / variance, 0]
    both = 0.01 * math.pi**8 * (1 / 18 - 1 / 50) / variance
    assert found.first == pytest.approx(first, abs=0.02)
    assert found.total == pytest.approx([first[0] + both, first[1], both], abs=0.02)


def test_of_yes_and_no_choices_they_are_those_of_every_combination():
    effects = dict(zip(product((0, 1), repeat=2), (1.0, 2, 4, 11), strict=True))
    found = indices(lambda points: np.array([effects[tuple(int(one >= 0.5) for one in point)] for point in points]), 2)

    values = np.array(list(effects.values())).reshape(2, 2)
    first = [values.mean(axis=1).var() / values.var(), values.mean(axis=0).var() / values.var()]
    assert found.first == pytest.approx(first, abs=0.03)
    assert found.total == pytest.approx([1 - first[1], 1 - first[0]], abs=0.03)


def test_a_choice_that_moves_nothing_has_indices_of_0_and_intervals_hold_the_truth():
    found = indices(lambda points: points[:, 0], 2)

    assert (found.first[1], found.total[1]) == (pytest.approx(0, abs=1e-9), 0)
    assert (found.first_lower <= found.first).all()
    assert (found.first_upper >= found.first).all()
    assert found.first_lower[0] <= 1 <= found.first_upper[0]
    assert (found.total_lower <= found.total + 1e-12).all()


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    shares = np.array([1, 4, 9]) / 14
    held = []
    for seed in range(60):
        points = np.random.default_rng(seed).random((1024 * 2, 3))
        one, other = points[:1024], points[1024:]
        mixed = [np.where(np.arange(3) == at, other, one) for at in range(3)]
        results = np.vstack([one, other, *mixed]) @ np.array([1.0, 2, 3])
        found = sobol_indices(results, 3, rng=rng(seed), draws=200)
        held.append((found.total_lower <= shares) & (shares <= found.total_upper))

    assert np.mean(held) == pytest.approx(0.95, abs=0.06)


def test_the_same_seed_gives_the_same():
    def squared(points):
        return points[:, 0] ** 2 + points[:, 1]

    assert np.array_equal(indices(squared, 2, seed=4).first, indices(squared, 2, seed=4).first)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: design_points(2, 128, rng=rng()), "128 points are too few"),
        (lambda: design_points(2, 1000, rng=rng()), "powers of 2"),
        (lambda: design_points(0, 1024, rng=rng()), "one choice or more"),
        (lambda: sobol_indices(np.ones(9), 2, rng=rng()), "9 results are not those of 2 choices"),
        (lambda: sobol_indices(np.full(8, np.nan), 2, rng=rng()), "not those of 2 choices"),
        (lambda: sobol_indices(np.ones(8), 2, rng=rng()), "never changes"),
    ],
)
def test_what_has_no_indices_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_draws_without_any_difference_count_for_nothing():
    # Of two points drawn anew, some draws take one twice.
    found = sobol_indices(np.array([0.0, 1, 0, 1, 0, 1]), 1, rng=rng(), draws=50)

    assert np.isfinite(found.total_upper).all()
