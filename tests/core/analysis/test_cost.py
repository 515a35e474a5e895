# SPDX-License-Identifier: MIT
"""A national cost from a few: four ways, a warning, and no interval from fewer than five."""

from __future__ import annotations

import numpy as np
import pytest

from trigpoint.analysis.chart import DotChart
from trigpoint.analysis.cost import analyse_cost
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse


def made_up(known, population=100, seed=1):
    rng = np.random.default_rng(seed)
    sizes = {f"X{at:03}": float(size) for at, size in enumerate(rng.lognormal(5, 0.8, population))}
    costs = {code: sizes[code] * float(rng.lognormal(0, 0.3)) for code in list(sizes)[:known]}
    return costs, sizes


def test_the_headline_is_cost_per_size_times_all_size():
    costs, sizes = made_up(14)
    found = analyse_cost(costs, sizes).numbers

    ratio = sum(costs.values()) / sum(sizes[code] for code in costs)
    assert found.headline.total == pytest.approx(ratio * sum(sizes.values()))
    assert found.share_of_size == pytest.approx(sum(sizes[code] for code in costs) / sum(sizes.values()))


def test_four_ways_stand_side_by_side_in_rows_and_chart():
    result = analyse_cost(*made_up(14), unit="pounds")

    names = ["by size", "by a line on sizes", "by number", "by logarithms"]
    assert [row.name for row in result.rows] == names
    (chart,) = result.charts
    assert isinstance(chart, DotChart)
    assert [row.label for row in chart.rows] == names
    assert {row.unit for row in result.rows} == {"pounds"}
    for row, one in zip(result.rows, result.numbers.ways, strict=True):
        assert (row.value, row.lower, row.upper) == (one.total, one.lower, one.upper)


def test_fourteen_are_warned_of_and_thirty_are_not():
    few, many = analyse_cost(*made_up(14)), analyse_cost(*made_up(40))

    assert "From 14 organisations the interval is too narrow" in few.sentence
    assert "too narrow" not in many.sentence
    assert [one.checked[0].outcome for one in (few, many)] == [Outcome.DOUBTFUL, Outcome.HOLDS]


def test_ways_that_differ_widely_are_doubted():
    costs, sizes = made_up(14)
    largest = sorted(sizes, key=lambda code: -sizes[code])[:8]
    skewed = {code: costs.get(code, sizes[code]) for code in largest}

    assert analyse_cost(skewed, sizes).checked[1].outcome is Outcome.DOUBTFUL
    exact = {code: 2 * size for code, size in list(sizes.items())[:60]}
    assert analyse_cost(exact, sizes).numbers.headline.total == pytest.approx(2 * sum(sizes.values()))


def test_the_sentence_says_the_total_its_interval_and_the_other_ways():
    sizes = {f"X{at}": 10.0 + 0.01 * (at % 2) for at in range(40)}
    costs = {f"X{at}": 5.0 + at % 3 for at in range(30)}
    result = analyse_cost(costs, sizes)

    # Thirty costs of 5, 6 and 7 alike: 240 for all forty.
    assert result.sentence.startswith("By size the total is 240 cost (95 % interval 2")
    assert (result.n, result.of) == (30, 40)
    assert result.left_out[0] == ("X30", "cost not known")


@pytest.mark.parametrize(
    ("costs", "sizes", "message"),
    [
        ({"A": 1.0}, {"A": 1.0, "B": 2.0}, "1 costs of 2 organisations bear no interval: it takes 5"),
        (dict.fromkeys("ABCDEZ", 1.0), dict.fromkeys("ABCDEF", 1.0), "No size is given for Z"),
        (dict.fromkeys("ABCDE", 1.0), dict.fromkeys("ABCDEF", 0.0), "The cost can't be told"),
        (
            dict.fromkeys("ABCDE", -1.0),
            {one: float(at + 1) for at, one in enumerate("ABCDEF")},
            "The cost can't be told",
        ),
    ],
)
def test_what_tells_no_cost_is_refused(costs, sizes, message):
    with pytest.raises(CannotAnalyse, match=message):
        analyse_cost(costs, sizes)
