# SPDX-License-Identifier: MIT
"""Can every level and every band be reached?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from trigpoint.errors import Problem
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.model import (
    Bands,
    Content,
    Exact,
    Ladder,
    LadderBase,
    LadderStep,
    Measure,
    Question,
    Scoring,
)
from trigpoint.frameworks.points import list_points, points_table
from trigpoint.frameworks.suggest import no_such, repeated

# A band's position is held as one signed byte, and a reader tells apart far fewer.
MOST_BANDS = 100


def check_ladder(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    """Yield every problem of the ladder: absent, idle, out of order, or with a level nobody can reach."""
    climbs = [level for level, rule in scoring.levels.items() if rule.combine == "ladder"]
    ladder = scoring.ladder
    if ladder is None:
        for level in climbs:
            yield text.problem(("levels", level), "this level climbs a ladder, but there is no `ladder`.")
        return
    if not climbs:
        yield text.problem(("ladder",), "no level has `combine: ladder`. Take the ladder out, or use it.")
    yield from _step_problems(ladder, text)
    measures = [one for root in content.measures for one in root.walk() if one.level in climbs and not one.measures]
    asked = [question for question in content.questions if question.measure in {one.id for one in measures}]
    yield from _placement_problems(ladder, asked, text)
    for measure in measures:
        yield from _reach_problems(ladder, measure, asked, scoring, text)


def _step_problems(ladder: Ladder, text: Located) -> Iterator[Problem]:
    if not ladder.steps:
        yield text.problem(("ladder", "steps"), "a ladder needs at least one step above its base.")
    yield from _negative_levels(ladder, text)
    rungs: tuple[LadderBase | LadderStep, ...] = (ladder.base, *ladder.steps)
    for at, (low, high) in enumerate(pairwise(rungs)):
        if high.value <= low.value:
            message = f"steps must rise: {high.id!r} ({high.value}) comes after {low.id!r} ({low.value})."
            yield text.problem(("ladder", "steps", at, "value"), message)
    for at, name in repeated(rung.id for rung in rungs):
        yield text.problem(("ladder", "steps", at - 1, "id"), f"the step id {name!r} is taken.")
    for at, step in enumerate(ladder.steps):
        if not 0 < step.share_needed <= 1:
            message = f"the share needed is above 0 and at most 1; found {step.share_needed}."
            yield text.problem(("ladder", "steps", at, "share_needed"), message)


def _negative_levels(ladder: Ladder, text: Located) -> Iterator[Problem]:
    """Scores are never negative, whatever the kind of framework."""
    values: list[tuple[Path, int]] = [(("ladder", "base", "value"), ladder.base.value)]
    values += [(("ladder", "steps", at, "value"), step.value) for at, step in enumerate(ladder.steps)]
    for path, value in values:
        if value < 0:
            yield text.problem(path, f"a level is 0 or more; found {value}.")


def _placement_problems(ladder: Ladder, asked: list[Question], text: Located) -> Iterator[Problem]:
    steps = [step.id for step in ladder.steps]
    ids = [question.id for question in asked]
    for question_id, step in ladder.step_of.items():
        path: Path = ("ladder", "step_of", question_id)
        if question_id not in ids:
            yield text.problem(path, no_such("question on this ladder", question_id, ids))
        if step not in steps:
            yield text.problem(path, no_such("step", step, steps))
    for question_id in ids:
        if question_id not in ladder.step_of:
            yield text.problem(("ladder", "step_of"), f"the question {question_id!r} stands on no step.")


def _reach_problems(
    ladder: Ladder, measure: Measure, asked: list[Question], scoring: Scoring, text: Located
) -> Iterator[Problem]:
    for at, step in enumerate(ladder.steps):
        here = [q for q in asked if q.measure == measure.id and ladder.step_of.get(q.id) == step.id]
        path: Path = ("ladder", "steps", at)
        weights = {question.id: scoring.weights.questions.get(question.id, 1) for question in here}
        if not any(weights.values()):
            message = f"level {step.id!r} is not reachable for {measure.id!r}: no question of it counts on that step."
            yield text.problem(path, message)
        idle = [question.id for question in here if _best(scoring, question) == 0]
        lost = sum((weights[question_id] for question_id in idle), start=Decimal(0))
        if idle and sum(weights.values()) - lost < step.share_needed * sum(weights.values()):
            message = f"level {step.id!r} is not reachable: no answer to {', '.join(idle)} meets it."
            yield text.problem(path, message)


def check_bands(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    """Yield every problem of the bands: none, out of order, the first above the lowest score, one never reached."""
    bands = scoring.bands
    if bands is None:
        return
    if not bands.bands:
        yield text.problem(("bands", "bands"), "name at least one band, or take `bands` out.")
        return
    yield from _band_order_problems(bands, text)
    if len(bands.bands) > MOST_BANDS:
        yield text.problem(("bands", "bands"), f"there are {len(bands.bands)} bands; {MOST_BANDS} is the most.")
    lowest, highest = _score_range(content, scoring)
    if bands.bands[0].from_score > lowest:
        message = f"the first band begins at {bands.bands[0].from_score}, above the lowest score {lowest}."
        yield text.problem(("bands", "bands", 0, "from"), message)
    for at, band in enumerate(bands.bands):
        if band.from_score > highest:
            message = f"the band {band.id!r} is not reachable: no score is above {highest}."
            yield text.problem(("bands", "bands", at, "from"), message)


def _band_order_problems(bands: Bands, text: Located) -> Iterator[Problem]:
    for at, (low, high) in enumerate(pairwise(bands.bands)):
        if high.from_score <= low.from_score:
            message = f"bands must rise: {high.id!r} from {high.from_score} comes after {low.id!r}."
            yield text.problem(("bands", "bands", at + 1, "from"), message)
    for at, name in repeated(band.id for band in bands.bands):
        yield text.problem(("bands", "bands", at, "id"), f"the band id {name!r} is taken.")


def _score_range(content: Content, scoring: Scoring) -> tuple[Exact, Exact]:
    """The lowest and highest score that any measure can have."""
    if scoring.ladder is not None:
        values = [scoring.ladder.base.value, *(step.value for step in scoring.ladder.steps)]
        return min(values), max(values)
    if scoring.kind in {"sum-of-marks", "pass-mark"}:
        return 0, 100
    points = [amount for question in content.questions if question.measure for amount in _points(scoring, question)]
    missing = scoring.missing
    counts_as_zero = "zero" in {missing.not_answered, missing.dont_know, missing.not_applicable}
    return 0 if counts_as_zero else min(points, default=0), max(points, default=0)


def _points(scoring: Scoring, question: Question) -> tuple[Exact, ...]:
    """What each answer to a question is worth; empty where it has no table."""
    return list_points(points_table(scoring, question.id, question.scale) or {})


def _best(scoring: Scoring, question: Question) -> Exact | None:
    return max(_points(scoring, question), default=None)
