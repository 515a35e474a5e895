# SPDX-License-Identifier: MIT
"""Agreement of raters against R (irr, psych) and the tables that Shrout, Fleiss and Krippendorff printed."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.agreement import RatingDesign, rater_agreement
from trigpoint.statistics.krippendorff import ValueScale, krippendorff_alpha

SHROUT, KRIPPENDORFF = "c1_icc_shrout_fleiss", "c2_krippendorff"
DESIGNS = dict(zip("123", RatingDesign, strict=True))


@cache
def expected(case):
    return json.loads(reference(case, "expected.json").read_text(encoding="utf-8"))


@cache
def numbers(case, file):
    with reference(case, file).open(encoding="utf-8", newline="") as rows:
        lines = list(csv.reader(rows))[1:]
    return np.array([[float(cell) if cell not in {"", "NA"} else np.nan for cell in line[1:]] for line in lines])


def found(design, size):
    return rater_agreement(numbers(SHROUT, "input.csv"), DESIGNS[design], average=size == "k")


@pytest.mark.parametrize("size", ["1", "k"])
@pytest.mark.parametrize("design", DESIGNS)
def test_each_correlation_is_that_of_r_and_the_one_that_was_printed(design, size):
    ours, name = found(design, size), f"ICC({design},{size})"

    assert ours.value == pytest.approx(expected(SHROUT)["irr"][name]["value"], abs=1e-8)
    assert round(ours.value, 2) == expected(SHROUT)["published"][name]


@pytest.mark.parametrize("size", ["1", "k"])
@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_are_those_of_psych(design, size):
    ours = found(design, size)
    told = next(one for one in expected(SHROUT)["psych"] if one["type"] == f"ICC{design}{'k' if size == 'k' else ''}")

    assert (ours.lower, ours.upper) == pytest.approx((told["lower"], told["upper"]), abs=1e-8)


@pytest.mark.parametrize("name", ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(3,k)"])
def test_tests_are_those_of_irr(name):
    """But for ICC(2,k): irr takes the degrees of freedom there as if the mean's correlation were a single rating's.

    Its interval is then not that of the single rating by Spearman and Brown, as psych's and ours are.
    """
    ours, told = found(name[4], name[6]), expected(SHROUT)["irr"][name]

    assert (ours.f, ours.p) == pytest.approx((told["F"], told["p"]), abs=1e-8)
    assert ours.df == pytest.approx((told["df1"], told["df2"]), abs=1e-8)
    assert (ours.lower, ours.upper) == pytest.approx((told["lower"], told["upper"]), abs=1e-8)


@pytest.mark.parametrize("scale", list(ValueScale))
def test_krippendorffs_example_with_gaps_is_that_of_irr_and_as_printed(scale):
    alpha = krippendorff_alpha(numbers(KRIPPENDORFF, "input.csv"), scale).alpha
    told, name = expected(KRIPPENDORFF), scale.name.lower()

    assert alpha == pytest.approx(told["alpha"][name], abs=1e-8)
    assert alpha == pytest.approx(told["published"][name], abs=0.0005)


def as_irr_has_it(ours, raters):
    """irr 0.84.1 does not divide by raters - 1 when no value is missing, so that n - 1 comes out as n - 1/(m - 1)."""
    return 1 - (1 - ours.alpha) * (ours.pairable - 1 / (raters - 1)) / (ours.pairable - 1)


def test_diagnoses_without_gaps_are_those_of_irr_but_for_its_count():
    values = numbers(KRIPPENDORFF, "diagnoses_codes.csv").T
    ours = krippendorff_alpha(values, ValueScale.NOMINAL)

    assert as_irr_has_it(ours, len(values)) == pytest.approx(expected(KRIPPENDORFF)["diagnoses_nominal"], abs=1e-8)


@pytest.mark.parametrize("name", ["nominal", "ordinal", "interval"])
def test_ratings_of_films_are_those_of_irr_but_for_its_count(name):
    values = numbers(KRIPPENDORFF, "video.csv").T
    ours = krippendorff_alpha(values, ValueScale[name.upper()])

    assert as_irr_has_it(ours, len(values)) == pytest.approx(expected(KRIPPENDORFF)["video"][name], abs=1e-8)
