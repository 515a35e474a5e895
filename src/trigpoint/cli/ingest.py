# SPDX-License-Identifier: MIT
"""`trigpoint ingest`: take answers in from a file, with a report of everything that was not plain."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, print_json, print_table, waiting
from trigpoint.errors import FileTrouble
from trigpoint.submissions.intake_report import REPORT_COLUMNS, Finding, IntakeLine, Reading, report_cells

if TYPE_CHECKING:
    from trigpoint.frameworks import Framework
    from trigpoint.submissions.published import Intake

TABLE = "table"

_IN_WORDS = {
    Finding.CONTRADICTION: "answer text and item score disagree",
    Finding.DAMAGED: "answer text is damaged; taken from the item score",
    Finding.SECOND_RETURN: "a second return under a code of its own",
    Finding.SEVERAL_RETURNS: "returns of organisations that made several",
    Finding.NOT_A_CODE: "not the shape of an ODS code",
    Finding.CODE: "organisation codes that don't hold on the day",
    Finding.EMPTY_RETURN: "returns without an answer to a scored question",
    Finding.READ_OFF: "read off from the answers, as the file doesn't say",
}


def ingest(
    layout: Annotated[str, typer.Argument(help="nhs-dma-2015-16, nhs-dma-2017, or 'table' for a long or wide table.")],
    file: Annotated[Path, typer.Argument(help="The file of answers.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write: .parquet, .csv or .xlsx.")],
    reading: Annotated[
        Reading, typer.Option("--reading", help="Which cell to believe where answer text and item score disagree.")
    ] = Reading.SCORE,
    framework: Annotated[str, typer.Option("--framework", help="For 'table': NAME@VERSION or a folder.")] = "",
    register: Annotated[
        list[Path] | None, typer.Option("--register", help="ODS files or a folder of them, to check the codes against.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day for --register; else the framework's."),
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="Write one row a return in place of one row an answer.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take answers in from a published file or a table; write them tidy, and a report beside them.

    The report, OUT with the ending .report.csv, has a line for every contradiction, repair and doubt. Nothing is
    dropped: what can't be understood stops the command, with every problem listed.
    """
    from trigpoint.io.answers import write_answers

    with one_line_errors():
        _require_other_file(file, out)
        with waiting(f"Reading {file.name}"):
            chosen, intake = _take_in(layout, file, reading, framework)
            report = (*intake.report, *_code_lines(chosen, intake, register or [], on))
        with waiting(f"Writing {out.name}"):
            write_answers(intake.answers, chosen, out, wide=wide)
            report_file = _write_report(report, out)
        if as_json:
            print_json({**_summary(intake, report, out, report_file), "codes_checked": bool(register)})
            return
        _print_summary(intake, report, out, report_file)
        if not register:
            typer.echo("Organisation codes were not checked against a register: give --register with ODS files.")


def _require_other_file(file: Path, out: Path) -> None:
    for written in (out, _report_path(out)):
        if written.resolve() == file.resolve():
            raise FileTrouble(f"{written}: this would write over the file of answers. Give --out another name.")


def _report_path(out: Path) -> Path:
    return out.parent / f"{out.stem}.report.csv"


def _take_in(layout: str, file: Path, reading: Reading, framework: str) -> tuple[Framework, Intake]:
    from trigpoint.frameworks.suggest import no_such
    from trigpoint.io.answers import read_answers
    from trigpoint.io.content import read_framework
    from trigpoint.io.published import LAYOUTS, read_published
    from trigpoint.submissions.published import Intake

    if layout == TABLE:
        answers = read_answers(file, framework=read_framework(framework) if framework else None)
        return read_framework(framework or str(answers.framework)), Intake(answers, ())
    if layout not in LAYOUTS:
        raise FileTrouble(no_such("layout", layout, [*LAYOUTS, TABLE]))
    return read_framework(LAYOUTS[layout][0]), read_published(layout, file, reading=reading)


def _code_lines(
    framework: Framework, intake: Intake, register: list[Path], on: datetime | None
) -> tuple[IntakeLine, ...]:
    if not register:
        return ()
    from trigpoint.io.ods import read_register
    from trigpoint.submissions.code_findings import find_code_trouble

    named = framework.content.reference_date
    if on is None and named is None:
        raise FileTrouble(f"{framework.ref} names no reference date for the codes. Say --on YYYY-MM-DD.")
    day = on.date() if on is not None else date.fromisoformat(named or "")
    return find_code_trouble(intake.answers.units, read_register(*register).register, day)


def _write_report(report: tuple[IntakeLine, ...], out: Path) -> Path:
    from trigpoint.io.answers import write_csv

    path = _report_path(out)
    write_csv(path, REPORT_COLUMNS, [report_cells(line) for line in report])
    return path


def _summary(intake: Intake, report: tuple[IntakeLine, ...], out: Path, report_file: Path) -> dict[str, object]:
    answers = intake.answers
    return {
        "framework": str(answers.framework),
        "round": answers.round,
        "returns": len(answers.units),
        "organisations": len({unit.organisation for unit in answers.units}),
        "questions": len(answers.questions),
        "answers_hash": answers.hash,
        "answers": str(out),
        "report": str(report_file),
        "findings": [dict(zip(REPORT_COLUMNS, report_cells(line), strict=True)) for line in report],
    }


def _print_summary(intake: Intake, report: tuple[IntakeLine, ...], out: Path, report_file: Path) -> None:
    answers = intake.answers
    organisations = len({unit.organisation for unit in answers.units})
    typer.echo(f"{len(answers.units)} returns of {organisations} organisations, {answers.framework} -> {out}")
    typer.echo(f"answers hash {answers.hash[:12]}")
    if not report:
        typer.echo(f"Nothing odd was found; {report_file} has only its heading.")
        return
    counts = Counter(line.finding for line in report)
    rows = [(str(counts[finding]), _IN_WORDS[finding]) for finding in Finding if counts[finding]]
    print_table(f"What was not plain: {len(report)} lines in {report_file}", ("lines", "what"), rows, right=[0])
