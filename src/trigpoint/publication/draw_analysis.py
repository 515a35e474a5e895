# SPDX-License-Identifier: MIT
"""The chart of an analysis, drawn, with its words and with the same numbers as a table."""

from __future__ import annotations

from trigpoint.analysis.chart import AnalysisChart, Dot, DotChart
from trigpoint.analysis.plain_words import show_number
from trigpoint.publication.chart import ChartWords
from trigpoint.publication.draw_dots import draw_dot_chart
from trigpoint.publication.draw_plane import draw_plane_chart
from trigpoint.publication.markup import Markup, tag


def draw_analysis_chart(chart: AnalysisChart, *, name: str) -> Markup:
    """Return the figure: title, picture, and the numbers below it. name: unique on its page."""
    table = tag("div", _table(chart), class_="wide", tabindex=0, role="region", aria_label=f"Numbers: {chart.title}")
    return tag(
        "figure",
        tag("figcaption", tag("h3", chart.title)),
        draw_analysis_picture(chart, name=name),
        tag("details", tag("summary", "Show the numbers"), table),
    )


def draw_analysis_picture(chart: AnalysisChart, *, name: str) -> Markup:
    """Return the picture alone, with the title and description that are read out."""
    words = ChartWords(name, chart.title, "", "", _describe(chart))
    return draw_dot_chart(chart, words) if isinstance(chart, DotChart) else draw_plane_chart(chart, words)


def _describe(chart: AnalysisChart) -> str:
    if isinstance(chart, DotChart):
        said = "; ".join(f"{row.label}: {', '.join(_say(dot, chart.digits) for dot in row.dots)}" for row in chart.rows)
        marked = f" {chart.marked[0]}: {show_number(chart.marked[1], chart.digits)}." if chart.marked else ""
        return f"{' and '.join(chart.series)}, in {chart.unit}. {said}.{marked}"
    out = [point.label for point in chart.points if point.stands_out]
    named = f" Standing out: {', '.join(out)}." if out else ""
    return f"{len(chart.points)} points: {chart.y_title} by {chart.x_title}.{named}"


def _table(chart: AnalysisChart) -> Markup:
    heading, lines = _dot_lines(chart) if isinstance(chart, DotChart) else _plane_lines(chart)
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heading)))
    rows = [tag("tr", tag("th", one[0], scope="row"), *(tag("td", cell) for cell in one[1:])) for one in lines]
    return tag("table", tag("caption", chart.title), head, tag("tbody", *rows))


Lines = tuple[tuple[str, ...], list[tuple[str, ...]]]


def _dot_lines(chart: DotChart) -> Lines:
    lines: list[tuple[str, ...]] = [(row.label, *(_say(dot, chart.digits) for dot in row.dots)) for row in chart.rows]
    if chart.marked:
        lines.append((chart.marked[0], show_number(chart.marked[1], chart.digits), *[""] * (len(chart.series) - 1)))
    return ("", *(f"{one}, {chart.unit}" for one in chart.series)), lines


def _plane_lines(chart: AnalysisChart) -> Lines:
    assert not isinstance(chart, DotChart)
    lines: list[tuple[str, ...]] = [
        (point.label, f"{point.x:.1f}", _say(Dot(point.y, point.lower, point.upper)))
        for point in sorted(chart.points, key=lambda point: (not point.stands_out, point.x))
    ]
    return ("", chart.x_title, chart.y_title), lines


def _say(dot: Dot | None, digits: int = 1) -> str:
    if dot is None:
        return "none"
    if dot.lower is None or dot.upper is None:
        return show_number(dot.value, digits)
    value, lower, upper = (show_number(one, digits) for one in (dot.value, dot.lower, dot.upper))
    return f"{value} ({lower} to {upper})"
