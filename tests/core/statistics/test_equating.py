# SPDX-License-Identifier: MIT
"""Linking forms given to like people: by hand, by percentile ranks one by one, and with what smoothing keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.statistics.equating import ScoreCounts, link_by_line, link_by_mean, link_by_percentile, smooth

COUNTS = st.lists(st.integers(0, 30), min_size=5, max_size=12).filter(lambda counts: np.count_nonzero(counts) >= 3)
MANY = st.lists(st.integers(1, 30), min_size=5, max_size=12)


def counted(*counts):
    return ScoreCounts(np.array(counts, float))


def test_links_are_worked_out_by_hand():
    first, second = counted(1, 2, 1), counted(0, 1, 0, 1)

    # Means 1 and 2; squares 1 + 1 over 3, and 1 + 1 over 1.
    assert link_by_mean(first, second).at(np.array([0.0, 2])).tolist() == [1, 3]
    line = link_by_line(first, second)
    assert line.slope == pytest.approx(np.sqrt(2 / (2 / 3)))
    assert line.at(np.array([1.0]))[0] == pytest.approx(2)


@given(COUNTS)
def test_a_form_is_linked_to_itself_as_it_is(counts):
    form = counted(*counts)
    scores = np.arange(len(counts), dtype=float)
    had = np.array(counts) > 0

    assert link_by_line(form, form).at(scores) == pytest.approx(scores)
    assert link_by_percentile(form, form)[had] == pytest.approx(scores[had])


def slow_percentile(first, second):
    """Kolen and Brennan's formulas, score by score."""
    found = []
    f, g = first / first.sum(), second / second.sum()
    for x in range(len(f)):
        rank = f[:x].sum() + f[x] / 2
        if rank <= 0:
            found.append(-0.5)
            continue
        y = next((y for y in range(len(g)) if g[: y + 1].sum() >= rank - 1e-12), len(g) - 1)
        found.append(y - 0.5 + (rank - g[:y].sum()) / g[y])
    return found


@given(MANY, MANY)
def test_percentiles_agree_with_the_formulas_score_by_score(first, second):
    one, other = counted(*first), counted(*second)

    assert link_by_percentile(one, other) == pytest.approx(slow_percentile(one.counts, other.counts), abs=1e-9)


@given(COUNTS, COUNTS)
def test_a_higher_score_is_never_linked_to_a_lower_one(first, second):
    found = link_by_percentile(counted(*first), counted(*second))

    assert (np.diff(found) >= -1e-9).all()
    assert (found >= -0.5).all()
    assert (found <= len(second) - 0.5 + 1e-9).all()


def test_a_score_that_nobody_reached_stands_at_the_foot():
    assert link_by_percentile(counted(0, 3, 2), counted(1, 1, 1))[0] == -0.5


@settings(max_examples=40)
@given(MANY, st.integers(1, 3))
def test_smoothing_keeps_the_moments_it_is_asked_to(counts, degree):
    raw = counted(*counts)
    smoothed = smooth(raw, degree)

    x = np.arange(len(counts))
    for power in range(degree + 1):
        assert (smoothed.counts * x**power).sum() == pytest.approx((raw.counts * x**power).sum(), rel=1e-6)
    assert (smoothed.counts > 0).all()


def test_smoothing_by_as_many_moments_as_there_are_scores_less_one_changes_little():
    raw = counted(3, 9, 14, 8, 2)

    assert smooth(raw, 4).counts == pytest.approx(raw.counts, rel=1e-6)
    away = np.abs(smooth(raw, 1).counts - raw.counts).sum()
    assert away > 5


def test_a_far_start_gets_there_too():
    raw = counted(*[0] * 10, 1, 500, 20, *[0] * 10)

    assert smooth(raw, 2).mean == pytest.approx(raw.mean)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: counted(0, 0), "not all 0"),
        (lambda: counted(1, -1), "0 or more"),
        (lambda: link_by_line(counted(0, 5), counted(1, 1)), "scores that differ"),
        (lambda: link_by_line(counted(1), counted(1, 1)), "scores that differ"),
        (lambda: smooth(counted(1, 2, 1), 3), "3 different scores can't show 3 moments"),
        (lambda: smooth(counted(1, 2, 1), 0), "can't show 0 moments"),
    ],
)
def test_what_links_nothing_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
