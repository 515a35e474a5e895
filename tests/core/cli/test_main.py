# SPDX-License-Identifier: MIT
from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import trigpoint
from tests.core.cli.made_up import run
from trigpoint.cli import main

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


def test_the_module_is_the_command() -> None:
    assert importlib.import_module("trigpoint.__main__").main is main

    done = subprocess.run([sys.executable, "-m", "trigpoint", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout == f"trigpoint {trigpoint.__version__}\n"
