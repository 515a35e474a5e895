# SPDX-License-Identifier: MIT
from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
import typer

import trigpoint
from tests.core.cli.made_up import run
from trigpoint.cli import main
from trigpoint.errors import UnknownFramework

COMMANDS = ("framework", "ingest", "register", "score", "explain")


def test_the_version_is_printed_and_nothing_else() -> None:
    result = run("--version")

    assert (result.exit_code, result.stdout) == (0, f"trigpoint {trigpoint.__version__}\n")


def test_without_a_command_the_help_names_them_all() -> None:
    result = run()

    assert result.exit_code == 2
    assert all(command in result.output for command in COMMANDS)


def test_every_command_explains_itself() -> None:
    for command in COMMANDS:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


def test_an_unknown_command_or_option_is_a_mistake_of_use() -> None:
    assert run("scores").exit_code == 2
    assert run("--colour").exit_code == 2


def test_the_command_ends_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trigpoint", "--version"])

    with pytest.raises(SystemExit) as caught:
        main()

    assert caught.value.code == 0
    assert capsys.readouterr().out == f"trigpoint {trigpoint.__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scores"], "No such command 'scores'. Did you mean 'score'? Try: trigpoint --help"),
        (["score", "a.csv"], "Missing option '--framework'. Try: trigpoint score --help"),
        (["claims", "check", "--source"], "Option '--source' requires an argument. Try: trigpoint --help"),
    ],
)
def test_a_mistake_of_use_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["trigpoint", *words])

    with pytest.raises(SystemExit) as caught:
        main()

    assert (caught.value.code, capsys.readouterr().err) == (2, f"{said}\n")


def test_no_command_is_answered_with_the_help_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trigpoint"])

    with pytest.raises(SystemExit) as caught:
        main()

    shown = capsys.readouterr()
    assert (caught.value.code, shown.err) == (2, "")
    assert "Usage: trigpoint" in shown.out


def test_an_error_of_ours_keeps_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trigpoint", "framework", "show", "nhs-dma@1999"])

    with pytest.raises(SystemExit) as caught:
        main()

    assert caught.value.code == UnknownFramework.exit_code
    assert capsys.readouterr().err.count("\n") == 1


def test_stopping_it_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(**_: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("trigpoint.cli.app", stopped)

    with pytest.raises(SystemExit) as caught:
        main()

    assert (caught.value.code, capsys.readouterr().err) == (1, "Stopped.\n")


def test_the_module_is_the_command() -> None:
    assert importlib.import_module("trigpoint.__main__").main is main

    done = subprocess.run([sys.executable, "-m", "trigpoint", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout == f"trigpoint {trigpoint.__version__}\n"
