# SPDX-License-Identifier: MIT
"""`trigpoint analyse`: what follows from the scores and what does not."""

from __future__ import annotations

from typing import Annotated

import typer

from trigpoint.cli.analyse_change import change, cohorts, linking
from trigpoint.cli.analyse_inputs import (
    AsJson,
    First,
    FirstFramework,
    Measure,
    Second,
    SecondFramework,
    score_round,
    show,
)
from trigpoint.cli.analyse_one_round import distribution, funnel, inequality, peers, reliability, sensitivity
from trigpoint.cli.analyse_plans import allocation, cost, sampling, survey
from trigpoint.cli.analyse_ranks import ranks, uncertainty
from trigpoint.cli.analyse_shares import shares
from trigpoint.cli.analyse_systems import systems
from trigpoint.cli.terminal import one_line_errors, waiting

analyse_app = typer.Typer(no_args_is_help=True, help="What follows from the scores, with its doubt, and what does not.")


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

    with one_line_errors():
        with waiting("Scoring both rounds"):
            before, after = (
                score_round(first, first_framework, measure),
                score_round(second, second_framework, measure),
            )
        show(analyse_convergence(match_rounds(before, after, measure), size=size), as_json=as_json)


for command in (
    allocation,
    change,
    cohorts,
    convergence,
    cost,
    distribution,
    funnel,
    inequality,
    linking,
    peers,
    ranks,
    reliability,
    sampling,
    sensitivity,
    shares,
    survey,
    systems,
    uncertainty,
):
    analyse_app.command()(command)
