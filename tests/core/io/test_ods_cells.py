# SPDX-License-Identifier: MIT
"""Cells of a row: what is read, and what is said of a bad one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.errors import Problem
from trigpoint.io.ods_cells import Cells, parse_date


def cells(*values: str) -> Cells:
    return Cells("trusts.csv", 7, values, {"a": 0, "b": 1, "far": 9}, [])


@pytest.mark.parametrize("text", ["20170401", "2017-04-01", "01/04/2017"])
def test_a_date_is_read_in_each_of_the_forms_that_ods_uses(text):
    assert parse_date(text) == date(2017, 4, 1)


@pytest.mark.parametrize(
    "text", ["", "2017", "20171301", "2017-02-30", "31/02/2017", "1 April 2017", "2017/04/01", "201\u06670401"]
)
def test_anything_else_is_no_date(text):
    assert parse_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_date_survives_being_written_and_read(on):
    for form in "%Y%m%d", "%Y-%m-%d", "%d/%m/%Y":
        assert parse_date(on.strftime(form)) == on


def test_blank_cells_and_columns_that_are_not_there_are_missing():
    row = cells("  ", " x ")

    assert (row.text("a"), row.text("b"), row.text("far"), row.text("nowhere"), row.date("a")) == (
        None,
        "x",
        None,
        None,
        None,
    )
    assert row.problems == []


def test_a_blank_that_is_needed_is_a_problem_with_its_place():
    row = cells("", "x")

    assert row.require_text("a") == ""
    assert row.problems == [Problem("trusts.csv", 7, 1, "a is blank")]


@pytest.mark.parametrize("text", ["RA0", "A81001", "V001", "12", "T2KQ", "G6V2S"])
def test_codes_of_every_length_that_ods_used_are_codes(text):
    row = cells(text, "")

    assert (row.code("a"), row.problems) == (text, [])


@pytest.mark.parametrize("text", ["ra0", "R A", "RA-1", "r1", "Ashwick NHS Trust"])
def test_anything_else_is_no_code(text):
    row = cells(text, "")

    row.code("a")

    assert [str(problem) for problem in row.problems] == [f"trusts.csv:7:1: a {text!r} is not an ODS code"]


def test_a_bad_date_is_a_problem_and_a_blank_one_only_where_a_date_is_needed():
    row = cells("soon", "")

    assert (row.date("a"), row.date("b")) == (None, None)
    assert row.require_date("b") == date.min
    assert [problem.message for problem in row.problems] == [
        "a 'soon' is not a date (yyyymmdd, yyyy-mm-dd or dd/mm/yyyy)",
        "b is blank",
    ]


@pytest.mark.parametrize(("text", "share"), [("0", 0.0), ("1", 1.0), ("0.25", 0.25), ("2.5e-06", 2.5e-06)])
def test_a_share_is_read(text, share):
    row = cells(text)

    assert (row.share("a"), row.problems) == (share, [])


@pytest.mark.parametrize("text", ["1.01", "-0.5", "half", "nan"])
def test_a_share_outside_nothing_to_all_is_a_problem(text):
    row = cells(text)

    row.share("a")

    assert [problem.message for problem in row.problems] == [f"a {text!r} is not a share of 0 to 1"]


def test_a_cell_that_is_read_twice_is_wrong_once():
    row = cells("", "")

    row.require_text("a")
    row.require_text("a")

    assert len(row.problems) == 1


def test_a_problem_with_a_column_that_the_file_has_not_got_has_no_column():
    row = cells("x")

    row.complain("nowhere", "is missing")

    assert row.problems == [Problem("trusts.csv", 7, None, "is missing")]
