# SPDX-License-Identifier: MIT
"""The hash of answers: the same for the same answers however they lie, another for any other answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frameworks import Draft, Return, answer_table
from tests.support.strategies import drafts_and_returns

Case = tuple[Draft, list[Return]]


@settings(max_examples=40)
@given(drafts_and_returns(["points"]), st.randoms(use_true_random=False))
def test_the_order_of_units_and_questions_does_not_change_the_hash(case: Case, shuffler: Any) -> None:
    table = answer_table(case[0].framework, case[1])
    rows, columns = list(range(len(table.units))), list(range(len(table.questions)))
    shuffler.shuffle(rows)
    shuffler.shuffle(columns)

    shuffled = replace(
        table.only(np.array(rows)),
        questions=tuple(table.questions[at] for at in columns),
        codes=np.ascontiguousarray(table.codes[rows][:, columns]),
        numbers={question: table.numbers[question][rows] for question in reversed(list(table.numbers))},
    )

    assert shuffled.hash == table.hash


@settings(max_examples=40)
@given(drafts_and_returns(["points"]), st.data())
def test_any_other_code_changes_the_hash(case: Case, chosen: st.DataObject) -> None:
    table = answer_table(case[0].framework, case[1])
    row = chosen.draw(st.integers(0, len(table.units) - 1))
    column = chosen.draw(st.integers(0, len(table.questions) - 1))
    codes = table.codes.copy()
    codes[row, column] ^= chosen.draw(st.integers(1, 255))  # any other of the 256 codes

    assert replace(table, codes=codes).hash != table.hash
