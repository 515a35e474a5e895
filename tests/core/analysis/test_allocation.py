# SPDX-License-Identifier: MIT
"""A budget under five rules: each by hand, none spends more than there is, and nothing is called evidence."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.analysis.allocation import AllocationPlan, AllocationRule, analyse_allocation
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse

SCORES = (20, 40, 50, 55, 70, 90)
PLAN = AllocationPlan(budget=30, points=1, core=60, group=2)


def units(*scores):
    keys = tuple((f"X{at}", "General") for at in range(len(scores)))
    return ScoredUnits("overall", "2017", keys, tuple(map(Fraction, scores)), {("GONE", "General"): "no score in 2017"})


def analyse(plan=PLAN, scores=SCORES):
    return analyse_allocation(units(*scores), plan, rng=np.random.default_rng(1))


def outcome(result, rule):
    return next(one for one in result.numbers.outcomes if one.rule is rule)


@pytest.mark.parametrize(
    ("rule", "grants"),
    [
        (AllocationRule.EQUALLY, {f"X{at}": 5 for at in range(6)}),
        (AllocationRule.REWARD, {"X4": 15, "X5": 15}),
        (AllocationRule.LIFT, {"X0": 15, "X1": 15}),
        (AllocationRule.NEAREST, {"X3": 5, "X2": 10}),
        # Raise 20 and 40 to 45: 25 and 5.
        (AllocationRule.FILL, {"X0": 25, "X1": 5}),
    ],
)
def test_each_rule_grants_as_it_says(rule, grants):
    assert analyse().numbers.grants[rule] == pytest.approx(grants)


def test_outcomes_are_worked_out_by_hand():
    result = analyse()

    assert result.numbers.before.at_core == 2
    assert outcome(result, AllocationRule.NEAREST).at_core == 4
    assert outcome(result, AllocationRule.FILL).lowest == pytest.approx(45)
    # The highest is at 90 and can only gain 10 of its 15.
    assert outcome(result, AllocationRule.REWARD).mean[1] == pytest.approx((20 + 40 + 50 + 55 + 85 + 100) / 6)
    assert outcome(result, AllocationRule.EQUALLY).mean[1] == pytest.approx(sum(SCORES) / 6 + 5)
    assert outcome(result, AllocationRule.LIFT).gini < result.numbers.before.gini


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 95), min_size=4, max_size=15), st.floats(1, 200), st.floats(0.2, 5))
def test_no_rule_spends_more_than_there_is_and_no_score_passes_the_top(scores, budget, points):
    result = analyse(AllocationPlan(budget, points, core=60, group=2), scores)

    for rule, grants in result.numbers.grants.items():
        assert sum(grants.values()) <= budget * (1 + 1e-9), rule
        assert all(one > 0 for one in grants.values())
    for one in result.numbers.outcomes:
        assert one.mean[0] - 1e-9 <= one.mean[1] <= one.mean[2] + 1e-9
        assert one.mean[1] <= 100
        assert one.lowest >= result.numbers.before.lowest - 1e-9


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 95), min_size=4, max_size=10), st.integers(1, 120))
def test_nearest_first_brings_the_most_to_the_core_level_that_any_choice_can(scores, budget):
    result = analyse(AllocationPlan(budget, 1, core=60, group=1), scores)

    gaps = sorted(60 - score for score in scores if score < 60)
    most = sum(score >= 60 for score in scores)
    for count in range(len(gaps) + 1):
        if sum(gaps[:count]) <= budget:
            most = max(most, sum(score >= 60 for score in scores) + count)
    assert outcome(result, AllocationRule.NEAREST).at_core == most


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 95), min_size=4, max_size=10), st.integers(1, 120))
def test_filling_lifts_the_lowest_more_than_any_other_rule(scores, budget):
    result = analyse(AllocationPlan(budget, 1, core=60, group=2), scores)

    filled = outcome(result, AllocationRule.FILL).lowest
    assert all(one.lowest <= filled + 1e-6 for one in result.numbers.outcomes)


def test_an_effect_that_is_not_sure_gives_a_range_and_a_doubt():
    sure, unsure = analyse(), analyse(AllocationPlan(30, 1, error=0.5, group=2))

    low, _, high = outcome(sure, AllocationRule.EQUALLY).mean
    assert low == pytest.approx(high)
    low, middle, high = outcome(unsure, AllocationRule.EQUALLY).mean
    assert low < middle < high
    assert [one.checked[1].outcome for one in (sure, unsure)] == [Outcome.HOLDS, Outcome.DOUBTFUL]


def test_it_is_said_to_follow_from_assumptions():
    result = analyse()

    assert result.sentence == (
        "If money does what is assumed, 4 organisations would be at 60 or above by the rule 'what is missing to the "
        "core level, nearest first', where 2 are now; 'raise the lowest to a common level' would lift the lowest most, "
        "from 20 to 45. This follows from the assumptions, not from evidence."
    )
    assert result.tables[0].lines[0][:3] == ("no money", 0, pytest.approx(sum(SCORES) / 6))


@pytest.mark.parametrize(
    ("changes", "scores", "message"),
    [
        ({"budget": 0}, SCORES, "above 0"),
        ({"points": 0}, SCORES, "above 0"),
        ({"error": -1}, SCORES, "no error below 0"),
        ({"group": 0}, SCORES, "a group above 0"),
        ({"group": 7}, SCORES, "A group of 7 can't be taken of 6"),
        ({}, (0, 0), "not all 0"),
        ({}, (50, 101), "from 0 to 100"),
    ],
)
def test_what_allocates_nothing_is_refused(changes, scores, message):
    given_plan = {"budget": 30, "points": 1, "group": 2, **changes}
    with pytest.raises(CannotAnalyse, match=message):
        analyse(AllocationPlan(**given_plan), scores)
