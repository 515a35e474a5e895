# SPDX-License-Identifier: MIT
"""Patterns of 806 people on 28 items against R's PerFit and mirt."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.person_fit import GuttmanErrors, count_guttman_errors, standardised_likelihood

CASE = "k1_personfit"


@cache
def rows(file):
    with reference(CASE, file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(file, name):
    return np.array([float(row[name]) for row in rows(file)])


@cache
def answers():
    return np.array([[int(value) for value in list(row.values())[1:]] for row in rows("input.csv")])


@cache
def errors() -> GuttmanErrors:
    return count_guttman_errors(answers() == 1)


@cache
def lz():
    slope, difficulty = column("item_parameters.csv", "a"), column("item_parameters.csv", "b")
    high = 1 / (1 + np.exp(-slope * (column("dichotomous.csv", "theta_eap")[:, None] - difficulty)))
    return standardised_likelihood(answers(), np.stack([1 - high, high], axis=2))


def test_guttman_errors_are_theirs_each_and_all_together():
    told = json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))

    assert errors().errors.tolist() == column("dichotomous.csv", "guttman_G").tolist()
    assert errors().errors.sum() == told["total_guttman"]


@pytest.mark.parametrize(("name", "ours"), [("Gnormed", "normed"), ("Ht", "agreement"), ("U3", "van_der_flier")])
def test_the_other_indices_are_theirs_as_printed_with_four_decimals(name, ours):
    assert getattr(errors(), ours) == pytest.approx(column("dichotomous.csv", name), abs=5.01e-5)


def test_lz_is_that_of_perfit_and_zh_that_of_mirt():
    assert lz() == pytest.approx(column("dichotomous.csv", "lz"), abs=0.001)
    assert lz() == pytest.approx(column("dichotomous.csv", "mirt_Zh"), abs=1e-4)
