# SPDX-License-Identifier: MIT
"""`trigpoint framework`: list and show frameworks, check them, start a new one from a template, publish a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trigpoint.cli.terminal import one_line_errors, print_json, waiting
from trigpoint.errors import FrameworkProblems

if TYPE_CHECKING:
    from trigpoint.cli.framework_view import Value
    from trigpoint.frameworks import Framework

framework_app = typer.Typer(no_args_is_help=True, help="What is asked and how it counts, as folders of YAML.")


# As in trigpoint.frameworks.model, which is slow to import; mypy holds the two together.
KindName = Literal["points", "sum-of-marks", "level-gate", "stage-gate", "status", "pass-mark", "indicator"]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of text.")]
Named = Annotated[str, typer.Argument(help="A shipped framework such as nhs-dma@2017, a folder, or a framework.yaml.")]


@framework_app.command("list")
def list_command(*, as_json: AsJson = False) -> None:
    """List the frameworks that Trigpoint ships."""
    from trigpoint.cli.framework_lines import listing_lines
    from trigpoint.cli.framework_view import present_listing
    from trigpoint.io.content import list_frameworks, read_framework

    with one_line_errors():
        found = present_listing([read_framework(str(ref)) for ref in list_frameworks()])
        _print(found, listing_lines(found), as_json=as_json)


@framework_app.command()
def show(
    name: Named,
    measure: Annotated[str | None, typer.Option(help="Show one measure with its questions.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show a framework: the measures tree with counts, scales with points, rules and bands."""
    from trigpoint.cli.framework_lines import framework_lines, measure_lines
    from trigpoint.cli.framework_view import present_framework, present_measure
    from trigpoint.io.content import read_framework

    with one_line_errors():
        framework = read_framework(name)
        if measure is None:
            whole = present_framework(framework)
            _print(whole, framework_lines(whole), as_json=as_json)
        else:
            part = present_measure(framework, measure)
            _print(part, measure_lines(part), as_json=as_json)


@framework_app.command()
def check(name: Named, *, as_json: AsJson = False) -> None:
    """Put a framework through the battery: one line when it passes, else every problem and exit code 3."""
    from trigpoint.io.framework_release import check_framework_at

    with one_line_errors(), waiting(f"Checking {name}"):
        checked = check_framework_at(name)
    if as_json:
        print_json([asdict(problem) for problem in checked.problems])
    for problem in () if as_json else checked.problems:
        typer.echo(str(problem))
    if checked.framework is None or checked.problems:
        raise typer.Exit(FrameworkProblems.exit_code)
    if not as_json:
        typer.echo(_all_is_well(checked.framework))


def _all_is_well(framework: Framework) -> str:
    from trigpoint.cli.framework_lines import count_of

    sizes = (
        count_of(framework.questions, "question"),
        count_of(framework.measures, "measure"),
        count_of(framework.examples, "worked example"),
    )
    return f"{framework.ref}: all is well. {', '.join(sizes)}; hash {framework.hash[:12]}."


@framework_app.command()
def new(
    kind: Annotated[KindName, typer.Option(help="The kind of scoring.")],
    out: Annotated[Path, typer.Option(help="The folder to put it in.")] = Path(),
    name: Annotated[str, typer.Option(help="Small letters, digits and hyphens.")] = "my-framework",
) -> None:
    """Start a framework of your own from a worked template that passes `check` straight away."""
    from trigpoint.io.framework_templates import write_template

    with one_line_errors():
        folder = write_template(kind, out=out, name=name)
        typer.echo(f"{folder.as_posix()}: edit its files, then: trigpoint framework check {folder.as_posix()}")


@framework_app.command()
def publish(name: Named) -> None:
    """Enter a version into RELEASED.yaml beside its framework; from then on it can't be changed unnoticed."""
    from trigpoint.io.framework_release import publish_framework

    with one_line_errors():
        with waiting(f"Checking {name}"):
            framework, path = publish_framework(name)
        typer.echo(f"{framework.ref} is published in {path.as_posix()} with the hash {framework.hash[:12]}.")


def _print(found: Value, lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    for line in lines:
        typer.echo(line)
