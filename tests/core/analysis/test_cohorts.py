# SPDX-License-Identifier: MIT
"""A cohort against the others: four ways, each by hand or against a second way, and no claim where few took part."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from trigpoint.analysis.cohorts import ANCOVA, analyse_cohort
from trigpoint.analysis.matched_rounds import MatchedRounds
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse


def rounds(first, second):
    keys = tuple((f"X{at:03}", "General") for at in range(len(first)))
    before, after = (tuple(Fraction(str(round(float(score), 3))) for score in scores) for scores in (first, second))
    return MatchedRounds("overall", ("2015", "2017"), keys, before, after, {("GONE", "General"): "not in 2017"})


def made_up(seed=1, *, effect=0.0, chosen=0.0, n=150, members=25):
    """Members are chosen by their first score, as far as `chosen` says, and rise by an effect more."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(60, 10, n)
    first = truth + rng.normal(0, 5, n)
    picked = np.argsort(-(chosen * first + rng.normal(0, 10, n)))[:members]
    second = truth + 10 + rng.normal(0, 5, n)
    second[picked] += effect
    return rounds(first, second), {f"X{at:03}" for at in picked}


def analyse(matched, members, **options):
    return analyse_cohort(matched, members, name="the pioneers", **options)


def test_a_cohort_without_an_effect_that_was_chosen_for_high_scores_seems_to_fall_behind():
    changes, ancovas, overlaps = [], [], []
    for seed in range(60):
        found = analyse(*made_up(seed, chosen=3.0)).numbers
        changes.append(found.effect("difference of changes").difference)
        ancovas.append(found.effect(ANCOVA).difference)
        overlaps.append(found.effect("overlap weights").difference)

    assert np.mean(changes) < -2
    assert abs(np.mean(ancovas)) < 0.8
    assert abs(np.mean(overlaps)) < 1.2


def test_an_effect_is_found_from_the_same_start():
    result = analyse(*made_up(3, effect=8.0, chosen=3.0))
    effect = result.numbers.effect(ANCOVA)

    assert effect.lower <= 8 <= effect.upper
    assert "From the same start they rose by" in result.sentence
    assert "points more (95 % interval" in result.sentence


def test_a_cohort_that_rose_less_is_said_to_have():
    assert "points less (95 % interval" in analyse(*made_up(3, effect=-8.0)).sentence


def test_no_effect_is_said_with_what_would_have_shown():
    result = analyse(*made_up(2))

    assert "From the same start there is no difference beyond chance" in result.sentence
    assert f"one of less than {result.numbers.detectable:.1f} points would seldom show" in result.sentence


def test_the_estimates_are_worked_out_by_hand():
    first = [50, 60, 70, 80, 90, 50, 60, 70, 80, 90, 40]
    second = [60, 65, 80, 82, 91, 55, 62, 71, 84, 90, 50]
    members = {f"X{at:03}" for at in range(5)}
    found = analyse(rounds(first, second), members).numbers

    # Changes 10 5 10 2 1 against 5 2 1 4 0 10; each member has one other at its own start.
    assert (found.member_change, found.other_change) == pytest.approx((28 / 5, 22 / 6))
    assert found.effect("difference of changes").difference == pytest.approx(28 / 5 - 22 / 6)
    assert found.effect("nearest start").difference == pytest.approx((5 + 3 + 9 - 2 + 1) / 5)
    design = np.column_stack([np.ones(11), np.arange(11) < 5, first])
    slow = np.linalg.lstsq(design, np.array(second, float), rcond=None)[0]
    assert found.effect(ANCOVA).difference == pytest.approx(slow[1])
    assert found.expected == pytest.approx(28 / 5 - slow[1])


def test_equally_near_starts_share_a_member():
    first = [50, 60, 70, 80, 90, 49, 51, 60, 70, 80, 90]
    second = [60, 60, 70, 80, 90, 53, 57, 60, 70, 80, 90]
    found = analyse(rounds(first, second), {f"X{at:03}" for at in range(5)}).numbers

    # The first member rose by 10; those one point below and above by 4 and 6.
    assert found.effect("nearest start").difference == pytest.approx((10 - 5) / 5)


def test_overlap_weights_give_both_sides_the_same_start():
    found = analyse(*made_up(5, chosen=3.0)).numbers

    assert found.balance > 0.5
    assert found.weighted_balance == pytest.approx(0, abs=1e-6)


def test_starts_that_differ_and_ways_that_disagree_are_doubted():
    result = analyse(*made_up(3, effect=3.0, chosen=5.0))
    outcomes = {one.assumption: one.outcome for one in result.checked}

    assert outcomes["members and others started alike"] is Outcome.DOUBTFUL
    assert outcomes["the four ways agree on the direction"] is Outcome.DOUBTFUL
    assert outcomes["every member has a score in both rounds"] is Outcome.HOLDS


def test_members_without_a_score_are_named():
    matched, members = made_up(1)
    result = analyse(matched, {*members, "GONE"})

    check = next(one for one in result.checked if "every member" in one.assumption)
    assert (check.outcome, check.found) == (Outcome.DOUBTFUL, "without one: GONE")
    assert result.left_out == (("GONE General", "not in 2017"),)


def test_types_are_held_alike_and_who_has_none_is_left_out():
    matched, members = made_up(7, n=151)
    type_of = {key[0]: "ab"[at % 2] for at, key in enumerate(matched.keys[:150])}
    result = analyse(matched, members & set(type_of), type_of=type_of)

    first, second = (np.array([float(one) for one in scores[:150]]) for scores in (matched.first, matched.second))
    member = np.array([key[0] in members for key in matched.keys[:150]], float)
    design = np.column_stack([np.ones(150), member, first, np.arange(150) % 2])
    slow = np.linalg.lstsq(design, second, rcond=None)[0][1]
    assert result.numbers.effect(ANCOVA).difference == pytest.approx(slow)
    assert ("X150 General", "no type") in result.left_out


@pytest.mark.parametrize("count", [0, 4, 148])
def test_too_few_members_or_others_are_refused(count):
    matched, _ = made_up(1)

    with pytest.raises(CannotAnalyse, match=f"{count} members of the pioneers and {150 - count} others"):
        analyse(matched, {f"X{at:03}" for at in range(count)})


def test_a_cohort_that_started_apart_from_all_others_is_refused():
    first = [*range(20, 40), *range(60, 80)]
    matched = rounds(first, [score + at % 3 for at, score in enumerate(first)])

    with pytest.raises(CannotAnalyse, match="do not overlap"):
        analyse(matched, {f"X{at:03}" for at in range(20, 40)})


def test_a_way_that_is_not_there_is_no_effect():
    with pytest.raises(KeyError, match="by magic"):
        analyse(*made_up(1)).numbers.effect("by magic")
