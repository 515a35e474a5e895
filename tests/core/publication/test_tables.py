# SPDX-License-Identifier: MIT
"""The tables of a release, their description for software, and the sheets of the spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tests.core.publication.rounds import AAA, SETTINGS, answers, called, release, sharing, unit
from trigpoint.errors import AnswersProblems, FrameworkMismatch
from trigpoint.io.content import read_framework
from trigpoint.io.release import SOFTWARE
from trigpoint.publication.data_package import data_package_text
from trigpoint.publication.manifest import describe_file
from trigpoint.publication.release import build_release
from trigpoint.publication.score_rows import SCORE_COLUMNS
from trigpoint.publication.tables import (
    ANSWERS,
    DICTIONARY,
    MEASURES,
    QUESTIONS,
    SCALES,
    SCORES,
    TABLES,
    TableShape,
    csv_text,
)
from trigpoint.publication.workbook import Sheet
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.tidy import TIDY_COLUMNS

OTHERS = ("scores.parquet", "answers.parquet", "scores.xlsx", "index.html")


def table_of(shape: TableShape) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(release().texts[shape.file], newline="")))


def package(**changes: object) -> dict[str, object]:
    made = release(settings=replace(SETTINGS, **changes))  # type: ignore[arg-type] # one setting a case
    files = [describe_file(name, text.encode()) for name, text in made.texts.items()]
    files += [describe_file(name, b"") for name in OTHERS]
    parsed: dict[str, object] = json.loads(data_package_text(made.manifest, files))
    return parsed


def sheet(name: str, **changes: object) -> Sheet:
    made = release(settings=replace(SETTINGS, **changes))  # type: ignore[arg-type] # one setting a case
    return next(one for one in made.sheets if one.name == name)


def test_scores_and_answers_have_the_columns_of_every_other_command() -> None:
    assert SCORES.heading == SCORE_COLUMNS
    assert ANSWERS.heading == TIDY_COLUMNS


def test_scores_are_whole_where_the_rule_rounds_and_have_all_digits_where_not() -> None:
    scores = {(row["organisation"], row["measure"]): row["score"] for row in table_of(SCORES)}

    assert scores["AAA", "viewing"] == "75"
    assert scores["AAA", "overall"] == "67.5"
    assert scores["BBB", "viewing"] == "13"  # 12.5, half up


def test_a_unit_without_a_score_has_an_empty_cell_and_its_counts() -> None:
    row = next(row for row in table_of(SCORES) if (row["organisation"], row["measure"]) == ("DDD", "overall"))

    assert (row["score"], row["band"]) == ("", "")
    assert (row["asked"], row["answered"], row["not_applicable"]) == ("5", "0", "5")


def test_measures_name_their_parent() -> None:
    parents = {row["measure"]: row["parent"] for row in table_of(MEASURES)}

    assert parents == {"overall": "", "viewing": "overall", "sending": "overall"}


def test_questions_name_their_measure_and_care_settings() -> None:
    questions = {row["question"]: row for row in table_of(QUESTIONS)}

    assert questions["sees_images"]["care_settings"] == "acute"
    assert questions["sharing_agreement"]["asked_of"] == "organisation"


def test_scales_say_what_each_code_says() -> None:
    labels = {(row["scale"], row["answer"]): row["label"] for row in table_of(SCALES)}

    assert labels["agreement", "neither"] == "Neither agree nor disagree"


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        ("nhs-dma@2017", "a whole number from 0 to 100, in per cent"),
        ("nhs-dma@2017", "a whole number from 0 upwards, in people"),
        ("example-indicator@1", "a number from 0"),
    ],
)
def test_a_scale_of_numbers_says_its_range(framework: str, words: str) -> None:
    read = read_framework(framework)
    nobody = build_answers(read, [(unit("AAA"), {})])
    made = build_release(nobody, read, SETTINGS, software=SOFTWARE)

    assert any(code == "number" and label.startswith(words) for _, code, label in made.rows[SCALES.file])


def test_every_column_of_every_table_is_in_the_dictionary() -> None:
    listed = {(row["table"], row["column"]) for row in table_of(DICTIONARY)}

    assert listed == {(shape.name, column) for shape in TABLES for column in shape.heading}


@pytest.mark.parametrize("shape", TABLES, ids=lambda shape: shape.name)
def test_keys_name_one_row_each_and_required_cells_are_filled(shape: TableShape) -> None:
    rows = table_of(shape)

    assert len({tuple(row[name] for name in shape.key) for row in rows}) == len(rows) > 0
    assert all(row[column.name] for row in rows for column in shape.columns if column.is_required)


@pytest.mark.parametrize("shape", TABLES, ids=lambda shape: shape.name)
def test_references_lead_somewhere(shape: TableShape) -> None:
    tables = {one.name: one for one in TABLES} | {"": shape}
    for reference in shape.references:
        known = {tuple(row[name] for name in reference.target) for row in table_of(tables[reference.table])}
        used = {tuple(row[name] for name in reference.columns) for row in table_of(shape)}

        assert used - known <= {("",)}


def test_csv_has_bare_line_feeds_and_quotes_what_needs_it() -> None:
    assert csv_text(["a", "b"], [("x, y", None), ('say "no"', "")]) == 'a,b\n"x, y",\n"say ""no""",\n'


def test_a_lone_carriage_return_in_a_cell_does_not_end_its_row() -> None:
    assert csv_text(["a", "b"], [("x\ry", None)]) == 'a,b\n"x\ry",""\n'


def test_the_package_describes_every_table_with_its_hash() -> None:
    resources = {one["name"]: one for one in package()["resources"]}  # type: ignore[attr-defined] # parsed JSON

    assert set(resources) >= {shape.name for shape in TABLES}
    text = release().texts[SCORES.file].encode()
    assert resources["scores"]["hash"] == f"sha256:{describe_file('', text).sha256}"
    assert resources["scores"]["bytes"] == len(text)
    assert resources["scores"]["schema"]["primaryKey"] == ["organisation", "care_setting", "measure"]
    assert resources["measures"]["schema"]["foreignKeys"][0]["reference"]["resource"] == ""
    assert "foreignKeys" not in resources["units"]["schema"]


def test_the_package_carries_the_licence_and_a_date_only_when_given() -> None:
    dated = package(date="2031-05-01")

    assert dated["created"] == "2031-05-01T00:00:00Z"
    assert "created" not in package()
    assert package()["licenses"] == [
        {
            "name": "OGL-UK-3.0",
            "title": "Open Government Licence v3.0",
            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        }
    ]


def test_a_synthetic_package_says_so_first() -> None:
    assert str(package(is_synthetic=True)["description"]).startswith("Synthetic data")
    assert str(package()["description"]).startswith("Scores of example-points@1")


def test_the_cover_says_what_the_numbers_are_and_how_to_verify_them() -> None:
    rows = sheet("Cover").rows
    cover = {str(row[0]): str(row[1]) for row in rows[1:]}

    assert rows[0] == ("Sharing records, 2031", "")
    assert cover["Answers"].startswith("4 units, 7 questions, hash ")
    assert cover["Basis"] == "self-assessed"
    assert "trigpoint release verify" in cover["How to verify"]
    assert "Synthetic" not in cover
    assert "Published on" not in cover


def test_the_cover_says_synthetic_and_the_date() -> None:
    assert sheet("Cover", is_synthetic=True).rows[1][0] == "Synthetic"
    assert ("Published on", "2031-05-01") in sheet("Cover", date="2031-05-01").rows


def test_the_scores_sheet_names_the_organisation_and_says_no_score() -> None:
    scores = sheet("Scores")
    at = {str(name): place for place, name in enumerate(scores.rows[0])}
    first = scores.rows[1]
    last = scores.rows[-1]

    assert (first[at["organisation"]], first[at["name"]], first[at["score"]]) == ("AAA", "AAA Hospitals", 67.5)
    assert (last[at["organisation"]], last[at["score"]], last[at["band"]]) == ("DDD", "no score", "")
    assert len(scores.widths) == len(scores.rows[0])


def test_the_sheets_are_four() -> None:
    assert [one.name for one in release().sheets] == ["Cover", "Scores", "Summary", "Dictionary"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\u00a0@"])
def test_a_name_that_a_spreadsheet_would_run_is_refused(start: str) -> None:
    with pytest.raises(AnswersProblems, match="would run as a formula"):
        release(answers((unit("AAA", f"{start}cmd"), AAA)))


@pytest.mark.parametrize(
    "letter", ["\t", "\r", "\n", "\0", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\ufffe", "\uffff"]
)
def test_a_name_or_title_with_what_is_no_letter_is_refused(letter: str) -> None:
    name = f"St{letter}Mary"

    with pytest.raises(AnswersProblems) as in_name:
        release(answers((unit("AAA", name), AAA)))
    with pytest.raises(AnswersProblems) as in_title:
        release(settings=called(name))

    end = f"holds {letter!r}, which is no letter. Take it out."
    assert str(in_name.value) == f"answers: {name!r} of AAA General {end}"
    assert str(in_title.value) == f"title: the title {name!r} {end}"


@pytest.mark.parametrize(("letter", "is_refused"), [("\0", True), ("\r", True), ("\uffff", True), ("\n", False)])
def test_a_text_of_the_framework_may_have_lines_but_nothing_that_files_would_lose(
    letter: str, is_refused: bool
) -> None:
    content = sharing().content
    questions = (replace(content.questions[0], text=f"Do you{letter}see it?"), *content.questions[1:])
    own = replace(sharing(), content=replace(content, questions=questions))

    with pytest.raises(AnswersProblems) if is_refused else nullcontext() as caught:
        build_release(build_answers(own, [(unit("AAA"), AAA)]), own, SETTINGS, software=SOFTWARE)

    if caught is not None:
        message = f"a text of example-points@1 holds {letter!r}, which is no letter. Take it out."
        assert str(caught.value) == f"framework: {message}"


def test_all_that_can_not_be_published_is_told_at_once() -> None:
    twice = answers((unit("AAA", "=A"), AAA), (unit("AAA", "=B"), AAA))

    with pytest.raises(AnswersProblems) as caught:
        release(twice)

    assert len(caught.value.problems) == 3  # it stands twice, and two names are formulas


def test_answers_to_another_framework_are_refused() -> None:
    with pytest.raises((FrameworkMismatch, AnswersProblems)):
        build_release(answers(), read_framework("example-status@1"), SETTINGS, software=SOFTWARE)
