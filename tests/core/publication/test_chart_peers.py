# SPDX-License-Identifier: MIT
"""The peer chart: marks where the numbers are, the same words for who can't see it, nothing for what isn't there."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

from trigpoint.analysis.peers import summarise_peers
from trigpoint.publication.chart_peers import PeerBar, PeerMarks, build_peer_chart
from trigpoint.publication.draw_peers import draw_peer_chart
from trigpoint.publication.score_range import ScoreRange

AXIS = ScoreRange(0, 100)
PEERS = summarise_peers([Fraction(number) for number in (10, 20, 30, 40, 50)])
BARS = (
    PeerBar("Overall", "62.5", Fraction(125, 2), PEERS),
    PeerBar("Too few peers", "40", Fraction(40), None),
    PeerBar("Nothing <answered> in a long section title", "no score", None, PEERS),
)


def test_marks_lie_where_the_scores_lie_on_the_axis() -> None:
    chart = build_peer_chart(BARS, ScoreRange(0, 50), name="scores", title="Scores")

    assert chart.rows[0].length == (125 / 2) / 50
    assert chart.rows[0].marks == PeerMarks(10 / 50, 20 / 50, 30 / 50, 40 / 50, 50 / 50)
    assert chart.ticks[0] == ("0", 0.0)
    assert chart.ticks[-1] == ("50", 1.0)


def test_what_is_missing_has_no_mark() -> None:
    chart = build_peer_chart(BARS, AXIS, name="scores", title="Scores")

    assert chart.rows[1].marks is None
    assert chart.rows[2].length is None


def test_the_words_say_each_score() -> None:
    chart = build_peer_chart(BARS, AXIS, name="scores", title="Scores")

    assert chart.description.startswith("Overall: 62.5. Too few peers: 40.")


def test_the_picture_is_well_formed_escaped_and_reflows() -> None:
    svg = draw_peer_chart(build_peer_chart(BARS, AXIS, name="scores", title="Scores"))

    root = ET.fromstring(svg)
    bars = [one.attrib for one in root.iter() if one.attrib.get("class") == "own"]
    assert [one["width"] for one in bars] == ["62.5%", "40%"]
    assert "&lt;answered&gt;" in svg
    assert root.attrib["width"] == "100%"
    assert "viewBox" not in root.attrib
    assert sum(one.attrib.get("class") == "peers" for one in root.iter()) == 2
    assert sum(one.attrib.get("class") == "empty" for one in root.iter()) == 1
