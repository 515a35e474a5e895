# SPDX-License-Identifier: MIT
"""The record of an analysis: all that its page shows, as JSON."""

from __future__ import annotations

import json

import pytest

from tests.core.analysis.test_every_result import ANALYSES, result
from trigpoint.analysis.chart import DotChart, PlaneChart
from trigpoint.io.methods import read_methods
from trigpoint.publication.analysis_record import present_analysis


def record(name):
    return json.loads(json.dumps(present_analysis(result(name), read_methods()[name]), allow_nan=False))


@pytest.mark.parametrize("name", ANALYSES)
def test_every_chart_is_there_as_numbers(name):
    charts = record(name)["charts"]

    assert [one["title"] for one in charts] == [chart.title for chart in result(name).charts]
    for told, chart in zip(charts, result(name).charts, strict=True):
        if isinstance(chart, DotChart):
            assert told["kind"] == "dots"
            assert [row["label"] for row in told["rows"]] == [row.label for row in chart.rows]
            assert told["series"] == list(chart.series)
        else:
            assert isinstance(chart, PlaneChart)
            assert told["kind"] == "plane"
            assert [(point["x"], point["y"]) for point in told["points"]] == [(one.x, one.y) for one in chart.points]


def test_a_dot_has_its_interval_and_one_without_says_null():
    dots = [
        dot
        for chart in record("convergence")["charts"]
        if chart["kind"] == "dots"
        for row in chart["rows"]
        for dot in row["dots"]
    ]

    assert all(set(dot) == {"value", "lower", "upper"} for dot in dots if dot is not None)


@pytest.mark.parametrize("name", ANALYSES)
def test_tables_have_a_value_for_every_column(name):
    for told, table in zip(record(name)["tables"], result(name).tables, strict=True):
        assert told["title"] == table.title
        assert all(list(line) == [column.name for column in table.columns] for line in told["lines"])


@pytest.mark.parametrize("name", ANALYSES)
def test_what_was_assumed_what_it_cannot_tell_and_its_sources_are_there(name):
    told, found = record(name), result(name)

    assert [one["outcome"] for one in told["assumptions"]] == [one.outcome.value for one in found.checked]
    assert told["cannot_tell"] == list(found.cannot_tell)
    assert told["sources"] == list(read_methods()[name].sources)
    assert (told["n"], told["of"]) == (found.n, found.of)
    assert len(told["left_out"]) == len(found.left_out)
