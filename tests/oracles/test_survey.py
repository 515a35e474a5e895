# SPDX-License-Identifier: MIT
"""A survey of 183 schools in 15 districts against R's survey: weights, means, totals, errors, design effects."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.survey_estimates import SurveyDesign, join_margins, weighted_mean, weighted_total
from trigpoint.statistics.survey_weights import Margin, calibrate, kish_effect, post_stratify, rake

CASE = "f1_raking_api"


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


@cache
def rows(file):
    with reference(CASE, file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(name, file="input.csv"):
    return np.array([float(row[name]) for row in rows(file)])


@cache
def margin(name):
    told = {one[name]: float(one["Freq"]) for one in expected()["margins"][name]}
    classes = list(told)
    return Margin(np.array([classes.index(row[name]) for row in rows("input.csv")]), np.array(list(told.values())))


@cache
def fitted(name):
    """Weights and what they were fitted to."""
    base, both = column("pw"), [margin("stype"), margin("sch.wide")]
    if name == "base":
        return base, None
    if name == "poststrat":
        return post_stratify(base, both[0]).values, both[0].indicators
    joined = join_margins(both)
    if name == "raked":
        return rake(base, both).values, joined
    if name == "greg_linear":
        totals = np.concatenate([both[0].totals, both[1].totals[1:]])
        return calibrate(base, joined, totals).values, joined
    known = np.hstack([both[0].indicators, column("api99")[:, None]])
    # The total of the earlier score over all schools is not told; their weights give it back.
    total = float(column(name, "weights.csv") @ column("api99"))
    return calibrate(base, known, np.array([*both[0].totals, total]), keep_above_0=True).values, known


NAMES = ["base", "raked", "poststrat", "greg_linear", "calib_raking_api99"]


def design(name):
    _, clusters = np.unique([row["dnum"] for row in rows("input.csv")], return_inverse=True)
    return SurveyDesign(clusters, float(column("fpc")[0]), fitted(name)[1], column("pw"))


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_theirs(name):
    assert fitted(name)[0] == pytest.approx(column(name, "weights.csv"), abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_mean_and_its_error_are_theirs(name):
    found = weighted_mean(column("api00"), fitted(name)[0], design(name))

    assert found.value == pytest.approx(expected()[name]["mean_api00"], abs=1e-6)
    assert found.error == pytest.approx(expected()[name]["se"], rel=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_the_total_and_its_error_are_theirs(name):
    found = weighted_total(column("enroll"), fitted(name)[0], design(name))

    assert found.value == pytest.approx(expected()[name]["total_enroll"], rel=1e-8)
    assert found.error == pytest.approx(expected()[name]["se_total"], rel=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_the_design_effect_is_theirs(name):
    assert kish_effect(fitted(name)[0]) == pytest.approx(expected()["kish_deff"][name], abs=1e-6)
