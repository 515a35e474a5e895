# SPDX-License-Identifier: MIT
from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.cli.made_up import FRAMEWORK, answers_file, json_of, printed, run
from tests.core.io.ods_text import lines, trust
from tests.support.published_files import MadeUpReturn, published_file
from trigpoint.io.answers import read_answers
from trigpoint.submissions.intake_report import REPORT_COLUMNS

LAYOUT = "nhs-dma-2017"
PLAIN = {"digital_strategy": ("Mostly Agree", "75")}
ODD = {"digital_strategy": ("Mostly Agree", "100")}


def report_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_answers_and_a_report_are_written_side_by_side(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", ODD), MadeUpReturn("X02", PLAIN))
    out = tmp_path / "taken.parquet"

    text = printed("ingest", LAYOUT, file, "--out", out)

    answers = read_answers(out)
    assert text.splitlines()[:2] == [
        f"2 returns of 2 organisations, nhs-dma@2017 -> {out}",
        f"answers hash {answers.hash[:12]}",
    ]
    assert f"What was not plain: 1 lines in {tmp_path}/taken.report.csv" in text
    assert "answer text and item score disagree" in text
    (line,) = report_of(tmp_path / "taken.report.csv")
    assert tuple(line) == REPORT_COLUMNS
    assert line == {
        "finding": "contradiction",
        "line": "2",
        "column": "22",
        "organisation": "X01",
        "care_setting": "General",
        "question": "digital_strategy",
        "text": "Mostly Agree",
        "score": "100",
        "taken": "agree_completely",
        "message": "the answer 'Mostly Agree' has the item score '100' in the file; taken as agree_completely",
    }


def test_a_plain_file_has_an_empty_report(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", PLAIN))

    text = printed("ingest", LAYOUT, file, "--out", tmp_path / "taken.csv")

    report = tmp_path / "taken.report.csv"
    assert f"Nothing odd was found; {report} has only its heading.\n" in text
    assert text.endswith("Organisation codes were not checked against a register: give --register with ODS files.\n")
    assert report.read_text(encoding="utf-8") == ",".join(REPORT_COLUMNS) + "\n"


def test_the_reading_may_be_chosen(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", ODD))

    taken = {
        reading: json_of("ingest", LAYOUT, file, "--out", tmp_path / "a.parquet", "--reading", reading)["findings"]
        for reading in ("score", "text")
    }

    assert {reading: lines[0]["taken"] for reading, lines in taken.items()} == {
        "score": "agree_completely",
        "text": "mostly_agree",
    }


def test_json_says_what_was_taken_in(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", ODD), MadeUpReturn("X01", PLAIN, care_setting="Acute"))
    out = tmp_path / "taken.csv"

    found = json_of("ingest", LAYOUT, file, "--out", out, "--wide")

    assert (found["framework"], found["round"], found["questions"]) == ("nhs-dma@2017", "2017", 175)
    assert (found["returns"], found["organisations"]) == (2, 1)
    assert (found["answers"], found["report"]) == (str(out), str(tmp_path / "taken.report.csv"))
    assert found["answers_hash"] == read_answers(out).hash
    assert [line["finding"] for line in found["findings"]] == [
        "contradiction",
        "several_returns",
        "several_returns",
        "read_off",
    ]
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1 + 2  # wide: a row a return


def test_a_table_is_taken_in_under_its_own_framework_or_the_one_named(tmp_path: Path) -> None:
    first = answers_file(tmp_path)
    bare = tmp_path / "bare.csv"
    bare.write_text("organisation,question,answer\nX01,alerts_to_gp,all\n", encoding="utf-8")

    same = json_of("ingest", "table", first, "--out", tmp_path / "same.xlsx")
    named = json_of("ingest", "table", bare, "--out", tmp_path / "named.csv", "--framework", FRAMEWORK)

    assert same["answers_hash"] == read_answers(first).hash == read_answers(tmp_path / "same.xlsx").hash
    assert (named["framework"], named["returns"], named["findings"]) == (FRAMEWORK, 1, [])


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "etr_2016.csv").write_text(
        lines(trust("RX1", "OLD TRUST", closed="20160331"), trust("RX2", "NEW TRUST")), encoding="utf-8"
    )
    (folder / "succession.csv").write_text("old_code,new_code,date\nRX1,RX2,2016-04-01\n", encoding="utf-8")
    return folder


def test_codes_are_checked_on_the_frameworks_day_or_another(tmp_path: Path, register: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("RX1", PLAIN, name="Old Trust"))
    arguments = ("ingest", LAYOUT, file, "--out", tmp_path / "a.csv", "--register", register)

    in_2017, in_2015 = json_of(*arguments)["findings"], json_of(*arguments, "--on", "2015-12-31")["findings"]

    assert [line["finding"] for line in in_2017] == ["code"]
    assert in_2017[0]["message"].startswith("closed on 2017-")
    assert in_2017[0]["message"].endswith("Likely successor: RX2.")
    assert in_2015 == []
    assert "organisation codes that don't hold on the day" in printed(*arguments)


def test_a_framework_without_a_day_needs_one_to_check_codes(tmp_path: Path, register: Path) -> None:
    arguments = ("ingest", "table", answers_file(tmp_path), "--out", tmp_path / "a.csv", "--register", register)

    result = run(*arguments)

    assert result.exit_code == 13
    assert result.stderr == "example-points@1 names no reference date for the codes. Say --on YYYY-MM-DD.\n"
    assert [line["finding"] for line in json_of(*arguments, "--on", "2016-01-01")["findings"]] == ["code", "code"]


def test_a_report_stands_beside_answers_of_any_name(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", PLAIN))

    printed("ingest", LAYOUT, file, "--out", tmp_path / "round.2017.parquet")

    assert (tmp_path / "round.2017.report.csv").is_file()


def test_the_file_of_answers_is_not_written_over(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", PLAIN))
    before = file.read_bytes()

    result = run("ingest", LAYOUT, file, "--out", file)

    message = f"{file}: this would write over the file of answers. Give --out another name.\n"
    assert (result.exit_code, result.stderr) == (13, message)
    assert file.read_bytes() == before


def test_a_layout_that_is_not_known_is_told_with_those_that_are(tmp_path: Path) -> None:
    result = run("ingest", "wgll", tmp_path / "a.csv", "--out", tmp_path / "b.csv")

    message = "there is no layout 'wgll'. There are: nhs-dma-2015-16, nhs-dma-2017, table.\n"
    assert (result.exit_code, result.stderr) == (13, message)
