# SPDX-License-Identifier: MIT
"""Charts as SVG: each mark lies where its number says, and nothing leaves the picture."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.publication.chart import ChartWords, NumberTable, PrintedNumber
from trigpoint.publication.chart_bands import BandBar, BandChart, BandGroup
from trigpoint.publication.chart_histogram import Histogram, HistogramBar
from trigpoint.publication.chart_range import RangeChart, RangeMarks, RangeRow
from trigpoint.publication.draw import LABEL_LETTERS, percent, wrap_label
from trigpoint.publication.draw_bands import draw_band_chart
from trigpoint.publication.draw_histogram import draw_histogram
from trigpoint.publication.draw_range import draw_range_chart

SVG = "{http://www.w3.org/2000/svg}"
WORDS = ChartWords("themes", "A finding", "what is shown", "n = 3", "In words.")
TABLE = NumberTable("", (), ())
NUMBER = PrintedNumber("overall", "median", "67.5")
SHARES = st.floats(0, 1)


def marks_of(picture: str, name: str) -> list[dict[str, str]]:
    """The attributes of every mark of a class."""
    return [one.attrib for one in ET.fromstring(picture).iter() if name in one.get("class", "").split()]


def ranges(*rows: RangeRow) -> str:
    return draw_range_chart(RangeChart(WORDS, rows, (("0", 0.0), ("50", 0.5), ("100", 1.0)), TABLE))


def bands(*lengths: float) -> str:
    bars = tuple(BandBar(f"Band {at}", NUMBER, NUMBER, length) for at, length in enumerate(lengths))
    return draw_band_chart(BandChart(WORDS, (BandGroup("Readiness", bars),), TABLE))


def histogram(*heights: float, text: str = "7", last_edge: str | None = "100") -> str:
    bars = tuple(
        HistogramBar(str(at), PrintedNumber("overall", "from_0_to_10", text), one) for at, one in enumerate(heights)
    )
    return draw_histogram(Histogram(WORDS, bars, last_edge, TABLE))


def test_marks_of_a_range_lie_where_their_scores_are() -> None:
    picture = ranges(RangeRow("Overall", NUMBER, RangeMarks(0.1, 0.3, 0.5, 0.7, 0.9, 0.55)))

    (whisker,), (half,) = marks_of(picture, "whisker"), marks_of(picture, "middle-half")
    assert (whisker["x1"], whisker["x2"]) == ("10%", "90%")
    assert (half["x"], half["width"]) == ("30%", "40%")  # 0.7 - 0.3
    assert marks_of(picture, "median")[0]["x1"] == marks_of(picture, "median")[0]["x2"] == "50%"
    assert marks_of(picture, "mean")[0]["cx"] == "55%"


def test_a_row_without_a_score_has_a_broken_line_and_no_mark() -> None:
    picture = ranges(RangeRow("Overall", PrintedNumber("overall", "median", "no score"), None))

    assert len(marks_of(picture, "empty")) == 1
    assert marks_of(picture, "median") == marks_of(picture, "mean") == []
    assert "no score" in picture


def test_a_picture_has_title_description_and_role() -> None:
    root = ET.fromstring(ranges(RangeRow("Overall", NUMBER, None)))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "themes-title themes-desc"
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == ["A finding", "In words."]


def test_a_picture_has_no_fixed_width_so_that_text_is_never_scaled() -> None:
    root = ET.fromstring(bands(0.5))

    assert root.get("width") == "100%"
    assert root.get("viewBox") is None


def test_rows_stand_one_under_another_and_the_picture_holds_them_all() -> None:
    row = RangeRow("Medicines management and optimisation", NUMBER, RangeMarks(0, 0, 0, 0, 0, 0))
    picture = ranges(row, row, row)

    middles = [float(mark["cy"]) for mark in marks_of(picture, "mean")]
    heights = {later - earlier for earlier, later in pairwise(middles)}
    assert len(heights) == 1
    assert max(middles) < float(ET.fromstring(picture).attrib["height"])


@given(st.lists(SHARES, min_size=6, max_size=6))
def test_no_mark_of_a_range_leaves_the_axis(places: list[float]) -> None:
    minimum, lower, median, upper, maximum, mean = sorted(places)
    picture = ranges(RangeRow("Overall", NUMBER, RangeMarks(minimum, lower, median, upper, maximum, mean)))

    lengths = [float(one) for one in re.findall(r' (?:x|x1|x2|cx|width)="([\d.e-]+)%"', picture)]
    assert all(0 <= length <= 100 for length in lengths)


@pytest.mark.parametrize(("length", "width"), [(0.0, "0%"), (0.128, "12.8%"), (1.0, "100%")])
def test_a_band_bar_is_as_long_as_its_share(length: float, width: str) -> None:
    assert marks_of(bands(length), "band")[0]["width"] == width


def test_bands_are_told_apart_by_shade_and_by_their_names() -> None:
    picture = bands(0.5, 0.3, 0.1, 0.1)

    shades = [mark["class"].split()[1] for mark in marks_of(picture, "band")]
    assert shades == ["band-0", "band-1", "band-2", "band-2"]
    assert re.findall(r">(Band \d)<", picture) == ["Band 0", "Band 1", "Band 2", "Band 3"]


def test_columns_stand_on_the_base_and_the_tallest_has_its_full_height() -> None:
    columns = marks_of(histogram(0.5, 1.0, 0.0), "column")

    feet = {float(one["y"]) + float(one["height"]) for one in columns}
    assert len(feet) == 1
    assert [float(one["height"]) for one in columns] == [90.0, 180.0, 0.0]


def test_an_empty_bin_has_no_number_over_it() -> None:
    assert len(marks_of(histogram(0.5, 1.0, 0.0), "value")) == 2


@pytest.mark.parametrize(("text", "shown"), [("999", 2), ("1,000", 0)])
def test_numbers_too_long_for_a_phone_are_left_to_the_table(text: str, shown: int) -> None:
    assert len(marks_of(histogram(0.5, 1.0, text=text), "value")) == shown


def test_an_axis_has_six_edges_at_most() -> None:
    ten = [one.text for one in ET.fromstring(histogram(*[1.0] * 10)).iter(f"{SVG}text") if one.get("class") == "axis"]

    assert ten == ["0", "2", "4", "6", "8", "100"]


@given(SHARES)
def test_a_length_is_the_share_to_a_hundredth_of_a_per_cent(share: float) -> None:
    assert float(percent(share).removesuffix("%")) == pytest.approx(100 * share, abs=0.005)


@given(st.text(st.sampled_from("abcdefgh  "), min_size=1, max_size=120))
def test_no_line_of_a_label_is_too_long_for_a_phone(label: str) -> None:
    assert all(len(line) <= LABEL_LETTERS for line in wrap_label(label))
