# SPDX-License-Identifier: MIT
"""`trigpoint analyse systems`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.analyse_inputs import (
    Answers,
    AsJson,
    FrameworkName,
    GroupFile,
    Measure,
    On,
    RegisterFrom,
    place,
    read_groups,
    read_register_of,
    score_round,
    show,
)
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    from datetime import datetime

    from trigpoint.analysis.scored_units import GroupedUnits
    from trigpoint.scoring import ScoreTable

Grouping = Annotated[str, typer.Option("--grouping", help="What the systems are called in the file or the register.")]
Neighbours = Annotated[
    str | None,
    typer.Option("--neighbours-in", help="Who has no system goes where most of its group in this grouping are."),
]
Types = Annotated[str | None, typer.Option("--types", help="The grouping that holds the types of organisations.")]
Split = Annotated[
    tuple[str, str] | None, typer.Option("--split", help="Two systems: split their difference in mix and rate.")
]


def systems(
    answers: Answers,
    framework: FrameworkName,
    grouping: Grouping = "icb",
    groups: GroupFile = None,
    register: RegisterFrom = None,
    on: On = None,
    neighbours_in: Neighbours = None,
    types: Types = None,
    split: Split = None,
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say whether systems differ beyond chance, and give their means like for like."""
    from trigpoint.analysis.scored_units import group_units, list_scored_units
    from trigpoint.analysis.systems import analyse_systems

    with one_line_errors():
        with waiting(f"Scoring {answers.name}"):
            table = score_round(answers, framework, measure)
        system_of, type_of = _read(table, (grouping, types), groups, (register, on, neighbours_in))
        units = group_units(list_scored_units(table, measure), system_of, grouping=grouping)
        if split is not None:
            _print_split(units, split, type_of)
            return
        show(analyse_systems(units, type_of=type_of), as_json=as_json)


def _read(
    table: ScoreTable,
    names: tuple[str, str | None],
    groups: Path | None,
    source: tuple[list[Path] | None, datetime | None, str | None],
) -> tuple[Mapping[str, str], Mapping[str, str] | None]:
    """Organisation → system, and → type where asked for."""
    grouping, types = names
    if groups is not None:
        return read_groups(groups, grouping), read_groups(groups, types) if types else None
    with waiting("Reading the register"):
        register = read_register_of(source[0])
    placed = place(register, table, grouping, source[1], neighbours_in=source[2])
    named = {code: register.group(grouping, group).name for code, group in placed.group_of.items()}
    if not types:
        return named, None
    return named, {
        code: register.group(types, group).name
        for code, group in place(register, table, types, source[1]).group_of.items()
    }


def _print_split(units: GroupedUnits, split: tuple[str, str], type_of: Mapping[str, str] | None) -> None:
    from trigpoint.analysis.systems import split_systems
    from trigpoint.errors import CannotAnalyse

    if type_of is None:
        raise CannotAnalyse("A split in mix and rate needs the types of organisations: give --types.")
    found = split_systems(units, *split, type_of=type_of)
    typer.echo(
        f"{split[0]} is {found.difference:+.1f} points from {split[1]}: {found.mix:+.1f} by its mix of types, "
        f"{found.rate:+.1f} by the scores of the same types."
    )
