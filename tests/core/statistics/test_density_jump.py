# SPDX-License-Identifier: MIT
"""A jump of a density at a cut: found where there is one, and seldom where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trigpoint.statistics import density_jump
from trigpoint.statistics.density_jump import FEWEST, choose_widths, count_windows, find_jump


def smooth(seed: int, n: int = 400):
    return np.random.default_rng(seed).normal(0.4, 1.0, n)


def moved(seed: int, n: int = 4000, share: float = 0.6):
    """Values of which some just below 0 were moved to just above it."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1.0, n)
    moves = (values > -0.4) & (values < 0) & (rng.random(n) < share)
    return np.where(moves, -values, values)


def slow_fit(values, widths, order: int):
    """The density on each side by its own weighted least squares, a value at a time."""
    n, found = len(values), []
    for side, width in enumerate(widths):
        rows, heights, weights = [], [], []
        for value in values:
            if (value >= 0) == bool(side) and abs(value) <= width:
                rows.append([(value / width) ** power for power in range(order + 1)])
                heights.append((sum(other <= value for other in values) - 1) / (n - 1))
                weights.append((1 - abs(value) / width) / width)
        root = np.sqrt(weights)[:, np.newaxis]
        terms, answers = np.array(rows) * root, np.array(heights)[:, np.newaxis] * root
        found.append(float(np.linalg.lstsq(terms, answers, rcond=None)[0][1, 0] / width))
    return tuple(found)


def test_densities_are_the_slopes_of_each_side_at_the_cut() -> None:
    values = smooth(1, 150)

    found = find_jump(values, 0, widths=(1.5, 1.2))

    assert (found.left, found.right) == pytest.approx(slow_fit(values.tolist(), (1.5, 1.2), 3), rel=1e-9)


def test_they_come_near_the_density_the_values_were_drawn_from() -> None:
    found = [find_jump(smooth(seed, 2000), 0) for seed in range(40)]

    truth = stats.norm.pdf(0, 0.4, 1)
    for side in ("left", "right"):
        densities = np.array([getattr(one, side) for one in found])
        assert abs(densities.mean() - truth) < 3 * densities.std(ddof=1) / math.sqrt(len(found))


def test_values_moved_across_the_cut_are_found() -> None:
    found = [find_jump(moved(seed), 0) for seed in range(20)]

    assert sum(one.p < 0.05 for one in found) >= 18
    assert all(one.right > one.left for one in found)


def test_where_nothing_was_moved_few_are_found() -> None:
    chance = [find_jump(smooth(seed), 0).p < 0.05 for seed in range(300)]

    # 15 of 300 expected; 5 to 27 in 99.8 % of such series, and the test is known to be somewhat cautious
    assert 3 <= sum(chance) <= 27


def test_a_shared_curve_finds_more_where_sides_bend_alike() -> None:
    apart = [find_jump(moved(seed, share=0.35), 0) for seed in range(40)]
    shared = [find_jump(moved(seed, share=0.35), 0, same_curve=True) for seed in range(40)]

    assert sum(one.p < 0.05 for one in shared) >= sum(one.p < 0.05 for one in apart)


@pytest.mark.parametrize("same_curve", [True, False])
def test_the_unit_of_the_values_does_not_matter_to_the_test(same_curve: bool) -> None:
    values = smooth(5)

    one, other = find_jump(values, 0.2, same_curve=same_curve), find_jump(values * 10 + 70, 72, same_curve=same_curve)

    assert other.t == pytest.approx(one.t, rel=1e-8)
    assert other.widths == pytest.approx([10 * width for width in one.widths])
    assert other.left == pytest.approx(one.left / 10)


def test_turning_the_values_round_turns_the_jump_round() -> None:
    values = smooth(6)

    one, other = find_jump(values, 0, widths=(1, 1.4)), find_jump(-values, 0, widths=(1.4, 1))

    # nearly: the distribution function counts values at or below, so it is not quite the same from the other end
    assert other.t == pytest.approx(-one.t, abs=0.02)


def test_the_order_of_the_values_does_not_matter() -> None:
    values = smooth(7)

    assert find_jump(values[::-1].copy(), 0) == find_jump(values, 0)


def test_whole_numbers_with_many_ties_can_be_tested() -> None:
    found = find_jump(np.round(np.random.default_rng(8).normal(72, 12, 600)), 70)

    assert 0 <= found.p <= 1
    assert found.n[0] + found.n[1] == 600


def test_n_is_counted_on_each_side_and_the_cut_belongs_above() -> None:
    values = np.concatenate([np.linspace(-2, -0.01, 50), np.linspace(0, 2, 70)])

    found = find_jump(values, 0, widths=(1, 1))

    assert found.n == (50, 70)
    assert found.used == (int((values[:50] >= -1).sum()), int((values[50:] <= 1).sum()))


def test_p_is_two_sided() -> None:
    found = find_jump(smooth(9), 0)

    assert found.p == pytest.approx(2 * (1 - stats.norm.cdf(abs(found.t))))


def test_widths_are_wider_for_fewer_values_and_hold_enough_of_them() -> None:
    many, few = choose_widths(smooth(10, 20_000), 0), choose_widths(smooth(10, 60), 0)

    assert max(many) < max(few)
    values = smooth(10, 60)
    assert (np.abs(values[values < 0]) <= few[0]).sum() >= FEWEST
    assert (values[values >= 0] <= few[1]).sum() >= FEWEST


def test_widths_end_where_the_values_end() -> None:
    values = np.linspace(-1, 1, 400)  # a straight distribution function has no bend, so any width would do

    assert max(choose_widths(values, 0)) <= 1
    assert max(choose_widths(values, 0, same_curve=True)) <= 1


def test_too_few_values_near_the_cut_are_refused() -> None:
    values = smooth(11)

    with pytest.raises(ValueError, match=r"values lie below the cut and within the width: a test takes 20"):
        find_jump(values, -9)
    with pytest.raises(ValueError, match="values lie above the cut"):
        find_jump(values, 9)
    with pytest.raises(ValueError, match="a width is above 0, got 0"):
        find_jump(values, 0, widths=(1, 0))


def test_windows_count_what_lies_just_below_and_just_above() -> None:
    near, far = count_windows(np.array([-3, -1, -0.5, 0, 0.5, 1, 2, 9.0]), 0, [1, 3])

    assert (near.below, near.above) == (2, 3)
    assert (far.below, far.above) == (3, 4)
    # 2 or fewer, or 3 or more, of 5: every split is at least as uneven
    assert near.p == 1
    assert far.p == pytest.approx(2 * sum(math.comb(7, k) for k in range(4)) / 2**7)


def test_a_window_that_holds_nothing_says_nothing() -> None:
    assert count_windows(np.array([-5.0, 5.0]), 0, [1])[0].p == 1

    with pytest.raises(ValueError, match="a distance from the cut is above 0"):
        count_windows(np.array([1.0]), 0, [0])


def test_a_straight_line_has_no_best_width() -> None:
    assert density_jump._best_width(1.0, 0.0, 100) == np.inf
    # a narrower one for more values, and for a stronger bend: to the power of -1/5 and -2/5
    assert density_jump._best_width(1.0, 2.0, 100) == pytest.approx((1 / (4 * 2**2 * 100)) ** (1 / 5))
