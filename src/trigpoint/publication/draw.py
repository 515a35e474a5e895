# SPDX-License-Identifier: MIT
"""Charts drawn as SVG that reflows: widths are per cent of the page, text and heights are pixels.

So a chart is as wide as its column, on a phone and on paper, and its 16 px text never shrinks. Labels stand above
their marks, not beside them, as a phone has no room there.
"""

from __future__ import annotations

import textwrap

from trigpoint.publication.chart import ChartWords, PrintedNumber
from trigpoint.publication.markup import Markup, tag

LINE = 20  # px from one line of text to the next
# A bold label of this many letters and the number to its right fit 288 px, a 320 px phone without its margins.
LABEL_LETTERS = 22


def percent(share: float) -> str:
    """Return a share as an SVG length."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def picture(words: ChartWords, height: int, *marks: Markup) -> Markup:
    """Return a chart's SVG, with the title and description that are read out."""
    return tag(
        "svg",
        tag("title", words.title, id=f"{words.name}-title"),
        tag("desc", words.description, id=f"{words.name}-desc"),
        *marks,
        role="img",
        aria_labelledby=f"{words.name}-title {words.name}-desc",
        width="100%",
        height=height,
        xmlns="http://www.w3.org/2000/svg",
    )


def wrap_label(label: str) -> tuple[str, ...]:
    """Return a label in lines that fit a phone."""
    return tuple(textwrap.wrap(label, LABEL_LETTERS))


def label_lines(label: str, top: int) -> Markup:
    """Return the lines of a bold label, the first one's feet at `top` px."""
    lines = (tag("tspan", line, x="0", dy=0 if at == 0 else LINE) for at, line in enumerate(wrap_label(label)))
    return tag("text", *lines, y=top, class_="label")


def number_text(number: PrintedNumber, *, suffix: str = "") -> Markup:
    """Return a number inside SVG text, traced to its line of the summary."""
    traced = tag("tspan", number.text, data_measure=number.measure, data_statistic=number.statistic)
    return Markup(traced + suffix)


def line(x1: float, x2: float, y1: float, y2: float, name: str) -> Markup:
    """Return a line; x as shares of the width, y in px."""
    return tag("line", x1=percent(x1), x2=percent(x2), y1=y1, y2=y2, class_=name)


def bar(x: float, width: float, y: float, height: float, name: str) -> Markup:
    """Return a rectangle; x and width as shares of the chart's width, y and height in px."""
    return tag("rect", x=percent(x), width=percent(width), y=y, height=height, class_=name)


def axis_text(label: str, place: float, y: float) -> Markup:
    """Return a number of the axis, kept inside the chart at both ends."""
    anchor = "start" if place == 0 else "end" if place == 1 else "middle"
    return tag("text", label, x=percent(place), y=y, text_anchor=anchor, class_="axis")
