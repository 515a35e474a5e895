# SPDX-License-Identifier: MIT
"""`trigpoint release site DIR …` and verifying what it made, as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.cli.test_release_command import run
from tests.core.publication.rounds import release, write
from tests.core.publication.site.sites import dated, first
from trigpoint.errors import FileTrouble, ReleaseDiffers, ReleaseProblems

ROUND = first().manifest.round


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(write(tmp_path / "first", settings=dated("2031-05-01")))


def test_a_site_is_made_and_verifies(tmp_path: Path, folder: str) -> None:
    made = run("site", folder, "--out", str(tmp_path / "site"), "--title", "Sharing")
    verified = run("verify", str(tmp_path / "site"))

    assert made.exit_code == 0, made.output
    assert f"{ROUND}.1: " in made.output
    assert "pages -> " in made.output
    assert verified.exit_code == 0, verified.output
    assert "equal: 1 releases with 12 scores" in verified.output


def test_a_site_that_differs_ends_otherwise_and_says_where(tmp_path: Path, folder: str) -> None:
    run("site", folder, "--out", str(tmp_path / "site"))
    (tmp_path / "site" / "table.html").write_text("nothing\n", encoding="utf-8")

    told = run("verify", str(tmp_path / "site"))
    as_json = run("verify", str(tmp_path / "site"), "--json")

    assert told.exit_code == ReleaseDiffers.exit_code
    assert "table.html" in told.output
    assert json.loads(as_json.stdout)["equal"] is False


def test_a_verified_site_can_be_told_as_json(tmp_path: Path, folder: str) -> None:
    run("site", folder, "--out", str(tmp_path / "site"))

    told = json.loads(run("verify", str(tmp_path / "site"), "--json").output)

    assert told["equal"] is True
    assert told["releases"] == 1


def test_a_correction_takes_a_reason(tmp_path: Path, folder: str) -> None:
    second = str(write(tmp_path / "second", release(settings=dated("2031-06-01")).table.answers, dated("2031-06-01")))

    without = run("site", folder, second, "--out", str(tmp_path / "site"))
    given = run("site", folder, second, "--out", str(tmp_path / "site"), "--why", f"{ROUND}.2=A new day.")

    assert without.exit_code == ReleaseProblems.exit_code
    assert f"--why '{ROUND}.2=…'" in without.output
    assert given.exit_code == 0, given.output
    assert "A new day." in (tmp_path / "site" / "corrections.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", ["2031.2", "2031.2=", "2031.2= "])
def test_a_reason_is_a_number_and_words(tmp_path: Path, folder: str, reason: str) -> None:
    result = run("site", folder, "--out", str(tmp_path / "site"), "--why", reason)

    assert result.exit_code == 2
    assert "is not NUMBER=REASON" in result.output


def test_everything_that_keeps_releases_off_a_site_is_told_at_once(tmp_path: Path, folder: str) -> None:
    undated = str(write(tmp_path / "undated"))

    result = run("site", folder, undated, "--out", str(tmp_path / "site"), "--why", "1999.1=nothing")

    assert result.exit_code == ReleaseProblems.exit_code
    assert f"{ROUND}.2: has no day of publication" in result.output
    assert f"{ROUND}.2: corrects a release" in result.output
    assert "1999.1: has a reason and is no release here" in result.output
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, folder: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")

    result = run("site", folder, "--out", str(tmp_path / "mine"))

    assert result.exit_code == FileTrouble.exit_code
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
