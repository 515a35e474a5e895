# SPDX-License-Identifier: MIT
"""What the commands of `trigpoint analyse` read: scores, and groups of organisations from a file or the register."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigpoint.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trigpoint.analysis.result import AnalysisResult
    from trigpoint.organisations import Register
    from trigpoint.organisations.placing import PlacedOrganisations
    from trigpoint.scoring import ScoreTable

Answers = Annotated[Path, typer.Argument(help="Answers, as `trigpoint ingest` writes them.")]
First = Annotated[Path, typer.Argument(help="Answers of the earlier round, as `trigpoint ingest` writes them.")]
Second = Annotated[Path, typer.Argument(help="Answers of the later round.")]
FrameworkName = Annotated[str, typer.Option("--framework", help="NAME@VERSION, or a framework's folder.")]
FirstFramework = Annotated[str, typer.Option("--first-framework", help="NAME@VERSION of the earlier round.")]
SecondFramework = Annotated[str, typer.Option("--second-framework", help="NAME@VERSION of the later round.")]
Measure = Annotated[str, typer.Option("--measure", help="The measure, such as overall.")]
GroupFile = Annotated[
    Path | None, typer.Option("--groups", help="A CSV file with the columns organisation and the name of a grouping.")
]
RegisterFrom = Annotated[
    list[Path] | None, typer.Option("--from", help="A folder of ODS files, or one. May be given more than once.")
]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the groups.")]
Seed = Annotated[int, typer.Option("--seed", help="The seed of what is drawn by chance.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


def score_round(answers: Path, framework: str, measure: str) -> ScoreTable:
    """Read answers and score them. Raises UnknownMeasure, with the measures there are."""
    from trigpoint.cli.score import score_file
    from trigpoint.errors import UnknownMeasure
    from trigpoint.frameworks.suggest import no_such

    table = score_file(answers, framework).table
    if measure not in table.measures:
        raise UnknownMeasure(f"{table.framework}: {no_such('measure', measure, table.measures)}")
    return table


def read_groups(file: Path, grouping: str) -> Mapping[str, str]:
    """Read organisation → group from a CSV file. Raises what `read_group_file` raises."""
    from trigpoint.io.group_file import read_group_file

    return read_group_file(file, grouping)


def read_register_of(sources: Iterable[Path] | None) -> Register:
    """Read the register. Raises CannotAnalyse when no source is given."""
    from trigpoint.errors import CannotAnalyse
    from trigpoint.io.ods import read_register

    given = list(sources or ())
    if not given:
        raise CannotAnalyse("Groups are needed: give --groups FILE, or --from REGISTER with --on DATE.")
    return read_register(*given).register


def place(
    register: Register, table: ScoreTable, grouping: str, on: datetime | None, *, neighbours_in: str | None = None
) -> PlacedOrganisations:
    """Put the organisations of a round into the groups of the register as on a day. Raises CannotAnalyse without it."""
    from trigpoint.errors import CannotAnalyse
    from trigpoint.organisations.placing import place_organisations

    if on is None:
        raise CannotAnalyse("Groups change: give the day on which they are taken, --on YYYY-MM-DD.")
    codes = {unit.organisation for unit in table.units}
    return place_organisations(register, codes, grouping, on=on.date(), neighbours_in=neighbours_in)


def show(result: AnalysisResult[Any], *, as_json: bool) -> None:
    """Print a result as text or JSON."""
    from trigpoint.cli.analyse_view import print_analysis
    from trigpoint.io.methods import read_methods
    from trigpoint.publication.analysis_record import present_analysis

    method = read_methods()[result.analysis]
    if as_json:
        print_json(present_analysis(result, method))
    else:
        print_analysis(result, method)
