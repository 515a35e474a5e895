# SPDX-License-Identifier: MIT
"""`trigpoint analyse uncertainty` and `trigpoint analyse ranks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.analyse_inputs import Answers, AsJson, FrameworkName, Measure, Seed, score_round, show
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    import numpy as np

    from trigpoint.scoring import ScoreTable, ScoringPlan


def uncertainty(
    answers: Answers,
    framework: FrameworkName,
    measure: Measure = "overall",
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Say how sure each score is, by questions, raters, method and missing answers."""
    import numpy as np

    from trigpoint.analysis.uncertainty import analyse_uncertainty

    with one_line_errors():
        with waiting(f"Scoring {answers.name}"):
            table = score_round(answers, framework, measure)
            result = analyse_uncertainty(
                table.answers, plan_of(framework), measure, rng=np.random.Generator(np.random.PCG64(seed))
            )
        show(result, as_json=as_json)


def ranks(
    answers: Answers,
    framework: FrameworkName,
    measure: Measure = "overall",
    top: Annotated[int, typer.Option("--top", help="How many are the top.")] = 10,
    bare_places: Annotated[
        bool, typer.Option("--bare-places", help="Give each unit's place too, which the scores do not bear.")
    ] = False,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Say which units can be told apart, and between which ranks each may truly be."""
    import numpy as np

    from trigpoint.analysis.ranks import analyse_ranks
    from trigpoint.analysis.scored_units import list_scored_units

    with one_line_errors():
        with waiting(f"Scoring {answers.name}"):
            table = score_round(answers, framework, measure)
            rng = np.random.Generator(np.random.PCG64(seed))
            units = list_scored_units(table, measure)
            errors = errors_of(table, plan_of(framework), measure, rng)
            result = analyse_ranks(units, errors, rng=rng, top=top, bare_places=bare_places)
        show(result, as_json=as_json)


def plan_of(framework: str) -> ScoringPlan:
    """Read a framework and compile it."""
    from trigpoint.io.content import read_framework
    from trigpoint.scoring import compile_plan

    return compile_plan(read_framework(framework))


def errors_of(
    table: ScoreTable, plan: ScoringPlan, measure: str, rng: np.random.Generator
) -> dict[tuple[str, str], float]:
    """Return each unit's standard error by questions."""
    from trigpoint.analysis.uncertainty import question_errors
    from trigpoint.scoring.mean_tree import build_mean_tree
    from trigpoint.scoring.question_points import list_question_points

    questions = list_question_points(table.answers, plan)
    errors = question_errors(build_mean_tree(plan, questions), questions, measure, rng=rng)
    return {unit.key: float(error) for unit, error in zip(table.units, errors, strict=True)}
