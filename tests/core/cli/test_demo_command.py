# SPDX-License-Identifier: MIT
"""The demonstration runs the whole job, shows what it planted, and fails when anything is not as it must be.

A whole demonstration takes its time: one is by the command in a folder that goes away, one by the command as a program
of its own, and one is damaged at its very last step, so that all before it can be looked at.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trigpoint.cli import app
from trigpoint.cli.demo import demonstration_lines
from trigpoint.cli.demonstration import SITE, STEPS, Demonstration, RoundShown, demonstrate
from trigpoint.errors import DemonstrationFailed, FileTrouble
from trigpoint.io.answers import read_answers
from trigpoint.io.site import is_site
from trigpoint.publication.exact import MeasureMean

ROUND_LINE = re.compile(r"(\S+): (\d+) returns; all (\d+) planted faults .* \(n (\d+)\); .* verified, ([\d,]+) scores")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A demonstration that was damaged when it began to verify. folder: as it was before the damage."""

    folder: Path
    told: tuple[str, ...]
    error: str


def damage_at(step: str, damage: Callable[[], object], told: list[str]) -> Callable[[str], None]:
    """Return a `say` that does the damage when the step begins, and keeps what it was told."""

    def say(name: str) -> None:
        told.append(name)
        if name == step:
            damage()

    return say


def add_row(file: Path) -> None:
    with file.open("a", encoding="utf-8") as text:
        text.write("one row more\n")


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    folder = tmp_path_factory.mktemp("damaged")
    scores, told = folder / "synthetic-release-2017" / "scores.csv", list[str]()
    with pytest.raises(DemonstrationFailed) as failed:
        demonstrate(folder, say=damage_at("Verifying", lambda: add_row(scores), told))
    scores.write_bytes(scores.read_bytes().removesuffix(b"one row more\n"))
    return Damaged(folder, tuple(told), str(failed.value))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder that the program made, and what it printed."""
    folder = tmp_path_factory.mktemp("program") / "demo"
    command = [sys.executable, "-m", "trigpoint", "demo", "--out", str(folder)]
    return folder, subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_step_is_told_in_order(damaged):
    assert damaged.told == STEPS[:-1]  # it failed before the last


def test_a_release_that_does_not_verify_fails_the_demonstration(damaged):
    assert re.search(r"synthetic-release-2017 does not verify: .*scores.csv", damaged.error)


def test_the_answers_written_are_those_of_the_release(damaged):
    for name in ("2015-16", "2017"):
        answers = read_answers(damaged.folder / f"synthetic-answers-{name}.parquet")
        assert answers.hash in (damaged.folder / f"synthetic-release-{name}" / "manifest.json").read_text(
            encoding="utf-8"
        )
        assert all("Synthetic" in unit.name for unit in answers.units)


def test_both_rounds_are_taken_through_to_a_verified_release(program):
    folder, ended = program

    rounds = {found[0]: found[1:] for found in ROUND_LINE.findall(ended.stdout)}
    assert list(rounds) == ["2015-16", "2017"]
    # every unit has a row for each measure: 18 in the first round, 19 in the second
    for name, measures in (("2015-16", 18), ("2017", 19)):
        units, planted, n, verified = (int(number.replace(",", "")) for number in rounds[name])
        assert units == len(read_answers(folder / f"synthetic-answers-{name}.parquet").units)
        assert verified == units * measures
        assert 0 < n <= units
        with (folder / f"synthetic-intake-report-{name}.csv").open(encoding="utf-8", newline="") as report:
            assert len(list(csv.DictReader(report))) >= planted > 0


def test_the_claims_of_the_made_up_newspaper_get_every_verdict(program):
    said = program[1].stdout

    assert "  yes          Version 2017 puts 175 questions.\n" in said
    assert "  nearly       The weakest fifty rose more" in said  # only if the groups are chosen on the first round
    assert "  no           No trust fell.\n" in said
    assert "  not testable There was a third round" in said


def test_another_run_in_another_process_gives_the_same_bytes(damaged, program):
    one, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (damaged.folder, program[0])
    )

    assert one == {path: content for path, content in other.items() if path.parts[0] != SITE}


def test_a_public_site_is_made_of_both_rounds(program):
    folder, ended = program
    site = folder / SITE

    (pages,) = re.findall(r"A public site was made of both: (\d+) pages", ended.stdout)

    assert int(pages) > 400
    assert is_site(site)
    assert {path.name for path in (site / "releases").iterdir() if path.is_dir()} == {"2015-16.1", "2017.1"}
    assert "Synthetic data" in (site / "index.html").read_text(encoding="utf-8")
    assert len(list((site / "organisations").glob("*.html"))) > 240


def test_the_command_says_that_all_is_synthetic_and_where_to_look(program):
    folder, ended = program

    assert ended.returncode == 0, ended.stderr
    assert "synthetic" in ended.stdout
    assert str(folder / SITE / "index.html") in ended.stdout
    assert (folder / "synthetic-release-2017" / "index.html").is_file()
    assert ended.stderr.splitlines() == [f"{step} ..." for step in STEPS]  # no terminal: each step is a line


def test_check_says_that_all_is_well_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    result = CliRunner().invoke(app, ["demo", "--check", "--seed", "7"])

    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "demo check: all is well"
    assert result.stderr.splitlines() == [f"{step} ..." for step in STEPS]
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_is_named_with_the_page_to_open():
    shown = RoundShown("2017", 3, 2, MeasureMean("overall", 2, Fraction(225, 4)), 57, "synthetic-release-2017")

    lines = list(demonstration_lines(Demonstration((shown,), (), 1234), Path("made")))

    # (37.5 + 75) / 2 = 56.25: half up 56.3, as in the release
    assert "mean overall score 56.3 (n 2); release verified, 57 scores equal" in lines[1]
    assert "1,234 pages" in lines[-2]
    assert lines[-1] == f"Open {Path('made') / SITE / 'index.html'}. Everything made is in made."


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    result = CliRunner().invoke(app, ["demo", "--out", str(blocked / "demo")])

    assert result.exit_code == FileTrouble.exit_code
    assert result.stderr.strip().count("\n") == 0
    assert "Name a folder that can be made" in result.stderr


def test_a_seed_below_nought_is_refused(tmp_path):
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "demo"), "--seed", "-1"])

    assert result.exit_code == 2
    assert "--seed" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_a_planted_fault_that_is_not_reported_fails_the_demonstration(tmp_path):
    published = tmp_path / "synthetic-published-2015-16.csv"

    def keep_one_return() -> None:
        published.write_bytes(b"".join(published.read_bytes().splitlines(keepends=True)[:2]))

    with pytest.raises(DemonstrationFailed, match=r"2015-16, line \d+: .* was planted and not reported"):
        demonstrate(tmp_path, say=damage_at("Taking answers in", keep_one_return, []))


def test_answers_that_change_on_the_way_fail_the_demonstration(tmp_path):
    first, second = (tmp_path / f"synthetic-answers-{name}.parquet" for name in ("2015-16", "2017"))

    with pytest.raises(DemonstrationFailed, match=r"answers-2017\.parquet: the answers are not what was written"):
        demonstrate(tmp_path, say=damage_at("Scoring", lambda: shutil.copy(first, second), []))
