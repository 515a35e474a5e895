# SPDX-License-Identifier: MIT
"""How often analyses claim what is not there, and find what is: nations made up by the hundred, fixed seeds."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from trigpoint.analysis.cohorts import ANCOVA, analyse_cohort
from trigpoint.analysis.convergence import analyse_convergence
from trigpoint.analysis.matched_rounds import MatchedRounds
from trigpoint.analysis.ranks import analyse_ranks
from trigpoint.analysis.scored_units import GroupedUnits, ScoredUnits
from trigpoint.analysis.spread import analyse_funnel
from trigpoint.analysis.systems import analyse_systems

N = 160


def exact(scores):
    return tuple(Fraction(round(float(score) * 1000), 1000) for score in scores)


def keys(n):
    return tuple((f"X{at:03}", "General") for at in range(n))


def rounds(first, second):
    return MatchedRounds("overall", ("2015", "2017"), keys(len(first)), exact(first), exact(second), {})


def units(scores):
    return ScoredUnits("overall", "2017", keys(len(scores)), exact(scores), {})


def share(found, *, of):
    """A share of claims with three standard errors of what it should be."""
    return pytest.approx(of, abs=3 * math.sqrt(of * (1 - of) / len(found)))


def two_rounds(rng, *, narrower=1.0):
    """The truth moves up and comes closer by a factor; both rounds are measured with the same error."""
    truth = rng.normal(0, 10, N)
    later = narrower * (0.8 * truth + 0.6 * rng.normal(0, 10, N))
    return 60 + truth + rng.normal(0, 5, N), 70 + later + rng.normal(0, 5, N)


def test_no_convergence_is_claimed_where_the_spread_stayed_though_the_lowest_rose_most():
    rng, claimed, seemed = np.random.default_rng(1), [], []
    for _ in range(150):
        found = analyse_convergence(rounds(*two_rounds(rng)), size=30).numbers
        claimed.append(found.spread.p < 0.05)
        seemed.append(found.groups[0].lowest > found.groups[0].highest)

    assert np.mean(claimed) == share(claimed, of=0.05)
    # Chosen on the earlier round the lowest rise more than the highest every time: that is regression to the mean.
    assert all(seemed)


def test_convergence_that_is_there_is_found():
    rng = np.random.default_rng(2)
    claimed = [
        analyse_convergence(rounds(*two_rounds(rng, narrower=0.6)), size=30).numbers.spread.p < 0.05 for _ in range(60)
    ]

    assert np.mean(claimed) > 0.8


def test_what_chance_gives_the_lowest_and_highest_is_foretold():
    rng, off = np.random.default_rng(3), []
    for _ in range(120):
        found = analyse_convergence(rounds(*two_rounds(rng)), size=30).numbers
        off.append(float(found.groups[0].lowest) - found.expected_lowest)

    assert np.mean(off) == pytest.approx(0, abs=3 * float(np.std(off)) / math.sqrt(len(off)))


def programme(rng, *, effect):
    """Thirty are chosen for high scores, as they look in the earlier round."""
    truth = rng.normal(60, 10, N)
    first = truth + rng.normal(0, 5, N)
    members = np.argsort(-(first + rng.normal(0, 8, N)))[:30]
    second = truth + 8 + rng.normal(0, 5, N)
    second[members] += effect
    return rounds(first, second), {f"X{at:03}" for at in members}


def test_a_programme_without_an_effect_seems_to_have_failed_unless_starts_are_alike():
    rng, plain, alike = np.random.default_rng(4), [], []
    for _ in range(150):
        found = analyse_cohort(*programme(rng, effect=0), name="it").numbers
        plain.append(found.effect("difference of changes").upper < 0)
        alike.append(found.effect(ANCOVA).p < 0.05)

    assert np.mean(plain) > 0.15
    assert np.mean(alike) < 0.13


def test_an_effect_as_large_as_is_said_to_be_detectable_is_found_four_times_in_five():
    rng = np.random.default_rng(5)
    least = float(np.mean([analyse_cohort(*programme(rng, effect=0), name="it").numbers.detectable for _ in range(30)]))
    found = [
        analyse_cohort(*programme(rng, effect=least), name="it").numbers.effect(ANCOVA).p < 0.05 for _ in range(100)
    ]

    assert np.mean(found) == pytest.approx(0.8, abs=0.14)


def in_systems(rng, *, between):
    sizes = [3, 4, 4, 5, 5, 6, 7, 8, 9, 12]
    groups = tuple(f"s{at}" for at, size in enumerate(sizes) for _ in range(size))
    effects = rng.normal(0, between, len(sizes)) if between else np.zeros(len(sizes))
    scores = [60 + effects[int(group[1:])] + rng.normal(0, 10) for group in groups]
    return GroupedUnits(units(scores), "icb", groups)


def test_systems_that_differ_by_chance_are_said_to_nineteen_times_of_twenty():
    rng = np.random.default_rng(6)
    claimed = ["Systems differ" in analyse_systems(in_systems(rng, between=0)).sentence for _ in range(200)]

    assert np.mean(claimed) == share(claimed, of=0.05)


def test_systems_that_differ_are_found():
    rng = np.random.default_rng(7)
    claimed = ["Systems differ" in analyse_systems(in_systems(rng, between=8)).sentence for _ in range(60)]

    assert np.mean(claimed) > 0.85


def test_by_the_funnel_too_few_groups_are_not_accused_by_chance():
    rng, out = np.random.default_rng(8), []
    for _ in range(100):
        found = analyse_funnel(in_systems(rng, between=0)).numbers
        out.append(np.mean([one.with_spread > 0 for one in found.groups]))

    assert np.mean(out) < 0.08


def test_sets_of_ranks_hold_the_true_ranks_of_all_at_once():
    rng, held = np.random.default_rng(9), []
    truth = np.linspace(40, 80, 15)
    ranks = np.arange(15, 0, -1)
    for _ in range(60):
        scored = units(truth + rng.normal(0, 4, 15))
        found = analyse_ranks(scored, dict.fromkeys(scored.keys, 4.0), rng=rng).numbers.units
        held.append(all(one.sure[0] <= rank <= one.sure[1] for one, rank in zip(found, ranks, strict=True)))

    assert np.mean(held) >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / 60)


def test_nobody_is_surely_in_the_top_who_is_not():
    rng, wrong = np.random.default_rng(10), []
    truth = np.full(12, 60.0)
    for _ in range(60):
        scored = units(truth + rng.normal(0, 4, 12))
        found = analyse_ranks(scored, dict.fromkeys(scored.keys, 4.0), rng=rng, top=3).numbers.units
        wrong.append(any(one.sure[1] <= 3 for one in found))

    assert np.mean(wrong) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 60)
