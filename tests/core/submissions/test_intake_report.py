# SPDX-License-Identifier: MIT
from __future__ import annotations

from trigpoint.submissions.intake_report import REPORT_COLUMNS, Finding, IntakeLine, report_cells


def test_a_line_has_a_cell_for_each_column_of_the_report() -> None:
    line = IntakeLine(Finding.DAMAGED, 3, "X01", "General", "why", "q1", 22, "43593", "0", "no")

    cells = dict(zip(REPORT_COLUMNS, report_cells(line), strict=True))

    assert cells == {
        "finding": "damaged",
        "line": "3",
        "column": "22",
        "organisation": "X01",
        "care_setting": "General",
        "question": "q1",
        "text": "43593",
        "score": "0",
        "taken": "no",
        "message": "why",
    }


def test_what_a_line_does_not_say_is_none_and_not_a_word() -> None:
    cells = dict(zip(REPORT_COLUMNS, report_cells(IntakeLine(Finding.READ_OFF, None, "", "", "why")), strict=True))

    assert [name for name, cell in cells.items() if cell is None] == ["line", "column", "question", "text", "score"]


def test_the_kinds_of_finding_are_a_contract_with_readers() -> None:
    assert [finding.value for finding in Finding] == [
        "contradiction",
        "damaged",
        "second_return",
        "several_returns",
        "not_a_code",
        "code",
        "empty_return",
        "read_off",
    ]
