# SPDX-License-Identifier: MIT
"""Parquet through DuckDB: what goes in comes out, and the same columns give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.errors import AnswersProblems, FileTrouble
from trigpoint.io.duck import ColumnType, read_parquet, write_parquet

ROWS = range(300_000)
TYPES: dict[str, ColumnType] = {"unit": "VARCHAR", "score": "DOUBLE", "asked": "BIGINT"}
COLUMNS = {"unit": ["AAA", None, 'C, "é"'], "score": ["70.33333333333333", None, "0"], "asked": ["5", "0", None]}


def test_what_is_written_is_read_and_missing_stays_missing(tmp_path: Path) -> None:
    write_parquet(COLUMNS, TYPES, tmp_path / "a.parquet")

    assert read_parquet(tmp_path / "a.parquet") == {
        "unit": ["AAA", None, 'C, "é"'],
        "score": ["70.33333333333333", None, "0.0"],
        "asked": ["5", "0", None],
    }


def test_columns_have_the_types_asked_for(tmp_path: Path) -> None:
    write_parquet(COLUMNS, TYPES, tmp_path / "a.parquet")

    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE FROM read_parquet(?)", [str(tmp_path / "a.parquet")]).fetchall()
    assert {row[0]: row[1] for row in described} == TYPES


def test_the_same_columns_give_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    # more rows than one row group holds, so that the order of groups counts too
    columns: dict[str, Sequence[object]] = {
        "unit": [f"A{at % 977}" for at in range(300_000)],
        "score": [at / 7 for at in range(300_000)],
    }
    types: dict[str, ColumnType] = {"unit": "VARCHAR", "score": "DOUBLE"}
    (tmp_path / "there").mkdir()
    paths = tmp_path / "a.parquet", tmp_path / "there" / "b.parquet"

    for path in paths:
        write_parquet(columns, types, path)

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_file_says_nothing_of_where_it_was_written(tmp_path: Path) -> None:
    write_parquet(COLUMNS, TYPES, tmp_path / "a.parquet")

    assert str(tmp_path).encode() not in (tmp_path / "a.parquet").read_bytes()


def test_rows_keep_their_order(tmp_path: Path) -> None:
    columns = {"unit": [str(at) for at in range(200_000)]}

    write_parquet(columns, {"unit": "VARCHAR"}, tmp_path / "a.parquet")

    assert read_parquet(tmp_path / "a.parquet") == columns


def test_columns_stand_in_the_order_of_the_types(tmp_path: Path) -> None:
    write_parquet({"b": ["1"], "a": ["2"]}, {"a": "VARCHAR", "b": "VARCHAR"}, tmp_path / "a.parquet")

    assert list(read_parquet(tmp_path / "a.parquet")) == ["a", "b"]


# Each example opens a database twice.
@settings(max_examples=25)
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, cells: list[str | None]) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.parquet"

    write_parquet({"text": cells}, {"text": "VARCHAR"}, path)

    assert read_parquet(path) == {"text": cells}


# Each example opens a database twice.
@settings(max_examples=25)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_any_number_survives_to_the_last_bit(tmp_path_factory: pytest.TempPathFactory, numbers: list[float]) -> None:
    path = tmp_path_factory.mktemp("numbers") / "a.parquet"

    write_parquet({"score": [repr(number) for number in numbers]}, {"score": "DOUBLE"}, path)

    assert [float(cell or "nan") for cell in read_parquet(path)["score"]] == numbers


@pytest.mark.parametrize("name", ['a"b', 'x" FROM rows; --', "select", "two words", "é"])
def test_a_column_may_have_any_name(tmp_path: Path, name: str) -> None:
    write_parquet({name: ["1"]}, {name: "VARCHAR"}, tmp_path / "a.parquet")

    assert read_parquet(tmp_path / "a.parquet") == {name: ["1"]}


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="can't be written"):
        write_parquet(COLUMNS, TYPES, tmp_path / "absent" / "a.parquet")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="no such file"):
        read_parquet(tmp_path / "a.parquet")


@pytest.mark.parametrize("content", [b"", b"unit,score\nAAA,70\n", b"PAR1 but no more"])
def test_what_is_no_parquet_is_refused_with_advice(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)

    with pytest.raises(AnswersProblems, match="not a Parquet file, or cut short"):
        read_parquet(tmp_path / "a.parquet")


def test_a_parquet_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(COLUMNS, TYPES, path)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(AnswersProblems, match="cut short"):
        read_parquet(path)


@pytest.mark.parametrize(("name", "like_it"), [("a[1]", "a1"), ("a*b", "aXb"), ("a?", "ab")])
def test_a_name_that_looks_like_a_pattern_is_one_file(tmp_path: Path, name: str, like_it: str) -> None:
    for stem in (name, like_it):
        write_parquet({"stem": [stem]}, {"stem": "VARCHAR"}, tmp_path / f"{stem}.parquet")

    assert read_parquet(tmp_path / f"{name}.parquet") == {"stem": [name]}


def test_a_column_may_have_quotes_in_its_name(tmp_path: Path) -> None:
    write_parquet({'say "a"': ["1"]}, {'say "a"': "VARCHAR"}, tmp_path / "a.parquet")

    assert read_parquet(tmp_path / "a.parquet") == {'say "a"': ["1"]}
