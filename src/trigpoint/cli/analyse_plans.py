# SPDX-License-Identifier: MIT
"""The commands of `trigpoint analyse` for surveys, visits and money."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.analyse_inputs import (
    Answers,
    AsJson,
    FrameworkName,
    GroupFile,
    Measure,
    Seed,
    read_groups,
    score_round,
    show,
)
from trigpoint.cli.analyse_one_round import seeded
from trigpoint.cli.terminal import one_line_errors, waiting

Types = Annotated[str | None, typer.Option("--types", help="The column of --groups that holds types of organisations.")]


def survey(
    answers: Answers,
    framework: FrameworkName,
    asked: Annotated[Path, typer.Option("--asked", help="A CSV file of all who were asked, with their classes.")],
    by: Annotated[list[str], typer.Option("--by", help="A column of --asked that holds classes. Repeatable.")],
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say what those who replied can say of all who were asked."""
    from trigpoint.analysis.scored_units import list_scored_units
    from trigpoint.analysis.survey import analyse_survey

    with one_line_errors():
        classings = [read_groups(asked, column) for column in by]
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        everybody = frozenset().union(*classings)
        show(analyse_survey(units, everybody, classings), as_json=as_json)


def sampling(
    answers: Answers,
    framework: FrameworkName,
    size: Annotated[int, typer.Option("--size", help="How many organisations are drawn.")],
    groups: GroupFile = None,
    types: Types = None,
    certain: Annotated[list[str] | None, typer.Option("--certain", help="A code to take anyway. Repeatable.")] = None,
    measure: Measure = "overall",
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Draw organisations to visit, spread over scores and types, so that anybody can draw them again."""
    from trigpoint.analysis.sampling import draw_sample
    from trigpoint.analysis.scored_units import list_scored_units

    with one_line_errors():
        type_of = read_groups(groups, types) if groups is not None and types is not None else None
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        result = draw_sample(units, size, rng=seeded(seed), type_of=type_of, certain=certain or ())
        show(result, as_json=as_json)


def cost(
    costs: Annotated[Path, typer.Argument(help="A CSV file of all organisations, with cost where it is known.")],
    column: Annotated[str, typer.Option("--cost", help="The column that holds costs.")],
    size: Annotated[str, typer.Option("--size", help="The column that holds sizes of all organisations.")],
    unit: Annotated[str, typer.Option("--unit", help="What a cost is in.")] = "cost",
    as_json: AsJson = False,
) -> None:
    """Tell a national cost from a few, in four ways, with what so few can't bear."""
    from trigpoint.analysis.cost import analyse_cost
    from trigpoint.io.number_file import read_number_file

    with one_line_errors():
        known = {code: one for code, (one,) in read_number_file(costs, [column]).items()}
        sizes = {code: one for code, (one,) in read_number_file(costs, [size]).items()}
        show(analyse_cost(known, sizes, unit=unit), as_json=as_json)


def allocation(
    answers: Answers,
    framework: FrameworkName,
    budget: Annotated[float, typer.Option("--budget", help="The money there is.")],
    points: Annotated[float, typer.Option("--points", help="By how many points a unit of money raises a score.")],
    error: Annotated[float, typer.Option("--error", help="The standard error of --points.")] = 0.0,
    core: Annotated[float, typer.Option("--core", help="The core level.")] = 60.0,
    group: Annotated[int, typer.Option("--group", help="How many are the highest, and how many the lowest.")] = 20,
    measure: Measure = "overall",
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Work out what a budget would do under five rules, if money did what is assumed."""
    from trigpoint.analysis.allocation import AllocationPlan, analyse_allocation
    from trigpoint.analysis.scored_units import list_scored_units

    with one_line_errors():
        plan = AllocationPlan(budget, points, error, core, group)
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        show(analyse_allocation(units, plan, rng=seeded(seed)), as_json=as_json)
