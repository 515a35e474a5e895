# SPDX-License-Identifier: MIT
"""Outside judges of a release: frictionless for the data package, and two real national rounds."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from csvw import TableGroup
from frictionless import Package

from tests.core.publication.rounds import write
from tests.support.shared import shared_data
from trigpoint.io.content import framework_folder, read_framework
from trigpoint.io.published import read_published
from trigpoint.io.release import SOFTWARE, write_release
from trigpoint.io.release_verify import verify_release
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.settings import LICENCES, ReleaseSettings

ROUNDS = {"2015-16": "dma_2015-16_answers.csv", "2017": "dma_2017_answers.csv"}


@cache
def national(version: str) -> Release:
    file = shared_data("nhs-dma", ROUNDS[version])
    framework = read_framework(f"nhs-dma@{version}")
    settings = ReleaseSettings(framework.content.title, LICENCES["OGL-UK-3.0"], None, is_synthetic=False)
    answers = read_published(f"nhs-dma-{version}", file).answers
    return build_release(answers, framework, settings, software=SOFTWARE)


def publish(version: str, folder: Path) -> Path:
    write_release(national(version), framework_folder(f"nhs-dma@{version}"), folder)
    return folder


def require_valid_package(folder: Path) -> None:
    """Fail with every error that frictionless finds in the package or in a cell of its tables."""
    report = Package(str(folder / "datapackage.json")).validate()
    errors = [(task.name, error.message) for task in report.tasks for error in task.errors]
    assert errors == []
    assert [error.message for error in report.errors] == []
    assert report.valid


def test_frictionless_finds_nothing_wrong_with_a_small_release(tmp_path: Path) -> None:
    require_valid_package(write(tmp_path / "made"))


def test_frictionless_sees_a_score_that_is_no_number(tmp_path: Path) -> None:
    made = write(tmp_path / "made")
    text = (made / "scores.csv").read_text(encoding="utf-8")
    (made / "scores.csv").write_text(text.replace("overall,67.5", "overall,many"), encoding="utf-8")

    assert not Package(str(made / "datapackage.json")).validate().valid


@pytest.mark.parametrize("version", ROUNDS)
def test_frictionless_finds_nothing_wrong_with_a_national_round(version: str, tmp_path: Path) -> None:
    require_valid_package(publish(version, tmp_path / "made"))


def read_by_csvw(folder: Path) -> dict[str, int]:
    """Return how many rows csvw reads of each file, by the metadata alone; it raises for what does not fit them."""
    group = TableGroup.from_file(folder / "csv-metadata.json")
    read = {str(table.url): len(list(table.iterdicts(strict=True))) for table in group.tables}
    group.check_referential_integrity()
    assert all(table.check_primary_key() for table in group.tables)
    return read


def test_csvw_reads_every_file_of_a_small_release(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    read = read_by_csvw(made)

    assert read["answers-wide.csv"] == read["units.csv"] == 4
    assert set(read) == {path.name for path in made.glob("*.csv")}


@pytest.mark.parametrize(
    ("old", "new"), [("overall,67.5", "overall,many"), (",AAA,General,overall", ",XXX,General,overall")]
)
def test_csvw_sees_what_does_not_fit(old: str, new: str, tmp_path: Path) -> None:
    made = write(tmp_path / "made")
    text = (made / "scores.csv").read_text(encoding="utf-8")
    assert old in text
    (made / "scores.csv").write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(ValueError, match=r"many|XXX"):
        read_by_csvw(made)


@pytest.mark.parametrize("version", ROUNDS)
def test_csvw_reads_every_file_of_a_national_round(version: str, tmp_path: Path) -> None:
    read = read_by_csvw(publish(version, tmp_path / "made"))

    assert read["answers-wide.csv"] == read["units.csv"] == len(national(version).table.units)


@pytest.mark.parametrize(("version", "units"), [("2015-16", 239), ("2017", 240)])
def test_a_national_round_is_released_and_verified(version: str, units: int, tmp_path: Path) -> None:
    found = verify_release(publish(version, tmp_path / "made"))

    assert found.differences == ()
    assert found.scores == units * len(read_framework(f"nhs-dma@{version}").measures)
    assert found.answers == units * len(read_framework(f"nhs-dma@{version}").questions)


def test_a_national_round_is_the_same_bytes_twice(tmp_path: Path) -> None:
    one, other = publish("2017", tmp_path / "one"), publish("2017", tmp_path / "there" / "other")

    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert [file for file in files if (one / file).read_bytes() != (other / file).read_bytes()] == []


@pytest.mark.parametrize(
    ("version", "measure", "statistic", "expected"),
    [
        # what was reported of the two rounds: means, and the audit office's shares of trusts by band
        ("2015-16", "overall", "mean", "60.4"),
        ("2017", "overall", "mean", "70.5"),
        ("2017", "readiness", "mean", "81.7"),
        ("2017", "capabilities", "mean", "53.3"),
        ("2017", "infrastructure", "mean", "76.5"),
        ("2017", "readiness", "percent_in_band_high", "83%"),
        ("2017", "readiness", "percent_in_band_medium", "17%"),
        ("2017", "capabilities", "percent_in_band_high", "13%"),
        ("2017", "capabilities", "percent_in_band_medium", "71%"),
        ("2017", "capabilities", "percent_in_band_low", "16%"),
        ("2017", "infrastructure", "percent_in_band_high", "72%"),
        ("2017", "infrastructure", "percent_in_band_medium", "28%"),
    ],
)
def test_the_summary_prints_what_was_reported(version: str, measure: str, statistic: str, expected: str) -> None:
    assert national(version).summary.line(measure, statistic).text == expected


def test_one_return_an_organisation_is_counted_in_2017() -> None:
    summary = national("2017").summary

    assert summary.line("overall", "returns").value == 232
    assert summary.cohort.definition.startswith("232 returns; 8 returns for one care setting")


@pytest.mark.parametrize("version", ROUNDS)
def test_a_slow_second_sum_of_the_summary_agrees(version: str) -> None:
    made = national(version)
    counted = {made.table.units[row].key for row in made.summary.cohort.rows}
    rows = list(csv.DictReader(made.texts["scores.csv"].splitlines()))

    for measure in made.table.measures:
        scores = [
            Fraction(float(row["score"])).limit_denominator(1000)
            for row in rows
            if row["measure"] == measure and row["score"] and (row["organisation"], row["care_setting"]) in counted
        ]
        assert made.summary.line(measure, "mean").value == sum(scores) / len(scores)
        assert made.summary.line(measure, "with_score").value == len(scores)


@pytest.mark.parametrize("version", ROUNDS)
def test_no_name_of_a_real_organisation_is_on_the_national_page(version: str) -> None:
    made = national(version)
    page = made.texts["index.html"]

    assert not [unit.name for unit in made.table.units if unit.name and unit.name in page]
    assert not re.search(r"\b(?:1st|2nd|3rd|\d+th)\b|\brank(?:ed|ing)?\b", page)
