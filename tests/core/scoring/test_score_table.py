# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.support.frameworks import answer_table, draft, scored
from trigpoint.scoring import Score, ScoreTable, compile_plan, score_answers

BANDS = {
    "band_on": "rounded",
    "bands": [{"id": "low", "title": "Low", "from": 0}, {"id": "high", "title": "High", "from": 67}],
}
TREE = {"top": {"left": ["q1", "q2"], "right": ["q3"]}}
TABLE = scored(draft(TREE, bands=BANDS), {"q1": "yes", "q2": "partly", "q3": "dont_know"}, {"q1": "no"}, {"q3": "yes"})


def test_a_score_is_exact_and_carries_its_counts_and_band() -> None:
    assert TABLE.score(0, "top") == Score(Fraction(75), "high", 3, 2, 1, 0, 0)
    assert TABLE.score(1, "top") == Score(Fraction(0), "low", 3, 1, 0, 0, 0)


def test_no_score_has_no_value_and_no_band() -> None:
    assert TABLE.score(2, "left") == Score(None, None, 2, 0, 0, 0, 0)


def test_what_was_left_open_is_what_remains_of_what_was_asked() -> None:
    assert TABLE.score(1, "top").not_answered == 3 - 1
    assert Score(None, None, asked=10, answered=4, dont_know=3, not_applicable=2, not_shown=5).not_answered == 1


def test_coverage_is_the_share_answered_of_what_was_asked() -> None:
    assert TABLE.score(0, "top").coverage == pytest.approx(2 / 3)
    assert Score(None, None, 0, 0, 0, 0, 7).coverage is None


def test_scores_as_floats_have_nan_where_there_is_none() -> None:
    assert np.array_equal(TABLE.scores, [[75, 75, np.nan], [0, 0, np.nan], [100, np.nan, 100]], equal_nan=True)
    assert TABLE.scores.dtype == np.float64
    assert TABLE.scores is TABLE.scores


def test_a_column_is_the_scores_of_all_units_on_one_measure() -> None:
    assert np.array_equal(TABLE.column("right"), [np.nan, np.nan, 100], equal_nan=True)


@pytest.mark.parametrize("ask", ["column", "score"])
def test_an_unknown_measure_is_told_with_those_there_are(ask: str) -> None:
    with pytest.raises(KeyError, match="no measure 'bottom'; there are top, left, right"):
        TABLE.column("bottom") if ask == "column" else TABLE.score(0, "bottom")


def test_units_and_round_are_those_of_the_answers() -> None:
    assert [unit.organisation for unit in TABLE.units] == ["X00", "X01", "X02"]
    assert TABLE.round == "2020"


def test_bands_are_named_in_rising_order_and_absent_where_there_are_none() -> None:
    assert TABLE.band_ids == ("low", "high")
    assert TABLE.band_positions[:, 0].tolist() == [1, 0, 1]
    assert scored(draft(), {"q1": "yes"}).band_ids == ()
    assert scored(draft(), {"q1": "yes"}).score(0, "all").band is None


def with_fraction(top: object, bottom: object, kind: type) -> ScoreTable:
    framework = draft(["q1"]).framework
    table = score_answers(answer_table(framework, [{"q1": "yes"}]), compile_plan(framework))
    return replace(table, numerators=np.array([[top]], dtype=kind), denominators=np.array([[bottom]], dtype=kind))


@pytest.mark.parametrize(
    ("top", "bottom"),
    [(2**53 + 1, 1), (2**61 + 3, 2**53 + 1), (1, 2**61 + 1), (-(2**60) - 1, 7), (10**17 + 3, 10**15 + 7)],
)
def test_each_float_is_the_nearest_to_the_exact_score_also_where_its_parts_are_not_floats(
    top: int, bottom: int
) -> None:
    # rounding both parts before dividing would be off by a bit in some of these
    assert with_fraction(top, bottom, np.int64).scores[0, 0] == float(Fraction(top, bottom))
    assert with_fraction(top, bottom, object).scores[0, 0] == float(Fraction(top, bottom))


def test_parts_larger_than_any_float_still_give_a_score() -> None:
    table = with_fraction(2 * 10**400, 3 * 10**400, object)

    assert table.scores[0, 0] == 2 / 3
    assert table.score(0, "all").value == Fraction(2, 3)


def test_no_score_among_large_numbers_is_nan() -> None:
    assert np.isnan(with_fraction(0, 0, object).scores[0, 0])


def test_a_table_without_units_has_no_scores() -> None:
    assert scored(draft()).scores.shape == (0, 1)
