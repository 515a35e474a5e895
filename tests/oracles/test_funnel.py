# SPDX-License-Identifier: MIT
"""Funnel plots of 54 providers against FunnelPlotR: spread and limits, of ratios both ways and of shares.

It rounds the normal quantiles to six decimals (not those of Poisson limits), so levels are given by its z. And it
prints the limits of ratios on the square root beside the ratios without squaring them; there our limits are held
against its before we square them.
"""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest
from scipy import stats

from tests.support.shared import reference
from trigpoint.statistics.funnel import Extremes, Funnel, RatioScale, plot_ratios, plot_shares, poisson_limits

CASE = "d1_funnel_overdispersion"
TOLERANCE = 1e-8


@cache
def units(name: str):
    with reference(CASE, f"{name}_units.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def column(name: str, title: str):
    return np.array([float(row[title]) for row in units(name)])


def theirs(name: str):
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))["results"][name]


def ratios(name: str, **options) -> Funnel:
    return plot_ratios(column(name, "numerator"), column(name, "denominator"), **options)


def level_of(z: float) -> float:
    return float(1 - 2 * stats.norm.sf(z))


LEVELS = [(level_of(1.959964), "95"), (level_of(3.090232), "99")]
EXACT = {"95": 0.95, "99": 0.998}
FUNNELS = {
    "sr_shmi": lambda: ratios("sr_shmi", scale=RatioScale.LOG, extremes=Extremes.TRIMMED),
    "sr_cqc": lambda: ratios("sr_cqc", scale=RatioScale.ROOT, extremes=Extremes.WINSORISED),
    "pr": lambda: plot_shares(column("pr", "numerator"), column("pr", "denominator")),
}
RESULTS = {"sr_shmi": "SR_SHMI_trim10", "sr_cqc": "SR_CQC_wins10", "pr": "PR_wins10"}


@pytest.mark.parametrize("name", FUNNELS)
def test_the_spread_is_theirs(name):
    spread, expected = FUNNELS[name]().spread, theirs(RESULTS[name])

    assert (spread.phi, spread.between) == pytest.approx((expected["phi"], expected["tau2"]), abs=TOLERANCE)


@pytest.mark.parametrize("name", FUNNELS)
def test_each_z_is_theirs(name):
    assert FUNNELS[name]().z == pytest.approx(column(name, "Uzscore"), abs=TOLERANCE)


def in_range(name: str, funnel: Funnel, level: float):
    """Their angles fold back where the arcsine leaves its range; there only ours is a limit."""
    if name != "pr":
        return np.ones(len(funnel.z), bool)
    lower, upper = funnel.limits(level)
    return (lower > 0) & (upper < 1)


@pytest.mark.parametrize("name", FUNNELS)
@pytest.mark.parametrize(("level", "digits"), LEVELS)
def test_limits_with_the_spread_are_theirs(name, level, digits):
    funnel = FUNNELS[name]()
    kept = in_range(name, funnel, level)

    assert kept.sum() >= 40
    for limits, title in zip(funnel.limits(level), (f"OD{digits}LCL", f"OD{digits}UCL"), strict=True):
        ours = np.sqrt(limits) if name == "sr_cqc" else limits
        assert ours[kept] == pytest.approx(column(name, title)[kept], abs=TOLERANCE)


@pytest.mark.parametrize(("level", "digits"), LEVELS)
def test_limits_by_chance_alone_are_theirs(level, digits):
    shares = FUNNELS["pr"]()
    kept = in_range("pr", shares, level)
    for name, ours, where in (
        ("pr", shares.limits(level, allow_spread=False), kept),
        ("sr_cqc", poisson_limits(column("sr_cqc", "denominator"), EXACT[digits]), slice(None)),
    ):
        for limit, title in zip(ours, (f"LCL{digits}", f"UCL{digits}"), strict=True):
            assert limit[where] == pytest.approx(column(name, title)[where], abs=TOLERANCE)


def test_the_share_of_all_is_their_target():
    assert FUNNELS["pr"]().target == pytest.approx(theirs("PR_wins10")["target"], abs=TOLERANCE)
