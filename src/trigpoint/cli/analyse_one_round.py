# SPDX-License-Identifier: MIT
"""The commands of `trigpoint analyse` that look at one round: how it lies, and what its questions and rules do."""

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
    Seed,
    read_groups,
    score_round,
    show,
)
from trigpoint.cli.analyse_ranks import plan_of
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    import numpy as np

Grouping = Annotated[str | None, typer.Option("--grouping", help="The column of --groups that holds the group.")]
Types = Annotated[str | None, typer.Option("--types", help="The column of --groups that holds types of organisations.")]


def distribution(
    answers: Answers,
    framework: FrameworkName,
    groups: GroupFile = None,
    grouping: Grouping = None,
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Give percentiles, bands and every answer, with the ways of being missing apart."""
    from trigpoint.analysis.distribution import analyse_distribution
    from trigpoint.io.content import read_framework

    with one_line_errors():
        group_of = _groups(groups, grouping)
        with waiting(f"Scoring {answers.name}"):
            table = score_round(answers, framework, measure)
        show(analyse_distribution(table, read_framework(framework), measure, group_of=group_of), as_json=as_json)


def peers(
    answers: Answers,
    framework: FrameworkName,
    organisation: Annotated[str, typer.Option("--organisation", help="The code of the organisation.")],
    features: Annotated[Path, typer.Option("--features", help="A CSV file with organisation and columns of numbers.")],
    by: Annotated[list[str], typer.Option("--by", help="A column of --features. Repeatable.")],
    count: Annotated[int, typer.Option("--count", help="How many peers.")] = 15,
    groups: GroupFile = None,
    types: Types = None,
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say where an organisation stands among those most like it."""
    from trigpoint.analysis.scored_units import list_scored_units
    from trigpoint.analysis.similar_peers import compare_with_similar
    from trigpoint.io.number_file import read_number_file

    with one_line_errors():
        known, type_of = read_number_file(features, by), _groups(groups, types)
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        show(compare_with_similar(units, organisation, known, count=count, type_of=type_of), as_json=as_json)


def reliability(answers: Answers, framework: FrameworkName, seed: Seed = 1, as_json: AsJson = False) -> None:
    """Say whether the questions of each section hang together, and which do not."""
    from trigpoint.analysis.reliability import analyse_reliability
    from trigpoint.cli.score import score_file

    with one_line_errors():
        with waiting(f"Reading {answers.name}"):
            table = score_file(answers, framework).table
            result = analyse_reliability(table.answers, plan_of(framework), rng=seeded(seed))
        show(result, as_json=as_json)


def sensitivity(
    answers: Answers, framework: FrameworkName, measure: Measure = "overall", seed: Seed = 1, as_json: AsJson = False
) -> None:
    """Say how far an order of units hangs on choices of method."""
    from trigpoint.analysis.sensitivity import analyse_sensitivity

    with one_line_errors():
        with waiting("Making the score in thousands of other ways"):
            table = score_round(answers, framework, measure)
            result = analyse_sensitivity(table.answers, plan_of(framework), measure, rng=seeded(seed))
        show(result, as_json=as_json)


def funnel(
    answers: Answers,
    framework: FrameworkName,
    groups: Annotated[Path, typer.Option("--groups", help="A CSV file with organisation and the grouping.")],
    grouping: Annotated[str, typer.Option("--grouping", help="The column of --groups that holds the group.")],
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say which groups lie further from the mean of all than their size explains."""
    from trigpoint.analysis.scored_units import group_units, list_scored_units
    from trigpoint.analysis.spread import analyse_funnel

    with one_line_errors():
        group_of = read_groups(groups, grouping)
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        show(analyse_funnel(group_units(units, group_of, grouping=grouping)), as_json=as_json)


def inequality(
    answers: Answers,
    framework: FrameworkName,
    groups: GroupFile = None,
    grouping: Grouping = None,
    measure: Measure = "overall",
    as_json: AsJson = False,
) -> None:
    """Say how unequally scores are spread, and how much of it lies between groups."""
    from trigpoint.analysis.scored_units import group_units, list_scored_units
    from trigpoint.analysis.spread import analyse_inequality

    with one_line_errors():
        group_of = _groups(groups, grouping)
        with waiting(f"Scoring {answers.name}"):
            units = list_scored_units(score_round(answers, framework, measure), measure)
        grouped = group_units(units, group_of, grouping=grouping or "group") if group_of else None
        show(analyse_inequality(units, groups=grouped), as_json=as_json)


def seeded(seed: int) -> np.random.Generator:
    """Return the generator of a seed."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(seed))


def _groups(file: Path | None, column: str | None) -> Mapping[str, str] | None:
    return read_groups(file, column) if file is not None and column is not None else None
