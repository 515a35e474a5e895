# SPDX-License-Identifier: MIT
"""Funnels and inequality of scores: who lies outside, and where unequal shares lie."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from trigpoint.analysis.chart import PlaneChart
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import GroupedUnits, ScoredUnits
from trigpoint.analysis.spread import analyse_funnel, analyse_inequality
from trigpoint.errors import CannotAnalyse


def grouped(*groups):
    scores = [Fraction(str(score)) for group in groups for score in group]
    keys = tuple((f"X{at:03}", "General") for at in range(len(scores)))
    names = tuple(f"g{at:02}" for at, group in enumerate(groups) for _ in group)
    return GroupedUnits(
        ScoredUnits("overall", "2017", keys, tuple(scores), {("GONE", "General"): "no icb"}), "icb", names
    )


def alike(rng, count=12, size=8):
    return [rng.normal(60, 10, size).round(2).tolist() for _ in range(count)]


def test_groups_that_differ_by_chance_lie_inside():
    result = analyse_funnel(grouped(*alike(np.random.default_rng(1))))

    assert result.sentence.startswith("No group lies outside the 95 % limits, once it is allowed for")
    assert result.checked[0].outcome is Outcome.HOLDS
    assert {one.with_spread for one in result.numbers.groups} == {0}


def test_a_group_far_off_stands_out_in_sentence_table_and_chart():
    groups = alike(np.random.default_rng(1))
    groups[3] = [score + 45 for score in groups[3]]
    result = analyse_funnel(grouped(*groups))

    assert result.sentence.startswith("Outside the 95 % limits lie g03, once")
    out = result.numbers.groups[3]
    assert (out.by_chance, out.with_spread) == (2, 2)
    assert result.tables[0].lines[3][-1] == "beyond 99.8 %"
    chart = result.charts[0]
    assert isinstance(chart, PlaneChart)
    assert [point.label for point in chart.points if point.stands_out] == ["g03"]


def test_the_errors_are_the_spread_of_all_over_root_n():
    units = grouped([10, 20], [30, 40], [20, 30], [50, 60], [40, 30], [20, 50, 60, 30])
    found = analyse_funnel(units).numbers

    target, spread = units.values.mean(), units.values.std(ddof=1)
    z = [(one.mean - target) / (spread / np.sqrt(one.n)) for one in found.groups]
    low, high = np.quantile(z, (0.1, 0.9))
    assert found.phi == pytest.approx(np.mean(np.clip(z, low, high) ** 2))
    assert found.target == pytest.approx(target)


@pytest.mark.parametrize("groups", [[[10, 20]] * 4, [[50]] * 6])
def test_what_makes_no_funnel_is_refused(groups):
    with pytest.raises(CannotAnalyse, match="There is no funnel"):
        analyse_funnel(grouped(*groups))


def test_inequality_lies_between_and_within_groups_and_adds_up():
    units = grouped([10, 20, 30], [50, 60, 70])
    result = analyse_inequality(units.units, groups=units)
    found = result.numbers

    assert found.between is not None
    assert found.within is not None
    assert found.between + found.within == pytest.approx(found.theil)
    assert sum(found.by_group.values()) == pytest.approx(found.within)
    differences = [abs(a - b) for a in units.values for b in units.values]
    assert found.gini == pytest.approx(np.mean(differences) / 2 / units.values.mean())
    assert "lies between groups by icb" in result.sentence


def test_without_groups_there_are_no_parts():
    result = analyse_inequality(grouped([10, 20, 30]).units)

    assert (result.numbers.between, result.numbers.within) == (None, None)
    assert result.sentence == "Two units taken at random differ by 44 % of the mean score (Gini 0.222)."
    assert [row.name for row in result.rows] == ["Gini's index", "Theil's T"]


def test_where_all_are_alike_nothing_is_unequal():
    units = grouped([50, 50], [50, 50])

    assert "0 % lies between groups" in analyse_inequality(units.units, groups=units).sentence


@pytest.mark.parametrize("scores", [[0, 0], [10, -5]])
def test_scores_that_have_no_inequality_are_refused(scores):
    with pytest.raises(CannotAnalyse, match="Inequality can't be told"):
        analyse_inequality(grouped(scores).units)
