# SPDX-License-Identifier: MIT
"""How scores and answers lie: exact percentiles, bands that add up, and the missing states apart."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from trigpoint.analysis.distribution import POINTS, analyse_distribution
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions import Missing

RETURNS = {
    "AAA": (10, 20),
    "BBB": (30, 30),
    "CCC": (50, 70),
    "DDD": (90, 90),
    "EEE": (None, Missing.DONT_KNOW),
    "FFF": (Missing.NOT_APPLICABLE, 10),
}


def analyse(returns=RETURNS, **options):
    made = made_up_round("1", returns)
    table = score_answers(made.answers, compile_plan(made.framework))
    return analyse_distribution(table, made.framework, "overall", **options)


def test_percentiles_are_exact_and_lie_in_proportion():
    found = analyse().numbers

    # Scores 15, 30, 60, 90: a quarter of the way along three steps is 30 - (30 - 15) / 4.
    assert found.mean == Fraction(195, 4)
    assert dict(zip(POINTS, found.percentiles, strict=True)) == {
        5: Fraction(15) + Fraction(3, 20) * 15,
        25: Fraction(15) + Fraction(3, 4) * 15,
        50: 45,
        75: Fraction(60) + Fraction(1, 4) * 30,
        95: Fraction(60) + Fraction(17, 20) * 30,
    }


def test_percentiles_are_those_of_numpy():
    scores = [15, 30, 60, 90]

    assert [float(one) for one in analyse().numbers.percentiles] == pytest.approx(np.percentile(scores, POINTS))


def test_bands_count_every_unit_with_a_score_once():
    found = analyse().numbers

    assert [(one.band, one.count) for one in found.bands] == [("low", 2), ("high", 2)]
    row = next(one for one in analyse().rows if one.name == "share in band low")
    assert (row.value, row.note) == (0.5, "2")
    assert row.lower is not None
    assert row.lower < 0.5


def test_answers_are_counted_with_each_way_of_being_missing_apart():
    plan, tools = analyse().numbers.answers

    assert plan.question == "plan"
    assert {code: count for code, count in plan.given.items() if count} == {"p10": 1, "p30": 1, "p50": 1, "p90": 1}
    assert plan.missing == {
        Missing.NOT_SHOWN: 0,
        Missing.NOT_APPLICABLE: 1,
        Missing.DONT_KNOW: 0,
        Missing.NOT_ANSWERED: 1,
    }
    assert tools.missing[Missing.DONT_KNOW] == 1
    for one in (plan, tools):
        assert sum(one.given.values()) + sum(one.missing.values()) == len(RETURNS)


def test_groups_of_five_or_more_have_percentiles_and_smaller_ones_do_not():
    returns = {f"X{at:02}": (10 * at, 10 * at) for at in range(10)}
    group_of = {f"X{at:02}": "large" if at < 6 else "small" for at in range(9)}
    found = analyse(returns, group_of=group_of)

    assert set(found.numbers.by_group) == {"large"}
    n, percentiles = found.numbers.by_group["large"]
    assert (n, percentiles[2]) == (6, 25)
    assert [table.title for table in found.tables] == ["By group", "Answers to each question, counts of units"]
    assert [row.label for row in found.charts[0].rows] == ["all", "large (n = 6)"]


def test_the_sentence_says_the_middle_and_the_bands():
    assert analyse().sentence == (
        "Half of the units score between 26.2 and 67.5, the middle one 45.0; nine in ten lie between 17.2 and 85.5. "
        "Of 4, 2 are low and 2 are high."
    )


def test_units_without_a_score_are_named_and_doubted():
    result = analyse()

    assert (result.n, result.of) == (4, 6)
    assert [unit for unit, _ in result.left_out] == ["EEE General", "FFF General"]
    assert result.checked[0].outcome is Outcome.DOUBTFUL
    assert analyse({"AAA": (10, 20)}).checked[0].outcome is Outcome.HOLDS


def test_a_framework_without_bands_says_nothing_of_them():
    made = made_up_round("1", {"AAA": (10, 20), "BBB": (50, 50)}, bands="")
    table = score_answers(made.answers, compile_plan(made.framework))
    result = analyse_distribution(table, made.framework, "overall")

    assert result.numbers.bands == ()
    assert " Of " not in result.sentence


def test_nobody_with_a_score_is_refused():
    with pytest.raises(CannotAnalyse, match="No unit of 1 has a score"):
        analyse({"AAA": (None, None)})
