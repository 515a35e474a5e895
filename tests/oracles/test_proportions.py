# SPDX-License-Identifier: MIT
"""Intervals of shares against R (prop.test, binom.test, mcnemar.test, PropCIs) and Newcombe's printed values."""

from __future__ import annotations

import csv
import json
from functools import cache

import pytest

from tests.support.shared import reference
from trigpoint.statistics.paired_proportions import PairedCounts, compare_changes, paired_difference, paired_wald
from trigpoint.statistics.proportions import exact_interval, share_difference, wilson_interval

CASE = "o1_proportions"
TOLERANCE = 1e-6


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


@cache
def rows():
    with reference(CASE, "input.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("wilson", wilson_interval),
        ("cp", exact_interval),
        ("wilson_cc", lambda count, n: wilson_interval(count, n, corrected=True)),
    ],
)
def test_intervals_of_one_share_are_those_of_r(name, ours):
    assert len(rows()) >= 7
    for row in rows():
        found = ours(int(row["x"]), int(row["n"]))

        theirs = float(row[f"{name}_lo"]), float(row[f"{name}_hi"])
        assert (found.lower, found.upper) == pytest.approx(theirs, abs=TOLERANCE)


def test_wilsons_intervals_are_those_that_newcombe_printed():
    printed = {name: ends for name, ends in expected()["published"].items() if name.startswith("newcombe")}
    assert len(printed) == 3
    for name, ends in printed.items():
        found = wilson_interval(*map(int, name.split("_")[1:]))
        assert [round(found.lower, 4), round(found.upper, 4)] == ends


def test_the_difference_of_two_shares_is_that_of_miettinen_and_nurminen():
    found = share_difference((56, 70), (48, 80))

    assert [found.lower, found.upper] == pytest.approx(expected()["miettinen_nurminen_56_70_48_80"], abs=TOLERANCE)


@cache
def approval():
    (both, only_first), (only_second, neither) = expected()["mcnemar"]["table"]
    return PairedCounts(both, only_first, only_second, neither)


def test_mcnemars_test_is_that_of_r_and_of_agresti():
    found, theirs = compare_changes(approval()), expected()["mcnemar"]

    assert (found.chi2, found.corrected_chi2) == pytest.approx((theirs["chi2"], theirs["chi2_cc"]), abs=TOLERANCE)
    assert found.exact == pytest.approx(theirs["exact_p"], abs=TOLERANCE, rel=1e-9)
    assert round(found.chi2, 2) == expected()["published"]["agresti_mcnemar_z2"]


def test_the_paired_difference_is_that_of_propcis():
    found = paired_difference(approval())

    assert [found.lower, found.upper] == pytest.approx(expected()["paired_score_ci"], abs=TOLERANCE)


@pytest.mark.parametrize(("name", "added"), [("paired_wald", 0), ("paired_agresti_min", 0.5)])
def test_the_usual_paired_intervals_are_those_of_propcis_with_the_rounds_turned(name, added):
    found = paired_wald(approval(), added=added)

    assert [-found.upper, -found.lower] == pytest.approx(expected()[name], abs=TOLERANCE)
