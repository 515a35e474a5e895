# SPDX-License-Identifier: MIT
"""What taking in the two real rounds reports: every known oddity by name, and no cell changed without a line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from tests.support.shared import shared_data
from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Question
from trigpoint.io.content import read_framework
from trigpoint.io.ods import read_register
from trigpoint.io.published import read_published
from trigpoint.organisations import Register
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.code_findings import find_code_trouble
from trigpoint.submissions.intake_report import Finding, IntakeLine, Reading
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.published import Intake

FILES = {"2015-16": "dma_2015-16_answers.csv", "2017": "dma_2017_answers.csv"}
CELL_FINDINGS = (Finding.CONTRADICTION, Finding.DAMAGED)
DATE_DAMAGED = "43593"  # 8 May 2019 as a spreadsheet counts days
# Columns with a code, where the two files keep them.
CODE_COLUMN = {"2015-16": 1, "2017": 2}


@cache
def intake(version: str, reading: Reading = Reading.SCORE) -> Intake:
    return read_published(f"nhs-dma-{version}", shared_data("nhs-dma", FILES[version]), reading=reading)


@cache
def framework(version: str) -> Framework:
    return read_framework(f"nhs-dma@{version}")


@cache
def file_rows(version: str) -> list[list[str]]:
    with shared_data("nhs-dma", FILES[version]).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def lines(version: str, *findings: Finding) -> list[IntakeLine]:
    return [line for line in intake(version).report if line.finding in findings]


@cache
def scored(version: str, reading: Reading) -> ScoreTable:
    return score_answers(intake(version, reading).answers, compile_plan(framework(version)))


def score_of(table: ScoreTable, organisation: str, measure: str) -> int | None:
    row = [unit.key for unit in table.units].index((organisation, "General"))
    value = table.score(row, measure).value
    return None if value is None else int(value)


def test_the_one_contradiction_of_2015_16_is_found_and_the_score_believed() -> None:
    (line,) = lines("2015-16", *CELL_FINDINGS)

    assert (line.finding, line.organisation, line.question) == (
        Finding.CONTRADICTION,
        "RAT",
        "internal_collaboration",
    )
    assert (line.text, line.score, line.taken) == ("Mostly Agree", "100", "agree_completely")
    assert file_rows("2015-16")[line.line - 2][CODE_COLUMN["2015-16"]] == "RAT"  # type: ignore[operator]


def test_the_27_contradictions_of_2017_are_of_three_trusts() -> None:
    found = lines("2017", *CELL_FINDINGS)

    assert Counter(line.organisation for line in found) == {"RJE": 22, "RYW": 4, "RWN": 1}
    assert len(found) + len(lines("2015-16", *CELL_FINDINGS)) == 28


def test_every_date_damaged_answer_is_found_and_taken_as_its_item_score() -> None:
    framework_2017 = framework("2017")
    damaged = [line for line in lines("2017", Finding.DAMAGED) if line.text == DATE_DAMAGED]
    in_file = sum(cell == DATE_DAMAGED for row in file_rows("2017") for cell in row)

    assert len(damaged) == in_file == 11
    assert {(line.organisation, line.score) for line in damaged} == {("RJE", "0")}
    for line in damaged:
        assert line.question is not None
        assert line.taken == framework_2017.scale_of(line.question).codes[0]  # the answer worth 0 points


def test_the_twelfth_damaged_answer_is_a_zero_with_full_points() -> None:
    (line,) = [line for line in lines("2017", Finding.DAMAGED) if line.text != DATE_DAMAGED]

    assert (line.organisation, line.text, line.score, line.taken) == ("RJE", "0", "100", "agree_completely")


def test_zeros_without_an_item_score_are_left_out_as_they_were_in_the_published_scores() -> None:
    found = [line for line in lines("2017", Finding.CONTRADICTION) if line.organisation == "RYW"]

    assert {(line.text, line.score, line.taken) for line in found} == {("0", "", "not_answered")}
    assert len(found) == 4


def test_a_not_applicable_that_was_scored_as_zero_is_found() -> None:
    (line,) = [line for line in lines("2017", Finding.CONTRADICTION) if line.organisation == "RWN"]

    assert (line.text, line.score, line.taken) == ("N/A", "0", "disagree_completely")


def test_the_second_return_of_whittington_is_named_and_kept() -> None:
    (line,) = lines("2015-16", Finding.SECOND_RETURN)

    assert line.organisation == "RKE2"
    assert "continues RKE," in line.message
    assert {"RKE", "RKE2"} <= {unit.organisation for unit in intake("2015-16").answers.units}
    assert lines("2015-16", Finding.NOT_A_CODE) == lines("2017", Finding.NOT_A_CODE, Finding.SECOND_RETURN) == []


def test_the_empty_return_under_west_middlesexs_code_is_named_and_has_no_score() -> None:
    (line,) = lines("2015-16", Finding.EMPTY_RETURN)
    table = scored("2015-16", Reading.SCORE)

    assert line.organisation == "RFW"
    assert "Leeds and York" in line.message
    assert all(score_of(table, "RFW", measure) is None for measure in table.measures)
    assert lines("2017", Finding.EMPTY_RETURN) == []


def test_the_twelve_rows_of_the_four_providers_with_several_care_settings_are_kept_apart() -> None:
    found = lines("2017", Finding.SEVERAL_RETURNS)

    assert Counter(line.organisation for line in found) == {"RJ8": 3, "RQX": 3, "R1K": 3, "RJC": 3}
    assert Counter(line.care_setting for line in found) == {
        "General": 4,
        "Community": 4,
        "Acute": 3,
        "Mental health": 1,
    }
    assert {line.line for line in found} == {
        at for at, row in enumerate(file_rows("2017"), start=2) if row[2] in {"RJ8", "RQX", "R1K", "RJC"}
    }


def test_sections_answered_in_another_return_are_not_shown_rather_than_not_answered() -> None:
    table = scored("2017", Reading.SCORE)
    row = [unit.key for unit in table.units].index(("R1K", "General"))

    score = table.score(row, "capabilities")

    # golden.md: the published 67 rests on 3 of 9 sections
    assert score.value == 67
    below = [one.id for one in framework("2017").measures["capabilities"].measures]
    assert [table.score(row, one).value is not None for one in below].count(True) == 3
    assert all(table.score(row, one).asked == 0 for one in below if table.score(row, one).value is None)


def test_only_2017_has_its_care_settings_read_off() -> None:
    assert [line.line for line in lines("2017", Finding.READ_OFF)] == [None]
    assert lines("2015-16", Finding.READ_OFF) == []


def test_both_readings_can_be_scored_and_differ_only_where_a_line_says_so() -> None:
    by_score, by_text = scored("2017", Reading.SCORE), scored("2017", Reading.TEXT)
    named = {line.organisation for line in lines("2017", *CELL_FINDINGS)}

    different = {
        unit.organisation
        for at, unit in enumerate(by_score.units)
        if any(by_score.score(at, one).value != by_text.score(at, one).value for one in by_score.measures)
    }

    assert different == named
    # golden.md: published 78.0, and 83.7 without the damaged answers: (readiness + capabilities + infrastructure) / 3
    for table, overall in ((by_score, 78.0), (by_text, 83.7)):
        row = [unit.organisation for unit in table.units].index("RJE")
        value = table.score(row, "overall").value
        assert value is not None
        assert round(float(value), 1) == overall


def test_the_report_names_the_same_cells_whichever_reading_is_taken() -> None:
    for version in FILES:
        places = [
            {(line.line, line.column, line.text, line.score) for line in intake(version, reading).report}
            for reading in Reading
        ]
        assert places[0] == places[1]


@cache
def register() -> Register:
    return read_register(shared_data("nhs-ods")).register


@cache
def code_lines(version: str) -> list[IntakeLine]:
    day = framework(version).content.reference_date
    assert day is not None
    return list(find_code_trouble(intake(version).answers.units, register(), date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("version", "codes", "closed"),
    [
        ("2015-16", {"RFW", "TAE", "RKE2", "R1G"}, {"RFW": "RQM", "R1G": "RA9"}),
        ("2017", {"RLU", "RWN", "R1G"}, {"RLU": "RQ3", "RWN": "R1L", "R1G": "RA9"}),
    ],
)
def test_codes_closed_on_the_day_are_named_with_their_successor(
    version: str, codes: set[str], closed: dict[str, str]
) -> None:
    found = code_lines(version)

    assert {line.organisation for line in found} == codes
    for code, successor in closed.items():
        (line,) = [one for one in found if one.organisation == code and one.message.startswith("closed")]
        assert f"Likely successor: {successor}." in line.message
    assert {line.finding for line in found} == {Finding.CODE}


def test_a_name_under_another_organisations_code_is_told_whose_it_is() -> None:
    (line,) = [
        one for one in code_lines("2015-16") if one.organisation == "RFW" and one.message.startswith("name mismatch")
    ]

    assert "WEST MIDDLESEX" in line.message
    assert "belongs to RGD" in line.message


# Every cell of the files, read once more by a few lines of this file's own.

MISSING_TEXT = {"n/a": Missing.NOT_APPLICABLE, "don't know": Missing.DONT_KNOW}


def plain_answer(framework: Framework, question: Question, text: str) -> Answer | None:
    """Return what the text of a cell says; None for a blank."""
    word = text.strip().casefold()
    if not word or word in MISSING_TEXT:
        return MISSING_TEXT.get(word)
    scale = framework.scales[question.scale]
    if scale.number is not None:
        return float(word)
    codes = {name.casefold(): one.code for one in scale.answers for name in (one.label, *one.published)}
    return codes.get(word, f"unreadable: {text}")


def contradicted_cells(version: str) -> Iterator[tuple[int, str, str, Answer]]:
    """Yield each cell that the answer table does not hold as its text has it: line, question, text, held."""
    answers, own = intake(version).answers, framework(version)
    for at, row in enumerate(file_rows(version)):
        for question in own.content.questions:
            assert question.published is not None
            text = row[question.published.answer_column]
            said, held = plain_answer(own, question, text), answers.answer(at, question.id, own)
            blank = (Missing.NOT_ANSWERED, Missing.NOT_SHOWN)
            if held not in blank if said is None else held != said:
                yield at + 2, question.id, text, held


@pytest.mark.parametrize(("version", "rows", "questions"), [("2015-16", 239, 151), ("2017", 240, 175)])
def test_every_answer_cell_is_held_as_written_or_named_in_the_report(version: str, rows: int, questions: int) -> None:
    answers = intake(version).answers
    assert answers.codes.shape == (rows, questions)

    found = {(line, question): held for line, question, _, held in contradicted_cells(version)}

    named = {(line.line, line.question): line.taken for line in lines(version, *CELL_FINDINGS)}
    assert set(found) == set(named)
    for cell, held in found.items():
        assert named[cell] == (held.value if isinstance(held, Missing) else held)


@pytest.mark.parametrize("version", ["2015-16", "2017"])
def test_every_unit_has_the_code_and_name_of_its_row(version: str) -> None:
    for unit, row in zip(intake(version).answers.units, file_rows(version), strict=True):
        assert (unit.name, unit.organisation) == (row[0].strip(), row[CODE_COLUMN[version]].strip())
