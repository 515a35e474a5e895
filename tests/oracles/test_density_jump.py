# SPDX-License-Identifier: MIT
"""A jump of a density against rddensity 2.6: margins of 1,390 elections to the Senate of the United States.

With rddensity's widths all is as it prints. The widths we choose differ: its first looks rest on constants of its own,
ours on 3 and 4 standard deviations. The test says how far that goes.
"""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.density_jump import choose_widths, count_windows, find_jump

CASE = "j1_density_senate"


@pytest.fixture(scope="module")
def margins():
    with reference(CASE, "input.csv").open(encoding="utf-8", newline="") as rows:
        return np.array([float(row["margin"]) for row in csv.DictReader(rows)])


@pytest.fixture(scope="module")
def theirs():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ["default", "h10_20", "restricted"])
def test_densities_and_the_test_of_their_difference(case: str, margins, theirs) -> None:
    expected = theirs[case]

    found = find_jump(margins, 0, widths=tuple(expected["h"]), same_curve=case == "restricted")

    assert found.t == pytest.approx(expected["T"], abs=1e-9)
    assert found.p == pytest.approx(expected["p"], abs=1e-9)
    assert (found.left, found.right) == pytest.approx((expected["fl"], expected["fr"]), abs=1e-10)
    assert found.n == tuple(expected["n"])
    assert found.used == tuple(expected["n_eff"])


def test_counts_close_to_the_cut(margins, theirs) -> None:
    expected = theirs["binomial_windows"]

    found = count_windows(margins, 0, [row["window"] for row in expected])

    assert [(one.below, one.above) for one in found] == [(row["left"], row["right"]) for row in expected]
    assert [one.p for one in found] == pytest.approx([row["p"] for row in expected], abs=1e-12)


@pytest.mark.parametrize(("case", "apart"), [("default", 0.25), ("restricted", 0.35)])
def test_widths_of_our_own_are_not_theirs_and_lead_to_the_same_conclusion(case: str, apart: float, margins, theirs):
    expected, shared = theirs[case], case == "restricted"

    widths = choose_widths(margins, 0, same_curve=shared)

    assert max(abs(ours / other - 1) for ours, other in zip(widths, expected["h"], strict=True)) < apart
    assert (find_jump(margins, 0, same_curve=shared).p < 0.05) == (expected["p"] < 0.05)
