# SPDX-License-Identifier: MIT
"""What a chart of an analysis is drawn from: its numbers as CSV, a Vega-Lite specification, and an SVG file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from trigpoint.analysis.chart import AnalysisChart, DotChart, PlaneChart
from trigpoint.publication.draw_analysis import draw_analysis_picture
from trigpoint.publication.formula_text import neutralise
from trigpoint.publication.markup import Markup, tag
from trigpoint.publication.page_style import STYLE

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# As wide as a column of a page; a slide shows it larger without loss.
WIDTH = 720
# px around the picture in a file of its own, and above it for the title.
EDGE, ABOVE = 32, 64
Record = dict[str, Any]
DOT_COLUMNS = ("row", "series", "value", "lower", "upper")
PLANE_COLUMNS = ("curve", "label", "x", "y", "lower", "upper")
INK, BLUE = "#1c2733", "#1f5b99"


def chart_csv(chart: AnalysisChart) -> str:
    """Return a chart's numbers, unrounded, as CSV: a line for each dot, or for each point and each place of a curve."""
    told = io.StringIO()
    writer = csv.DictWriter(told, DOT_COLUMNS if isinstance(chart, DotChart) else PLANE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for line in _dots(chart) if isinstance(chart, DotChart) else [*_points(chart), *_curves(chart)]:
        writer.writerow({name: neutralise(cell) if isinstance(cell, str) else cell for name, cell in line.items()})
    return told.getvalue()


def vega_lite(chart: AnalysisChart) -> Record:
    """Return the chart as a Vega-Lite specification with its numbers in it: for analysts, and for other tools.

    Source: Vega-Lite 5, https://vega.github.io/vega-lite/docs/.
    """
    layers = _dot_layers(chart) if isinstance(chart, DotChart) else _plane_layers(chart)
    return {"$schema": SCHEMA, "title": chart.title, "width": WIDTH, "layer": layers}


def svg_file(chart: AnalysisChart, *, name: str) -> str:
    """Return the chart as an SVG file of its own, with its title and description and the style that it needs."""
    drawn = draw_analysis_picture(chart, name=name)
    height = next(int(found) for found in re.findall(r'^<svg [^>]*height="(\d+)"', drawn))
    # Nested, as labels may stand a little outside the picture, and the edge of a file would cut them off.
    inside = Markup(drawn.replace('width="100%"', f'x="{EDGE}" y="{ABOVE}" width="{WIDTH}" overflow="visible"', 1))
    framed = tag(
        "svg",
        tag("title", chart.title),
        tag("style", Markup(STYLE)),
        tag("rect", width="100%", height="100%", fill="#fff"),
        tag("text", chart.title, x=EDGE, y=EDGE, font_weight="600"),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH + 2 * EDGE,
        height=height + ABOVE + EDGE,
    )
    return framed + "\n"


def _dots(chart: DotChart) -> list[Record]:
    return [
        {"row": row.label, "series": series, "value": dot.value, "lower": dot.lower, "upper": dot.upper}
        for row in chart.rows
        for series, dot in zip(chart.series, row.dots, strict=True)
        if dot is not None
    ]


def _points(chart: PlaneChart) -> list[Record]:
    return [
        {"curve": "", "label": one.label, "x": one.x, "y": one.y, "lower": one.lower, "upper": one.upper}
        for one in chart.points
    ]


def _curves(chart: PlaneChart) -> list[Record]:
    return [
        {"curve": curve.name, "label": "", "x": x, "y": y, "lower": None, "upper": None}
        for curve in chart.curves
        for x, y in zip(curve.x, curve.y, strict=True)
    ]


def _dot_layers(chart: DotChart) -> list[Record]:
    across = {"field": "row", "type": "nominal", "sort": None, "title": None}
    along = {"type": "quantitative", "title": chart.unit, "scale": {"zero": False}}
    values = {"values": _dots(chart)}
    whiskers = {
        "data": values,
        "mark": {"type": "rule", "color": INK},
        "encoding": {"y": across, "x": {**along, "field": "lower"}, "x2": {"field": "upper"}},
    }
    dots = {
        "data": values,
        "mark": {"type": "point", "filled": True, "size": 80},
        "encoding": {
            "y": across,
            "x": {**along, "field": "value"},
            "shape": {"field": "series", "type": "nominal", "title": None},
            "color": {"value": BLUE},
        },
    }
    return [whiskers, dots, *_marked(chart)]


def _marked(chart: DotChart) -> list[Record]:
    if chart.marked is None:
        return []
    name, place = chart.marked
    mark = {"type": "rule", "strokeDash": [6, 4], "color": INK}
    return [
        {
            "data": {"values": [{"value": place, "name": name}]},
            "mark": mark,
            "encoding": {"x": {"field": "value", "type": "quantitative"}, "tooltip": {"field": "name"}},
        }
    ]


def _plane_layers(chart: PlaneChart) -> list[Record]:
    x = {"field": "x", "type": "quantitative", "title": chart.x_title, "scale": {"zero": False}}
    y = {"type": "quantitative", "title": chart.y_title, "scale": {"zero": False}}
    values = {"values": _points(chart)}
    whiskers = {
        "data": values,
        "mark": {"type": "rule", "color": INK, "opacity": 0.4},
        "encoding": {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
    }
    points = {
        "data": values,
        "mark": {"type": "point", "filled": True, "color": BLUE},
        "encoding": {"x": x, "y": {**y, "field": "y"}, "tooltip": {"field": "label"}},
    }
    return [whiskers, points, *_curve_layers(chart, x, y), *_named(chart, x, y)]


def _curve_layers(chart: PlaneChart, x: Record, y: Record) -> Sequence[Record]:
    if not chart.curves:
        return []
    strokes = {"field": "curve", "type": "nominal", "title": None}
    encoding = {"x": x, "y": {**y, "field": "y"}, "strokeDash": strokes}
    return [{"data": {"values": _curves(chart)}, "mark": {"type": "line", "color": INK}, "encoding": encoding}]


def _named(chart: PlaneChart, x: Record, y: Record) -> Sequence[Record]:
    """The names of the points that stand out, beside them."""
    out = [one for one, point in zip(_points(chart), chart.points, strict=True) if point.stands_out]
    if not out:
        return []
    mark = {"type": "text", "align": "left", "dx": 8}
    encoding = {"x": x, "y": {**y, "field": "y"}, "text": {"field": "label"}}
    return [{"data": {"values": out}, "mark": mark, "encoding": encoding}]
