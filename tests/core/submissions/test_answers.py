# SPDX-License-Identifier: MIT
from __future__ import annotations

import hashlib
import math
import struct
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.support.frameworks import Return, answer_table, draft, number_scale
from trigpoint.frameworks import Framework
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.answers import check_answers, code_of
from trigpoint.submissions.questionnaire import build_answers


def with_a_number(**limits: Any) -> Framework:
    """Two questions on a scale of three answers, and one that is a number."""
    of = draft(["q1", "q2"])
    wards = {"id": "wards", "measure": "all", "scale": "count", "text": "How many?"}
    return (
        of.with_content(
            questions=[*of.content["questions"], wards], scales=[*of.content["scales"], number_scale("count", **limits)]
        )
        .with_scoring(points={**of.scoring["points"], "count": [[0, 0], [1, 100]]})
        .framework
    )


FRAMEWORK = with_a_number()
TABLE = answer_table(
    FRAMEWORK,
    [
        {"q1": "yes", "q2": "dont_know", "wards": 4},
        {"q1": "no", "wards": 2.5},
        {"q2": "partly", "wards": "not_applicable"},
    ],
)


def spoiled(row: int, question: str, code: int | None = None, number: float | None = None) -> AnswerTable:
    """The table with one answer replaced behind the back of every check."""
    codes, numbers = TABLE.codes.copy(), {name: column.copy() for name, column in TABLE.numbers.items()}
    if code is not None:
        codes[row, TABLE.questions.index(question)] = code
    if number is not None:
        numbers[question][row] = number
    return replace(TABLE, codes=codes, numbers=numbers)


def test_an_answer_is_a_code_a_number_or_a_way_of_being_missing() -> None:
    assert [TABLE.answer(0, question, FRAMEWORK) for question in ("q1", "q2", "wards")] == [
        "yes",
        Missing.DONT_KNOW,
        4.0,
    ]
    assert TABLE.answer(1, "q2", FRAMEWORK) is Missing.NOT_ANSWERED
    assert TABLE.answer(2, "wards", FRAMEWORK) is Missing.NOT_APPLICABLE


def test_codes_count_up_from_the_least_answer() -> None:
    assert [TABLE.codes[row, 0] for row in range(2)] == [2, 0]
    assert code_of("partly", ("no", "partly", "yes")) == 1


def test_a_number_has_the_code_of_an_answer_and_stands_in_its_own_column() -> None:
    assert TABLE.codes[:, 2].tolist() == [0, 0, 253]
    assert np.array_equal(TABLE.numbers["wards"], [4, 2.5, math.nan], equal_nan=True)


@pytest.mark.parametrize("answer", ["maybe", 1.0, 0.0])
def test_an_answer_outside_a_scale_of_options_has_no_code(answer: str | float) -> None:
    with pytest.raises(ValueError, match="not in"):
        code_of(answer, ("no", "yes"))


@pytest.mark.parametrize("answer", [math.nan, "many"])
def test_what_is_no_number_has_no_code_on_a_scale_of_numbers(answer: str | float) -> None:
    with pytest.raises(ValueError, match="not in"):
        code_of(answer, ())


def test_a_table_must_have_a_row_for_each_unit_and_a_byte_for_each_answer() -> None:
    with pytest.raises(AssertionError, match="one row a unit"):
        replace(TABLE, units=TABLE.units[:2])
    with pytest.raises(AssertionError, match="one byte"):
        replace(TABLE, codes=TABLE.codes.astype(np.int64))


@pytest.mark.parametrize(
    ("rows", "organisations"),
    [
        (np.array([2, 0]), ["X02", "X00"]),
        (np.array([False, True, False]), ["X01"]),
        (slice(1, None), ["X01", "X02"]),
        (np.array([], dtype=np.intp), []),
    ],
)
def test_units_are_chosen_by_position_mask_or_slice(rows: object, organisations: list[str]) -> None:
    chosen = TABLE.only(rows)  # type: ignore[arg-type]

    assert [unit.organisation for unit in chosen.units] == organisations
    assert [TABLE.units[at].organisation for at in range(3)] == ["X00", "X01", "X02"]
    assert chosen.codes.shape == (len(organisations), 3)
    assert len(chosen.numbers["wards"]) == len(organisations)


def test_a_choice_keeps_each_unit_with_its_own_answers() -> None:
    chosen = TABLE.only(np.array([2, 0]))

    assert chosen.answer(0, "q2", FRAMEWORK) == "partly"
    assert chosen.answer(1, "wards", FRAMEWORK) == 4.0


# The hash


def test_the_same_answers_have_the_same_hash() -> None:
    again = build_answers(FRAMEWORK, [(unit, {}) for unit in TABLE.units])

    assert replace(again, codes=TABLE.codes.copy(), numbers=dict(TABLE.numbers)).hash == TABLE.hash
    assert len(TABLE.hash) == 64


def test_two_returns_of_one_unit_may_be_swapped_without_changing_the_hash() -> None:
    twins = (Unit("X00"), Unit("X00"))
    one = build_answers(FRAMEWORK, list(zip(twins, [{"wards": 1}, {"wards": 2}], strict=True)))
    two = build_answers(FRAMEWORK, list(zip(twins, [{"wards": 2}, {"wards": 1}], strict=True)))

    assert one.hash == two.hash


def test_nothing_and_minus_nothing_are_one_number() -> None:
    assert spoiled(0, "wards", number=-0.0).hash == spoiled(0, "wards", number=0.0).hash


def test_a_missing_number_is_missing_whatever_its_bytes() -> None:
    negative_nan = np.copysign(math.nan, -1.0)

    assert spoiled(2, "wards", number=float(negative_nan)).hash == TABLE.hash


@pytest.mark.parametrize(
    "other",
    [
        spoiled(0, "q1", code=1),
        spoiled(1, "q2", code=254),
        spoiled(0, "wards", number=4.5),
        replace(TABLE, round="another"),
        replace(TABLE, framework_hash="another"),
        replace(TABLE, units=(*TABLE.units[:2], Unit("X99"))),
        replace(TABLE, units=(*TABLE.units[:2], replace(TABLE.units[2], care_setting="Acute"))),
        replace(TABLE, questions=("q2", "q1", "wards")),
        TABLE.only(slice(2)),
        replace(TABLE, numbers={}),
    ],
)
def test_anything_else_has_another_hash(other: AnswerTable) -> None:
    assert other.hash != TABLE.hash


def test_the_hash_is_of_bytes_that_anybody_can_write_down() -> None:
    unit = Unit("RX1", "General", "The “Câre”", ("acute", "community"))
    table = build_answers(FRAMEWORK, [(unit, {"q1": "yes", "wards": 2.5})])
    told = (
        r'{"care_setting": "General", "care_settings": ["acute", "community"], '
        r'"name": "The \u201cC\u00e2re\u201d", "organisation": "RX1"}'
    )
    names = ("made-up@1", FRAMEWORK.hash, "2020", "q1", "q2", "wards", "wards")
    codes, number = bytes([2, 255, 0]), struct.pack("<d", 2.5)  # yes, not answered, a number was given

    written = b"".join(name.encode() + b"\0" for name in (*names, told)) + codes + number

    assert table.hash == hashlib.sha256(written).hexdigest()


def test_an_empty_table_has_a_hash() -> None:
    assert TABLE.only(slice(0)).hash != TABLE.hash


# Checks


def test_answers_within_their_scales_have_no_problem() -> None:
    assert check_answers(TABLE, FRAMEWORK) == []


def test_answers_to_another_framework_are_told_question_by_question() -> None:
    said = [str(problem) for problem in check_answers(TABLE, draft(["q1"]).framework, file="a.csv")]

    assert said == ["a.csv: made-up@1 has no question 'q2'.", "a.csv: made-up@1 has no question 'wards'."]


@pytest.mark.parametrize("code", [3, 100, 251])
def test_a_code_that_no_answer_has_is_told_with_its_unit_and_question(code: int) -> None:
    assert [str(problem) for problem in check_answers(spoiled(1, "q2", code=code), FRAMEWORK)] == [
        "answers: X01 General: the answer to 'q2' is not in its scale."
    ]


@pytest.mark.parametrize("number", [-1.0, 51.0, 2.5, math.nan, math.inf])
def test_a_number_outside_its_range_is_told(number: float) -> None:
    framework = with_a_number(maximum=50, whole=True)

    said = [str(problem) for problem in check_answers(spoiled(0, "wards", number=number).only(slice(1)), framework)]

    assert said == ["answers: X00 General: the answer to 'wards' is not in its scale."]


@pytest.mark.parametrize("number", [0.0, 50.0, 7.0])
def test_a_number_at_the_edge_of_its_range_is_within_it(number: float) -> None:
    framework = with_a_number(maximum=50, whole=True)

    assert check_answers(spoiled(0, "wards", number=number).only(slice(1)), framework) == []


def test_any_number_that_is_large_enough_will_do_where_there_is_no_maximum() -> None:
    assert check_answers(spoiled(0, "wards", number=1e12), FRAMEWORK) == []
    assert len(check_answers(spoiled(0, "wards", number=math.inf), FRAMEWORK)) == 1


def test_a_number_question_without_numbers_is_told_once() -> None:
    assert [str(problem) for problem in check_answers(replace(TABLE, numbers={}), FRAMEWORK)] == [
        "answers: 'wards' is a number, but the answers have no numbers for it."
    ]


def test_a_unit_that_stands_twice_is_told() -> None:
    twice = replace(TABLE, units=(TABLE.units[0], TABLE.units[1], replace(TABLE.units[0], name="Again")))

    assert [str(problem) for problem in check_answers(twice, FRAMEWORK)] == [
        "answers: X00 General stands twice. Keep one return."
    ]


def test_all_problems_are_told_at_once() -> None:
    table = replace(spoiled(0, "q1", code=9), units=(TABLE.units[0],) * 3)

    assert len(check_answers(table, FRAMEWORK)) == 1 + 2


def test_a_return_is_the_unit_of_its_care_settings() -> None:
    table = answer_table(FRAMEWORK, [Return({}, ("acute",))])

    assert table.units[0].care_settings == ("acute",)
