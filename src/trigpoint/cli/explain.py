# SPDX-License-Identifier: MIT
"""`trigpoint explain`: why this score, line by line, and what would lift it one band."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.score import Answers, AsJson, FrameworkName, Rules, Scored, score_file
from trigpoint.cli.terminal import one_line_errors, print_json, print_table, waiting
from trigpoint.errors import UnknownMeasure, UnknownUnit
from trigpoint.publication.display import display_part, display_score

if TYPE_CHECKING:
    from fractions import Fraction

    from trigpoint.scoring.explain import Explanation
    from trigpoint.scoring.lift import Lift
    from trigpoint.scoring.score_table import Score


def explain(
    answers: Answers,
    organisation: Annotated[str, typer.Argument(help="The organisation's code, as in the answers.")],
    framework: FrameworkName,
    measure: Annotated[str, typer.Option("--measure", help="The measure to explain; the top one without it.")] = "",
    care_setting: Annotated[str, typer.Option("--care-setting", help="Which of its returns.")] = "General",
    rules: Rules = "",
    as_json: AsJson = False,
) -> None:
    """Explain a score: each line that makes it up, adding up to it exactly, and what would lift it one band."""
    from trigpoint.scoring.explain import explain_score
    from trigpoint.scoring.lift import find_lift

    with one_line_errors():
        with waiting(f"Scoring {answers.name}"):
            scored = score_file(answers, framework, rules=rules)
            unit = _find_unit(scored, organisation, care_setting)
            chosen = _find_measure(scored, measure)
            explanation = explain_score(scored.framework, scored.table, unit, chosen)
            lift = find_lift(scored.framework, scored.answers, unit, chosen)
        found = scored.table.units[unit]
        if as_json:
            who = {"organisation": found.organisation, "care_setting": found.care_setting}
            made = {"framework": str(scored.table.framework), **asdict(explanation), "lift": asdict(lift)}
            print_json({**who, **made})
            return
        typer.echo(f"{found.name or found.organisation} ({', '.join(found.key)})")
        _print_explanation(explanation)
        _print_lift(lift)


def _find_unit(scored: Scored, organisation: str, care_setting: str) -> int:
    keys = [unit.key for unit in scored.table.units]
    if (organisation, care_setting) in keys:
        return keys.index((organisation, care_setting))
    # Else as people type them: rrk is RRK.
    typed = [(code.casefold(), setting.casefold()) for code, setting in keys]
    if (organisation.casefold(), care_setting.casefold()) in typed:
        return typed.index((organisation.casefold(), care_setting.casefold()))
    settings = [setting for code, setting in keys if code.casefold() == organisation.casefold()]
    if settings:
        message = f"{organisation} made no return for {care_setting!r}. It made: {', '.join(settings)}."
        raise UnknownUnit(f"{message} Say which with --care-setting.")
    from trigpoint.frameworks.suggest import no_such

    raise UnknownUnit(f"in these answers {no_such('organisation', organisation, sorted({code for code, _ in keys}))}")


def _find_measure(scored: Scored, measure: str) -> str:
    from trigpoint.frameworks.suggest import no_such

    if not measure:
        return scored.table.measures[0]
    if measure not in scored.table.measures:
        raise UnknownMeasure(f"in {scored.table.framework} {no_such('measure', measure, scored.table.measures)}")
    return measure


def _print_explanation(explanation: Explanation) -> None:
    typer.echo(f"{explanation.title}: {_score_words(explanation.score)}")
    typer.echo(f"It is {explanation.rule}.")
    if explanation.no_score_because:
        typer.echo(f"There is no score because {explanation.no_score_because}.")
    rows = [
        (line.title, line.answer or line.note, _part(line.points), _part(line.weight), _part(line.adds))
        for line in explanation.lines
    ]
    if explanation.score.value is not None:
        rows.append(("Rounding", "", "", "", _part(explanation.rounding)))
        rows.append(("Score", "", "", "", display_score(explanation.score.value)))
    print_table("What it is made of", ("part", "answer", "points", "weight", "adds"), rows, right=[2, 3, 4])


def _print_lift(lift: Lift) -> None:
    if lift.then is None:
        typer.echo("There is no band above this one that other answers to the questions shown would reach.")
        return
    count = "This answer" if len(lift.steps) == 1 else f"These {len(lift.steps)} answers"
    typer.echo(f"{count} would make it {_score_words(lift.then)}:")
    print_table("", ("question", "now", "then"), [(step.title, step.now, step.then) for step in lift.steps])


def _score_words(score: Score) -> str:
    band = f", {score.band}" if score.band else ""
    return f"{display_score(score.value)}{band} ({score.answered} of {score.asked} questions answered)"


def _part(value: Fraction | None) -> str:
    """A number for reading; --json has all of it."""
    return "left out" if value is None else display_part(value)
