# SPDX-License-Identifier: MIT
"""`trigpoint analyse change` and `trigpoint analyse cohorts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.analyse_inputs import (
    AsJson,
    First,
    FirstFramework,
    GroupFile,
    Measure,
    On,
    RegisterFrom,
    Second,
    SecondFramework,
    Seed,
    read_groups,
    read_register_of,
    score_round,
    show,
)
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trigpoint.organisations import Register
    from trigpoint.scoring import ScoreTable

Types = Annotated[str | None, typer.Option("--types", help="The column of --groups that holds types of organisations.")]
CohortNames = Annotated[
    list[str], typer.Option("--cohort", help="The cohort's code in the register, or its group in the file. Repeatable.")
]


def change(
    first: First,
    second: Second,
    first_framework: FirstFramework,
    second_framework: SecondFramework,
    measure: Measure = "overall",
    register: RegisterFrom = None,
    groups: GroupFile = None,
    types: Types = None,
    as_json: AsJson = False,
) -> None:
    """Split the change of the national mean in answers, rules, questions and who answered."""
    from trigpoint.analysis.change import RoundOfAnswers, analyse_change
    from trigpoint.io.content import read_framework

    with one_line_errors():
        with waiting("Scoring both rounds"):
            tables = score_round(first, first_framework, measure), score_round(second, second_framework, measure)
            rounds = [
                RoundOfAnswers(table.answers, read_framework(framework))
                for table, framework in zip(tables, (first_framework, second_framework), strict=True)
            ]
        came_from = predecessors(read_register_of(register), *tables) if register else None
        type_of = read_groups(groups, types) if groups and types else None
        with waiting("Scoring both rounds on each footing"):
            result = analyse_change(rounds[0], rounds[1], measure, predecessors=came_from, type_of=type_of)
        show(result, as_json=as_json)


def linking(
    first: First,
    second: Second,
    first_framework: FirstFramework,
    second_framework: SecondFramework,
    measure: Measure = "overall",
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Say whether two versions can stand on one scale, and how far off such a link may be."""
    import numpy as np

    from trigpoint.analysis.change import RoundOfAnswers
    from trigpoint.analysis.linking import analyse_linking
    from trigpoint.io.content import read_framework

    with one_line_errors():
        with waiting("Reading both rounds"):
            rounds = [
                RoundOfAnswers(score_round(file, name, measure).answers, read_framework(name))
                for file, name in ((first, first_framework), (second, second_framework))
            ]
        with waiting("Linking the versions"):
            rng = np.random.Generator(np.random.PCG64(seed))
            result = analyse_linking(rounds[0], rounds[1], measure, rng=rng)
        show(result, as_json=as_json)


def cohorts(
    first: First,
    second: Second,
    first_framework: FirstFramework,
    second_framework: SecondFramework,
    cohort: CohortNames,
    measure: Measure = "overall",
    register: RegisterFrom = None,
    on: On = None,
    groups: GroupFile = None,
    types: Types = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a cohort changed otherwise than others that started alike."""
    from trigpoint.analysis.cohorts import analyse_cohort
    from trigpoint.analysis.matched_rounds import match_rounds

    with one_line_errors():
        members = _members(cohort, groups, register, on)
        with waiting("Scoring both rounds"):
            before = score_round(first, first_framework, measure)
            after = score_round(second, second_framework, measure)
        type_of = read_groups(groups, types) if groups and types else None
        matched = match_rounds(before, after, measure)
        show(analyse_cohort(matched, members, name=" and ".join(cohort), type_of=type_of), as_json=as_json)


def predecessors(register: Register, before: ScoreTable, after: ScoreTable) -> dict[str, tuple[str, ...]]:
    """Return for each code that is new in the later round those it came from in the earlier one."""
    codes = {unit.organisation for unit in before.units}
    new = {unit.organisation for unit in after.units} - codes
    came = {code: tuple(sorted(register.history(code).predecessor_codes & codes)) for code in sorted(new)}
    return {code: earlier for code, earlier in came.items() if earlier}


def _members(cohort: list[str], groups: Path | None, sources: list[Path] | None, on: datetime | None) -> frozenset[str]:
    from trigpoint.errors import CannotAnalyse, UnknownGroup
    from trigpoint.frameworks.suggest import no_such

    if groups is not None:
        group_of: Mapping[str, str] = read_groups(groups, "cohort")
        absent = [name for name in cohort if name not in group_of.values()]
        if absent:
            raise UnknownGroup(f"{groups}: {no_such('cohort', absent[0], sorted(set(group_of.values())))}")
        return frozenset(code for code, group in group_of.items() if group in cohort)
    if on is None:
        raise CannotAnalyse("A cohort changes: give the day on which its members are taken, --on YYYY-MM-DD.")
    with waiting("Reading the register"):
        register = read_register_of(sources)
    known = {each.code: each for each in register.cohorts}
    absent = [name for name in cohort if name not in known]
    if absent:
        raise UnknownGroup(f"the register: {no_such('cohort', absent[0], known)}")
    return frozenset(code for name in cohort for code in known[name].members_on(on.date()))
