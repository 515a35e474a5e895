# SPDX-License-Identifier: MIT
"""`trigpoint demo`: the whole job on two synthetic national rounds, from files of answers to verified releases."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors

if TYPE_CHECKING:
    from trigpoint.cli.demonstration import Demonstration


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to; made if it isn't there.")] = Path("demo"),
    seed: Annotated[int | None, typer.Option("--seed", help="Another seed makes other rounds.")] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Work in a folder that goes away; end with 0 only when all is as it must be."),
    ] = False,
) -> None:
    """Make two synthetic national rounds and take them through: ingest, score, claims, release, verify."""
    with one_line_errors():
        if not check:
            _run(out, seed, leave=True)
            return
        with tempfile.TemporaryDirectory(prefix="trigpoint-demo-") as folder:
            _run(Path(folder), seed, leave=False)


def _run(out: Path, seed: int | None, *, leave: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from trigpoint.cli.demonstration import STEPS, demonstrate

    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*parts, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Synthetic rounds", total=len(STEPS))

        def say(step: str) -> None:
            typer.echo(f"{step} ...", err=True) if not console.is_terminal else None
            bar.update(task, description=step, advance=1)

        found = demonstrate(out, seed=seed, say=say)
    _print(found, out, leave=leave)


def _print(found: Demonstration, out: Path, *, leave: bool) -> None:
    typer.echo("Everything below is synthetic: made-up providers, made-up answers.")
    for one in found.rounds:
        typer.echo(
            f"{one.round}: {one.units} returns; all {one.planted} planted faults are in the intake report; "
            f"mean overall score {one.mean_overall:.1f} (n {one.n}); release verified, {one.verified:,} scores equal"
        )
    typer.echo("What was said about them, checked:")
    for claim in found.claims:
        typer.echo(f"  {claim.verdict.value:<12} {claim.statement}")
    if leave:
        typer.echo(f"Open {out / found.rounds[-1].folder / 'index.html'}. Everything made is in {out}.")
    else:
        typer.echo("demo check: all is well")
