# SPDX-License-Identifier: MIT
"""`trigpoint demo`: the whole job on two synthetic national rounds, from files of answers to a public site."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors

if TYPE_CHECKING:
    from trigpoint.cli.demonstration import Demonstration


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to; made if it isn't there.")] = Path("demo"),
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Another seed makes other rounds.")] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Work in a folder that goes away; end with 0 only when all is as it must be."),
    ] = False,
) -> None:
    """Make two synthetic national rounds and take them through: ingest, score, claims, release, verify, publish."""
    place = tempfile.TemporaryDirectory(prefix="trigpoint-demo-") if check else nullcontext(out)
    with one_line_errors(), place as folder:
        found = _demonstrate(Path(folder), seed)
    typer.echo("\n".join(demonstration_lines(found, None if check else out)))


def _demonstrate(out: Path, seed: int | None) -> Demonstration:
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

        return demonstrate(out, seed=seed, say=say)


def demonstration_lines(found: Demonstration, out: Path | None) -> Iterator[str]:
    """Yield what is printed of a demonstration. out: the folder with everything made; None when it has gone away."""
    from trigpoint.cli.demonstration import SITE
    from trigpoint.publication.display import display_score

    yield "Everything below is synthetic: made-up providers, made-up answers."
    for one in found.rounds:
        yield (
            f"{one.round}: {one.units} returns; all {one.planted} planted faults are in the intake report; "
            f"mean overall score {display_score(one.overall.mean)} (n {one.overall.n}); "
            f"release verified, {one.verified:,} scores equal"
        )
    yield "What was said about them, checked:"
    for claim in found.claims:
        yield f"  {claim.verdict.value:<12} {claim.statement}"
    yield f"A public site was made of both: {found.pages:,} pages, a page for each organisation and each question."
    if out is None:
        yield "demo check: all is well"
    else:
        yield f"Open {out / SITE / 'index.html'}. Everything made is in {out}."
