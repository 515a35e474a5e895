# SPDX-License-Identifier: MIT
"""From bytes to rows: what is refused, and what is said about it."""

from __future__ import annotations

import csv

import pytest

from trigpoint.errors import FileTrouble, TooLarge
from trigpoint.io import ods_tables
from trigpoint.io.ods_tables import Row, list_repeated_rows, parse_rows, parse_text, read_bytes


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert parse_text(b"\xef\xbb\xbfa,b\n", "f.csv") == ("a,b\n", ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "f.csv: the file is empty"),
        (b" \r\n\n", "f.csv: the file is empty"),
        ("a,b".encode("utf-16"), "f.csv: the file is UTF-16"),
        (b"PK\x03\x04\0\0", "f.csv: the file holds zero bytes"),
        (b"a,b\nc,St Mary\x92s\n", "f.csv:2: byte 0x92 is not UTF-8"),
    ],
)
def test_a_file_of_another_encoding_or_none_is_told_apart_and_what_to_do_is_said(content, message):
    text, (problem,) = parse_text(content, "f.csv")

    assert text == ""
    assert str(problem).startswith(message)
    assert "again" in problem.message or "Save it as CSV UTF-8" in problem.message


def test_rows_know_the_line_they_start_on_and_blank_ones_are_left_out():
    rows, problems = parse_rows('a,b\n\n"c\nd",e\n,\nf,g\n', "f.csv")

    assert [(row.line, row.values) for row in rows] == [(1, ("a", "b")), (3, ("c\nd", "e")), (6, ("f", "g"))]
    assert problems == ()


def test_a_file_cut_short_inside_a_quote_says_where_the_last_row_began():
    rows, (problem,) = parse_rows('a,b\nc,d\n"e,f', "f.csv")

    assert len(rows) == 2
    assert str(problem).startswith("f.csv:3: not valid CSV from here on")
    assert "cut short" in problem.message


def test_a_long_cell_is_read_whatever_was_read_before():
    csv.field_size_limit(131_072)  # what it is when Python starts
    long = "x" * 200_000

    assert parse_rows(f"a,{long}\n", "f.csv") == ((Row(1, ("a", long)),), ())


def test_each_row_that_stands_there_again_is_named_with_the_first():
    rows, _ = parse_rows("a,b\nc,d\na,b\na,b\n", "f.csv")

    assert [str(problem) for problem in list_repeated_rows(rows, "f.csv")] == [
        "f.csv:3: this row is the same as the one on line 1. Take one out.",
        "f.csv:4: this row is the same as the one on line 1. Take one out.",
    ]


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(FileTrouble, match=r"nowhere\.csv can't be read: No such file"):
        read_bytes(tmp_path / "nowhere.csv")


def test_a_file_far_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "big.csv"
    path.write_bytes(b"x" * (3 * 1024**2))
    monkeypatch.setattr(ods_tables, "_LARGEST_BYTES", 2 * 1024**2)

    with pytest.raises(TooLarge, match=r"big\.csv has 3 MB; a register file has at most 2 MB"):
        read_bytes(path)
