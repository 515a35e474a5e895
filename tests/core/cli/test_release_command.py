# SPDX-License-Identifier: MIT
"""`trigpoint release ANSWERS …` and `trigpoint release verify DIR`, as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.core.publication.rounds import AAA, answers, sharing, unit
from trigpoint.cli.release import release_app
from trigpoint.errors import AnswersProblems, FileTrouble, ReleaseDiffers, UnknownFramework
from trigpoint.io.answers import write_answers

FRAMEWORK = ("--framework", "example-points@1")


def run(*words: str) -> Result:
    """Run a command line as it stands under `trigpoint`."""
    app = typer.Typer()
    app.add_typer(release_app, name="release")
    # With one command only, typer would leave its name out.
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["release", *words])


@pytest.fixture
def collected(tmp_path: Path) -> str:
    """A file of answers."""
    path = tmp_path / "answers.parquet"
    write_answers(answers(), sharing(), path)
    return str(path)


@pytest.fixture
def made(tmp_path: Path, collected: str) -> Path:
    result = run(collected, *FRAMEWORK, "--out", str(tmp_path / "made"))
    assert result.exit_code == 0, result.output
    return tmp_path / "made"


def test_answers_become_a_release_that_verifies(tmp_path: Path, collected: str) -> None:
    out = tmp_path / "made"

    released = run(collected, *FRAMEWORK, "--out", str(out))
    verified = run("verify", str(out))

    assert released.exit_code == 0
    assert "4 units" in released.output
    assert verified.exit_code == 0
    assert verified.output.startswith("equal: example-points-1-")
    assert "12 scores, 28 answers" in verified.output


def test_options_may_stand_before_the_answers(tmp_path: Path, collected: str) -> None:
    result = run(*FRAMEWORK, "--out", str(tmp_path / "made"), collected)

    assert result.exit_code == 0
    assert (tmp_path / "made" / "manifest.json").is_file()


def test_the_long_form_does_the_same(tmp_path: Path, collected: str) -> None:
    assert run("make", collected, *FRAMEWORK, "--out", str(tmp_path / "made")).exit_code == 0


def test_a_file_that_is_called_verify_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_answers(answers(), sharing(), tmp_path / "verify.csv")
    monkeypatch.chdir(tmp_path)

    assert run("./verify.csv", *FRAMEWORK, "--out", "made").exit_code == 0


def test_help_shows_both_commands() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert "verify" in result.output
    assert "make" in result.output


def test_without_words_the_help_is_shown() -> None:
    assert "verify" in run().output


def test_title_date_and_licence_are_printed_and_nothing_else_is_asked(tmp_path: Path, collected: str) -> None:
    out = tmp_path / "made"

    result = run(
        collected, *FRAMEWORK, "--out", str(out),
        "--title", "Our round", "--date", "2031-05-01", "--licence", "CC-BY-4.0",
    )  # fmt: skip

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert (manifest["title"], manifest["date"]) == ("Our round", "2031-05-01")
    assert manifest["licence"]["name"] == "CC-BY-4.0"


def test_without_options_title_and_licence_have_a_meaning_and_there_is_no_date(made: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["title"] == "Sharing records, a small example of points: national summary"
    assert manifest["licence"]["name"] == "OGL-UK-3.0"
    assert manifest["date"] is None


@pytest.mark.parametrize("option", [("--date", "1 May"), ("--licence", "mine")])
def test_a_date_or_licence_that_is_none_is_refused(tmp_path: Path, collected: str, option: tuple[str, str]) -> None:
    result = run(collected, *FRAMEWORK, "--out", str(tmp_path / "made"), *option)

    assert result.exit_code == 2
    assert not (tmp_path / "made").exists()


def test_synthetic_answers_are_called_so_without_being_asked(tmp_path: Path) -> None:
    write_answers(answers((unit("X01", "Synthetic Trust 1"), AAA)), sharing(), tmp_path / "a.csv")

    result = run(str(tmp_path / "a.csv"), *FRAMEWORK, "--out", str(tmp_path / "made"))

    assert "(synthetic)" in result.output
    assert "Synthetic data" in (tmp_path / "made" / "index.html").read_text(encoding="utf-8")


def test_json_lists_the_files(tmp_path: Path, collected: str) -> None:
    result = run(collected, *FRAMEWORK, "--out", str(tmp_path / "made"), "--json")

    assert {"scores.csv", "index.html"} <= {file["path"] for file in json.loads(result.output)["files"]}


def test_another_release_is_replaced_only_when_asked(made: Path, collected: str) -> None:
    again = (collected, *FRAMEWORK, "--out", str(made), "--title", "A correction")

    refused, replaced = run(*again), run(*again, "--replace")

    assert refused.exit_code == FileTrouble.exit_code
    assert "--replace" in refused.output
    assert replaced.exit_code == 0


def test_tampering_is_listed_and_has_an_exit_code_of_its_own(made: Path) -> None:
    text = (made / "scores.csv").read_text(encoding="utf-8")
    (made / "scores.csv").write_text(text.replace("overall,67.5", "overall,77.5"), encoding="utf-8")

    result = run("verify", str(made))

    assert result.exit_code == ReleaseDiffers.exit_code
    assert "scores.csv: AAA General overall: score: published 77.5, recomputed 67.5" in result.output
    assert "2 differences" in result.output


def test_json_of_a_verification_holds_every_difference(made: Path) -> None:
    (made / "units.csv").unlink()

    result = run("verify", str(made), "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == ReleaseDiffers.exit_code
    assert found["equal"] is False
    assert [one["file"] for one in found["differences"]] == ["units.csv"]


def test_json_of_an_equal_release_says_equal(made: Path) -> None:
    found = json.loads(run("verify", str(made), "--json").stdout)

    assert found["equal"] is True
    assert found["scores"] == 12


def test_what_a_reader_should_know_is_noted(made: Path) -> None:
    manifest = (made / "manifest.json").read_text(encoding="utf-8")
    (made / "manifest.json").write_text(manifest.replace('"engine": "1"', '"engine": "0"'), encoding="utf-8")

    result = run("verify", str(made))

    assert "note: scored by engine 0" in result.output


def test_errors_are_one_line_with_their_own_exit_code(tmp_path: Path, collected: str) -> None:
    out = ("--out", str(tmp_path / "made"))

    absent = run(str(tmp_path / "absent.parquet"), *FRAMEWORK, *out)
    unknown = run(collected, "--framework", "example-points@9", *out)
    nowhere = run("verify", str(tmp_path / "nowhere"))

    assert absent.exit_code in {FileTrouble.exit_code, AnswersProblems.exit_code}
    assert unknown.exit_code == UnknownFramework.exit_code
    assert nowhere.exit_code == FileTrouble.exit_code
    assert len(nowhere.stderr.splitlines()) == 1
    assert "Traceback" not in absent.output + unknown.output + nowhere.output
