# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.publication.rounds import scores
from tests.support.frameworks import answer_table, draft, scored
from trigpoint.publication.score_rows import SCORE_COLUMNS, ScoreRow, basis_text, score_rows, score_text
from trigpoint.scoring import compile_plan, compile_under_rules_of, score_answers
from trigpoint.submissions import AnswerTable, Unit

BANDS = {
    "band_on": "raw",
    "bands": [{"id": "low", "title": "Low", "from": 0}, {"id": "high", "title": "High", "from": 50}],
}
MADE = draft({"top": {"one": ["q1", "q2", "q3"], "two": ["q4"]}}, bands=BANDS)


def test_there_is_a_row_for_each_unit_and_measure_parents_first() -> None:
    table = scored(MADE, {"q1": "yes"}, {"q4": "no"})

    assert [(row.organisation, row.measure) for row in score_rows(table)] == [
        ("X00", "top"),
        ("X00", "one"),
        ("X00", "two"),
        ("X01", "top"),
        ("X01", "one"),
        ("X01", "two"),
    ]


def test_a_row_carries_its_definition_and_its_counts() -> None:
    table = scored(MADE, {"q1": "yes", "q2": "partly", "q3": "dont_know", "q4": "not_applicable"})

    top, one, two = score_rows(table)

    assert top == ScoreRow(
        round="2020",
        organisation="X00",
        care_setting="General",
        measure="top",
        score=Fraction(100 + 50, 2),
        band="high",
        asked=4,
        answered=2,
        dont_know=1,
        not_applicable=1,
        not_shown=0,
        framework="made-up@1",
        basis="self",
    )
    assert (one.asked, one.dont_know) == (3, 1)
    assert (two.score, two.band, two.asked, two.not_applicable) == (None, None, 1, 1)


def test_cells_stand_in_the_order_of_the_columns_and_none_is_blank() -> None:
    _, one, two = score_rows(scored(MADE, {"q1": "yes", "q2": "partly", "q3": "no", "q4": "dont_know"}))

    assert ",".join(SCORE_COLUMNS) == (
        "round,organisation,care_setting,measure,score,band,asked,answered,dont_know,not_applicable,not_shown,"
        "framework,basis"
    )
    assert one.cells() == ("2020", "X00", "General", "one", "50", "high", "3", "3", "0", "0", "0", "made-up@1", "self")
    assert two.cells()[4:9] == ("", "", "1", "0", "1")


def test_the_basis_says_whose_rules_were_used() -> None:
    own = MADE.framework
    other = MADE.with_content(version="2").framework
    answers = answer_table(own, [{"q1": "yes"}])

    plain = score_answers(answers, compile_plan(own), basis="reviewed")
    mixed = score_answers(answers, compile_under_rules_of(own, other), basis="reviewed")

    assert basis_text(plain) == "reviewed"
    assert basis_text(mixed) == "reviewed; rules of made-up@2"
    assert {row.basis for row in score_rows(mixed)} == {"reviewed; rules of made-up@2"}


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (Fraction(70), "70"),
        (Fraction(0), "0"),
        (Fraction(-1), "-1"),
        (Fraction(145, 2), "72.5"),
        (Fraction(263, 3), "87.66666666666667"),
    ],
)
def test_scores_are_written_without_a_needless_point_and_with_all_their_digits(score: Fraction, text: str) -> None:
    assert score_text(score) == text


@given(st.fractions(min_value=-1000, max_value=1000))
def test_a_score_read_back_is_the_nearest_float(score: Fraction) -> None:
    assert float(score_text(score)) == float(score)


def test_rows_of_made_up_answers_say_so_and_say_it_once() -> None:
    answers = answer_table(MADE.framework, [{"q1": "yes"}])
    made_up = replace(answers, units=(Unit("ZZ301", name="Ashwick Synthetic Trust"),))

    first = score_answers(made_up, compile_plan(MADE.framework))
    again = score_answers(made_up, compile_plan(MADE.framework), basis=basis_text(first))

    assert (basis_text(first), basis_text(again)) == ("self; synthetic", "self; synthetic")


def test_the_basis_is_worked_out_once_however_many_rows_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[AnswerTable] = []

    def count(table: AnswerTable) -> bool:
        asked.append(table)
        return True

    monkeypatch.setattr("trigpoint.publication.score_rows.is_synthetic", count)

    rows = score_rows(scores())

    assert len(rows) == 4 * 3
    assert len(asked) == 1
    assert {row.basis for row in rows} == {"self; synthetic"}
