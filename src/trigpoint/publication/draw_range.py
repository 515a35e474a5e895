# SPDX-License-Identifier: MIT
"""A range chart as SVG."""

from __future__ import annotations

from trigpoint.publication.chart_range import RangeChart, RangeMarks, RangeRow
from trigpoint.publication.draw import (
    LINE,
    axis_text,
    bar,
    label_lines,
    line,
    number_text,
    percent,
    picture,
    wrap_label,
)
from trigpoint.publication.markup import Markup, join, tag

_TRACK = 36  # px for the marks of a row
_BAR = 16


def draw_range_chart(chart: RangeChart) -> Markup:
    """Return the chart as one accessible SVG."""
    tops = [0]
    for row in chart.rows:
        tops.append(tops[-1] + _height(row))
    marks = [_draw_row(row, top) for row, top in zip(chart.rows, tops, strict=False)]
    grid = [line(place, place, 4, tops[-1], "grid") for _, place in chart.ticks]
    axis = [axis_text(label, place, tops[-1] + LINE) for label, place in chart.ticks]
    return picture(chart.words, tops[-1] + LINE + 6, *grid, *marks, *axis)


def _height(row: RangeRow) -> int:
    return LINE * len(wrap_label(row.label)) + _TRACK


def _draw_row(row: RangeRow, top: int) -> Markup:
    lines = len(wrap_label(row.label))
    number = tag("text", number_text(row.number), x="100%", y=top + LINE, text_anchor="end", class_="value")
    middle = top + LINE * lines + _TRACK / 2 - 2
    return join(label_lines(row.label, top + LINE), number, _draw_marks(row.marks, middle))


def _draw_marks(marks: RangeMarks | None, y: float) -> Markup:
    if marks is None:
        return line(0, 1, y, y, "empty")
    return join(
        line(marks.minimum, marks.maximum, y, y, "whisker"),
        bar(marks.lower_quartile, marks.upper_quartile - marks.lower_quartile, y - _BAR / 2, _BAR, "middle-half"),
        line(marks.median, marks.median, y - _BAR / 2 - 3, y + _BAR / 2 + 3, "median"),
        tag("circle", cx=percent(marks.mean), cy=y, r=5, class_="mean"),
    )
