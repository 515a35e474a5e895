# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.published_files import MadeUpReturn, framework_of, published_file, published_rows
from trigpoint.io.published import LAYOUTS, read_published
from trigpoint.io.spreadsheets import write_sheet
from trigpoint.submissions.intake_report import Finding, Reading
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.units import Unit

TICK = ("1", None)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_made_up_file_in_each_layout_is_taken_in(tmp_path: Path, layout: str) -> None:
    file = published_file(tmp_path, layout, MadeUpReturn("X01", {"digital_strategy": ("Mostly Agree", "75")}))

    intake = read_published(layout, file)

    framework = framework_of(layout)
    assert intake.answers.framework == framework.ref
    assert intake.answers.questions == tuple(framework.questions)
    assert intake.answers.answer(0, "digital_strategy", framework) == "mostly_agree"
    assert intake.report == ()


def test_the_first_round_says_in_flags_which_care_is_given(tmp_path: Path) -> None:
    flags = {"provides_acute_care": TICK, "provides_ambulance_services": TICK}
    file = published_file(
        tmp_path, "nhs-dma-2015-16", MadeUpReturn("X01", {**flags, "digital_strategy": ("N/A", "Not scored")})
    )

    intake = read_published("nhs-dma-2015-16", file)

    assert intake.answers.units == (Unit("X01", "General", "Made-up Trust", ("acute", "ambulance")),)
    assert intake.answers.answer(0, "digital_strategy", framework_of("nhs-dma-2015-16")) is Missing.NOT_APPLICABLE


def test_the_second_round_names_the_care_setting_of_a_return(tmp_path: Path) -> None:
    answered = {"digital_strategy": ("Mostly Agree", "75")}
    file = published_file(
        tmp_path,
        "nhs-dma-2017",
        MadeUpReturn("X01", answered),
        MadeUpReturn("X01", answered, care_setting="Mental health"),
    )

    intake = read_published("nhs-dma-2017", file)

    assert [unit.care_settings for unit in intake.answers.units] == [(), ("mental_health",)]
    assert [line.finding for line in intake.report] == [
        Finding.SEVERAL_RETURNS,
        Finding.SEVERAL_RETURNS,
        Finding.READ_OFF,
    ]


@pytest.mark.parametrize(("reading", "taken"), [(Reading.SCORE, "agree_completely"), (Reading.TEXT, "mostly_agree")])
def test_the_reading_decides_between_text_and_score(tmp_path: Path, reading: Reading, taken: str) -> None:
    cells = {"digital_strategy": ("Mostly Agree", "100")}
    file = published_file(tmp_path, "nhs-dma-2017", MadeUpReturn("X01", cells))

    intake = read_published("nhs-dma-2017", file, reading=reading)

    assert intake.answers.answer(0, "digital_strategy", framework_of("nhs-dma-2017")) == taken
    assert [line.finding for line in intake.report] == [Finding.CONTRADICTION]


def test_dont_know_is_worth_nothing_in_the_first_round_and_blank_in_the_second(tmp_path: Path) -> None:
    for layout, score in (("nhs-dma-2015-16", "0"), ("nhs-dma-2017", "")):
        file = published_file(tmp_path, layout, MadeUpReturn("X01", {"digital_strategy": ("Don't Know", score)}))

        intake = read_published(layout, file)

        assert intake.report == ()
        assert intake.answers.answer(0, "digital_strategy", framework_of(layout)) is Missing.DONT_KNOW


def test_a_published_file_saved_as_a_spreadsheet_gives_the_same_answers(tmp_path: Path) -> None:
    one = MadeUpReturn("X01", {"digital_strategy": ("Mostly Agree", "75"), "ig_toolkit_score": ("84", None)})
    (_, heading), *rows = published_rows("nhs-dma-2017", one)
    sheet = tmp_path / "f.xlsx"
    write_sheet(sheet, "answers", heading, [row for _, row in rows])

    intake = read_published("nhs-dma-2017", sheet)

    assert (
        intake.answers.hash
        == read_published("nhs-dma-2017", published_file(tmp_path, "nhs-dma-2017", one)).answers.hash
    )
