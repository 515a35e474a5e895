# SPDX-License-Identifier: MIT
"""Standardised means of 33 counties against R (crude, direct, indirect, marginal means) and Kitagawa's split."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.standardisation import (
    MixedGroups,
    adjust_by_model,
    split_difference,
    standardise_directly,
    standardise_indirectly,
)

CASE = "l1_likeforlike_standardisation"


def read(path: Path):
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


@cache
def counties() -> tuple[list[str], MixedGroups]:
    rows, types = read(reference(CASE, "input.csv")), sorted(expected()["national_mix"])
    names = [row["group"] for row in read(reference(CASE, "standardised.csv"))]
    return names, MixedGroups(
        np.array([float(row["api00"]) for row in rows]),
        np.array([names.index(row["cname"]) for row in rows]),
        np.array([types.index(row["stype"]) for row in rows]),
        len(names),
        len(types),
    )


@pytest.mark.parametrize(
    ("column", "ours"),
    [
        ("crude", lambda units: units.crude),
        ("direct", lambda units: standardise_directly(units).means),
        ("direct_se", lambda units: standardise_directly(units).errors),
        ("expected_from_mix", lambda units: standardise_indirectly(units).expected),
        ("indirect_ratio", lambda units: standardise_indirectly(units).by_ratio),
        ("indirect_difference", lambda units: standardise_indirectly(units).by_difference),
        ("model_adjusted", lambda units: adjust_by_model(units).means),
        ("model_adjusted_se", lambda units: adjust_by_model(units).errors),
    ],
)
def test_each_kind_of_mean_is_that_of_r(column, ours):
    theirs = [float(row[column]) for row in read(reference(CASE, "standardised.csv"))]

    assert ours(counties()[1]) == pytest.approx(theirs, abs=expected()["tolerance"]["abs"])


def test_the_mix_and_the_means_by_type_are_those_of_r():
    units = counties()[1]

    assert units.mix == pytest.approx(list(expected()["national_mix"].values()))
    assert units.type_means == pytest.approx(list(expected()["national_mean_by_type"].values()))


def test_the_split_between_two_counties_is_kitagawas():
    names, units = counties()
    theirs = expected()["kitagawa"]

    ours = split_difference(units, names.index(theirs["a"]), names.index(theirs["b"]))

    assert (ours.difference, ours.rate, ours.mix) == pytest.approx(
        (theirs["difference"], theirs["rate_component"], theirs["mix_component"]), abs=1e-6
    )
