# SPDX-License-Identifier: MIT
"""What charts are drawn from: the same numbers as CSV, as Vega-Lite and as an SVG file of their own."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests.core.analysis.test_every_result import ANALYSES, result
from trigpoint.analysis.chart import Curve, Dot, DotChart, DotRow, PlaneChart, PlanePoint
from trigpoint.publication.chart_source import DOT_COLUMNS, PLANE_COLUMNS, chart_csv, svg_file, vega_lite

CHARTS = [(f"{name}-{at}", chart) for name in ANALYSES for at, chart in enumerate(result(name).charts)]
every_chart = pytest.mark.parametrize("chart", [one for _, one in CHARTS], ids=[name for name, _ in CHARTS])

DOTS = DotChart(
    "Who is where",
    ("first", "second"),
    "points",
    (DotRow("=1+1", (Dot(1.5, 1.0, 2.0), None)), DotRow("North", (Dot(3.25), Dot(4.0, 3.5, 4.5)))),
    ("the mean", 2.5),
)
PLANE = PlaneChart(
    "Size and score",
    "size",
    "score",
    (PlanePoint("AAA", 10, 60, 55, 65, stands_out=True), PlanePoint("BBB", 20, 70)),
    (Curve("upper limit", (10, 20), (80, 75)),),
)


def lines_of(chart):
    return list(csv.DictReader(io.StringIO(chart_csv(chart))))


def test_each_dot_is_a_line_and_one_that_is_not_there_is_none() -> None:
    lines = lines_of(DOTS)

    assert [(one["series"], one["value"], one["lower"], one["upper"]) for one in lines] == [
        ("first", "1.5", "1.0", "2.0"),
        ("first", "3.25", "", ""),
        ("second", "4.0", "3.5", "4.5"),
    ]
    assert tuple(lines[0]) == DOT_COLUMNS


def test_a_label_that_a_spreadsheet_would_run_is_text() -> None:
    assert lines_of(DOTS)[0]["row"] == "'=1+1"


def test_points_come_first_and_then_the_places_of_each_curve() -> None:
    lines = lines_of(PLANE)

    assert [(one["curve"], one["label"], one["x"], one["y"]) for one in lines] == [
        ("", "AAA", "10", "60"),
        ("", "BBB", "20", "70"),
        ("upper limit", "", "10", "80"),
        ("upper limit", "", "20", "75"),
    ]
    assert tuple(lines[0]) == PLANE_COLUMNS


def test_a_specification_has_the_numbers_in_it_and_a_layer_for_each_kind_of_mark() -> None:
    dots, plane = vega_lite(DOTS), vega_lite(PLANE)

    assert [layer["mark"]["type"] for layer in dots["layer"]] == ["rule", "point", "rule"]
    assert dots["layer"][2]["data"]["values"] == [{"value": 2.5, "name": "the mean"}]
    assert dots["layer"][1]["encoding"]["x"]["title"] == "points"
    assert [layer["mark"]["type"] for layer in plane["layer"]] == ["rule", "point", "line", "text"]
    assert [one["label"] for one in plane["layer"][3]["data"]["values"]] == ["AAA"]


def test_what_a_chart_has_not_got_has_no_layer() -> None:
    bare = PlaneChart("T", "x", "y", (PlanePoint("AAA", 1, 2),))
    unmarked = DotChart("T", ("one",), "points", (DotRow("a", (Dot(1.0),)),))

    assert [layer["mark"]["type"] for layer in vega_lite(bare)["layer"]] == ["rule", "point"]
    assert [layer["mark"]["type"] for layer in vega_lite(unmarked)["layer"]] == ["rule", "point"]


@every_chart
def test_csv_and_specification_have_the_numbers_of_the_chart(chart) -> None:
    told = json.loads(json.dumps(vega_lite(chart), allow_nan=False))
    lines = lines_of(chart)

    assert told["title"] == chart.title
    if isinstance(chart, DotChart):
        numbers = [dot.value for row in chart.rows for dot in row.dots if dot is not None]
        assert [float(one["value"]) for one in lines] == numbers
        assert [one["value"] for one in told["layer"][1]["data"]["values"]] == numbers
    else:
        numbers = [point.y for point in chart.points]
        assert [float(one["y"]) for one in lines][: len(numbers)] == numbers
        assert [one["y"] for one in told["layer"][1]["data"]["values"]] == numbers


@every_chart
def test_an_svg_file_is_whole_has_a_title_and_fetches_nothing(chart) -> None:
    text = svg_file(chart, name="chart")
    drawn = ET.fromstring(text)

    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawn.get("width") == "784"
    (picture,) = (one for one in drawn if one.tag.endswith("}svg"))
    assert float(str(picture.get("height"))) + 96 == float(str(drawn.get("height")))
    assert chart.title in [one.text for one in drawn if one.tag.endswith("}text")]
    titles = [one.text for one in drawn if one.tag.endswith("}title")]
    assert titles == [chart.title]
    assert any(one.tag.endswith("}style") for one in drawn)
    assert "url(" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1", "-1", "@x", "\t=1"])
def test_no_label_of_a_point_or_a_curve_runs_in_a_spreadsheet(text: str) -> None:
    chart = PlaneChart("T", "x", "y", (PlanePoint(text, 1, 2),), (Curve(text, (1,), (2,)),))

    for line in lines_of(chart):
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in (line["label"], line["curve"]))


def test_rows_of_a_specification_keep_the_order_of_the_chart() -> None:
    first = vega_lite(DOTS)["layer"][1]

    assert first["encoding"]["y"]["sort"] is None
    assert [one["row"] for one in first["data"]["values"]] == ["=1+1", "North", "North"]


def test_words_in_a_picture_can_not_become_markup() -> None:
    chart = DotChart("<b>Title</b>", ("one",), "points", (DotRow("<script>", (Dot(1.0),)),))

    text = svg_file(chart, name="chart")

    assert "<script>" not in text
    assert "<b>" not in text
    assert ET.fromstring(text).find("{http://www.w3.org/2000/svg}title") is not None


def test_a_chart_of_nothing_is_a_heading_an_empty_picture_and_a_specification_without_numbers() -> None:
    dots, plane = DotChart("T", ("one",), "points", ()), PlaneChart("T", "x", "y", ())

    assert chart_csv(dots) == ",".join(DOT_COLUMNS) + "\n"
    assert chart_csv(plane) == ",".join(PLANE_COLUMNS) + "\n"
    assert vega_lite(dots)["layer"][1]["data"]["values"] == []
    assert vega_lite(plane)["layer"][1]["data"]["values"] == []


def test_numbers_in_a_file_are_not_rounded() -> None:
    third = DotChart("T", ("one",), "points", (DotRow("a", (Dot(1 / 3, 0.1 + 0.2, 2 / 3),)),))

    (line,) = lines_of(third)

    assert (float(line["value"]), float(line["lower"]), float(line["upper"])) == (1 / 3, 0.1 + 0.2, 2 / 3)
    assert vega_lite(third)["layer"][0]["data"]["values"][0]["lower"] == 0.1 + 0.2


def test_an_interval_is_drawn_from_its_lower_to_its_upper_end() -> None:
    whiskers = vega_lite(DOTS)["layer"][0]["encoding"]

    assert (whiskers["x"]["field"], whiskers["x2"]["field"]) == ("lower", "upper")
    upright = vega_lite(PLANE)["layer"][0]["encoding"]
    assert (upright["y"]["field"], upright["y2"]["field"]) == ("lower", "upper")


def test_a_curve_keeps_its_name_in_numbers_and_in_the_specification() -> None:
    curves = vega_lite(PLANE)["layer"][2]

    assert {one["curve"] for one in curves["data"]["values"]} == {"upper limit"}
    assert curves["encoding"]["strokeDash"]["field"] == "curve"
    assert curves["encoding"]["x"]["title"] == "size"
    assert curves["encoding"]["y"]["title"] == "score"
