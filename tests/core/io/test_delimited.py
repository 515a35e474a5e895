# SPDX-License-Identifier: MIT
from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.errors import AnswersProblems, FileTrouble, TooLarge
from trigpoint.io.delimited import LARGEST_CELL, LARGEST_CSV, read_heading, read_rows, read_text, require_size


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "f.csv"


def written(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def problem(file: Path, content: str | bytes) -> str:
    with pytest.raises(AnswersProblems) as caught:
        read_rows(written(file, content))
    (only,) = caught.value.problems
    return str(only)


def test_rows_come_with_the_line_they_begin_on(file: Path) -> None:
    assert read_rows(written(file, 'a,b\n1,"x,\ny"\n2,z\n')) == [(1, ["a", "b"]), (2, ["1", "x,\ny"]), (4, ["2", "z"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(file: Path, ending: str) -> None:
    assert read_rows(written(file, ending.join(("a,b", "1,2", "3,4")))) == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


def test_blank_lines_are_left_out_and_counted(file: Path) -> None:
    assert read_rows(written(file, "a\n\n\nb\n")) == [(1, ["a"]), (4, ["b"])]


def test_rows_of_commas_alone_are_blank_too(file: Path) -> None:
    assert read_rows(written(file, ',\na,b\n"",\n1,\n')) == [(2, ["a", "b"]), (4, ["1", ""])]


def test_a_byte_order_mark_is_no_part_of_the_first_cell(file: Path) -> None:
    assert read_rows(written(file, "\ufeffa,b\n")) == [(1, ["a", "b"])]


def test_an_empty_file_has_no_rows(file: Path) -> None:
    assert read_rows(written(file, "")) == []


def test_a_quote_that_never_closes_is_told_with_the_line_it_opens_on(file: Path) -> None:
    assert problem(file, 'a\nb\n"c\nd\n') == (
        f"{file}:3: not valid CSV from here on: unexpected end of data. Is a quote left open, or the file cut short?"
    )


def test_letters_after_a_closing_quote_are_told(file: Path) -> None:
    assert problem(file, 'a\n"b"c\n').startswith(f"{file}:2: not valid CSV from here on: ")


def test_a_cell_as_long_as_a_book_is_taken_for_an_open_quote(file: Path) -> None:
    assert "field larger than field limit" in problem(file, f"a\n{'x' * (LARGEST_CELL + 1)}\n")


@pytest.mark.parametrize(
    ("content", "byte", "line"),
    [
        ("a\nCaf\u00e9\n".encode("cp1252"), 5, 2),
        ("a,b\n".encode("utf-16"), 0, 1),
        ("a\nb\n".encode("utf-16-le"), 1, 1),
        (b"a\nb\nc\0", 5, 3),
    ],
)
def test_another_encoding_is_told_with_its_place_and_what_to_do(
    file: Path, content: bytes, byte: int, line: int
) -> None:
    assert problem(file, content) == (
        f"{file}:{line}: byte {byte} is not UTF-8 text. The file is probably in Windows-1252 or UTF-16: "
        "save it again as 'CSV UTF-8'."
    )


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "absent.csv", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(FileTrouble) as caught:
            read_text(path)
        assert str(caught.value) == f"{path}: {reason}."


@pytest.mark.parametrize(
    ("name", "advice"),
    [("f.csv", ", or turn it into Parquet, which is some ten times smaller"), ("f.Parquet", "")],
)
def test_a_file_over_the_limit_is_refused_by_its_size_alone(tmp_path: Path, name: str, advice: str) -> None:
    path = tmp_path / name
    with path.open("wb") as sparse:
        sparse.truncate(LARGEST_CSV + 1)

    with pytest.raises(TooLarge) as caught:
        require_size(path, LARGEST_CSV)

    assert str(caught.value) == (
        f"{path} is 1.0 GB; the most that is read in one piece is 1 GB. Split it by organisation{advice}."
    )


def test_a_file_at_the_limit_is_taken(file: Path) -> None:
    require_size(written(file, "ab"), 2)

    with pytest.raises(TooLarge):
        require_size(file, 1)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_any_cells_written_are_read_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    file = written(tmp_path_factory.mktemp("any") / "f.csv", "a\r\n" + text.getvalue())

    assert [row for _, row in read_rows(file)] == [["a"], *filter(any, rows)]


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_with_a_problem(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = written(tmp_path_factory.mktemp("any") / "f.csv", content)

    try:
        rows = read_rows(file)
    except AnswersProblems:
        rows = []

    assert all(any(row) for _, row in rows)


def test_a_file_may_be_told_by_its_heading_which_is_all_that_is_read(file: Path) -> None:
    assert read_heading(written(file, '\ufeff\n,\n"a, b",c\n1,"never closed')) == ["a, b", "c"]
    assert read_heading(written(file, "a,Caf\u00e9\n".encode("cp1252"))) == ["a", "Caf\ufffd"]


@pytest.mark.parametrize("content", ["", ",,\n", '"never closed'])
def test_a_file_may_have_no_heading(file: Path, content: str) -> None:
    assert read_heading(written(file, content)) == []


def test_the_heading_of_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"absent\.csv: No such file or directory\."):
        read_heading(tmp_path / "absent.csv")
