# SPDX-License-Identifier: MIT
"""How low and how high a measure can come out, so that a chart's axis shows all that was possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.frameworks.points import points_table

# Up to this many steps each whole score is its own bin (levels, stages); a longer range is cut in ten.
MOST_WHOLE_BINS = 10


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """Scores from `low` up to `high`; `high` itself is in the bin only if `is_closed`."""

    low: Fraction
    high: Fraction
    is_closed: bool

    def holds(self, score: Fraction) -> bool:
        """Return whether a score lies in the bin."""
        return self.low <= score < self.high or (self.is_closed and score == self.high)


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The lowest and highest score that a measure can have, both whole numbers."""

    bottom: int
    top: int

    def place(self, score: Fraction) -> float:
        """Return where a score lies, 0 at the bottom to 1 at the top."""
        return float((score - self.bottom) / (self.top - self.bottom))

    def ticks(self) -> tuple[int, ...]:
        """Return about six round numbers along the range, both ends among them."""
        step = max(1, ceil((self.top - self.bottom) / 5))
        return tuple(sorted({*range(self.bottom, self.top, step), self.top}))

    def bins(self) -> tuple[ScoreBin, ...]:
        """Return the bins of a histogram: each whole score of a short range, else ten of equal width."""
        length = self.top - self.bottom
        if length <= MOST_WHOLE_BINS:
            below = [ScoreBin(Fraction(low), Fraction(low + 1), False) for low in range(self.bottom, self.top)]
            return (*below, ScoreBin(Fraction(self.top), Fraction(self.top), True))
        edges = [self.bottom + Fraction(length * at, 10) for at in range(11)]
        return tuple(ScoreBin(edges[at], edges[at + 1], at == 9) for at in range(10))


def score_range(framework: Framework, measure: Measure) -> ScoreRange:
    """Return the range of a measure's scores under the framework's rules, widened to whole numbers."""
    amounts = tuple(_extremes(framework, measure))
    bottom, top = floor(min(amounts)), ceil(max(amounts))
    return ScoreRange(bottom, max(top, bottom + 1))


def _extremes(framework: Framework, measure: Measure) -> Iterable[Fraction]:
    if measure.measures:
        return [amount for child in measure.measures for amount in _extremes(framework, child)]
    combine = framework.scoring.levels[measure.level].combine
    ladder = framework.scoring.ladder
    if combine == "ladder" and ladder is not None:
        return [Fraction(ladder.base.value), *(Fraction(step.value) for step in ladder.steps)]
    if combine == "mean_of_questions":
        return [Fraction(0), *_points(framework, measure)]
    return [Fraction(0), Fraction(100)]


def _points(framework: Framework, measure: Measure) -> Iterable[Fraction]:
    for question in framework.questions_of(measure.id):
        table = points_table(framework.scoring, question.id, question.scale)
        assert table is not None, "a checked framework has points for every scored question"
        yield from (Fraction(each) for each in (table.values() if isinstance(table, Mapping) else _last(table)))


def _last(table: Iterable[tuple[object, object]]) -> Iterable[Fraction]:
    return [Fraction(str(row[1])) for row in table]
