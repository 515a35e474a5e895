# SPDX-License-Identifier: MIT
"""The demonstration runs the whole job, shows what it planted, and fails when anything is not as it must be."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from trigpoint.cli import app, demonstration
from trigpoint.cli.demonstration import STEPS, Demonstration, DemonstrationFailed, demonstrate
from trigpoint.errors import FileTrouble
from trigpoint.io.answers import read_answers
from trigpoint.io.release_verify import Verification, verify_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demonstration, list[str]]:
    """One demonstration for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("demo")
    told: list[str] = []
    return folder, demonstrate(folder, say=told.append), told


@pytest.fixture(scope="module")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The same by the command: the folder it made, and what it printed."""
    folder = tmp_path_factory.mktemp("command") / "demo"
    return folder, CliRunner().invoke(app, ["demo", "--out", str(folder)])


def test_every_step_is_told_in_order(made):
    assert tuple(made[2]) == STEPS


def test_both_rounds_are_taken_through_to_a_verified_release(made):
    folder, found, _ = made

    assert [one.round for one in found.rounds] == ["2015-16", "2017"]
    for one in found.rounds:
        assert verify_release(folder / one.folder).differences == ()
        # every unit has a row for each measure: 18 in the first round, 19 in the second
        assert one.verified == one.units * {"2015-16": 18, "2017": 19}[one.round]


def test_the_answers_written_are_those_of_the_release(made):
    folder, found, _ = made

    for one in found.rounds:
        answers = read_answers(folder / f"answers-{one.round}.parquet")
        assert len(answers.units) == one.units
        assert all("Synthetic" in unit.name for unit in answers.units)


def test_the_intake_report_names_what_was_planted(made):
    folder, found, _ = made

    for one in found.rounds:
        with (folder / f"intake-report-{one.round}.csv").open(encoding="utf-8", newline="") as file:
            findings = [row["finding"] for row in csv.DictReader(file)]
        assert len(findings) >= one.planted > 0


def test_the_claims_of_the_made_up_newspaper_get_every_verdict(made):
    verdicts = {claim.id: claim.verdict.value for claim in made[1].claims}

    assert verdicts["S-questions"] == "yes"
    assert verdicts["S-weak-rise-more"] == "nearly"  # only if the groups are chosen on the first round
    assert verdicts["S-all-rose"] == "no"
    assert verdicts["S-third-round"] == "not testable"


def test_a_second_run_gives_the_same_bytes(made, commanded):
    first = {path.relative_to(made[0]): path.read_bytes() for path in made[0].rglob("*") if path.is_file()}
    second = {path.relative_to(commanded[0]): path.read_bytes() for path in commanded[0].rglob("*") if path.is_file()}

    assert first == second


def test_the_command_says_that_all_is_synthetic_and_where_to_look(commanded):
    folder, result = commanded

    assert result.exit_code == 0, result.output
    assert "synthetic" in result.stdout
    assert str(folder / "release-2017" / "index.html") in result.stdout
    assert (folder / "release-2017" / "index.html").is_file()
    assert all(step in result.stderr for step in STEPS)  # no terminal: each step is a line


def test_check_says_that_all_is_well_and_leaves_nothing_behind(tmp_path):
    command = [sys.executable, "-m", "trigpoint", "demo", "--check", "--seed", "7"]

    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(tmp_path)}
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "demo check: all is well"
    assert list(tmp_path.iterdir()) == []


def test_check_that_fails_leaves_nothing_behind_either(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(demonstration, "find_code_trouble", lambda *_: ())  # the closed code goes unseen

    result = CliRunner().invoke(app, ["demo", "--check"])

    assert result.exit_code == DemonstrationFailed.exit_code
    assert "was planted and not reported" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    result = CliRunner().invoke(app, ["demo", "--out", str(blocked / "demo")])

    assert result.exit_code == FileTrouble.exit_code
    assert result.stderr.strip().count("\n") == 0
    assert "Name a folder that can be made" in result.stderr


def test_answers_that_change_on_the_way_fail_the_demonstration(tmp_path, monkeypatch):
    monkeypatch.setattr(demonstration, "read_answers", lambda path: replace(read_answers(path), round="another"))

    with pytest.raises(DemonstrationFailed, match="not what was written"):
        demonstrate(tmp_path, say=lambda _: None)


def test_a_release_that_does_not_verify_fails_the_demonstration(tmp_path, monkeypatch):
    def tampered(folder: Path) -> Verification:
        with (folder / "scores.csv").open("a", encoding="utf-8") as file:
            file.write("one row more\n")
        return verify_release(folder)

    monkeypatch.setattr(demonstration, "verify_release", tampered)

    with pytest.raises(DemonstrationFailed, match=r"does not verify: .*scores.csv"):
        demonstrate(tmp_path, say=lambda _: None)
