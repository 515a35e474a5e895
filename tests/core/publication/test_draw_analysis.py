# SPDX-License-Identifier: MIT
"""Charts and pages of analyses: marks lie where their numbers are, and the same numbers stand in a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cli.test_analyse import METHOD, result
from trigpoint.analysis.chart import Curve, Dot, DotChart, DotRow, PlaneChart, PlanePoint
from trigpoint.analysis.result import ResultColumn, ResultTable
from trigpoint.publication.analysis_page import AnalysisPage, render_analysis_page
from trigpoint.publication.axis import fit_axis
from trigpoint.publication.draw_analysis import draw_analysis_chart

SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = st.floats(-1000, 1000).map(lambda value: round(value, 2))
DOTS = DotChart(
    "Some rose",
    ("lowest", "highest", "all"),
    "points",
    (
        DotRow("chosen on the earlier of the two rounds that were compared", (Dot(20), Dot(5, 0, 10), Dot(10))),
        DotRow("chosen on neither", (None, Dot(15), Dot(10))),
    ),
    marked=("mean", 10),
)
PLANE = PlaneChart(
    "Two lie outside",
    "providers",
    "mean score",
    (
        PlanePoint("Devon", 10, 40, stands_out=True),
        PlanePoint("Dorset", 10, 41, stands_out=True),
        PlanePoint("Kent", 20, 50, 45, 55),
        PlanePoint("Surrey", 0, 60, stands_out=True),
        PlanePoint("Essex", 5, 50, stands_out=True),
    ),
    (Curve("95 %", (0, 10, 20), (60, 50, 45)), Curve("mean", (0, 20), (50, 50))),
)


def parse(chart):
    return ET.fromstring(f"<div>{draw_analysis_chart(chart, name='one')}</div>")


def marks(root, name):
    return [one for one in root.iter() if name in one.get("class", "").split()]


def texts(root):
    return [" ".join("".join(one.itertext()).split()) for one in root.iter()]


def test_dots_lie_where_their_values_are_and_differ_by_shape():
    root = parse(DOTS)

    # The axis runs from 0 to 20.
    assert [one.get("cx") for one in marks(root, "ring") if one.get("cx") != "2%"] == ["100%"]
    assert [one.get("cx") for one in marks(root, "disc") if one.get("cx") != "2%"] == ["25%", "75%"]
    assert [one.get("x") for one in marks(root, "square") if one.get("x") != "2%"] == ["50%", "50%"]
    (whisker,) = marks(root, "whisker")
    assert (whisker.get("x1"), whisker.get("x2")) == ("0%", "50%")
    assert marks(root, "reference")[0].get("x1") == "50%"


def test_the_numbers_stand_beside_the_marks_and_in_the_table():
    words = texts(parse(DOTS))

    assert "20.0 / 5.0 / 10.0" in words
    assert "none / 15.0 / 10.0" in words
    assert "mean: 10.0" in words
    assert "5.0 (0.0 to 10.0)" in words
    assert words.count("none") == 1


def test_one_series_needs_no_legend_and_no_mark_no_line():
    root = parse(DotChart("One", ("n",), "points", (DotRow("", (Dot(3),)),)))

    assert len(marks(root, "ring")) == 1
    assert marks(root, "reference") == []


def test_points_lie_on_both_axes_with_their_intervals_and_names():
    root = parse(PLANE)

    # x from 0 to 20, y from 40 to 60.
    kent = marks(root, "point")[0]
    assert kent.get("cx") == "100%"
    assert float(kent.get("cy", "")) == pytest.approx(40 + 320 / 2)
    (interval,) = marks(root, "thin-whisker")
    assert [float(interval.get(end)) for end in ("y1", "y2")] == pytest.approx([40 + 320 * 0.75, 40 + 320 * 0.25])
    assert len(marks(root, "stands-out")) == 4
    assert len(marks(root, "curve")) == 2
    names = [one.text for one in marks(root, "label")]
    assert names == ["Devon", "Surrey", "Essex"]  # Dorset would lie on Devon


def test_the_table_of_a_plane_has_everybody_those_that_stand_out_first():
    rows = [[cell.text for cell in row] for row in parse(PLANE).iter("tr")]

    assert rows[0] == [None, "providers", "mean score"]
    assert [row[0] for row in rows[1:]] == ["Surrey", "Essex", "Devon", "Dorset", "Kent"]
    assert rows[-1] == ["Kent", "20.0", "50.0 (45.0 to 55.0)"]


@pytest.mark.parametrize("chart", [DOTS, PLANE, PlaneChart("None stands out", "x", "y", (PlanePoint("A", 1, 1),))])
def test_a_picture_is_named_and_described(chart):
    root = next(one for one in parse(chart).iter(f"{SVG}svg"))

    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root if one.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named["one-title"] == chart.title
    assert named["one-desc"]
    assert root.get("aria-labelledby") == "one-title one-desc"


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_an_axis_has_every_value_and_few_round_numbers(values):
    axis = fit_axis(values)
    ticks = axis.ticks()

    assert axis.bottom <= min(values)
    assert axis.top >= max(values)
    assert 2 <= len(ticks) <= 5
    assert [place for _, place in ticks] == pytest.approx([at / (len(ticks) - 1) for at in range(len(ticks))])
    for text, place in ticks:
        printed = float(text.replace(",", ""))
        assert axis.place(printed) == pytest.approx(place, abs=1e-6)
    assert "-0" not in [text for text, _ in ticks]


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=9))
def test_nothing_leaves_the_picture(pairs):
    dots = parse(DotChart("Any", ("a", "b"), "points", tuple(DotRow("x", (Dot(a), Dot(b))) for a, b in pairs)))
    plane = parse(PlaneChart("Any", "x", "y", tuple(PlanePoint("p", a, b) for a, b in pairs)))

    for root in dots, plane:
        shares = re.findall(r'(?:x|x1|x2|cx)="(-?[\d.]+)%"', ET.tostring(root, encoding="unicode"))
        assert all(0 <= float(share) <= 100 for share in shares)


def page(**changes):
    table = ResultTable("By group", (ResultColumn("group"), ResultColumn("mean", 2)), (("a <b>", 1.005), ("c", None)))
    parts = {"charts": (DOTS,), "tables": (table,), "left_out": (("XXX General", "no score"),)}
    results = (result(**parts, sentence="Nothing follows. At least not here."), result(charts=()))
    return render_analysis_page(AnalysisPage("A round", "What it is.", results, {"convergence": METHOD}, **changes))


def test_a_page_says_each_sentence_with_its_definition_and_n():
    text = page()

    assert "<p>Nothing follows.</p>" in text
    assert "<p>At least not here.</p>" in text
    assert "Scores on overall. n = 12 of 14." in text
    assert "Left out: 1" in text
    assert "What these numbers cannot tell you" in text
    assert "Whether it is true." in text
    assert "a &lt;b&gt;" in text
    assert "could not be done" not in text
    assert "-1.0 to 3.5" in text


def test_a_page_says_what_could_not_be_done_and_that_it_is_synthetic():
    text = page(not_done=(("systems", "no register was given"),), notice="These are made up.")

    assert '<a href="#not-done">What could not be done, and why</a>' in text
    assert '<h2 id="not-done">' in text
    assert "no register was given" in text
    assert "<title>Synthetic: A round</title>" in text
    assert "These are made up." in text


def test_a_page_fetches_and_runs_nothing():
    text = page()

    assert "default-src &#x27;none&#x27;" in text
    assert not re.search(r"<script|<img|https?://(?!www\.w3\.org/2000/svg)", text)
