# SPDX-License-Identifier: MIT
"""`trigpoint analyse shares`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.analyse_inputs import AsJson, First, FirstFramework, Measure, Second, SecondFramework, show
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from trigpoint.analysis.shares import RoundMembers


def shares(
    first: First,
    second: Second,
    first_framework: FirstFramework,
    second_framework: SecondFramework,
    band: Annotated[str | None, typer.Option("--band", help="The band, such as high.")] = None,
    question: Annotated[str | None, typer.Option("--question", help="A question's id, in place of a band.")] = None,
    answer: Annotated[list[str] | None, typer.Option("--answer", help="An answer's code. Repeatable.")] = None,
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say what share of units is in a band, or gave certain answers, and whether it changed."""
    from trigpoint.analysis.shares import analyse_shares
    from trigpoint.errors import CannotAnalyse

    with one_line_errors():
        if (band is None) == (question is None):
            raise CannotAnalyse("Give either --band, or --question with --answer.")
        with waiting("Reading both rounds"):
            members = [
                _members(file, framework, measure, band=band, question=question, codes=answer or [])
                for file, framework in ((first, first_framework), (second, second_framework))
            ]
        show(analyse_shares(members[0], members[1]), as_json=as_json)


def _members(
    answers: Path, framework: str, measure: str, *, band: str | None, question: str | None, codes: list[str]
) -> RoundMembers:
    from trigpoint.analysis.shares import in_band, who_answered
    from trigpoint.cli.analyse_inputs import score_round
    from trigpoint.io.content import read_framework

    table = score_round(answers, framework, measure)
    if band is not None:
        return in_band(table, measure, band)
    return who_answered(table.answers, read_framework(framework), question or "", codes)
