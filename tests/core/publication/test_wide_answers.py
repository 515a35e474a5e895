# SPDX-License-Identifier: MIT
"""The wide table: the answers of the tidy one, no more and no fewer, and CSVW's word for every file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.publication.rounds import AAA, BBB, SETTINGS, answers, release, unit
from trigpoint.io.content import read_framework
from trigpoint.publication.csvw import CSVW, csvw_text
from trigpoint.publication.release import Release
from trigpoint.publication.tables import ANSWERS, TABLES
from trigpoint.publication.wide_answers import WIDE_FILE, wide_rows, wide_shape
from trigpoint.submissions import Missing

FRAMEWORK = read_framework("example-points@1")
QUESTIONS = [one.id for one in FRAMEWORK.content.questions]


def wide(made: Release) -> list[dict[str, str]]:
    """Read the published text of the wide table as anybody would."""
    return list(csv.DictReader(io.StringIO(made.texts[WIDE_FILE])))


def tidy(made: Release) -> list[dict[str, str]]:
    """Read the published text of the tidy table."""
    return list(csv.DictReader(io.StringIO(made.texts[ANSWERS.file])))


def test_each_return_has_one_row_and_each_question_one_column() -> None:
    made = release(answers((unit("BBB"), BBB), (unit("AAA"), AAA)))

    rows = wide(made)

    assert [row["organisation"] for row in rows] == ["AAA", "BBB"]
    assert list(rows[0]) == ["organisation", "care_setting", "name", *QUESTIONS]


def test_every_cell_is_what_the_tidy_table_says() -> None:
    made = release(answers((unit("AAA"), AAA), (unit("BBB"), BBB)))

    rows = {row["organisation"]: row for row in wide(made)}

    told = tidy(made)
    assert len(told) == 2 * len(QUESTIONS)
    for row in told:
        assert rows[row["organisation"]][row["question"]] == (row["answer"] or row["missing"])


def test_what_is_missing_is_named_and_never_empty() -> None:
    question = QUESTIONS[0]
    made = release(answers((unit("AAA"), {**AAA, question: Missing.NOT_ANSWERED})))

    (row,) = wide(made)

    assert row[question] == "not_answered"
    assert all(row[one] for one in QUESTIONS)


def test_two_care_settings_of_one_organisation_are_two_rows() -> None:
    made = release(answers((replace(unit("AAA"), care_setting="acute"), AAA), (unit("AAA"), BBB)))

    assert [row["care_setting"] for row in wide(made)] == [row.care_setting for row in made.table.units]


@settings(max_examples=50)
@given(cells=st.lists(st.lists(st.sampled_from(["a", "b", "not_shown"]), min_size=len(QUESTIONS),
                               max_size=len(QUESTIONS)), max_size=4))  # fmt: skip
def test_nothing_is_lost_between_tidy_and_wide(cells: list[list[str]]) -> None:
    names = [column.name for column in ANSWERS.columns]
    rows = [
        tuple(
            {"organisation": f"O{at}", "care_setting": "General", "question": question, "answer": cell}.get(name, "")
            for name in names
        )
        for at, line in enumerate(cells)
        for question, cell in zip(QUESTIONS, line, strict=True)
    ]

    assert [list(row[3:]) for row in wide_rows(FRAMEWORK, tuple(rows))] == cells


def test_the_shape_says_what_each_column_holds() -> None:
    shape = wide_shape(FRAMEWORK)

    assert shape.file == WIDE_FILE
    assert FRAMEWORK.content.questions[0].text in shape.columns[3].meaning
    assert all(column.is_required for column in shape.columns[3:])


def test_csvw_describes_every_csv_file_with_its_columns_keys_and_references() -> None:
    made = release()
    group = json.loads(made.texts[CSVW])

    tables = {table["url"]: table["tableSchema"] for table in group["tables"]}

    assert set(tables) == {path for path in made.texts if path.endswith(".csv")}
    for path, schema in tables.items():
        assert [column["name"] for column in schema["columns"]] == made.texts[path].split("\n", 1)[0].split(",")
    assert tables["scores.csv"]["primaryKey"] == ["organisation", "care_setting", "measure"]
    assert tables["scores.csv"]["foreignKeys"][0]["reference"]["resource"] == "units.csv"
    assert tables["measures.csv"]["foreignKeys"][0]["reference"]["resource"] == "measures.csv"
    assert "foreignKeys" not in tables["units.csv"]


def test_csvw_says_licence_day_and_that_a_round_is_made_up() -> None:
    manifest = release().manifest
    dated = replace(manifest, settings=replace(SETTINGS, date="2031-05-01", is_synthetic=True))
    undated = replace(manifest, settings=replace(SETTINGS, date=None, is_synthetic=False))

    one, other = (json.loads(csvw_text(each, TABLES)) for each in (dated, undated))

    assert one["dc:license"] == {"@id": SETTINGS.licence.path}
    assert (one["dc:issued"], "dc:issued" in other) == ("2031-05-01", False)
    assert "synthetic" in one["dc:description"].lower()
    assert "synthetic" not in other["dc:description"].lower()
