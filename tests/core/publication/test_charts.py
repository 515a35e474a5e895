# SPDX-License-Identifier: MIT
"""Charts as values: the finding, the marks, the numbers and the table under each."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from tests.core.publication.rounds import AAA, BBB, CCC, DDD, sharing, summary, unit
from trigpoint.frameworks.model import Bands, Measure
from trigpoint.io.content import read_framework
from trigpoint.publication.chart import PrintedNumber, join_words
from trigpoint.publication.chart_bands import build_band_chart
from trigpoint.publication.chart_histogram import build_histogram
from trigpoint.publication.chart_range import build_range_chart
from trigpoint.publication.draw_histogram import draw_histogram
from trigpoint.publication.summary import summarise_scores
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import build_answers

SOURCE = "Source: made up."


def measures(*names: str) -> list[Measure]:
    return [sharing().measures[name] for name in names]


def bands() -> Bands:
    found = sharing().scoring.bands
    assert found is not None
    return found


def test_a_range_row_has_its_marks_on_the_axis() -> None:
    chart = build_range_chart(summary(), sharing(), measures("overall"), name="themes", source=SOURCE)

    marks = chart.rows[0].marks
    assert marks is not None
    assert (marks.minimum, marks.median, marks.maximum) == (0.065, 0.675, 1.0)
    assert marks.lower_quartile == pytest.approx((6.5 + 67.5) / 2 / 100)
    assert marks.mean == pytest.approx((67.5 + 6.5 + 100) / 3 / 100)
    assert chart.rows[0].number == PrintedNumber("overall", "median", "67.5")


def test_the_axis_has_ticks_from_end_to_end() -> None:
    chart = build_range_chart(summary(), sharing(), measures("overall"), name="themes", source=SOURCE)

    assert chart.ticks == (("0", 0), ("20", 0.2), ("40", 0.4), ("60", 0.6), ("80", 0.8), ("100", 1.0))


def test_the_title_says_the_finding_and_the_foot_n_and_source() -> None:
    chart = build_range_chart(summary(), sharing(), measures("viewing", "sending"), name="themes", source=SOURCE)

    # medians: viewing of 13, 75, 100; sending of 0, 60, 100
    assert chart.words.title == "Viewing records has the highest median, Sending records the lowest"
    assert chart.words.foot == f"n = 3 returns with a score. {SOURCE}"
    assert (
        "Sending records: median 60.0, middle half 30.0 to 80.0, lowest 0.0, highest 100.0" in chart.words.description
    )


def test_equal_medians_are_not_put_in_order() -> None:
    equal = summary((unit("CCC"), CCC))

    chart = build_range_chart(equal, sharing(), measures("viewing", "sending"), name="themes", source=SOURCE)

    assert chart.words.title == "The median is 100.0 on Viewing records and Sending records"


def test_two_lowest_are_both_named() -> None:
    chart = build_range_chart(
        summary((unit("AAA"), {**AAA, "sees_images": "mostly_agree", "record_in_context": "over_half"})),
        sharing(),
        measures("viewing", "sending", "sending"),
        name="themes",
        source=SOURCE,
    )

    assert chart.words.title == "Viewing records has the highest median, Sending records the lowest"


def test_a_measure_without_a_score_has_no_marks_and_says_so() -> None:
    chart = build_range_chart(summary((unit("DDD"), DDD)), sharing(), measures("overall"), name="themes", source=SOURCE)

    assert chart.rows[0].marks is None
    assert chart.rows[0].number.text == "no score"
    assert chart.words.title == "No return has a score on Overall"
    assert chart.words.description == "Overall: no score."


def test_n_is_a_span_when_it_differs_by_row() -> None:
    sending_only: dict[str, Answer] = {**BBB, "sees_gp_record": Missing.NOT_APPLICABLE}
    sending_only["sees_images"] = Missing.NOT_APPLICABLE
    mixed = summary((unit("AAA"), AAA), (unit("BBB"), sending_only))

    ranges = build_range_chart(mixed, sharing(), measures("viewing", "sending"), name="themes", source=SOURCE)
    banded = build_band_chart(mixed, bands(), measures("viewing", "sending"), source=SOURCE)

    assert ranges.words.foot.startswith("n = 1 to 2 returns")
    assert banded.words.foot.startswith("n = 1 to 2 returns")


def test_the_table_under_a_range_chart_holds_its_numbers() -> None:
    chart = build_range_chart(summary(), sharing(), measures("overall"), name="themes", source=SOURCE)

    assert chart.table.heading[:4] == ("Measure", "Returns with a score", "Without", "Mean")
    assert [cell.text for cell in chart.table.rows[0].cells] == [
        "3", "1", "58.0", "37.0", "67.5", "83.8", "6.5", "100.0",
    ]  # fmt: skip


def test_band_bars_come_from_counts_highest_first() -> None:
    chart = build_band_chart(summary(), bands(), measures("sending"), source=SOURCE)

    bars = chart.groups[0].bars
    assert [(bar.label, bar.count.text, bar.percent.text) for bar in bars] == [
        ("High", "1", "33%"),
        ("Medium", "1", "33%"),
        ("Low", "1", "33%"),
    ]
    assert bars[0].length == float(Fraction(1, 3))


def test_the_band_chart_says_the_finding_and_the_rule() -> None:
    chart = build_band_chart(summary(), bands(), measures("viewing", "sending"), source=SOURCE)

    assert chart.words.title == "High: 67% of returns on Viewing records, 33% on Sending records"
    assert "Low from 0, Medium from 40, High from 70; on the score rounded half up" in chart.words.foot
    assert chart.words.description == (
        "Viewing records: High 2, Medium 0, Low 1, of 3. Sending records: High 1, Medium 1, Low 1, of 3."
    )


def test_the_table_under_a_band_chart_has_count_and_share() -> None:
    chart = build_band_chart(summary(), bands(), measures("viewing"), source=SOURCE)

    assert chart.table.heading[1:3] == ("High", "High, share")
    assert [cell.text for cell in chart.table.rows[0].cells] == ["2", "67%", "0", "0%", "1", "33%", "3"]


def test_the_tallest_bar_of_a_histogram_fills_it() -> None:
    chart = build_histogram(
        summary((unit("AAA"), AAA), (unit("AAB"), AAA), (unit("CCC"), CCC)),
        sharing(),
        sharing().measures["overall"],
        source=SOURCE,
    )

    heights = {bar.label: bar.height for bar in chart.bars if bar.height}
    assert heights == {"60": 1.0, "90": 0.5}
    assert chart.last_edge == "100"


def test_a_histogram_says_the_middle_half_and_each_bin() -> None:
    chart = build_histogram(summary(), sharing(), sharing().measures["overall"], source=SOURCE)

    assert chart.words.title == "Overall: the middle half of returns scored 37.0 to 83.8"
    assert "1 from 60 to below 70." in chart.words.description
    assert chart.words.subtitle == "Number of returns by Overall score, in steps of 10."
    assert chart.table.rows[-1].label == "from 90 to 100"


def test_levels_have_a_bar_each() -> None:
    framework = read_framework("example-level-gate@1")
    everything: dict[str, Answer] = dict.fromkeys(framework.questions, "met")
    table = score_answers(build_answers(framework, [(unit("AAA"), everything)]), compile_plan(framework))

    chart = build_histogram(
        summarise_scores(table, framework), framework, framework.measures["digital_strategy"], source=SOURCE
    )

    assert [(bar.label, bar.count.text) for bar in chart.bars] == [
        ("1", "0"), ("2", "0"), ("3", "0"), ("4", "0"), ("5", "1"),
    ]  # fmt: skip
    assert chart.last_edge is None
    # each level stands under its bar, all five of them
    assert re.findall(r'class="axis">(.*?)<', draw_histogram(chart)) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("words", "text"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_words_in_a_row_read_as_people_write_them(words: tuple[str, ...], text: str) -> None:
    assert join_words(words) == text
