# SPDX-License-Identifier: MIT
"""A peer chart as SVG."""

from __future__ import annotations

from trigpoint.publication.chart import ChartWords
from trigpoint.publication.chart_peers import PeerChart, PeerMarks, PeerRow
from trigpoint.publication.draw import LINE, axis_text, bar, label_lines, line, picture, wrap_label
from trigpoint.publication.markup import Markup, join, tag

_TRACK = 44  # px for the marks of a row
_BAND = 28
_BAR = 12


def draw_peer_chart(chart: PeerChart) -> Markup:
    """Return the chart as one accessible SVG."""
    tops = [0]
    for row in chart.rows:
        tops.append(tops[-1] + _height(row))
    marks = [_draw_row(row, top) for row, top in zip(chart.rows, tops, strict=False)]
    grid = [line(place, place, 4, tops[-1], "grid") for _, place in chart.ticks]
    axis = [axis_text(label, place, tops[-1] + LINE) for label, place in chart.ticks]
    words = ChartWords(chart.name, chart.title, "", "", chart.description)
    return picture(words, tops[-1] + LINE + 6, *grid, *marks, *axis)


def _height(row: PeerRow) -> int:
    return LINE * len(wrap_label(row.label)) + _TRACK


def _draw_row(row: PeerRow, top: int) -> Markup:
    number = tag("text", row.text, x="100%", y=top + LINE, text_anchor="end", class_="value")
    middle = top + LINE * len(wrap_label(row.label)) + _TRACK / 2 + 1
    own = line(0, 1, middle, middle, "empty") if row.length is None else _draw_bar(row.length, middle)
    band, above = _draw_peers(row.marks, middle)
    return join(label_lines(row.label, top + LINE), number, band, own, above)


def _draw_bar(length: float, y: float) -> Markup:
    return bar(0, length, y - _BAR / 2, _BAR, "own")


def _draw_peers(marks: PeerMarks | None, y: float) -> tuple[Markup, Markup]:
    """What lies behind the bar, and the median, which lies over it."""
    if marks is None:
        return Markup(), Markup()
    width = marks.upper_quartile - marks.lower_quartile
    band = bar(marks.lower_quartile, width, y - _BAND / 2, _BAND, "peers")
    whisker = line(marks.lowest, marks.highest, y, y, "whisker")
    return join(band, whisker), line(marks.median, marks.median, y - _BAND / 2 - 2, y + _BAND / 2 + 2, "median")
