# SPDX-License-Identifier: MIT
"""A dot chart as SVG: a row for each line, its dots and intervals on one axis, the numbers at its right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.plain_words import show_number
from trigpoint.publication.axis import Axis, fit_axis
from trigpoint.publication.chart import ChartWords
from trigpoint.publication.draw import LINE, axis_text, line, percent, picture
from trigpoint.publication.markup import Markup, join, tag

_TRACK = 26  # px for the marks of a row
_HALF = 5
# Letters of a bold label that fit a phone of 320 px: beside one number, beside two or three, and alone on a line.
_BESIDE_ONE = 21
_BESIDE_MORE = 17
_ALONE = 30
_LONG_NUMBER = 6


def draw_dot_chart(chart: DotChart, words: ChartWords) -> Markup:
    """Return the chart as one accessible SVG. Series differ by shape as well as by colour: ring, disc, square."""
    axis = fit_axis([*_values(chart), *([chart.marked[1]] if chart.marked else [])])
    top = LINE * (len(chart.series) if len(chart.series) > 1 else 0)
    tops = [top]
    for row in chart.rows:
        tops.append(tops[-1] + LINE * len(_wrap(row)) + _TRACK)
    bottom = tops[-1]
    grid = [line(place, place, top + 4, bottom, "grid") for _, place in axis.ticks()]
    labels = [axis_text(text, place, bottom + LINE) for text, place in _few(axis.ticks())]
    marked = [_draw_marked(chart, axis, top, bottom)] if chart.marked else []
    rows = [_draw_row(row, at, axis, chart.digits) for row, at in zip(chart.rows, tops, strict=False)]
    height = bottom + LINE * (2 if chart.marked is None else 3) + 6
    unit = tag("text", chart.unit, x="100%", y=bottom + 2 * LINE, text_anchor="end", class_="axis")
    return picture(words, height, *grid, *marked, *_legend(chart.series), *rows, *labels, unit)


def _values(chart: DotChart) -> Sequence[float]:
    dots = [dot for row in chart.rows for dot in row.dots if dot is not None]
    ends = chain.from_iterable((dot.lower, dot.upper) for dot in dots)
    return [*(dot.value for dot in dots), *(end for end in ends if end is not None)]


def _few(ticks: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    """The numbers of the axis, only the first and last where they are too long to stand side by side on a phone."""
    return [ticks[0], ticks[-1]] if max(len(text) for text, _ in ticks) > _LONG_NUMBER else ticks


def _legend(series: Sequence[str]) -> Sequence[Markup]:
    if len(series) < 2:
        return []
    return [
        join(_shape(at, percent(0.02), LINE * at + 12), tag("text", name, x="5%", y=LINE * at + 17, class_="axis"))
        for at, name in enumerate(series)
    ]


def _draw_row(row: DotRow, top: float, axis: Axis, digits: int) -> Markup:
    lines = _wrap(row)
    y = top + LINE * len(lines) + _TRACK / 2 - 3
    label = tag("text", *(tag("tspan", one, x="0", dy=LINE if at else 0) for at, one in enumerate(lines)), y=top + LINE,
                class_="label")  # fmt: skip
    numbers = " / ".join("none" if dot is None else show_number(dot.value, digits) for dot in row.dots)
    number = tag("text", numbers, x="100%", y=top + LINE, text_anchor="end", class_="value")
    marks = [_draw_dot(dot, at, y, axis) for at, dot in enumerate(row.dots) if dot is not None]
    return join(line(0, 1, y, y, "row-line"), label, number, *marks)


def _draw_dot(dot: Dot, series: int, y: float, axis: Axis) -> Markup:
    interval = Markup()
    if dot.lower is not None and dot.upper is not None:
        interval = line(axis.place(dot.lower), axis.place(dot.upper), y, y, "whisker")
    return join(interval, _shape(series, percent(axis.place(dot.value)), y))


def _shape(series: int, x: str, y: float) -> Markup:
    if series == 2:
        # A square keeps its size while x is per cent of the width, so it is moved by half of it.
        return tag("rect", x=x, y=y - _HALF, width=2 * _HALF, height=2 * _HALF, transform=f"translate(-{_HALF} 0)",
                   class_="square")  # fmt: skip
    return tag("circle", cx=x, cy=y, r=_HALF, class_="disc" if series == 1 else "ring")


def _draw_marked(chart: DotChart, axis: Axis, top: float, bottom: float) -> Markup:
    name, value = chart.marked or ("", 0.0)
    place = axis.place(value)
    anchor = "start" if place < 0.34 else "end" if place > 0.66 else "middle"
    text = tag(
        "text",
        f"{name}: {show_number(value, chart.digits)}",
        x=percent(place),
        y=bottom + 3 * LINE,
        text_anchor=anchor,
        class_="axis",
    )
    return join(line(place, place, top + 4, bottom, "reference"), text)


def _wrap(row: DotRow) -> Sequence[str]:
    """The label in lines that fit a phone: the first beside the numbers, the others below them."""
    beside = _BESIDE_ONE if len(row.dots) < 2 else _BESIDE_MORE
    lines: list[str] = []
    # Ids are words joined by lines, which break there; anything longer than a line is cut.
    words = [
        word[at : at + _ALONE] for word in row.label.replace("_", " ").split() for at in range(0, len(word), _ALONE)
    ]
    for word in words:
        width = beside if len(lines) < 2 else _ALONE
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
