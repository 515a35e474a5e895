# SPDX-License-Identifier: MIT
"""Scores as people read them. A number is rounded here, once, and nowhere before."""

from __future__ import annotations

from fractions import Fraction

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.publication.score_range import score_range
from trigpoint.scoring import Score
from trigpoint.statistics.rounding import round_half_up

NO_SCORE = "no score"


def say_points(value: Fraction | None) -> str:
    """Return a score as a number: whole as it is, else with one decimal, half up; words when there is none.

    >>> say_points(Fraction(62)), say_points(Fraction(125, 2)), say_points(Fraction(186, 3)), say_points(None)
    ('62', '62.5', '62', 'no score')
    """
    if value is None:
        return NO_SCORE
    return str(value) if value.denominator == 1 else f"{float(round_half_up(value, digits=1)):.1f}"


def say_score(framework: Framework, measure: Measure, score: Score) -> str:
    """Return a score with what it is of and its band or step, such as "62 of 100 (medium)"."""
    if score.value is None:
        return NO_SCORE
    name = name_of_band(framework, measure, score)
    of = f"{say_points(score.value)} of {score_range(framework, measure).top}"
    return f"{of} ({name})" if name else of


def name_of_band(framework: Framework, measure: Measure, score: Score) -> str:
    """Return the band of a score, or the step of the ladder it stands on; empty when there is neither."""
    bands, ladder = framework.scoring.bands, framework.scoring.ladder
    if score.value is None:
        return ""
    if bands is not None:
        return next((_in_sentence(band.title) for band in bands.bands if band.id == score.band), "")
    if ladder is not None and framework.scoring.levels[measure.level].combine == "ladder":
        titles = {Fraction(step.value): step.title for step in ladder.steps}
        return {Fraction(ladder.base.value): ladder.base.title, **titles}.get(score.value, "")
    return ""


def _in_sentence(title: str) -> str:
    """A plain word begins small in a sentence; a name with more to it stays as it is."""
    return title.lower() if title.isalpha() and title == title.capitalize() else title


def say_counts(score: Score) -> str:
    """Return what a score rests on, in words.

    Not asked stands for nothing: only what was shown to the unit counts.
    """
    parts = [f"{score.answered} of {score.asked} questions answered"]
    rest = (
        (score.dont_know, "don’t know"),
        (score.not_applicable, "not applicable"),
        (score.not_answered, "not answered"),
    )
    parts += [f"{count} {words}" for count, words in rest if count]
    return ", ".join(parts)
