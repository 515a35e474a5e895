# SPDX-License-Identifier: MIT
"""Bad tables of answers, and questions about answers that can't be met: a clear refusal each, with its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import Result

from tests.oracles.refusals import (
    ANSWERS,
    FILE,
    GOOD,
    LAYOUT,
    MISMATCH,
    TOO_LARGE,
    UNKNOWN_FRAMEWORK,
    UNKNOWN_MEASURE,
    UNKNOWN_UNIT,
    X01,
    X02,
    ingest,
    refusal,
    run,
    write,
)
from tests.support.published_files import MadeUpReturn, published_file


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_ten_gigabyte_file_is_refused_by_its_size(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"national{suffix}"
    with file.open("wb") as sparse:
        sparse.truncate(10_000_000_000)

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    most = {".csv": "1", ".parquet": "4", ".xlsx": "0.2"}[suffix]
    advice = "" if suffix == ".parquet" else ", or turn it into Parquet, which is some ten times smaller"
    assert result.exit_code == TOO_LARGE
    assert refusal(result) == [
        (f"{file} is 10.0 GB; the most that is read in one piece is {most} GB. Split it by organisation{advice}.")
    ]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Answers of two made-up trusts, one of them with two returns, taken in."""
    (tmp_path / "in").mkdir()
    community = MadeUpReturn("X02", GOOD, care_setting="Community")
    file = published_file(tmp_path / "in", LAYOUT, X01, X02, community)
    out = tmp_path / "answers.parquet"
    assert run("ingest", LAYOUT, file, "--out", out).exit_code == 0
    return out


def test_answers_of_another_version_are_not_scored(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2015-16", "--out", answers.parent / "scores")

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        (
            f"{answers}: these answers were collected with nhs-dma@2017, not nhs-dma@2015-16. Score them with "
            "--framework nhs-dma@2017; to use another version's rules add --rules nhs-dma@2015-16."
        )
    ]
    assert not (answers.parent / "scores").exists()


def test_answers_to_other_content_of_the_same_version_are_not_scored(answers: Path) -> None:
    wide = answers.with_name("wide.csv")
    assert run("ingest", "table", answers, "--out", wide, "--wide").exit_code == 0
    heading, first = wide.read_text(encoding="utf-8").splitlines()[:2]
    own = first.split(",")[1]
    write(wide, "\n".join([heading, first.replace(own, "0" * 64)]))

    result = run("score", wide, "--framework", "nhs-dma@2017", "--out", answers.parent / "scores")

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        (
            f"{wide}: these answers were collected with other content of nhs-dma@2017 (hash 000000000000, not "
            f"{own[:12]}). Use the framework files they were collected with, or ingest them again."
        )
    ]


def test_a_framework_that_is_not_there(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2071", "--out", answers.parent / "scores")

    assert result.exit_code == UNKNOWN_FRAMEWORK
    assert refusal(result) == [
        (
            "there is no framework 'nhs-dma@2071'. Did you mean 'nhs-dma@2017'? A folder with a framework.yaml would "
            "also do."
        )
    ]


def test_the_rules_of_another_kind_of_framework(answers: Path) -> None:
    scores = answers.parent / "scores"

    result = run("score", answers, "--framework", "nhs-dma@2017", "--rules", "example-status@1", "--out", scores)

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        "example-status@1 is of kind status, nhs-dma@2017 of kind points. The rules of one can't be used on the other."
    ]


def explain(answers: Path, *more: str) -> Result:
    return run("explain", answers, *more, "--framework", "nhs-dma@2017")


def test_explaining_an_unknown_organisation(answers: Path) -> None:
    result = explain(answers, "X03")

    assert result.exit_code == UNKNOWN_UNIT
    assert refusal(result) == ["in these answers there is no organisation 'X03'. Did you mean 'X02'?"]


def test_explaining_an_unknown_care_setting(answers: Path) -> None:
    result = explain(answers, "X02", "--care-setting", "Acute")

    assert result.exit_code == UNKNOWN_UNIT
    assert refusal(result) == [
        "X02 made no return for 'Acute'. It made: General, Community. Say which with --care-setting."
    ]


def test_explaining_an_unknown_measure(answers: Path) -> None:
    result = explain(answers, "X01", "--measure", "readyness")

    assert result.exit_code == UNKNOWN_MEASURE
    assert refusal(result) == ["in nhs-dma@2017 there is no measure 'readyness'. Did you mean 'readiness'?"]


def test_a_parquet_file_cut_short(answers: Path) -> None:
    cut = answers.with_name("cut.parquet")
    cut.write_bytes(answers.read_bytes()[:-100])

    result = run("score", cut, "--framework", "nhs-dma@2017", "--out", answers.parent / "scores")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{cut}: not a Parquet file, or cut short. Make it again with trigpoint ingest."]


@pytest.mark.parametrize("content", [b"", b"not a spreadsheet", b"PK\x03\x04 and no more"])
def test_a_broken_spreadsheet(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers.xlsx"
    file.write_bytes(content)

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}: can't be read as a spreadsheet: ")
    assert line.endswith(" Save it again as .xlsx.")


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    file = write(tmp_path / "answers.docx", "x")

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    assert result.exit_code == FILE
    assert refusal(result) == [f"{file}: answers are read from .parquet, .csv, .xlsx. Is this the right file?"]


def test_scores_are_not_written_into_a_file(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2017", "--out", answers)

    assert result.exit_code == FILE
    assert refusal(result) == [f"{answers}: File exists. Name a folder that can be made and written to."]


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://example.org","click")'
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", GOOD, name=name))
    sheet = tmp_path / "answers.xlsx"

    assert run("ingest", LAYOUT, file, "--out", sheet, "--wide").exit_code == 0
    result = run("explain", sheet, "X01", "--framework", "nhs-dma@2017")

    assert result.stdout.startswith(f"{name} (X01, General)")


# Tables that people make themselves.

SMALL = "example-points@1"
QUESTIONS = (
    "sees_gp_record,sees_social_care_record,sees_images,record_in_context,sharing_agreement,discharge_summaries,"
    "alerts_to_gp"
)


def ingest_table(folder: Path, text: str, name: str = "answers.csv") -> tuple[Path, Result]:
    file = write(folder / name, text)
    return file, ingest(file, "table", "--framework", SMALL)


def test_problems_of_a_wide_table_point_at_its_rows(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path,
        f"organisation,name,{QUESTIONS}\n"
        'X01,"two\nlines",neither,,,,,,\n'
        "\n"
        "X02,,none,,,,,all,some\n"
        "X03,,,,,,,dont_know,\n"
        "X03,,,,,,,,\n",
    )

    assert result.exit_code == ANSWERS
    # The heading is line 1, the first return lines 2 and 3, line 4 is blank.
    assert refusal(result) == [f"{file}:7: X03 General stands twice, first on line 6. Keep one return."]

    write(file, file.read_text(encoding="utf-8").replace("X03,,,,,,,,\n", ""))
    result = ingest(file, "table", "--framework", SMALL)

    assert refusal(result) == [
        (
            f"{file}:5: X02 General: 'none' is no answer to 'sees_gp_record'. There are: disagree_completely, "
            "somewhat_disagree, neither, mostly_agree, agree_completely; or not_answered, dont_know, not_applicable, "
            "not_shown."
        ),
        (
            f"{file}:5: X02 General: 'some' is no answer to 'alerts_to_gp'. There are: none, up_to_half, over_half, "
            "all; or not_answered, dont_know, not_applicable, not_shown."
        ),
    ]


def test_a_wide_table_says_which_columns_are_unknown_missing_or_double(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("sees_images", "sees_image")

    file, result = ingest_table(tmp_path, f"organisation,{questions},colour\nX01,,,,,,,,\n")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1:4: in {SMALL} there is no question 'sees_image'. Did you mean 'sees_images'? Take the column out.",
        (
            f"{file}:1:9: in {SMALL} there is no question 'colour'. There are: {QUESTIONS.replace(',', ', ')}. "
            "Take the column out."
        ),
        f"{file}:1: there is no column for the question 'sees_images'. Add it, empty where nobody answered.",
    ]


def test_problems_of_a_long_table_point_at_its_lines(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path,
        "organisation,care_settings,question,answer,missing\n"
        "X01,acute;comunity,sees_gp_record,neither,\n"
        "X01,acute,sees_images,neither,dont_know\n"
        "X02,,alerts_to_gp,all,\n"
        "X02,,alerts_to_gp,none,\n"
        ",,alerts_to_gp,none,\n"
        "X02,,alerts_to_g,none,\n",
    )

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:2: in {SMALL} there is no care setting 'comunity'. Did you mean 'community'?",
        f"{file}:3: X01 General has another name or care settings above.",
        f"{file}:3: X01 General: 'sees_images' has the answer 'neither' and is missing as 'dont_know'. Keep one.",
        f"{file}:5: X02 General answers 'alerts_to_gp' twice. Keep one.",
        f"{file}:6: there is no organisation code.",
        f"{file}:7: in {SMALL} there is no question 'alerts_to_g'. Did you mean 'alerts_to_gp'?",
    ]


def test_a_table_of_two_rounds(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path, "organisation,round,question,answer\nX01,one,alerts_to_gp,all\nX02,two,alerts_to_gp,all\n"
    )

    assert refusal(result) == [f"{file}: the answers are of several rounds: one, two. Make a file of each."]


def test_a_table_that_names_no_framework(tmp_path: Path) -> None:
    file = write(tmp_path / "answers.csv", "organisation,question,answer\nX01,alerts_to_gp,all\n")

    result = ingest(file, "table")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}: which framework these answers are for is not clear: it names none. Say --framework NAME@VERSION."
    ]
