# SPDX-License-Identifier: MIT
"""Results of analyses as one HTML page: every sentence on it is a result's own, and nothing is fetched or run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.analysis.method import Method
from trigpoint.analysis.plain_words import show_cell
from trigpoint.analysis.result import AnalysisResult, ResultRow, ResultTable
from trigpoint.publication.draw_analysis import draw_analysis_chart
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.page_style import STYLE

SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")
_NOT_DONE = "What could not be done, and why"
_LIMITS = "What these numbers cannot tell you"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class AnalysisPage:
    """title, about: of the page. results: in order of reading. methods: by analysis.

    not_done: analysis → why it was not. notice: stands on top, as for synthetic rounds; "" for none.
    """

    title: str
    about: str
    results: tuple[AnalysisResult[Any], ...]
    methods: Mapping[str, Method]
    not_done: tuple[tuple[str, str], ...] = ()
    notice: str = ""


def render_analysis_page(page: AnalysisPage) -> str:
    """Return the text of the HTML file."""
    notice = [tag("header", tag("p", page.notice), class_="notice")] if page.notice else []
    body = tag("body", *notice, _main(page))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"Synthetic: {page.title}" if page.notice else page.title),
        tag("link", rel="icon", href="data:,"),
        tag("style", Markup(STYLE)),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en-GB')}\n".replace("><", ">\n<")


def _main(page: AnalysisPage) -> Markup:
    undone = [("not-done", _NOT_DONE)] if page.not_done else []
    closing = [tag("li", tag("a", words, href=f"#{name}")) for name, words in (*undone, ("limits", _LIMITS))]
    contents = [tag("li", tag("a", page.methods[one.analysis].title, href=f"#{one.analysis}")) for one in page.results]
    return tag(
        "main",
        tag("h1", page.title),
        tag("p", page.about, class_="about"),
        tag("nav", tag("ul", *contents, *closing),
            aria_label="Contents"),
        *(_section(one, page.methods[one.analysis]) for one in page.results),
        *_not_done(page.not_done),
        _limits(page),
    )  # fmt: skip


def _section(result: AnalysisResult[Any], method: Method) -> Markup:
    name = result.analysis
    return tag(
        "section",
        tag("h2", method.title, id=name),
        tag("div", *(tag("p", part) for part in _headline(result.sentence)), class_="headline"),
        tag("p", f"{result.definition} n = {result.n:,} of {result.of:,}.", class_="about"),
        *(draw_analysis_chart(chart, name=f"{name}-{at}") for at, chart in enumerate(result.charts)),
        _folded("The numbers", _rows(result.rows, method), *(_table(table, method) for table in result.tables)),
        _folded("What is assumed", _checks(result, method)),
        *(
            [_folded(f"Left out: {len(result.left_out)}", _left_out(result.left_out, method))]
            if result.left_out
            else []
        ),
        tag("p", f"Methods: {'; '.join(method.sources)}.", class_="foot"),
    )


def _headline(text: str) -> Sequence[str]:
    """The first sentence, which is set large, and the others."""
    first, *rest = SENTENCE_END.split(text, maxsplit=1)
    return [first, *rest]


def _folded(summary: str, *inside: Markup) -> Markup:
    return tag("details", tag("summary", summary), *inside)


def _rows(rows: Sequence[ResultRow], method: Method) -> Markup:
    heading = ("", "value", "interval", "n", "note")
    return _grid("The numbers", heading, [_row(row) for row in rows], method)


def _row(row: ResultRow) -> tuple[str, ...]:
    digits = 3 if not row.unit else 1
    value = "none" if row.value is None else f"{show_cell(float(row.value), digits)} {row.unit}".rstrip()
    ends = (row.lower, row.upper)
    interval = " to ".join(show_cell(float(end), digits) for end in ends if end is not None)
    return row.name, value, interval, f"{row.n:,}", row.note


def _table(table: ResultTable, method: Method) -> Markup:
    lines = [
        tuple(show_cell(cell, column.digits) for cell, column in zip(line, table.columns, strict=True))
        for line in table.lines
    ]
    return _grid(table.title, tuple(column.name for column in table.columns), lines, method)


def _checks(result: AnalysisResult[Any], method: Method) -> Markup:
    lines = [(one.assumption, one.outcome.value, one.found) for one in result.checked]
    return _grid("What is assumed", ("assumption", "outcome", "found"), lines, method)


def _left_out(left_out: Sequence[tuple[str, str]], method: Method) -> Markup:
    return _grid("Left out", ("unit", "why"), left_out, method)


def _grid(caption: str, heading: Sequence[str], lines: Iterable[Sequence[str]], method: Method) -> Markup:
    """A table in a box of its own that scrolls; the box's name tells it from the same table of other analyses."""
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heading)))
    rows = [tag("tr", tag("th", line[0], scope="row"), *(tag("td", cell) for cell in line[1:])) for line in lines]
    table = tag("table", tag("caption", caption), head, tag("tbody", *rows))
    return tag("div", table, class_="wide", tabindex=0, role="region", aria_label=f"{method.title}: {caption}")


def _not_done(not_done: Sequence[tuple[str, str]]) -> Sequence[Markup]:
    if not not_done:
        return []
    lines = [tag("li", tag("b", f"{name}: "), why) for name, why in not_done]
    return [tag("section", tag("h2", _NOT_DONE, id="not-done"), tag("ul", *lines))]


def _limits(page: AnalysisPage) -> Markup:
    parts = [
        join(tag("h3", page.methods[one.analysis].title), tag("ul", *(tag("li", limit) for limit in one.cannot_tell)))
        for one in page.results
    ]
    return tag("section", tag("h2", _LIMITS, id="limits"), *parts)
