# SPDX-License-Identifier: MIT
"""Two forms of a test of mathematics against R's equate, and the means that Kolen and Brennan printed."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.equating import ScoreCounts, link_by_line, link_by_mean, link_by_percentile, smooth

CASE = "g1_equate_actmath"


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


def column(file, name):
    with reference(CASE, file).open(encoding="utf-8", newline="") as rows:
        return np.array([float(row[name]) for row in csv.DictReader(rows)])


@cache
def form(name):
    return ScoreCounts(column("input.csv", f"{name}count"))


def test_means_and_deviations_are_theirs():
    for name in "xy":
        told = expected()["summary"][name]
        assert (form(name).mean, form(name).deviation) == pytest.approx((told["mean"], told["sd"]), abs=1e-6)
        assert form(name).counts.sum() == told["n"]
    assert round(form("x").mean, 4) == 19.8524
    assert round(form("y").mean, 4) == 18.9798


@pytest.mark.parametrize(("name", "link"), [("mean", link_by_mean), ("linear", link_by_line)])
def test_lines_are_theirs(name, link):
    found = link(form("x"), form("y"))

    assert (found.intercept, found.slope) == pytest.approx(
        (expected()[name]["intercept"], expected()[name]["slope"]), abs=1e-6
    )
    assert found.at(column("input.csv", "scale")) == pytest.approx(column("concordance.csv", name), abs=1e-6)


def test_equal_percentiles_are_theirs():
    assert link_by_percentile(form("x"), form("y")) == pytest.approx(
        column("concordance.csv", "equipercentile"), abs=1e-6
    )


def test_equal_percentiles_of_smoothed_counts_are_theirs():
    found = link_by_percentile(smooth(form("x"), 3), smooth(form("y"), 3))

    assert found == pytest.approx(column("concordance.csv", "equip_loglinear3"), abs=0.001)
