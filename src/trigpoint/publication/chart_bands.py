# SPDX-License-Identifier: MIT
"""The band chart: for each measure how many returns are in each band, counted, not worked out from shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.frameworks.model import Band, Bands, Measure
from trigpoint.publication.chart import ChartWords, NumberRow, NumberTable, PrintedNumber, printed
from trigpoint.publication.definitions import describe_bands
from trigpoint.publication.summary import Summary


@dataclass(frozen=True, slots=True)
class BandBar:
    """One band of one measure. length: share of the returns with a score, 0 to 1."""

    label: str
    count: PrintedNumber
    percent: PrintedNumber
    length: float


@dataclass(frozen=True, slots=True)
class BandGroup:
    """The bars of one measure, highest band first."""

    label: str
    bars: tuple[BandBar, ...]


@dataclass(frozen=True, slots=True)
class BandChart:
    """Measures one under another, each with a bar for each band."""

    words: ChartWords
    groups: tuple[BandGroup, ...]
    table: NumberTable


def build_band_chart(summary: Summary, bands: Bands, measures: Sequence[Measure], *, source: str) -> BandChart:
    """Return the chart of some measures, of which each has at least one return with a score."""
    falling = tuple(reversed(bands.bands))
    return BandChart(
        words=ChartWords(
            name="bands",
            title=_finding(summary, falling[0], measures),
            subtitle="Number of returns in each band, and their share of the returns with a score.",
            foot=f"n = {_n(summary, measures)} returns with a score. Bands: {describe_bands(bands)}. {source}",
            description=" ".join(_sentence(summary, falling, measure) for measure in measures),
        ),
        groups=tuple(
            BandGroup(measure.title, tuple(_bar(summary, measure, band) for band in falling)) for measure in measures
        ),
        table=_table(summary, falling, measures),
    )


def _bar(summary: Summary, measure: Measure, band: Band) -> BandBar:
    share = summary.line(measure.id, f"percent_in_band_{band.id}").value
    assert share is not None, "only measures with a score are drawn"
    return BandBar(
        label=band.title,
        count=printed(summary, measure.id, f"in_band_{band.id}"),
        percent=printed(summary, measure.id, f"percent_in_band_{band.id}"),
        length=float(share / 100),
    )


def _n(summary: Summary, measures: Sequence[Measure]) -> str:
    counted = sorted({summary.line(measure.id, "with_score").n for measure in measures})
    return f"{counted[0]:,}" if len(counted) == 1 else f"{counted[0]:,} to {counted[-1]:,}"


def _finding(summary: Summary, top: Band, measures: Sequence[Measure]) -> str:
    shares = [summary.line(one.id, f"percent_in_band_{top.id}").text for one in measures]
    first, *others = (f"on {one.title}" for one in measures)
    rest = [f"{share} {on}" for share, on in zip(shares[1:], others, strict=True)]
    return f"{top.title}: {', '.join([f'{shares[0]} of returns {first}', *rest])}"


def _sentence(summary: Summary, bands: Sequence[Band], measure: Measure) -> str:
    counts = (f"{band.title} {summary.line(measure.id, f'in_band_{band.id}').text}" for band in bands)
    return f"{measure.title}: {', '.join(counts)}, of {summary.line(measure.id, 'with_score').text}."


def _table(summary: Summary, bands: Sequence[Band], measures: Sequence[Measure]) -> NumberTable:
    statistics = [f"{kind}in_band_{band.id}" for band in bands for kind in ("", "percent_")]
    heading = [title for band in bands for title in (band.title, f"{band.title}, share")]
    rows = tuple(
        NumberRow(measure.title, tuple(printed(summary, measure.id, one) for one in (*statistics, "with_score")))
        for measure in measures
    )
    return NumberTable("Returns in each band", ("Measure", *heading, "Returns with a score"), rows)
