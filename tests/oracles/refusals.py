# SPDX-License-Identifier: MIT
"""Running commands that must refuse: what they say on stderr, and that they leave nothing behind."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from tests.support.published_files import MadeUpReturn
from trigpoint.cli import app

# Exit codes, as docs/reference/exit-codes.md promises them.
ANSWERS, UNKNOWN_FRAMEWORK, MISMATCH, TOO_LARGE, UNKNOWN_UNIT, FILE, UNKNOWN_MEASURE = 4, 6, 7, 10, 11, 13, 16

LAYOUT = "nhs-dma-2017"
GOOD = {"digital_strategy": ("Mostly Agree", "75"), "ig_toolkit_score": ("84", None)}
X01 = MadeUpReturn("X01", GOOD, name="First Trust")
X02 = MadeUpReturn("X02", {"digital_strategy": ("Agree Completely", "100")}, name="Second, Trust")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def ingest(file: Path, layout: str = LAYOUT, *more: object) -> Result:
    """Take a file in, and check that a refusal leaves nothing behind and the file as it was."""
    before = file.read_bytes() if file.stat().st_size < 10_000_000 else b""
    out = file.parent / "out.parquet"
    result = run("ingest", layout, file, "--out", out, *more)
    assert result.exit_code == 0 or not list(file.parent.glob("out.*")), "a refused file must leave no half result"
    assert not before or file.read_bytes() == before
    return result


def refusal(result: Result) -> list[str]:
    """Return the lines on stderr, when nothing was printed besides and no traceback."""
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding, newline="")
    return path
