# SPDX-License-Identifier: MIT
"""A band chart as SVG."""

from __future__ import annotations

from trigpoint.publication.chart_bands import BandBar, BandChart, BandGroup
from trigpoint.publication.draw import LINE, bar, label_lines, number_text, picture, wrap_label
from trigpoint.publication.markup import Markup, join, tag

_BAR = 14
_ROW = LINE + _BAR + 8  # px for a band: its words, its bar, a gap
_GAP = 14


def draw_band_chart(chart: BandChart) -> Markup:
    """Return the chart as one accessible SVG."""
    tops = [0]
    for group in chart.groups:
        tops.append(tops[-1] + _head(group) + _ROW * len(group.bars) + _GAP)
    marks = [_draw_group(group, top) for group, top in zip(chart.groups, tops, strict=False)]
    return picture(chart.words, tops[-1], *marks)


def _head(group: BandGroup) -> int:
    return LINE * len(wrap_label(group.label)) + 6


def _draw_group(group: BandGroup, top: int) -> Markup:
    first = top + _head(group)
    bars = (_draw_bar(one, first + _ROW * at, at) for at, one in enumerate(group.bars))
    return join(label_lines(group.label, top + LINE - 3), *bars)


def _draw_bar(one: BandBar, top: int, position: int) -> Markup:
    number = join(number_text(one.count, suffix=" ("), number_text(one.percent, suffix=")"))
    return join(
        tag("text", one.label, x="0", y=top + LINE - 3),
        tag("text", number, x="100%", y=top + LINE - 3, text_anchor="end", class_="value"),
        bar(0, 1, top + LINE + 2, _BAR, "track"),
        bar(0, one.length, top + LINE + 2, _BAR, f"band band-{min(position, 2)}"),
    )
