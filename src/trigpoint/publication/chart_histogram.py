# SPDX-License-Identifier: MIT
"""The histogram: how many returns have scores of each size on one measure."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.publication.chart import ChartWords, NumberRow, NumberTable, PrintedNumber, printed
from trigpoint.publication.score_range import score_range
from trigpoint.publication.summary import Summary, bin_statistic, bin_words


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """One bin. label: the score at its left edge; height: of the tallest bar, 0 to 1."""

    label: str
    count: PrintedNumber
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars side by side, of equal width. last_edge: the score at the right end, when the last bin has a width."""

    words: ChartWords
    bars: tuple[HistogramBar, ...]
    last_edge: str | None
    table: NumberTable


def build_histogram(summary: Summary, framework: Framework, measure: Measure, *, source: str) -> Histogram:
    """Return the histogram of a measure on which at least one return has a score."""
    bins = score_range(framework, measure).bins()
    counts = [printed(summary, measure.id, bin_statistic(one)) for one in bins]
    values = [summary.line(measure.id, bin_statistic(one)).value or 0 for one in bins]
    width = f"{float(bins[0].high - bins[0].low):g}"
    return Histogram(
        words=ChartWords(
            name=f"distribution-{measure.id}",
            title=_finding(summary, measure),
            subtitle=f"Number of returns by {measure.title} score, in steps of {width}.",
            foot=f"n = {summary.line(measure.id, 'with_score').text} returns with a score. {source}",
            description=" ".join(f"{count.text} {bin_words(one)}." for one, count in zip(bins, counts, strict=True)),
        ),
        bars=tuple(
            HistogramBar(f"{float(one.low):g}", count, float(value / max(values)))
            for one, count, value in zip(bins, counts, values, strict=True)
        ),
        last_edge=None if bins[-1].low == bins[-1].high else f"{float(bins[-1].high):g}",
        table=NumberTable(
            f"{measure.title}: returns by score",
            ("Score", "Returns"),
            tuple(NumberRow(bin_words(one), (count,)) for one, count in zip(bins, counts, strict=True)),
        ),
    )


def _finding(summary: Summary, measure: Measure) -> str:
    low, high = (summary.line(measure.id, name).text for name in ("lower_quartile", "upper_quartile"))
    return f"{measure.title}: the middle half of returns scored {low} to {high}"
