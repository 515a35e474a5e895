# SPDX-License-Identifier: MIT
"""`trigpoint fhir`: questionnaires and answers for systems that speak FHIR R4."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, waiting

fhir_app = typer.Typer(no_args_is_help=True, help="Exchange questionnaires and answers as HL7 FHIR R4.")

FrameworkName = Annotated[str, typer.Option("--framework", help="NAME@VERSION, or a framework's folder.")]
Base = Annotated[str, typer.Option("--base", help="The address that canonical addresses begin with, such as https://…")]
Out = Annotated[Path, typer.Option("--out", help="The file to write.")]


@fhir_app.command()
def questionnaire(
    framework: Annotated[str, typer.Argument(help="A shipped framework such as nhs-dma@2017, or a folder.")],
    base: Base,
    out: Out,
    care_setting: Annotated[
        list[str] | None, typer.Option("--care-setting", help="Ask what this care setting is asked; may be repeated.")
    ] = None,
) -> None:
    """Write a framework as a Questionnaire, with what each answer is worth and what is shown when."""
    from trigpoint.cli.questionnaire import form_units
    from trigpoint.io.content import read_framework
    from trigpoint.io.fhir_files import write_resources
    from trigpoint.publication.fhir_questionnaire import build_questionnaire

    with one_line_errors():
        asked = read_framework(framework)
        settings = tuple(one for unit in form_units(asked, care_setting or []) for one in unit.care_settings)
        write_resources([build_questionnaire(asked, base=base.rstrip("/"), care_settings=settings)], out)
        typer.echo(f"{asked.ref} -> {out}")


@fhir_app.command()
def responses(
    answers: Annotated[Path, typer.Argument(help="Answers, as `trigpoint ingest` writes them.")],
    framework: FrameworkName,
    base: Base,
    out: Annotated[Path, typer.Option("--out", help="The file to write; its name ends with .ndjson.")],
) -> None:
    """Write every unit's answers as a QuestionnaireResponse, a line each."""
    from trigpoint.errors import FileTrouble
    from trigpoint.io.answers import read_answers
    from trigpoint.io.content import read_framework
    from trigpoint.io.fhir_files import write_resources
    from trigpoint.publication.fhir_response import build_response

    with one_line_errors():
        if out.suffix != ".ndjson":
            raise FileTrouble(f"{out}: responses are written a line each. End the name with .ndjson.")
        own = read_framework(framework)
        table = read_answers(answers, framework=own)
        with waiting(f"Writing {out.name}"):
            rows = range(len(table.units))
            write_resources((build_response(table, row, own, base=base.rstrip("/")) for row in rows), out)
        typer.echo(f"{len(table.units)} responses -> {out}")


@fhir_app.command()
def read(
    file: Annotated[Path, typer.Argument(help="Responses: .ndjson, a Bundle, or one.")],
    framework: FrameworkName,
    base: Base,
    out: Annotated[Path, typer.Option("--out", help="Where to write the answers: .parquet, .csv or .xlsx.")],
) -> None:
    """Read answers from QuestionnaireResponses; write them as `trigpoint ingest` does. All problems are listed."""
    from trigpoint.errors import AnswersProblems
    from trigpoint.io.answers import write_answers
    from trigpoint.io.content import read_framework
    from trigpoint.io.fhir_files import read_returns
    from trigpoint.submissions.answers import check_answers
    from trigpoint.submissions.questionnaire import fill_table

    with one_line_errors():
        own = read_framework(framework)
        found = read_returns(file, own, base=base.rstrip("/"))
        table = fill_table(own, [(one.unit, one.answers) for one in found])
        problems = tuple(check_answers(table, own))
        if problems:
            raise AnswersProblems(problems)
        write_answers(table, own, out)
        typer.echo(f"{len(found)} units -> {out}")
