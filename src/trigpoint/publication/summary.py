# SPDX-License-Identifier: MIT
"""The national summary as numbers: for each measure how many scored, where the middle lies, how far scores spread.

Every number that a page prints is a line here, with its n and its definition; summary.csv holds them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Band
from trigpoint.publication.cohort import SummaryCohort, summary_cohort
from trigpoint.publication.display import display_count, display_percent, display_score
from trigpoint.publication.exact import exact_mean
from trigpoint.publication.score_range import ScoreBin, score_range
from trigpoint.scoring.score_table import Score, ScoreTable
from trigpoint.statistics.quantiles import exact_quantile

_QUARTILE = "of the scores of the returns counted, unrounded; between two scores in proportion (type 7)"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One number. value: exact, None when no return has a score; n: returns with a score that it rests on."""

    measure: str
    statistic: str
    value: Fraction | None
    n: int
    definition: str

    @property
    def text(self) -> str:
        """The number as a page prints it."""
        if self.statistic.startswith("percent_"):
            return display_percent(self.value)
        if self.statistic in SCORE_STATISTICS:
            return display_score(self.value)
        assert self.value is not None, "a count is always there"
        return display_count(self.value)


SCORE_STATISTICS = ("mean", "median", "lower_quartile", "upper_quartile", "minimum", "maximum")


@dataclass(frozen=True)  # no slots: the look-up is worked out once and kept
class Summary:
    """All lines, measures in the framework's order, and the returns they count."""

    cohort: SummaryCohort
    lines: tuple[SummaryLine, ...]

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], SummaryLine]:
        return {(line.measure, line.statistic): line for line in self.lines}

    def line(self, measure: str, statistic: str) -> SummaryLine:
        """Return one number. Raises KeyError when there is no such line."""
        return self._by_key[measure, statistic]

    def has_score(self, measure: str) -> bool:
        """Return whether any return counted has a score on the measure."""
        return self.line(measure, "with_score").n > 0


def summarise_scores(table: ScoreTable, framework: Framework) -> Summary:
    """Return the summary of a round: counts, mean, quartiles, extremes, bands and a histogram of each measure."""
    cohort = summary_cohort(table.units)
    lines = (line for measure in table.measures for line in _measure_lines(table, framework, cohort, measure))
    return Summary(cohort, tuple(lines))


def _measure_lines(
    table: ScoreTable, framework: Framework, cohort: SummaryCohort, measure: str
) -> Iterator[SummaryLine]:
    scores = [table.score(row, measure) for row in cohort.rows]
    rising = sorted(score.value for score in scores if score.value is not None)
    counted = [*_count_lines(scores, len(rising)), *_score_lines(rising)]
    bands = framework.scoring.bands
    counted += _band_lines(scores, bands.bands if bands else (), len(rising))
    counted += _bin_lines(rising, score_range(framework, framework.measures[measure]).bins())
    for statistic, value, definition in counted:
        yield SummaryLine(measure, statistic, value, len(rising), definition)


_Number = tuple[str, Fraction | None, str]


def _count_lines(scores: Sequence[Score], scored: int) -> Iterator[_Number]:
    yield "returns", Fraction(len(scores)), "returns counted in the summary"
    yield "with_score", Fraction(scored), "returns counted that have a score on the measure"
    yield "without_score", Fraction(len(scores) - scored), "returns counted without a score; they are no part of n"


def _score_lines(rising: Sequence[Fraction]) -> Iterator[_Number]:
    yield "mean", exact_mean(rising), "plain mean of the scores of the returns counted, unrounded, each counting once"
    yield "median", exact_quantile(rising, Fraction(1, 2)), f"middle {_QUARTILE}"
    yield "lower_quartile", exact_quantile(rising, Fraction(1, 4)), f"lower quartile {_QUARTILE}"
    yield "upper_quartile", exact_quantile(rising, Fraction(3, 4)), f"upper quartile {_QUARTILE}"
    yield "minimum", rising[0] if rising else None, "lowest score of the returns counted"
    yield "maximum", rising[-1] if rising else None, "highest score of the returns counted"


def _band_lines(scores: Sequence[Score], bands: Sequence[Band], scored: int) -> Iterator[_Number]:
    for band in bands:
        count = sum(score.band == band.id for score in scores)
        yield f"in_band_{band.id}", Fraction(count), f"returns counted whose score is in the band {band.title}"
        share = Fraction(100 * count, scored) if scored else None
        yield f"percent_in_band_{band.id}", share, f"per cent of n whose score is in the band {band.title}, unrounded"


def _bin_lines(rising: Sequence[Fraction], bins: Sequence[ScoreBin]) -> Iterator[_Number]:
    for each in bins:
        count = sum(each.holds(score) for score in rising)
        yield bin_statistic(each), Fraction(count), f"returns counted with a score {bin_words(each)}"


def bin_statistic(one: ScoreBin) -> str:
    """Return the name of a bin's count in summary.csv, such as from_0_to_10."""
    return f"from_{_edge(one.low)}_to_{_edge(one.high)}"


def bin_words(one: ScoreBin) -> str:
    """Return what a bin holds, such as "from 0 to below 10"."""
    if one.low == one.high:
        return f"of {_edge(one.low)}"
    return f"from {_edge(one.low)} to {'' if one.is_closed else 'below '}{_edge(one.high)}"


def _edge(score: Fraction) -> str:
    return str(score) if score.denominator == 1 else f"{float(score):g}"
