# SPDX-License-Identifier: MIT
"""The national page as one HTML file: nothing is fetched, nothing runs, everything on it is text."""

from __future__ import annotations

from functools import singledispatch

from trigpoint.publication.chart import NumberRow, NumberTable, PrintedNumber
from trigpoint.publication.chart_bands import BandChart
from trigpoint.publication.chart_histogram import Histogram
from trigpoint.publication.chart_range import RangeChart
from trigpoint.publication.draw_bands import draw_band_chart
from trigpoint.publication.draw_histogram import draw_histogram
from trigpoint.publication.draw_range import draw_range_chart
from trigpoint.publication.folder import LED_TO
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.page import Chart, NationalPage, PageSection, Sentence
from trigpoint.publication.page_style import STYLE

# Should anything ever slip in that asks for more, the browser refuses it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render_page(page: NationalPage) -> str:
    """Return the text of index.html."""
    notice = [tag("header", tag("p", page.notice), class_="notice")] if page.notice else []
    body = tag("body", *notice, _main(page), _footer(page))
    return f"<!DOCTYPE html>\n{tag('html', _head(page), body, lang='en-GB')}\n".replace("><", ">\n<")


def _head(page: NationalPage) -> Markup:
    title = f"Synthetic: {page.title}" if page.notice else page.title
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", Markup(STYLE)),
    )


def _main(page: NationalPage) -> Markup:
    headline = tag("div", *(tag("p", say(one)) for one in page.headline), class_="headline")
    limits = tag("ul", *(tag("li", limit) for limit in page.limits))
    return tag(
        "main",
        tag("h1", page.title),
        tag("p", page.about, class_="about"),
        headline,
        *(tag("p", line, class_="purpose") for line in page.purpose[:1]),
        *([tag("ul", *(tag("li", line) for line in page.purpose[1:]), class_="purpose")] if page.purpose[1:] else []),
        *(draw_section(one) for one in page.sections),
        tag("h2", "What these numbers can’t tell you"),
        limits,
    )


def say(sentence: Sentence) -> Markup:
    """Return a sentence, each number in it traced to its line of the summary."""
    return join(*(_number("span", part) if isinstance(part, PrintedNumber) else part for part in sentence))


def _number(element: str, number: PrintedNumber) -> Markup:
    return tag(element, number.text, data_measure=number.measure, data_statistic=number.statistic)


def draw_section(section: PageSection) -> Markup:
    """Return a heading and its charts, each with its numbers as a table."""
    return tag("section", tag("h2", section.heading), *(_figure(chart) for chart in section.charts))


def _figure(chart: Chart) -> Markup:
    words = chart.words
    return tag(
        "figure",
        tag("figcaption", tag("h3", words.title), tag("p", words.subtitle, class_="subtitle")),
        draw(chart),
        tag("p", words.foot, class_="foot"),
        tag("details", tag("summary", "Show the numbers"), _table(chart.table, name=f"Numbers: {words.title}")),
    )


@singledispatch
def draw(chart: Chart) -> Markup:
    """Return a chart as SVG."""
    raise TypeError(f"no drawing for {type(chart).__name__}")


draw.register(RangeChart, draw_range_chart)
draw.register(BandChart, draw_band_chart)
draw.register(Histogram, draw_histogram)


def _table(table: NumberTable, *, name: str) -> Markup:
    heading = tag("tr", *(tag("th", cell, scope="col") for cell in table.heading))
    filled = tag(
        "table",
        tag("caption", table.caption),
        tag("thead", heading),
        tag("tbody", *(_row(row) for row in table.rows)),
    )
    # A wide table scrolls by itself, by keyboard too, so that the page never does.
    return tag("div", filled, class_="wide", tabindex="0", role="region", aria_label=name)


def _row(row: NumberRow) -> Markup:
    return tag("tr", tag("th", row.label, scope="row"), *(_number("td", cell) for cell in row.cells))


def _footer(page: NationalPage) -> Markup:
    definitions = (
        join(tag("dt", name.replace("_", " ").capitalize()), tag("dd", f"{text[0].upper()}{text[1:]}."))
        for name, text in page.definitions.items()
    )
    files = (tag("li", tag("a", name, href=name), f": {what}") for name, what in LED_TO.items())
    licence = tag("a", page.licence.title, href=page.licence.path)
    return tag(
        "footer",
        tag("h2", "How these numbers were made"),
        tag("dl", *definitions),
        tag("h2", "Files, and how to check them"),
        tag("ul", *files),
        tag(
            "p",
            "Anyone can work every number out again: ",
            tag("code", "trigpoint release verify"),
            " and this folder.",
        ),
        tag("p", "Release ", tag("code", page.release), ". Licence: ", licence, "."),
    )
