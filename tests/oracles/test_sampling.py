# SPDX-License-Identifier: MIT
"""Sample sizes against Cochran's printed example and R (PracTools, stratification), and Wright's whole numbers."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.sample_sizes import Strata, for_error, neyman, proportional, whole_neyman, within_cost
from trigpoint.statistics.strata_bounds import cut_by_root_frequency, cut_for_fewest, sizes_of

CASE = "h1_neyman"
ERROR = "anticipated SE of estimated mean"


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


@cache
def column(name, file="input.csv"):
    with reference(CASE, file).open(encoding="utf-8", newline="") as rows:
        return np.array([float(row[name]) for row in csv.DictReader(rows)])


def hospitals(*, costs=False):
    return Strata(column("Nh"), column("Sh"), column("ch") if costs else None)


def cities():
    told = expected()["cochran"]
    return Strata(np.array(told["Nh"], float), np.sqrt(np.array(told["Sh2"], float)))


def test_cochrans_cities_are_parted_as_printed():
    told = expected()["cochran"]

    assert neyman(cities(), 24) == pytest.approx(told["neyman_exact"], abs=1e-6)
    assert proportional(cities(), 24) == pytest.approx(told["proportional_exact"], abs=1e-6)
    assert whole_neyman(cities(), 24).tolist() == told["integer_optimum_bruteforce"] == told["published"]["neyman"]


@pytest.mark.parametrize(("drawn", "name"), [([12, 12], "V_total_neyman_12_12"), ([6, 18], "V_total_prop_6_18")])
def test_the_variance_of_the_total_is_as_printed(drawn, name):
    error = cities().mean_error(np.array(drawn, float))

    assert (cities().sizes.sum() * error) ** 2 == pytest.approx(expected()["cochran"][name], abs=1e-6)


def test_hospitals_are_parted_as_practools_does():
    for name, ours in (("practools_neyman_n100", neyman), ("practools_prop_n100", proportional)):
        assert ours(hospitals(), 100) == pytest.approx(expected()[name]["nh"], abs=1e-6)
    told = expected()["practools_neyman_n100"]
    assert hospitals().mean_error(neyman(hospitals(), 100)) == pytest.approx(told[ERROR], rel=1e-9)


def test_a_budget_and_an_error_asked_for_give_their_draws():
    budget, error = expected()["practools_cost"], expected()["practools_cv05"]
    spent = float(np.array(budget["nh"]) @ column("ch"))

    drawn = within_cost(hospitals(costs=True), spent)
    assert drawn == pytest.approx(budget["nh"], abs=1e-6)
    assert hospitals().mean_error(drawn) == pytest.approx(budget[ERROR], rel=1e-9)
    assert for_error(hospitals(costs=True), error[ERROR]) == pytest.approx(error["nh"], abs=1e-6)


@pytest.mark.parametrize("n", [14, 100])
def test_whole_draws_are_wrights(n):
    assert whole_neyman(hospitals(), n).tolist() == expected()[f"wright_smho_n{n}"]


def test_bounds_by_roots_of_frequencies_are_those_of_r_with_its_twenty_classes():
    sizes, told = column("x", "uscities.csv"), expected()["cumrootf_uscities"]
    bounds = cut_by_root_frequency(sizes, 5, classes=20)

    assert bounds == pytest.approx(told["bh"], abs=1e-6)
    assert list(sizes_of(sizes, bounds)) == told["Nh"]


def test_the_draws_of_those_strata_are_theirs():
    sizes, told = column("x", "uscities.csv"), expected()["cumrootf_uscities"]
    place = np.searchsorted(told["bh"], sizes, side="right")
    deviations = np.array([sizes[place == at].std() for at in range(5)])

    drawn = neyman(Strata(np.array(told["Nh"], float), deviations), 100)
    assert np.round(drawn).astype(int).tolist() == told["nh"]


def test_the_strata_that_need_the_fewest_draws_are_those_of_lavallee_and_hidiroglou():
    found, told = cut_for_fewest(column("x", "uscities.csv"), 3, cv=0.01), expected()["LH_uscities_cv01"]

    assert list(found.bounds) == pytest.approx(told["bh"], abs=1e-6)
    assert (list(found.sizes), list(found.drawn), sum(found.drawn)) == (told["Nh"], told["nh"], told["n"])
