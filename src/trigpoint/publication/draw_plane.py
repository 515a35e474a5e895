# SPDX-License-Identifier: MIT
"""A plane chart as SVG: points on two axes, curves through them, and names on those that stand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trigpoint.analysis.chart import Curve, PlaneChart, PlanePoint
from trigpoint.publication.axis import Axis, fit_axis
from trigpoint.publication.chart import ChartWords
from trigpoint.publication.draw import LINE, axis_text, line, percent, picture
from trigpoint.publication.markup import Markup, join, tag

_HEIGHT = 320
# The place of the numbers of the upright axis, above each line of the grid, so that points keep the whole width.
_TOP = 2 * LINE
_CURVE = 1000  # units of the box that curves are drawn in, stretched to the chart


def draw_plane_chart(chart: PlaneChart, words: ChartWords) -> Markup:
    """Return the chart as one accessible SVG. A point that stands out is dark, larger and named."""
    x_axis, y_axis = _axes(chart)
    upright = tag("text", chart.y_title, x="0", y=LINE - 4, class_="axis")
    lying = tag("text", chart.x_title, x="100%", y=_TOP + _HEIGHT + 2 * LINE, text_anchor="end", class_="axis")
    points = sorted(chart.points, key=lambda point: point.stands_out)
    return picture(
        words,
        _TOP + _HEIGHT + 2 * LINE + 6,
        *(join(line(0, 1, y, y, "grid"), tag("text", text, x="0", y=y - 3, class_="axis"))
          for text, y in ((text, _y(place)) for text, place in y_axis.ticks())),
        *(axis_text(text, place, _TOP + _HEIGHT + LINE) for text, place in x_axis.ticks()),
        *_curves(chart.curves, x_axis, y_axis),
        *(_point(point, x_axis, y_axis) for point in points),
        *_names(chart, x_axis, y_axis),
        upright,
        lying,
    )  # fmt: skip


def _axes(chart: PlaneChart) -> tuple[Axis, Axis]:
    xs = [*(point.x for point in chart.points), *(x for curve in chart.curves for x in curve.x)]
    ends = [end for point in chart.points for end in (point.y, point.lower, point.upper) if end is not None]
    return fit_axis(xs), fit_axis([*ends, *(y for curve in chart.curves for y in curve.y)])


def _y(place: float) -> float:
    return _TOP + _HEIGHT * (1 - place)


def _curves(curves: Sequence[Curve], x_axis: Axis, y_axis: Axis) -> Iterator[Markup]:
    for at, curve in enumerate(curves):
        points = " ".join(
            f"{_CURVE * x_axis.place(x):.1f},{_CURVE * (1 - y_axis.place(y)):.1f}"
            for x, y in zip(curve.x, curve.y, strict=True)
        )
        path = tag("polyline", points=points, class_=f"curve curve-{at}", vector_effect="non-scaling-stroke")
        yield tag("svg", path, x="0", y=_TOP, width="100%", height=_HEIGHT, viewBox=f"0 0 {_CURVE} {_CURVE}",
                  preserveAspectRatio="none")  # fmt: skip
        y = _y(y_axis.place(curve.y[-1]))
        yield tag("text", curve.name, x="100%", y=y - 4, text_anchor="end", class_="axis curve-name")


def _point(point: PlanePoint, x_axis: Axis, y_axis: Axis) -> Markup:
    x, y = x_axis.place(point.x), _y(y_axis.place(point.y))
    interval = Markup()
    if point.lower is not None and point.upper is not None:
        interval = line(x, x, _y(y_axis.place(point.lower)), _y(y_axis.place(point.upper)), "thin-whisker")
    name = "stands-out" if point.stands_out else "point"
    return join(interval, tag("circle", cx=percent(x), cy=y, r=5 if point.stands_out else 3, class_=name))


def _names(chart: PlaneChart, x_axis: Axis, y_axis: Axis) -> Iterator[Markup]:
    """The names of points that stand out, left away where they would lie on one another; the table has all."""
    placed: list[tuple[float, float]] = []
    for point in chart.points:
        x, y = x_axis.place(point.x), _y(y_axis.place(point.y)) - 8
        if not point.stands_out or any(abs(x - x2) < 0.3 and abs(y - y2) < LINE for x2, y2 in placed):
            continue
        placed.append((x, y))
        anchor = "start" if x < 0.2 else "end" if x > 0.8 else "middle"
        yield tag("text", point.label, x=percent(x), y=y, text_anchor=anchor, class_="label")
