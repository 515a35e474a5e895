# SPDX-License-Identifier: MIT
"""The result of an analysis as text for reading: the sentence first, the numbers under it."""

from __future__ import annotations

from typing import Any

import typer

from trigpoint.analysis.method import Method
from trigpoint.analysis.plain_words import show_cell
from trigpoint.analysis.result import AnalysisResult, ResultRow, ResultTable
from trigpoint.cli.terminal import print_table

# So that a list of those left out stays readable; all of them are in the JSON.
MOST_LEFT_OUT = 10


def print_analysis(result: AnalysisResult[Any], method: Method) -> None:
    """Print a result: what follows, the numbers, what was assumed, what it can't tell, who is left out."""
    typer.echo(f"{result.sentence}\n\n{result.definition} n = {result.n} of {result.of}.\n")
    rows = [_row(row) for row in result.rows]
    print_table("", ("what", "value", "interval", "n", ""), rows, right=[1, 3])
    for table in result.tables:
        _print_lines(table)
    checks = [(one.assumption, one.outcome.value, one.found) for one in result.checked]
    print_table("Assumed", ("assumption", "outcome", "found"), checks)
    typer.echo("What this can't tell:")
    for limit in result.cannot_tell:
        typer.echo(f"- {limit}")
    if result.left_out:
        typer.echo(f"\nLeft out: {len(result.left_out)}")
        for unit, why in result.left_out[:MOST_LEFT_OUT]:
            typer.echo(f"- {unit}: {why}")
        if len(result.left_out) > MOST_LEFT_OUT:
            typer.echo(f"- and {len(result.left_out) - MOST_LEFT_OUT} more, which --json names")
    typer.echo(f"\nMethods: {'; '.join(method.sources)}.")


def _print_lines(table: ResultTable) -> None:
    lines = [
        tuple(show_cell(cell, column.digits) for cell, column in zip(line, table.columns, strict=True))
        for line in table.lines
    ]
    right = range(1, len(table.columns))
    print_table(table.title, tuple(column.name for column in table.columns), lines, right=list(right))


def _row(row: ResultRow) -> tuple[str, str, str, str, str]:
    interval = "" if row.lower is None or row.upper is None else f"{row.lower:.2f} to {row.upper:.2f}"
    value = "none" if row.value is None else f"{row.value:.3f}" if not row.unit else f"{row.value:.2f} {row.unit}"
    return row.name, value, interval, str(row.n), row.note
