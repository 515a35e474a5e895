# SPDX-License-Identifier: MIT
"""What every command shares: errors in one line, a sign of life when it takes long, tables, and JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

import typer

from trigpoint.errors import TrigpointError

PATIENCE_SECONDS = 1.0  # what takes longer shows that it goes on


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error of ours into one line (or one line a problem) on stderr and the error's own exit code."""
    try:
        yield
    except TrigpointError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show on stderr that work goes on, once it has gone on for a second; nothing when stderr is no terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    # As a description, not as the column's own text: a file's name may hold {braces} or [brackets].
    text = TextColumn("{task.description}", markup=False)
    bar = Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=console, transient=True)
    bar.add_task(what, total=None)
    timer = threading.Timer(PATIENCE_SECONDS, bar.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if bar.live.is_started:
            bar.stop()


def print_json(value: object) -> None:
    """Print a value as JSON on stdout; exact fractions as numbers."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_table(
    title: str,
    heading: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    unbroken: Sequence[int] = (),
    widest: Mapping[int, int] | None = None,
) -> None:
    """Print a table on stdout, folded to the terminal.

    right, unbroken: positions of columns that are numbers and stand to the right, and of columns that are never folded.
    widest: position of a column → the most characters it may take, so that room is left for the others.
    """
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if title:  # not as the table's own title, which would be folded to the width of a narrow table
        typer.echo(title)
    table = Table(box=SIMPLE, pad_edge=False)
    for at, name in enumerate(heading):
        table.add_column(
            name,
            justify="right" if at in right else "left",
            overflow="fold",
            max_width=(widest or {}).get(at),
            no_wrap=at in unbroken,
        )
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    # Piped into a file, a table is as wide as it needs to be.
    console = Console() if sys.stdout.isatty() else Console(width=200)
    console.print(table)
