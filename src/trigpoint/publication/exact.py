# SPDX-License-Identifier: MIT
"""Means of exact scores, as exact fractions: the same digits on every machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.scoring.score_table import ScoreTable


def exact_mean(scores: Sequence[Fraction]) -> Fraction | None:
    """Return the plain mean; None when there are no scores.

    >>> exact_mean([Fraction(70), Fraction(71), Fraction(72), Fraction(72)])
    Fraction(285, 4)
    """
    if not scores:
        return None
    return _sum((score.numerator, score.denominator) for score in scores) / len(scores)


@dataclass(frozen=True, slots=True)
class MeasureMean:
    """The plain mean of all units that have a score on a measure, and their number n. mean: None when n is 0."""

    measure: str
    n: int
    mean: Fraction | None


def measure_mean(table: ScoreTable, measure: str) -> MeasureMean:
    """Return the exact mean of a measure over all units of a score table, returns by care setting among them.

    measure: one of the table's.
    """
    at = table.measures.index(measure)
    tops, bottoms = table.numerators[:, at], table.denominators[:, at]
    scores = [(top, bottom) for top, bottom in zip(tops.tolist(), bottoms.tolist(), strict=True) if bottom]
    return MeasureMean(measure, len(scores), _sum(scores) / len(scores) if scores else None)


def _sum(scores: Iterable[tuple[int, int]]) -> Fraction:
    # Scores of one measure share few denominators, so whole numbers are summed first: fractions are slow to add.
    tops: dict[int, int] = defaultdict(int)
    for top, bottom in scores:
        tops[bottom] += top
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))
