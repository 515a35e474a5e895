# SPDX-License-Identifier: MIT
"""The command `trigpoint`. Each command is a module here; heavy imports wait until a command needs them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import trigpoint
from trigpoint.cli.analyse import analyse_app
from trigpoint.cli.claims import claims_app
from trigpoint.cli.demo import demo
from trigpoint.cli.explain import explain
from trigpoint.cli.fhir import fhir_app
from trigpoint.cli.framework import framework_app
from trigpoint.cli.ingest import ingest
from trigpoint.cli.questionnaire import questionnaire
from trigpoint.cli.register import register_app
from trigpoint.cli.release import release_app
from trigpoint.cli.report import report
from trigpoint.cli.score import score

app = typer.Typer(
    name="trigpoint",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Define an assessment, take answers in, score them exactly, and publish so that anyone can recompute.",
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"trigpoint {trigpoint.__version__}")
        raise typer.Exit


@app.callback()
def _trigpoint(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Nothing to do here: the commands do the work."""


app.add_typer(framework_app, name="framework")
app.command()(ingest)
app.add_typer(register_app, name="register")
app.command()(questionnaire)
app.command()(score)
app.command()(explain)
app.add_typer(analyse_app, name="analyse")
app.command()(report)
app.add_typer(claims_app, name="claims")
app.add_typer(release_app, name="release")
app.add_typer(fhir_app, name="fhir")
app.command()(demo)


def main() -> None:
    """Run the command line. Exit codes are those of `trigpoint.errors`; 2 is a mistake in the command's own words."""
    try:
        code = app(prog_name="trigpoint", standalone_mode=False)
    except typer.TyperException as error:
        message = error.format_message()
        if message:  # without one, as for no command at all, the help has been printed
            context = getattr(error, "ctx", None)
            command = context.command_path if context is not None else "trigpoint"
            typer.echo(f"{message} Try: {command} --help", err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("Stopped.", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
