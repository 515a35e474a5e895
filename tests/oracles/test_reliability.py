# SPDX-License-Identifier: MIT
"""Five scales of 2,800 people against R's psych: alpha, answers, omega, ordinal alpha."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest

from tests.support.shared import reference
from trigpoint.statistics.consistency import Gaps, check_items, cronbach_alpha
from trigpoint.statistics.factors import find_factors, general_omega, one_factor_omega
from trigpoint.statistics.ordinal import ordinal_alpha

CASE = "b1_alpha_omega"
SCALES = tuple("ACENO")


@cache
def expected():
    return json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8"))


def theirs(scale):
    return expected()["scales"][scale]


@cache
def answers(scale):
    """Answers 1 to 6, reversed items turned round, nan where there is none."""
    reversed_items = theirs(scale)["reversed_7_minus_x"]
    turned = {reversed_items} if isinstance(reversed_items, str) else set(reversed_items)
    with reference(CASE, "input.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = []
    for item in theirs(scale)["items"]:
        answers = np.array([float(row[item]) if row[item] not in {"", "NA"} else np.nan for row in rows])
        columns.append(7 - answers if item in turned else answers)
    return np.column_stack(columns)


@cache
def correlation(scale):
    complete = answers(scale)[np.isfinite(answers(scale)).all(axis=1)]
    return np.corrcoef(complete.T)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("gaps", "name"), [(Gaps.LISTWISE, "complete"), (Gaps.PAIRWISE, "pairwise")])
def test_alpha_is_theirs_with_gaps_both_ways(scale, gaps, name):
    found, told = cronbach_alpha(answers(scale), gaps=gaps), theirs(scale)[name]

    assert found.raw == pytest.approx(told["raw_alpha"], abs=1e-6)
    assert found.standardised == pytest.approx(told["std_alpha"], abs=1e-6)
    assert found.lambda6 == pytest.approx(told["guttman_l6"], abs=1e-6)
    # Pairwise they take all 2,800 as n; we take the fewest of any pair, so our error is a little larger.
    if gaps is Gaps.LISTWISE:
        assert found.error == pytest.approx(told["ase"], abs=1e-6)
    else:
        assert told["ase"] <= found.error <= told["ase"] * (2800 / found.n) ** 0.5 + 1e-9


@pytest.mark.parametrize("scale", SCALES)
def test_feldts_interval_and_n_are_theirs(scale):
    found, told = cronbach_alpha(answers(scale)), theirs(scale)

    assert [found.lower, found.raw, found.upper] == pytest.approx(told["complete"]["feldt_ci"], abs=1e-6)
    assert found.n == told["n_complete"]


@pytest.mark.parametrize("scale", SCALES)
def test_what_each_item_does_is_theirs(scale):
    found, told = check_items(answers(scale)), theirs(scale)["complete"]

    assert found.alpha_without == pytest.approx(list(told["alpha_if_dropped"].values()), abs=1e-6)
    assert found.rest == pytest.approx(list(told["corrected_item_total_r_drop"].values()), abs=1e-6)


@pytest.mark.parametrize("scale", SCALES)
def test_loadings_and_omega_of_one_factor_are_theirs(scale):
    told, tolerance = theirs(scale), expected()["tolerance"]["omega"]

    loadings = find_factors(correlation(scale), 1).loadings[:, 0]
    assert loadings == pytest.approx(list(told["loadings_1factor"].values()), abs=tolerance)
    omega = one_factor_omega(correlation(scale))
    assert omega == pytest.approx(told["omega_total_1factor_minres_on_correlations"], abs=1e-6)
    assert omega == pytest.approx(told["psych_omega_total_nfactors1"], abs=tolerance)


@pytest.mark.parametrize("scale", SCALES)
def test_omega_of_a_general_factor_is_theirs_and_said_not_to_be_identified(scale):
    found, told = general_omega(correlation(scale), 3), theirs(scale)
    tolerance = expected()["tolerance"]["omega"]

    assert found.total == pytest.approx(told["psych_omega_total_nfactors3"], abs=tolerance)
    assert found.general == pytest.approx(told["psych_omega_h_nfactors3"], abs=tolerance)
    assert not found.is_identified  # five items can't tell three factors apart


def test_ordinal_alpha_is_theirs():
    told = {scale: theirs(scale)["ordinal_alpha"] for scale in SCALES if "ordinal_alpha" in theirs(scale)}

    assert told
    for scale, alpha in told.items():
        assert ordinal_alpha(answers(scale)) == pytest.approx(alpha, abs=expected()["tolerance"]["ordinal_alpha"])
