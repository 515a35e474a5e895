# SPDX-License-Identifier: MIT
"""What must not matter to an analysis: the order of units, units that do not count, and the names of codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from tests.core.analysis.test_every_result import codes, rounds, table
from trigpoint.analysis.allocation import AllocationPlan, analyse_allocation
from trigpoint.analysis.change import RoundOfAnswers, analyse_change
from trigpoint.analysis.cohorts import analyse_cohort
from trigpoint.analysis.convergence import analyse_convergence
from trigpoint.analysis.distribution import analyse_distribution
from trigpoint.analysis.matched_rounds import match_rounds
from trigpoint.analysis.reliability import analyse_reliability
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import GroupedUnits, group_units, list_scored_units
from trigpoint.analysis.spread import analyse_funnel, analyse_inequality
from trigpoint.analysis.survey import analyse_survey
from trigpoint.analysis.systems import analyse_systems
from trigpoint.scoring import compile_plan, score_answers


def turned(at):
    """A round with its units in another order."""
    made = rounds()[at]
    order = np.random.default_rng(5).permutation(len(made.answers.units))
    return RoundOfAnswers(made.answers.only(order), made.framework)


def scored(made):
    return score_answers(made.answers, compile_plan(made.framework))


def units(at=1):
    return list_scored_units(table(at), "overall")


def other_units(at=1):
    return list_scored_units(scored(turned(at)), "overall")


def by_name(found):
    return {row.name: pytest.approx(row.value) for row in found.rows}


def in_groups(scored_units):
    return group_units(scored_units, {code: f"s{at % 9}" for at, code in enumerate(codes())}, grouping="icb")


ORDER: dict[str, tuple[Callable[[], AnalysisResult[Any]], Callable[[], AnalysisResult[Any]]]] = {
    "distribution": (
        lambda: analyse_distribution(table(1), rounds()[1].framework, "overall"),
        lambda: analyse_distribution(scored(turned(1)), rounds()[1].framework, "overall"),
    ),
    "change": (
        lambda: analyse_change(*rounds(), "overall"),
        lambda: analyse_change(turned(0), turned(1), "overall"),
    ),
    "convergence": (
        lambda: analyse_convergence(match_rounds(table(0), table(1), "overall")),
        lambda: analyse_convergence(match_rounds(scored(turned(0)), table(1), "overall")),
    ),
    "cohorts": (
        lambda: analyse_cohort(match_rounds(table(0), table(1), "overall"), set(codes()[::9]), name="it"),
        lambda: analyse_cohort(
            match_rounds(scored(turned(0)), scored(turned(1)), "overall"), set(codes()[::9]), name="it"
        ),
    ),
    "systems": (lambda: analyse_systems(in_groups(units())), lambda: analyse_systems(in_groups(other_units()))),
    "funnel": (lambda: analyse_funnel(in_groups(units())), lambda: analyse_funnel(in_groups(other_units()))),
    "inequality": (lambda: analyse_inequality(units()), lambda: analyse_inequality(other_units())),
    "survey": (
        lambda: analyse_survey(units(), codes(), [{code: "ab"[at % 2] for at, code in enumerate(codes())}]),
        lambda: analyse_survey(other_units(), codes(), [{code: "ab"[at % 2] for at, code in enumerate(codes())}]),
    ),
    "reliability": (
        lambda: analyse_reliability(
            rounds()[1].answers, compile_plan(rounds()[1].framework), rng=np.random.default_rng(1)
        ),
        lambda: analyse_reliability(
            turned(1).answers, compile_plan(rounds()[1].framework), rng=np.random.default_rng(1)
        ),
    ),
}


@pytest.mark.parametrize("name", sorted(ORDER))
def test_the_order_of_units_does_not_matter(name):
    one, other = ORDER[name]

    assert by_name(one()) == {row.name: row.value for row in other().rows}


def test_the_order_of_units_does_not_matter_to_a_budget():
    plan = AllocationPlan(400, 1)
    one, other = (
        analyse_allocation(each, plan, rng=np.random.default_rng(1)).numbers.outcomes
        for each in (units(), other_units())
    )

    assert [each.mean[1] for each in one] == pytest.approx([each.mean[1] for each in other])


def test_units_without_a_score_change_nothing_but_who_is_left_out():
    returns = {f"X{at:02}": (10 * (at % 11), 10 * ((at * 7) % 11)) for at in range(40)}
    empty = returns | {f"Y{at}": (None, None) for at in range(5)}
    found = []
    for each in (returns, empty):
        made = made_up_round("1", each)
        listed = list_scored_units(score_answers(made.answers, compile_plan(made.framework)), "overall")
        found.append(analyse_inequality(listed))

    assert found[0].numbers == found[1].numbers
    assert found[1].of == found[0].of + 5
    assert found[1].n == found[0].n


def test_other_names_for_groups_give_the_same_test():
    grouped = in_groups(units())
    renamed = GroupedUnits(grouped.units, "stp", tuple(f"group {name}" for name in grouped.groups))

    assert analyse_systems(renamed).numbers.test == analyse_systems(grouped).numbers.test


def test_adding_the_same_to_every_score_moves_no_test():
    listed = units()
    moved = replace(listed, scores=tuple(score / 2 + Fraction(25) for score in listed.scores))
    one, other = (analyse_systems(in_groups(each)).numbers.test for each in (listed, moved))

    assert other.f == pytest.approx(one.f)
    assert other.share == pytest.approx(one.share)


def test_a_round_twice_over_has_the_same_percentile_in_the_middle_and_the_same_inequality():
    listed = units()
    keys = tuple((f"{code}2", setting) for code, setting in listed.keys)
    twice = replace(listed, keys=listed.keys + keys, scores=listed.scores * 2)

    assert analyse_inequality(twice).numbers.gini == pytest.approx(analyse_inequality(listed).numbers.gini)
    assert np.median(twice.values) == np.median(listed.values)
