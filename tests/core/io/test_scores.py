# SPDX-License-Identifier: MIT
from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tests.support.frameworks import draft, scored
from trigpoint.errors import FileTrouble
from trigpoint.io.scores import provenance, write_scores
from trigpoint.publication.score_rows import SCORE_COLUMNS, score_rows
from trigpoint.scoring import ENGINE_VERSION, ScoreTable


def table() -> ScoreTable:
    made = draft({"top": {"one": ["q1", "q2", "q3"], "two": ["q4"]}})
    return scored(made, {"q1": "yes", "q2": "partly", "q3": "partly"}, {"q4": "dont_know"})


def test_scores_are_written_three_ways_into_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "scores"

    files = write_scores(table(), folder)

    assert [file.name for file in files] == ["scores.csv", "scores.parquet", "scores.json"]
    assert sorted(folder.iterdir()) == sorted(files)


def test_the_csv_file_holds_the_rows(tmp_path: Path) -> None:
    file, _, _ = write_scores(table(), tmp_path)

    with file.open(encoding="utf-8", newline="") as text:
        heading, *rows = csv.reader(text)
    assert tuple(heading) == SCORE_COLUMNS
    assert [tuple(row) for row in rows] == [row.cells() for row in score_rows(table())]


def test_the_parquet_file_holds_numbers_as_numbers_to_the_last_bit(tmp_path: Path) -> None:
    _, file, _ = write_scores(table(), tmp_path)

    with duckdb.connect() as connection:
        rows = connection.execute("SELECT score, answered, band FROM read_parquet(?)", [str(file)]).fetchall()

    expected = [
        (None if row.score is None else float(row.score), row.answered, row.band) for row in score_rows(table())
    ]
    # (100 + 50 + 50) / 3 is no short decimal
    assert rows == expected
    assert rows[0] == (200 / 3, 3, None)


def test_the_json_file_says_how_the_scores_were_made(tmp_path: Path) -> None:
    *_, file = write_scores(table(), tmp_path)

    made = json.loads(file.read_text(encoding="utf-8"))
    assert (
        made
        == provenance(table())
        == {
            "round": "2020",
            "framework": "made-up@1",
            "framework_hash": table().framework_hash,
            "rules_of": "made-up@1",
            "rules_hash": table().framework_hash,
            "answers_hash": table().answers.hash,
            "engine": ENGINE_VERSION,
            "basis": "self",
            "units": 2,
        }
    )


def test_the_same_scores_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_scores(table(), tmp_path / name) for name in ("one", "two"))

    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")

    for folder, reason in ((file, "File exists"), (file / "below", "Not a directory")):
        with pytest.raises(FileTrouble) as caught:
            write_scores(table(), folder)
        assert str(caught.value) == f"{folder}: {reason}. Name a folder that can be made and written to."


@pytest.mark.parametrize("name", ["scores.csv", "scores.parquet", "scores.json"])
def test_a_file_that_can_not_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()

    with pytest.raises(FileTrouble):
        write_scores(table(), tmp_path)
