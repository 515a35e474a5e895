# SPDX-License-Identifier: MIT
"""A histogram as SVG."""

from __future__ import annotations

from trigpoint.publication.chart_histogram import Histogram, HistogramBar
from trigpoint.publication.draw import LINE, axis_text, bar, line, number_text, percent, picture
from trigpoint.publication.markup import Markup, join, tag

_TALLEST = 180  # px of the tallest bar
_GAP = 0.004  # of the chart's width, between bars
# Longer numbers over the bars would touch on a phone; the table has them all.
_MOST_DIGITS = 3
_MOST_AXIS_LABELS = 6


def draw_histogram(chart: Histogram) -> Markup:
    """Return the chart as one accessible SVG."""
    foot = LINE + _TALLEST + 4
    width = 1 / len(chart.bars)
    bars = [_draw_bar(one, at * width, width, foot) for at, one in enumerate(chart.bars)]
    return picture(chart.words, foot + LINE + 6, *bars, line(0, 1, foot, foot, "base"), *_axis(chart, foot + LINE))


def _draw_bar(one: HistogramBar, left: float, width: float, foot: int) -> Markup:
    height = _TALLEST * one.height
    drawn = bar(left + _GAP, width - 2 * _GAP, foot - height, height, "column")
    if len(one.count.text) > _MOST_DIGITS or one.height == 0:
        return drawn
    middle = percent(left + width / 2)
    number = tag("text", number_text(one.count), x=middle, y=foot - height - 5, text_anchor="middle", class_="value")
    return join(drawn, number)


def _axis(chart: Histogram, y: int) -> list[Markup]:
    """Edges under the lines between bars; where the last bin is one whole score, each score under its bar."""
    width = 1 / len(chart.bars)
    if chart.last_edge is None:
        return [
            tag("text", one.label, x=percent((at + 0.5) * width), y=y, text_anchor="middle", class_="axis")
            for at, one in enumerate(chart.bars)
        ]
    edges = [*(one.label for one in chart.bars), chart.last_edge]
    step = -(-len(chart.bars) // (_MOST_AXIS_LABELS - 1))
    return [axis_text(label, at * width, y) for at, label in enumerate(edges) if at % step == 0]
