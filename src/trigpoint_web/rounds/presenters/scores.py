# SPDX-License-Identifier: MIT
"""Scores of a submission that is still being filled in: what it would score as it stands."""

from __future__ import annotations

from fractions import Fraction

from trigpoint.frameworks import Framework
from trigpoint.scoring import Score, ScoreTable
from trigpoint_web.design_system.parts import Column, Content, Table
from trigpoint_web.rounds.presenters.places import say_asked_in

NOTE = "As the answers stand now. Questions that are still open count as the rules of the framework say."


def present_scores(framework: Framework, scores: ScoreTable) -> Table:
    """Return the scores as a table: a row for each measure, a column for each unit. Rounded here and nowhere before."""
    titles = [say_asked_in(framework, scores.units, unit.care_setting) or "Score" for unit in scores.units]
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (measure.title, *(_cell(framework, scores.score(unit, measure.id)) for unit in range(len(scores.units))))
        for measure in framework.walk_measures()
    )
    return Table("Scores as they stand", (Column("Section"), *(Column(title) for title in titles)), rows)


def _cell(framework: Framework, score: Score) -> str:
    answered = f"{score.answered} of {score.asked} answered"
    if score.value is None:
        return f"No score: {answered}"
    band = _band_title(framework, score.band)
    return f"{round_half_up(score.value)}{f', {band}' if band else ''}: {answered}"


def round_half_up(value: Fraction) -> int:
    """Return the nearest whole number; of two as near, the larger.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(12, 5))
    (3, 2)
    """
    return (value + Fraction(1, 2)).__floor__()


def _band_title(framework: Framework, band: str | None) -> str | None:
    bands = framework.scoring.bands
    if bands is None or band is None:
        return None
    return next(one.title for one in bands.bands if one.id == band)
