# SPDX-License-Identifier: MIT
"""`trigpoint analyse`: what follows from the scores and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, print_json, waiting

if TYPE_CHECKING:
    from trigpoint.scoring import ScoreTable

analyse_app = typer.Typer(no_args_is_help=True, help="What follows from the scores, with its doubt, and what does not.")

First = Annotated[Path, typer.Argument(help="Answers of the earlier round, as `trigpoint ingest` writes them.")]
Second = Annotated[Path, typer.Argument(help="Answers of the later round.")]
FirstFramework = Annotated[str, typer.Option("--first-framework", help="NAME@VERSION of the earlier round.")]
SecondFramework = Annotated[str, typer.Option("--second-framework", help="NAME@VERSION of the later round.")]
Measure = Annotated[str, typer.Option("--measure", help="The measure, such as overall.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


@analyse_app.command()
def convergence(
    first: First,
    second: Second,
    first_framework: FirstFramework,
    second_framework: SecondFramework,
    measure: Measure = "overall",
    size: Annotated[int, typer.Option("--size", help="How many are the lowest, and how many the highest.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Say whether organisations came closer together, with the lowest and the highest chosen in four ways."""
    from trigpoint.analysis.convergence import analyse_convergence
    from trigpoint.analysis.matched_rounds import match_rounds
    from trigpoint.cli.analyse_view import present_analysis, print_analysis

    with one_line_errors():
        with waiting("Scoring both rounds"):
            before, after = _score(first, first_framework, measure), _score(second, second_framework, measure)
        result = analyse_convergence(match_rounds(before, after, measure), size=size)
        if as_json:
            print_json(present_analysis(result))
            return
        print_analysis(result)


def _score(answers: Path, framework: str, measure: str) -> ScoreTable:
    from trigpoint.cli.score import score_file
    from trigpoint.errors import UnknownMeasure
    from trigpoint.frameworks.suggest import no_such

    table = score_file(answers, framework).table
    if measure not in table.measures:
        raise UnknownMeasure(f"{table.framework}: {no_such('measure', measure, table.measures)}")
    return table
