# SPDX-License-Identifier: MIT
"""What can a framework's scores do? Every level and band is reached, and more points never lower a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.model import Ladder, PointsTable, Scale
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.kernel import score_answers
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.score_table import ScoreTable
from trigpoint.scoring.trials import ClimbedReturns, first_number, list_climbs

Scored = Sequence[tuple[ClimbedReturns, ScoreTable]]


def check_reach(framework: Framework, text: Located, plan: ScoringPlan | None = None) -> list[Problem]:
    """Return every level, band and threshold that no answers reach, and every score that falls as an answer rises.

    Tried on returns that climb from the lowest to the highest answers in each care setting: see `trials`. The same
    framework always meets the same returns. text: of scoring.yaml. plan: compiled already, if at hand.
    """
    used = plan if plan is not None else compile_plan(framework)
    scored = [(climb, score_answers(climb.answers, used)) for climb in list_climbs(framework)]
    return [
        *_idle_thresholds(framework, text),
        *_unreached_levels(framework, scored, text),
        *_unreached_bands(framework, scored, text),
        *_falls(scored, text),
    ]


def _idle_thresholds(framework: Framework, text: Located) -> Iterator[Problem]:
    """Thresholds that no number within the scale reaches, or that the next one always overtakes."""
    for path, scale, table in _tables(framework):
        if scale.number is None or not isinstance(table, tuple):
            continue
        for at, (low, points) in enumerate(table):
            number = first_number(scale.number, low)
            if number is None or any(after <= number for after, _ in table[at + 1 :]):
                message = f"no number of the scale {scale.id!r} earns the {points} points of the threshold {low}."
                yield text.problem((*path, at), message)


def _tables(framework: Framework) -> Iterator[tuple[Path, Scale, PointsTable]]:
    for scale_id, table in framework.scoring.points.items():
        yield ("points", scale_id), framework.scales[scale_id], table
    for question, table in framework.scoring.question_points.items():
        yield ("question_points", question), framework.scale_of(question), table


def _unreached_levels(framework: Framework, scored: Scored, text: Located) -> Iterator[Problem]:
    ladder = framework.scoring.ladder
    if ladder is None:
        return
    complete = [scores for climb, scores in scored if climb.is_complete]
    for measure in framework.walk_measures():
        if framework.scoring.levels[measure.level].combine == "ladder":
            found = {value for scores in complete for value in scores.column(measure.id).tolist()}
            for path, name, value in _rungs(ladder):
                if value not in found:
                    message = f"level {name!r} of {measure.id!r} is not reached by any answers from lowest to highest."
                    yield text.problem(path, message)


def _rungs(ladder: Ladder) -> list[tuple[Path, str, int]]:
    steps: list[tuple[Path, str, int]] = [
        (("ladder", "steps", at), step.id, step.value) for at, step in enumerate(ladder.steps)
    ]
    return [(("ladder", "base"), ladder.base.id, ladder.base.value), *steps]


def _unreached_bands(framework: Framework, scored: Scored, text: Located) -> Iterator[Problem]:
    bands = framework.scoring.bands.bands if framework.scoring.bands is not None else ()
    found = {position for _, scores in scored for position in np.unique(scores.band_positions).tolist()}
    for at, band in enumerate(bands):
        if at not in found:
            message = f"the band {band.id!r} is not reached by any answers from lowest to highest."
            yield text.problem(("bands", "bands", at), message)


def _falls(scored: Scored, text: Located) -> Iterator[Problem]:
    """Scores that fall although the only thing that changed is one answer, to one of as many points or more."""
    told: set[tuple[str, str]] = set()
    for climb, scores in scored:
        # A raised answer may show or hide other questions, which rightly moves a score either way.
        alone = (np.diff(climb.answers.codes.astype(int), axis=0) != 0).sum(axis=1) <= 1
        for row, column in np.argwhere(_is_lower(scores) & alone[:, np.newaxis]).tolist():
            fall = (climb.raised[row], scores.measures[column])
            if fall not in told:
                told.add(fall)
                message = f"a better answer to {fall[0]!r} lowers {fall[1]!r}. Scores must never fall as points rise."
                yield text.problem(("points",), message)


def _is_lower(scores: ScoreTable) -> NDArray[np.bool_]:
    """Whether each return but the first scores lower than the one before, exactly. Shape (returns - 1, measures)."""
    top, bottom = scores.numerators.astype(object), scores.denominators.astype(object)
    return np.asarray(top[1:] * bottom[:-1] < top[:-1] * bottom[1:], dtype=np.bool_)
