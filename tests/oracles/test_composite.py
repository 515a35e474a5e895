# SPDX-License-Identifier: MIT
"""The ASEM index of 51 countries, replayed against COINr: scales, means, weights, 840 variants with ranks, Sobol."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.composite import (
    Aggregation,
    Layer,
    Normalisation,
    climb_layers,
    effective_weights,
    normalise,
    rank_down,
)
from trigpoint.statistics.sobol import design_points, sobol_indices

CASE, ISHIGAMI = "a_asem_coinr", "q1_sobol_ishigami"
NORMALISATIONS = {"n_zscore": (Normalisation.Z_SCORE, 10, 2), "n_minmax": (Normalisation.MIN_MAX, 1, 100)}
AGGREGATIONS = {
    "a_amean": Aggregation.ARITHMETIC,
    "a_gmean": Aggregation.GEOMETRIC,
    "a_hmean": Aggregation.HARMONIC,
}


@cache
def expected(case=CASE):
    return json.loads(reference(case, "expected.json").read_text(encoding="utf-8"))


@cache
def rows(file):
    with reference(CASE, file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def numbers(file):
    """Names of the columns, and the numbers: shape (units, columns)."""
    names = tuple(rows(file)[0])[1:]
    return names, np.array([[float(row[name]) for name in names] for row in rows(file)])


@cache
def structure():
    return [row for row in rows("structure.csv") if row["Level"]]


@cache
def names_of(level):
    if level == 1:
        return list(numbers("input.csv")[0])
    return [row["iCode"] for row in structure() if int(row["Level"]) == level]


def layers(weights):
    parent = {row["iCode"]: row["Parent"] for row in structure()}
    return [
        Layer(
            np.array([names_of(level + 1).index(parent[name]) for name in names_of(level)]),
            np.array([weights[name] for name in names_of(level)]),
        )
        for level in (1, 2, 3)
    ]


def own_weights():
    return {row["iCode"]: float(row["Weight"]) for row in structure()}


@cache
def made_comparable(name, low, high):
    direction = {row["iCode"]: float(row["Direction"]) for row in structure()}
    directions = np.array([direction[name] for name in names_of(1)])
    return normalise(numbers("input.csv")[1], name, low=low, high=high, directions=directions)


@pytest.mark.parametrize(
    ("file", "method", "low", "high"),
    [
        ("normalised_minmax_0_100.csv", Normalisation.MIN_MAX, 0, 100),
        ("normalised_minmax_1_100.csv", Normalisation.MIN_MAX, 1, 100),
        ("normalised_zscore_10_2.csv", Normalisation.Z_SCORE, 10, 2),
        ("normalised_dist2max.csv", Normalisation.DISTANCE_TO_MOST, 0, 1),
    ],
)
def test_indicators_on_one_scale_are_theirs(file, method, low, high):
    names, theirs = numbers(file)

    assert list(names) == names_of(1)
    assert made_comparable(method, low, high) == pytest.approx(theirs, abs=1e-8)


@pytest.mark.parametrize(
    ("file", "method"),
    [
        ("normalised_rank.csv", Normalisation.RANK),
        ("normalised_borda.csv", Normalisation.BORDA),
        ("normalised_prank.csv", Normalisation.PERCENT_RANK),
    ],
)
def test_indicators_by_rank_are_theirs_but_for_ties_that_printing_made(file, method):
    values, theirs = numbers("input.csv")[1], numbers(file)[1]
    alone = np.array([[(column == value).sum() == 1 for value in column] for column in values.T]).T
    ours = made_comparable(method, 0, 1)

    assert ours[alone] == pytest.approx(theirs[alone], abs=1e-8)
    # Fifteen digits were printed, so a few of theirs differ beyond them and stand apart.
    assert (np.abs(ours - theirs) > 1e-8).sum() <= 3


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_each_kind_of_mean_is_theirs_at_every_level(name):
    columns, theirs = numbers(f"aggregated_minmax1_100_{name}.csv")
    found = climb_layers(made_comparable(Normalisation.MIN_MAX, 1, 100), layers(own_weights()), AGGREGATIONS[name])

    ours = {name: found[level - 2][:, at] for level in (2, 3, 4) for at, name in enumerate(names_of(level))}
    for at, column in enumerate(columns):
        assert ours[column] == pytest.approx(theirs[:, at], abs=1e-8)


def test_effective_weights_are_theirs():
    theirs = {row["iCode"]: float(row["EffWeight"]) for row in rows("weights_effective.csv")}

    for level, ours in zip((1, 2, 3), effective_weights(layers(own_weights())), strict=True):
        assert ours == pytest.approx([theirs[name] for name in names_of(level)], abs=1e-12)


@cache
def weight_sets():
    found: dict[int, dict[str, float]] = {}
    for row in rows("ua_weightsets.csv"):
        found.setdefault(int(row["weightset"]), {})[row["iCode"]] = float(row["Weight"])
    return found


@cache
def replayed(study):
    """The index of every variant of their design: shape (variants, units)."""
    scores = []
    for row in rows(f"{study}_design.csv"):
        values = made_comparable(*NORMALISATIONS[row["norm"]])
        tree = layers(weight_sets()[int(row["weightset"])])
        scores.append(climb_layers(values, tree, AGGREGATIONS[row["agg"]])[-1][:, 0])
    return np.array(scores)


@pytest.mark.parametrize(("study", "count"), [("ua", 200), ("sa", 640)])
def test_every_variant_has_their_scores_and_their_ranks(study, count):
    assert replayed(study).shape == (count, 51)
    assert replayed(study) == pytest.approx(numbers(f"{study}_scores.csv")[1][:, 1:].T, abs=1e-8)
    assert np.array_equal(rank_down(replayed(study)), numbers(f"{study}_ranks.csv")[1][:, 1:].T)


def test_the_quantiles_of_ranks_are_theirs():
    names, theirs = numbers("ua_rankstats.csv")
    ranks = rank_down(replayed("ua"))

    ours = {
        "Mean": ranks.mean(axis=0),
        "Median": np.median(ranks, axis=0),
        "Q5": np.quantile(ranks, 0.05, axis=0),
        "Q95": np.quantile(ranks, 0.95, axis=0),
    }
    for name, column in ours.items():
        assert column == pytest.approx(theirs[:, names.index(name)], abs=1e-8)


def shifts():
    nominal = numbers("sa_ranks.csv")[1][:, 0]
    return np.abs(rank_down(replayed("sa")) - nominal).mean(axis=1)


def test_the_mean_shift_of_ranks_is_theirs():
    assert shifts() == pytest.approx(numbers("sa_y.csv")[1][:, 0], abs=1e-8)


def test_sobols_indices_of_their_128_points_are_theirs_as_wild_as_they_are():
    found = sobol_indices(shifts(), 3, rng=np.random.default_rng(1))

    assert found.first == pytest.approx([one["Si"] for one in expected()["sobol"]], abs=1e-8)
    assert found.total == pytest.approx([one["STi"] for one in expected()["sobol"]], abs=1e-8)
    assert found.first.min() < -0.1
    assert found.first.max() > 1


def test_leaving_a_pillar_out_shifts_ranks_as_theirs_do():
    nominal = climb_layers(
        made_comparable(Normalisation.MIN_MAX, 0, 100), layers(own_weights()), Aggregation.ARITHMETIC
    )
    ranks = rank_down(nominal[-1][:, 0])
    for name, told in expected()["remove_level2_mean_abs_rank_change"].items():
        if name == "Nominal":
            continue
        changed = climb_layers(
            made_comparable(Normalisation.MIN_MAX, 0, 100), layers({**own_weights(), name: 0.0}), Aggregation.ARITHMETIC
        )
        assert np.abs(rank_down(changed[-1][:, 0]) - ranks).mean() == pytest.approx(told, abs=1e-8)


def test_the_index_of_the_first_five_is_as_told():
    index = climb_layers(made_comparable(Normalisation.MIN_MAX, 0, 100), layers(own_weights()), Aggregation.ARITHMETIC)[
        -1
    ][:, 0]
    units = [row["uCode"] for row in rows("input.csv")]

    for one in expected()["index_top5"]:
        at = units.index(one["uCode"])
        assert (index[at], int(rank_down(index)[at])) == (pytest.approx(one["Index"], abs=1e-8), one["Rank"])


def test_the_function_of_ishigami_has_the_indices_that_were_derived():
    told = expected(ISHIGAMI)["analytic"]
    points = 2 * np.pi * design_points(3, 4096, rng=np.random.default_rng(1)) - np.pi
    results = np.sin(points[:, 0]) + 7 * np.sin(points[:, 1]) ** 2 + 0.1 * points[:, 2] ** 4 * np.sin(points[:, 0])
    found = sobol_indices(results, 3, rng=np.random.default_rng(1), draws=50)
    assert found.first == pytest.approx(told["S1"], abs=0.02)
    assert found.total == pytest.approx(told["ST"], abs=0.02)
    assert results.var() == pytest.approx(told["V"], rel=0.02)


def test_the_function_of_their_points_is_the_one_worked_out_here():
    with reference(ISHIGAMI, "input.csv").open(encoding="utf-8", newline="") as lines:
        points = np.array([[float(cell) for cell in line] for line in list(csv.reader(lines))[1:]])
    x, y, z, told = points.T

    assert np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x) == pytest.approx(told)


def test_a_weighted_sum_has_the_indices_of_its_weights():
    linear = expected(ISHIGAMI)["linear"]
    points = design_points(3, 4096, rng=np.random.default_rng(2))
    results = (points * np.array(linear["w"]) * np.array(linear["sd"])).sum(axis=1)
    found = sobol_indices(results, 3, rng=np.random.default_rng(1), draws=50)
    assert found.first == pytest.approx(linear["S1"], abs=0.02)
