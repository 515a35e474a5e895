# SPDX-License-Identifier: MIT
"""`trigpoint register`: look up organisations as on a date, their history and groups, and check lists of codes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import PATIENCE_SECONDS, one_line_errors, print_json, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.cli.register_views import Record, Value
    from trigpoint.io.ods import RegisterReading

register_app = typer.Typer(no_args_is_help=True, help="Organisations as on a date: who, since when, followed by whom.")

From = Annotated[
    list[Path], typer.Option("--from", help="A folder of ODS files, or one such file. May be given more than once.")
]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The date; today without it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


@register_app.command()
def show(code: str, source: From, on: On = None, *, as_json: AsJson = False) -> None:
    """Show an organisation, its dates and all its groups as on a date."""
    from trigpoint.cli.register_views import present_organisation

    with one_line_errors():
        found = present_organisation(_read(source).register, code, _day(on))
        if as_json:
            print_json(found)
            return
        _print_pairs(found)
        _print_table("Groups", found["groups"])


@register_app.command()
def history(code: str, source: From, *, as_json: AsJson = False) -> None:
    """Show what came before an organisation and what came after it, through every merger and split."""
    from trigpoint.cli.register_views import present_history

    with one_line_errors():
        found = present_history(_read(source).register, code)
        if as_json:
            print_json(found)
            return
        _print_table(f"Before {code}", found["predecessors"])
        _print_table(f"After {code}", found["successors"])


@register_app.command()
def members(grouping: str, group: str, source: From, on: On = None, *, as_json: AsJson = False) -> None:
    """List the organisations of a group (by code or name) that are open on a date."""
    from trigpoint.cli.register_views import present_members

    with one_line_errors():
        register = _read(source).register
        named = register.require_group(grouping, group)
        found = present_members(register.as_on(_day(on)).members(grouping, named.code), _day(on))
        if as_json:
            print_json(found)
            return
        _print_table(f"{named.name} ({named.code}) on {_day(on)}: {len(found)}", found)


@register_app.command()
def check(file: Path, source: From, on: On = None, *, as_json: AsJson = False) -> None:
    """Check the codes of a file on a date: unknown, closed, reused, misnamed. Ends with exit code 18 if any is."""
    from trigpoint.cli.register_views import present_problems
    from trigpoint.errors import CodesInTrouble
    from trigpoint.io.ods_codes import read_code_uses
    from trigpoint.organisations import check_codes

    with one_line_errors():
        uses = read_code_uses(file)
        problems = check_codes(uses, _read(source).register, _day(on))
        found = present_problems(problems)
        if as_json:
            print_json(found)
        elif problems:
            _print_table(f"{file.name} on {_day(on)}", found)
        else:
            typer.echo(f"{len(uses)} codes, no problems on {_day(on)}.")
        if problems:
            rows = len({problem.use for problem in problems})
            raise CodesInTrouble(f"{len(problems)} problems with {rows} of {len(uses)} rows of {file.name}.")


@register_app.command()
def files(source: From, *, as_json: AsJson = False) -> None:
    """Show what each file of the register holds, where files contradict each other, and what was left alone."""
    from trigpoint.cli.register_views import present_report

    with one_line_errors():
        found = present_report(_read(source).report)
        if as_json:
            print_json(found)
            return
        _print_table("Files", found["files"])
        _print_lines("Conflicts", found["conflicts"])
        _print_lines("Notes", found["notes"])


def _read(paths: Sequence[Path]) -> RegisterReading:
    from trigpoint.io.ods import read_register

    with _bar() as on_progress:
        return read_register(*paths, on_progress=on_progress)


@contextmanager
def _bar() -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on the error stream, which appears only when reading takes over a second."""
    from rich.progress import Progress

    began = time.monotonic()
    console = _error_console()
    bar = Progress(console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("Reading the register", total=None)

    def on_progress(done: int, total: int, file: str) -> None:
        bar.update(task, completed=done, total=total, description=f"Reading {file}")
        if time.monotonic() - began > PATIENCE_SECONDS:
            bar.start()

    try:
        yield on_progress
    finally:
        bar.stop()


def _day(on: datetime | None) -> date:
    return (on or datetime.now(UTC)).date()


def _error_console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


def _print_pairs(found: Record) -> None:
    for name, value in found.items():
        if name != "groups":
            typer.echo(f"{name.replace('_', ' ')}: {_text(value)}")


def _print_lines(title: str, lines: Value) -> None:
    assert isinstance(lines, list)
    typer.echo(f"{title}: {len(lines) or 'none'}")
    for line in lines:
        typer.echo(f"  {line}")


def _print_table(title: str, rows: Value) -> None:
    """Print records as a table, one column per name; a line that says so when there are none."""
    assert isinstance(rows, list)
    if not rows:
        typer.echo(f"{title}: none")
        return
    heading = [name.replace("_", " ") for name in rows[0]]
    print_table(title, heading, [[_text(value) for value in row.values()] for row in rows])


def _text(value: Value) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')} {_text(each)}" for name, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
