# SPDX-License-Identifier: MIT
"""The range chart: for each measure the middle half, the median, the mean and the extremes, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.publication.chart import ChartWords, NumberRow, NumberTable, PrintedNumber, join_words, printed
from trigpoint.publication.display import NO_SCORE
from trigpoint.publication.score_range import ScoreRange, score_range
from trigpoint.publication.summary import Summary

HOW_TO_READ = (
    "The thick bar is the middle half of returns, the line across it the median, the ring the mean; "
    "the thin line runs from the lowest to the highest. The number is the median."
)
_COLUMNS = {
    "with_score": "Returns with a score",
    "without_score": "Without",
    "mean": "Mean",
    "lower_quartile": "Lower quartile",
    "median": "Median",
    "upper_quartile": "Upper quartile",
    "minimum": "Lowest",
    "maximum": "Highest",
}


@dataclass(frozen=True, slots=True)
class RangeMarks:
    """Where the marks of a row lie, 0 at the left end of the axis to 1 at the right."""

    minimum: float
    lower_quartile: float
    median: float
    upper_quartile: float
    maximum: float
    mean: float


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One measure. marks: None when no return has a score, which the number then says."""

    label: str
    number: PrintedNumber
    marks: RangeMarks | None


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Measures one under another on one axis. ticks: the number printed and where it lies, 0 to 1."""

    words: ChartWords
    rows: tuple[RangeRow, ...]
    ticks: tuple[tuple[str, float], ...]
    table: NumberTable


def build_range_chart(
    summary: Summary, framework: Framework, measures: Sequence[Measure], *, name: str, source: str
) -> RangeChart:
    """Return the chart of some measures. name: of the chart, unique on its page. source: where the answers are from."""
    ranges = [score_range(framework, measure) for measure in measures]
    axis = ScoreRange(min(one.bottom for one in ranges), max(one.top for one in ranges))
    return RangeChart(
        words=_words(summary, measures, name, source),
        rows=tuple(_row(summary, measure, axis) for measure in measures),
        ticks=tuple((str(tick), (tick - axis.bottom) / (axis.top - axis.bottom)) for tick in axis.ticks()),
        table=_table(summary, measures),
    )


def _row(summary: Summary, measure: Measure, axis: ScoreRange) -> RangeRow:
    number = printed(summary, measure.id, "median")
    if not summary.has_score(measure.id):
        return RangeRow(measure.title, number, None)
    values = {name: summary.line(measure.id, name).value for name in RangeMarks.__slots__}
    return RangeRow(
        measure.title,
        number,
        RangeMarks(**{name: axis.place(value) for name, value in values.items() if value is not None}),
    )


def _words(summary: Summary, measures: Sequence[Measure], name: str, source: str) -> ChartWords:
    counted = [summary.line(measure.id, "with_score").n for measure in measures]
    n = f"{counted[0]:,}" if len(set(counted)) == 1 else f"{min(counted):,} to {max(counted):,}"
    return ChartWords(
        name=name,
        title=_finding(summary, measures),
        subtitle=HOW_TO_READ,
        foot=f"n = {n} returns with a score. {source}",
        description=" ".join(_sentence(summary, measure) for measure in measures),
    )


def _finding(summary: Summary, measures: Sequence[Measure]) -> str:
    scored = {
        measure.title: summary.line(measure.id, "median") for measure in measures if summary.has_score(measure.id)
    }
    if not scored:
        return f"No return has a score on {join_words(tuple(measure.title for measure in measures))}"
    medians = {title: line.value or 0 for title, line in scored.items()}
    highest = tuple(title for title, value in medians.items() if value == max(medians.values()))
    lowest = tuple(title for title, value in medians.items() if value == min(medians.values()))
    if highest == lowest:
        return f"The median is {scored[highest[0]].text} on {join_words(highest)}"
    return f"{join_words(highest)} {_has(highest)} the highest median, {join_words(lowest)} the lowest"


def _has(titles: tuple[str, ...]) -> str:
    return "has" if len(titles) == 1 else "have"


def _sentence(summary: Summary, measure: Measure) -> str:
    if not summary.has_score(measure.id):
        return f"{measure.title}: {NO_SCORE}."
    text = {name: summary.line(measure.id, name).text for name in RangeMarks.__slots__}
    return (
        f"{measure.title}: median {text['median']}, middle half {text['lower_quartile']} to {text['upper_quartile']}, "
        f"lowest {text['minimum']}, highest {text['maximum']}, mean {text['mean']}."
    )


def _table(summary: Summary, measures: Sequence[Measure]) -> NumberTable:
    rows = tuple(
        NumberRow(measure.title, tuple(printed(summary, measure.id, statistic) for statistic in _COLUMNS))
        for measure in measures
    )
    return NumberTable("Scores: returns, mean, quartiles and extremes", ("Measure", *_COLUMNS.values()), rows)
