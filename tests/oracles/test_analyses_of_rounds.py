# SPDX-License-Identifier: MIT
"""The other analyses on the real rounds: bands as the auditors printed them, funnels, inequality, samples, surveys."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.oracles.test_golden_rounds import framework, intake, scores
from tests.oracles.test_systems_of_2017 import ON
from tests.support.shared import shared_data
from trigpoint.analysis.allocation import AllocationPlan, AllocationRule, analyse_allocation
from trigpoint.analysis.distribution import analyse_distribution
from trigpoint.analysis.sampling import draw_sample
from trigpoint.analysis.scored_units import group_units, list_scored_units
from trigpoint.analysis.similar_peers import compare_with_similar
from trigpoint.analysis.spread import analyse_funnel, analyse_inequality
from trigpoint.analysis.survey import analyse_survey
from trigpoint.io.number_file import read_number_file
from trigpoint.io.ods import read_register
from trigpoint.organisations.placing import place_organisations
from trigpoint.submissions import Missing

ROUNDS = ["2015-16", "2017"]


@cache
def units(version, measure="overall"):
    return list_scored_units(scores(version), measure)


@cache
def regions():
    register = read_register(shared_data("nhs-ods")).register
    codes = [code for code, _ in units("2017").keys]
    return place_organisations(register, codes, "type_cqc", on=ON).group_of


@cache
def distribution(version, measure):
    return analyse_distribution(scores(version), framework(version), measure)


@pytest.mark.parametrize(
    ("measure", "percents"),
    [("readiness", (83, 17, 0)), ("capabilities", (13, 71, 16)), ("infrastructure", (72, 28, 0))],
)
def test_the_bands_of_2017_are_those_that_the_auditors_printed(measure, percents):
    result = distribution("2017", measure)
    counts = {one.band: one.count for one in result.numbers.bands}

    whole = sum(counts[band] for band in ("low", "medium", "high"))
    shown = tuple(round(100 * counts[band] / whole) for band in ("high", "medium", "low"))
    # The auditors count General rows only; four providers returned by care setting as well.
    assert np.abs(np.subtract(shown, percents)).max() <= 1


def test_of_capabilities_thirty_trusts_were_high():
    general = [row for row, unit in enumerate(scores("2017").units) if unit.care_setting == "General"]
    table = scores("2017")
    at = table.measures.index("capabilities")

    assert sum(table.band_ids[table.band_positions[row, at]] == "high" for row in general) == 30


@pytest.mark.parametrize("version", ROUNDS)
def test_every_answer_of_every_unit_is_counted_once(version):
    result = distribution(version, "overall")

    for one in result.numbers.answers:
        assert sum(one.given.values()) + sum(one.missing.values()) == len(scores(version).units)


def test_dont_knows_are_kept_apart_from_those_who_did_not_answer():
    counted = distribution("2017", "overall").numbers.answers
    states = {state: sum(one.missing[state] for one in counted) for state in Missing}

    assert states[Missing.DONT_KNOW] > 100
    assert states[Missing.NOT_SHOWN] + states[Missing.NOT_ANSWERED] + states[Missing.NOT_APPLICABLE] > 1000


@pytest.mark.parametrize(("version", "middle"), [("2015-16", 60.7), ("2017", 71.0)])
def test_the_middle_trust_scored_about_as_the_mean(version, middle):
    assert float(distribution(version, "overall").numbers.percentiles[2]) == pytest.approx(middle, abs=1.5)


def test_trusts_became_more_equal_and_hardly_by_kind():
    first, second = (analyse_inequality(units(version)).numbers for version in ROUNDS)
    grouped = group_units(units("2017"), regions(), grouping="kind")
    parts = analyse_inequality(units("2017"), groups=grouped).numbers

    assert second.gini < first.gini
    assert parts.between is not None
    assert parts.between / parts.theil < 0.05


def test_kinds_of_trusts_hold_no_surprise_in_a_funnel():
    grouped = group_units(units("2017"), regions(), grouping="kind")
    result = analyse_funnel(grouped)

    assert len(result.numbers.groups) == 5
    assert result.numbers.target == pytest.approx(float(np.mean(grouped.values)))


def test_a_sample_of_forty_trusts_knows_the_mean_to_about_a_point():
    found = draw_sample(units("2017"), 40, rng=np.random.default_rng(2017), type_of=regions()).numbers

    assert len(found.codes) == 40
    assert found.error < found.even_error
    assert 0.4 < found.error < 1.2
    weights = [1 / found.chances[code] for code in found.codes]
    known = dict(zip((code for code, _ in units("2017").keys), units("2017").values, strict=True))
    estimate = np.average([known[code] for code in found.codes], weights=weights)
    assert abs(estimate - units("2017").values.mean()) < 4 * found.error


def test_the_round_was_nearly_a_census_of_those_known_to_the_register():
    codes = [code for code, _ in units("2017").keys if code in regions()]
    kept = [at for at, key in enumerate(units("2017").keys) if key[0] in regions()]
    answered = group_units(units("2017"), regions(), grouping="kind").units
    result = analyse_survey(answered, codes, [regions()])

    assert len(kept) == len(codes)
    assert result.numbers.response.rate == 1
    assert result.numbers.is_representative


def test_with_a_third_of_the_trusts_silent_the_bounds_are_wide_and_the_weighted_mean_near():
    scored = group_units(units("2017"), regions(), grouping="kind").units
    silent = {key for at, key in enumerate(scored.keys) if at % 3 == 0}
    rows = [at for at, key in enumerate(scored.keys) if key not in silent]
    some = type(scored)(
        scored.measure, scored.round, tuple(scored.keys[at] for at in rows), tuple(scored.scores[at] for at in rows), {}
    )
    found = analyse_survey(some, [code for code, _ in scored.keys], [regions()]).numbers

    truth = float(scored.values.mean())
    assert found.bounds.lower <= truth <= found.bounds.upper
    assert found.bounds.upper - found.bounds.lower > 30
    assert found.weighted is not None
    assert abs(found.weighted.value - truth) < 3 * found.weighted.error + 0.5


def test_peers_by_size_are_of_like_size(tmp_path):
    file = tmp_path / "sizes.csv"
    lines = shared_data("nhs-context", "trust_ref_file.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 2000
    codes = [code for code, _ in units("2017").keys]
    rows = [f"{code},{at}" for at, code in enumerate(codes)]
    file.write_text("\n".join(["organisation,size", *rows]), encoding="utf-8")
    result = compare_with_similar(units("2017"), codes[50], read_number_file(file, ["size"]), count=10)

    assert {codes.index(code) for code, _ in result.numbers.peers} == {*range(45, 50), *range(51, 56)}


def test_money_for_the_highest_brings_fewer_trusts_to_the_core_than_for_those_nearest():
    plan = AllocationPlan(budget=500, points=1, core=70, group=23)
    found = analyse_allocation(units("2017"), plan, rng=np.random.default_rng(1)).numbers
    at_core = {one.rule: one.at_core for one in found.outcomes}

    assert at_core[AllocationRule.REWARD] == pytest.approx(found.before.at_core)
    assert at_core[AllocationRule.NEAREST] > at_core[AllocationRule.LIFT]
    assert at_core[AllocationRule.NEAREST] == max(at_core.values())


def test_the_intake_of_both_rounds_is_what_the_analyses_stand_on():
    assert [len(intake(version).answers.units) for version in ROUNDS] == [239, 240]
