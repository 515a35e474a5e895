# SPDX-License-Identifier: MIT
"""Bad published files: what is wrong, where and what to do, an exit code, and nothing lost or half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracles.refusals import ANSWERS, FILE, GOOD, LAYOUT, TOO_LARGE, X01, X02, ingest, refusal, run, write
from tests.support.published_files import MadeUpReturn, csv_text, published_file, published_rows


def test_a_good_file_is_taken_in(tmp_path: Path) -> None:
    result = ingest(published_file(tmp_path, LAYOUT, X01, X02))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("2 returns of 2 organisations, nhs-dma@2017 -> ")


def test_a_file_cut_in_the_middle_of_a_row(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, X02))
    start = text.index("Second")
    file = write(tmp_path / "cut.csv", text[: start + 40])

    result = ingest(file)

    assert result.exit_code == ANSWERS
    cells = text[start : start + 40].count(",") + 1 - 1  # the comma in the quoted name parts no cells
    assert refusal(result) == [
        f"{file}:3: {cells} cells where the heading has 367: the row is cut short or has a stray comma or quote."
    ]


def test_a_file_cut_inside_a_quote(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, X02))
    file = write(tmp_path / "cut.csv", text[: text.index('"Second,') + 5])

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:3: not valid CSV from here on: unexpected end of data. Is a quote left open, or the file cut short?"
    ]


def test_a_file_in_windows_1252(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, MadeUpReturn("X02", name="Trust of Saint Zoë")))
    file = tmp_path / "old.csv"
    file.write_bytes(text.encode("cp1252"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert "is not UTF-8 text. The file is probably in Windows-1252 or UTF-16: save it again as 'CSV UTF-8'." in line
    assert line.startswith(f"{file}:")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_with_or_without_its_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "wide.csv"
    file.write_bytes("organisation_name,organisation_id\nA,X01\n".encode(encoding))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1: byte ")
    assert line.endswith(" The file is probably in Windows-1252 or UTF-16: save it again as 'CSV UTF-8'.")


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    file = write(tmp_path / "mark.csv", csv_text(published_rows(LAYOUT, X01)), encoding="utf-8-sig")

    assert ingest(file).exit_code == 0


def test_a_row_that_stands_twice(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, X01, X02, X01, X01)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    message = "X01 General stands twice, first on line 2. Keep the return that counts."
    assert refusal(result) == [f"{file}:4: {message}", f"{file}:5: {message}"]


def changed_heading(folder: Path, change: Callable[[list[str]], None]) -> Path:
    """Write a made-up file of two rows after a change to each row, the heading first."""
    rows = published_rows(LAYOUT, X01)
    for _, row in rows:
        change(row)
    return write(folder / "changed.csv", csv_text(rows))


def test_an_unknown_question_column(tmp_path: Path) -> None:
    rows = published_rows(LAYOUT, X01)
    for (_, row), cell in zip(rows, ("Do you like it?", "Yes"), strict=True):
        row.append(cell)
    file = write(tmp_path / "more.csv", csv_text(rows))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1:368: the column 'Do you like it?' is no question of nhs-dma@2017. Take it out, or add the question."
    ]


def test_a_missing_question_column_with_its_answers_column(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[20:22]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1: no column has the wording of the question 'digital_strategy'. Was it renamed?"
    ]


def test_a_renamed_question_column_is_told_from_both_sides(tmp_path: Path) -> None:
    rows = published_rows(LAYOUT, X01)
    rows[0][1][20] = "We have a strategy"
    file = write(tmp_path / "renamed.csv", csv_text(rows))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1: no column has the wording of the question 'digital_strategy'. Was it renamed?",
        (
            f"{file}:1:21: the column 'We have a strategy' is no question of nhs-dma@2017. "
            "Take it out, or add the question."
        ),
    ]


def test_a_missing_column_of_answers_beside_its_question(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[21]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        (
            f"{file}:1:21: beside the question 'digital_strategy' there is no column without a heading for its answers "
            "or item scores. Was a column taken out or moved?"
        )
    ]


def test_the_last_column_of_answers_missing(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[-1]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1:366: beside the question ")


def test_a_column_that_stands_twice(tmp_path: Path) -> None:
    def double(row: list[str]) -> None:
        row += [row[20], ""]

    file = changed_heading(tmp_path, double)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1:368: the column ")
    assert line.endswith(" stands twice. Keep one.")


def test_another_rounds_file(tmp_path: Path) -> None:
    file = published_file(tmp_path, "nhs-dma-2015-16", MadeUpReturn("X01"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    lines = refusal(result)
    assert lines[0] == f"{file}:1: there is no column 'care_setting'. Is this a file of nhs-dma@2017?"
    assert lines[1].endswith(" questions of nhs-dma@2017 have no column: another round's file?")
    assert len(lines) == 2


def test_a_file_of_something_else(tmp_path: Path) -> None:
    file = write(tmp_path / "something.csv", "a,b\n1,2\n")

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        *(
            f"{file}:1: there is no column {name!r}. Is this a file of nhs-dma@2017?"
            for name in ("organisation_name", "organisation_id", "care_setting")
        ),
        f"{file}:1: 175 questions of nhs-dma@2017 have no column: another round's file?",
    ]


def test_answers_outside_their_scale(tmp_path: Path) -> None:
    bad = MadeUpReturn("X09", {"digital_strategy": ("Perhaps", ""), "ig_toolkit_score": ("101", None)})
    file = published_file(tmp_path, LAYOUT, X01, bad)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        (
            f"{file}:3:22: X09: 'Perhaps' is not in the scale of 'digital_strategy' and the item score '' doesn't say. "
            "Correct the cell, or add the answer to the scale."
        ),
        (
            f"{file}:3:69: X09: '101' is not in the scale of 'ig_toolkit_score'. "
            "Correct the cell, or add the answer to the scale."
        ),
    ]


def test_an_empty_file(tmp_path: Path) -> None:
    file = write(tmp_path / "empty.csv", "")

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}: the file is empty: no heading and no returns."]


def test_a_heading_only(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}: the file has a heading and no returns."]


def test_a_return_without_an_organisation_code(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn(" ", GOOD, name="Nameless Trust"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}:2: 'Nameless Trust' has no organisation code."]


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    bad = MadeUpReturn("", {"digital_strategy": ("Perhaps", "")}, name="Nameless Trust")
    worse = MadeUpReturn("X01", {"ig_toolkit_score": ("x", None)})
    file = published_file(tmp_path, LAYOUT, X01, bad, worse)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert [line.removeprefix(f"{file}:")[:3] for line in refusal(result)] == ["3:2", "4:6", "3: ", "4: "]


def test_lines_are_counted_as_in_the_file_when_a_cell_holds_a_line_break(tmp_path: Path) -> None:
    first = MadeUpReturn("X01", GOOD, name="First\r\nTrust\r\nof all")
    file = published_file(tmp_path, LAYOUT, first, MadeUpReturn("X02", {"digital_strategy": ("Perhaps", "")}))

    result = ingest(file)

    # line 1 the heading, lines 2 to 4 the first return
    assert refusal(result)[0].startswith(f"{file}:5:22: X02: 'Perhaps'")


def test_a_ten_gigabyte_published_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "national.csv"
    with file.open("wb") as sparse:
        sparse.truncate(10_000_000_000)

    assert ingest(file).exit_code == TOO_LARGE


@pytest.mark.parametrize(("name", "out"), [("in.csv", "in.csv"), ("in.report.csv", "in.csv")])
def test_the_file_of_answers_is_never_written_over(tmp_path: Path, name: str, out: str) -> None:
    file = published_file(tmp_path, LAYOUT, X01).rename(tmp_path / name)
    before = file.read_bytes()

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "." / out)

    assert result.exit_code == FILE
    assert refusal(result) == [
        f"{tmp_path}/{name}: this would write over the file of answers. Give --out another name."
    ]
    assert file.read_bytes() == before


def test_an_unknown_layout_is_named_with_the_nearest(tmp_path: Path) -> None:
    result = run("ingest", "nhs-dma-2016", tmp_path / "a.csv", "--out", tmp_path / "out.parquet")

    assert result.exit_code == FILE
    (line,) = refusal(result)
    assert line.startswith("there is no layout 'nhs-dma-2016'. Did you mean 'nhs-dma-201")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("ingest", LAYOUT, tmp_path / "absent.csv", "--out", tmp_path / "out.parquet")

    assert result.exit_code == FILE
    assert refusal(result) == [f"{tmp_path}/absent.csv: No such file or directory."]


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_an_output_folder_that_is_not_there(tmp_path: Path, suffix: str) -> None:
    file = published_file(tmp_path, LAYOUT, X01)

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "absent" / f"out{suffix}")

    assert result.exit_code == FILE
    (line,) = refusal(result)
    assert line.startswith(f"{tmp_path}/absent/out{suffix}: ")


def test_an_output_of_another_kind(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, X01)

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "answers.docx")

    assert result.exit_code == FILE
    assert refusal(result) == [
        f"{tmp_path}/answers.docx: answers are written as .parquet, .csv, .xlsx. Give the file one of these endings."
    ]
    assert list(tmp_path.iterdir()) == [file]


def test_refusals_under_json_leave_stdout_empty(tmp_path: Path) -> None:
    result = ingest(write(tmp_path / "empty.csv", ""), LAYOUT, "--json")

    assert result.exit_code == ANSWERS
    assert len(refusal(result)) == 1


def test_a_good_file_under_json_is_one_json_value(tmp_path: Path) -> None:
    result = ingest(published_file(tmp_path, LAYOUT, X01), LAYOUT, "--json")

    assert json.loads(result.stdout)["returns"] == 1
