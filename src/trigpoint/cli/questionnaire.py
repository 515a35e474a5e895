# SPDX-License-Identifier: MIT
"""`trigpoint questionnaire`: a framework as an empty form, for a spreadsheet or for paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, waiting
from trigpoint.errors import FileTrouble, UnknownUnit

if TYPE_CHECKING:
    from trigpoint.frameworks import Framework
    from trigpoint.submissions import Unit


def questionnaire(
    framework: Annotated[str, typer.Argument(help="A shipped framework such as nhs-dma@2017, or a folder.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write; its name ends with .xlsx or .pdf.")],
    care_setting: Annotated[
        list[str] | None, typer.Option("--care-setting", help="Ask what this care setting is asked; may be repeated.")
    ] = None,
) -> None:
    """Write the questions of a framework as an empty form: a spreadsheet with lists, or a PDF with boxes."""
    from trigpoint.io.content import read_framework
    from trigpoint.io.questionnaire_pdf import write_questionnaire_pdf
    from trigpoint.io.questionnaire_workbook import write_questionnaire_workbook
    from trigpoint.submissions.questionnaire_rows import Questionnaire, build_parts

    writers = {".xlsx": write_questionnaire_workbook, ".pdf": write_questionnaire_pdf}
    with one_line_errors():
        write = writers.get(out.suffix.lower())
        if write is None:
            raise FileTrouble(f"{out}: a questionnaire is written as {' or '.join(writers)}. End the name with one.")
        asked = read_framework(framework)
        form = Questionnaire(asked, asked.content.round, form_units(asked, care_setting or []))
        with waiting(f"Writing {out.name}"):
            write(form, out)
        parts = [f"{len(part.rows)} in {part.title}" for part in build_parts(form)]
        typer.echo(f"{asked.ref}: questions asked {', '.join(parts)} -> {out.as_posix()}")


def form_units(framework: Framework, care_settings: list[str]) -> tuple[Unit, ...]:
    """Return a unit of nobody for each care setting; one that is asked everything when none is named.

    Raises UnknownUnit for a care setting that the framework does not have.
    """
    from trigpoint.frameworks.suggest import no_such
    from trigpoint.submissions import Unit

    known = [setting.id for setting in framework.content.care_settings]
    for setting in care_settings:
        if setting not in known:
            raise UnknownUnit(no_such("care setting", setting, known))
    units = tuple(Unit("", setting, care_settings=(setting,)) for setting in dict.fromkeys(care_settings))
    return units or (Unit(""),)
