# SPDX-License-Identifier: MIT
"""The second national round by systems: a table of them would order what chance made."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tests.oracles.test_convergence_of_rounds import scored
from tests.support.shared import shared_data
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import group_units, list_scored_units
from trigpoint.analysis.systems import Systems, analyse_systems
from trigpoint.io.ods import read_register
from trigpoint.organisations.placing import place_organisations

# The trusts of 2022 are in the systems of April 2021; that file is the only one that lists them.
ON = date(2022, 4, 1)


@cache
def systems(types: str | None = None) -> AnalysisResult[Systems]:
    register = read_register(shared_data("nhs-ods")).register
    units = list_scored_units(scored("2017"), "overall")
    codes = [code for code, _ in units.keys]
    placed = place_organisations(register, codes, "stp", on=ON, neighbours_in="icb")
    type_of = place_organisations(register, codes, types, on=ON).group_of if types else None
    named = {code: register.group("stp", group).name for code, group in placed.group_of.items()}
    return analyse_systems(group_units(units, named, grouping="stp"), type_of=type_of)


def test_systems_do_not_differ_beyond_chance():
    test = systems().numbers.test

    assert (round(test.share, 2), round(test.f, 2), round(test.p, 2)) == (0.04, 1.24, 0.17)
    assert test.share_lower == 0
    assert systems().sentence.startswith("Systems do not differ beyond chance")


def test_all_232_providers_are_in_one_of_42_systems():
    assert systems().n == 232
    assert len(systems().numbers.systems) == 42


def test_the_plain_means_run_from_norfolk_to_essex():
    ordered = sorted(systems().numbers.systems, key=lambda one: one.crude)

    assert ("Norfolk" in ordered[0].system, round(ordered[0].crude, 1)) == (True, 59.5)
    assert ("Essex" in ordered[-1].system, round(ordered[-1].crude, 1)) == (True, 81.8)


def test_drawn_in_by_chance_no_system_lies_apart():
    found = systems().numbers

    assert max(abs(one.adjusted - found.over_units) / one.error for one in found.systems) < 1.96


def test_types_explain_none_of_it_away():
    test = systems("type_cqc").numbers.test

    assert test.p == pytest.approx(0.22, abs=0.01)
