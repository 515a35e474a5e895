# SPDX-License-Identifier: MIT
"""When do the whole numbers of scoring outgrow a machine word? Exactly known cases on both sides of the line."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.support.frameworks import Draft, Return, all_scores, draft, scored, slow_scores
from trigpoint.scoring import compile_plan

PRIMES = ("1.000003", "1.000033", "1.000037", "1.000039", "1.000081", "1.000099", "1.000117", "1.000121")


def chained(leaves: int, **rounding: Any) -> Draft:
    """A mean of unrounded means whose denominators share no factor, so that they multiply."""
    names = [f"q{at}" for at in range(leaves)]
    rules = {"leaf": rounding} if rounding else {}
    return draft(
        {"top": {f"m{at}": [name, f"{name}_heavy"] for at, name in enumerate(names)}},
        rules=rules,
        weights={"questions": {f"{name}_heavy": Decimal(PRIMES[at]) for at, name in enumerate(names)}},
    )


def test_whole_weights_on_few_levels_fit_a_machine_word() -> None:
    assert not compile_plan(draft({"top": {"a": ["q1", "q2"], "b": ["q3"]}}).framework).is_wide


def test_means_of_many_unrounded_means_outgrow_it() -> None:
    assert compile_plan(chained(8).framework).is_wide


def test_means_whose_denominators_differ_only_from_unit_to_unit_outgrow_it_as_well() -> None:
    # Every measure weighs its questions alike, so all could have one denominator; but who answers what differs.
    alike = chained(6).with_scoring(weights={"questions": {f"q{at}_heavy": Decimal(PRIMES[0]) for at in range(6)}})
    one = Return({"q0": "yes", "q1_heavy": "partly", "q2": "no", "q2_heavy": "yes", "q3": "yes", "q4_heavy": "yes"})

    assert compile_plan(alike.framework).is_wide
    assert all_scores(scored(alike, one)) == slow_scores(alike, one)


def test_rounding_on_the_way_keeps_them_small() -> None:
    rounding = {"rounding": {"mode": "half_up", "digits": 0}}

    assert not compile_plan(chained(8, **rounding).framework).is_wide


def test_the_mean_of_eight_unrounded_means_is_exact_though_no_machine_word_holds_it() -> None:
    of = chained(8)
    answers = {question["id"]: "yes" for question in of.content["questions"] if question["id"].endswith("_heavy")}
    answers |= {f"q{at}": "no" for at in range(8)}
    # each measure: (0 x 1 + 100 x w) / (1 + w)
    weights = [Fraction(prime) for prime in PRIMES]
    mean = sum((100 * weight / (1 + weight) for weight in weights), Fraction(0)) / 8

    table = scored(of, answers)

    assert table.score(0, "top").value == mean
    assert table.numerators.dtype == object
    assert mean.denominator > 2**62
    assert table.scores[0, 0] == float(mean)


def test_fine_bands_on_fine_scores_outgrow_it() -> None:
    # 40 bits of denominator alone fit; compared with a limit of 14 decimals they don't
    bands = {"band_on": "raw", "bands": [{"id": "low", "title": "Low", "from": 0}]}
    fine = {
        "band_on": "raw",
        "bands": [*bands["bands"], {"id": "hair", "title": "Hair", "from": Decimal("0.00000000000001")}],
    }
    of = chained(1)
    weighed = of.with_scoring(bands=bands)

    assert not compile_plan(weighed.framework).is_wide
    assert compile_plan(of.with_scoring(bands=fine).framework).is_wide
    one = Return({"q0": "no", "q0_heavy": "partly"})
    assert all_scores(scored(of.with_scoring(bands=fine), one)) == slow_scores(of.with_scoring(bands=fine), one)


def test_a_ladder_of_huge_levels_outgrows_it() -> None:
    top = 999_999_999_999_999
    ladder = {
        "base": {"value": 0, "id": "base", "title": "Base"},
        "steps": [{"value": top, "id": "top", "title": "Top"}],
        "step_of": {"q1": "top", "q2": "top"},
    }
    of = draft(
        {"mean": {"a": ["q1"], "b": ["q2"]}},
        kind="status",
        ladder=ladder,
        weights={"measures": {"a": 999_999_999_999_999, "b": 1}},
    )

    table = scored(of, {"q1": "yes", "q2": "no"})

    assert compile_plan(of.framework).is_wide
    assert table.score(0, "mean").value == Fraction(top * top, top + 1)


def test_a_framework_of_which_nothing_is_counted_is_not_wide() -> None:
    assert not compile_plan(draft().framework, only=[]).is_wide


@pytest.mark.parametrize("digits", [0, 6])
def test_the_largest_numbers_that_still_fit_give_exact_scores(digits: int) -> None:
    # Weights near the limit of the loader, rounded as finely as it allows: just on either side of the line
    heavy = Decimal(4_000_000)
    of = draft(
        [f"q{at}" for at in range(10)],
        rules={"leaf": {"rounding": {"mode": "half_even", "digits": digits}}},
        weights={"questions": {f"q{at}": heavy + at for at in range(10)}},
        points={"answer": {"no": 0, "partly": Decimal("33.333333"), "yes": 100}},
    )
    units = [Return({f"q{at}": ("no", "partly", "yes")[(at * step) % 3] for at in range(10)}) for step in (1, 2, 4)]

    table = scored(of, *units)

    assert [all_scores(table, row) for row in range(3)] == [slow_scores(of, unit) for unit in units]


def test_scores_past_the_range_of_floats_top_and_bottom_are_still_floats() -> None:
    # 60 measures with denominators of 8 digits without a common factor: over 400 digits, more than any float holds
    weights = {f"q{at}_heavy": Decimal(1_000_000 + 2 * at + 1) / 1_000_000 for at in range(60)}
    of = draft({"top": {f"m{at}": [f"q{at}", f"q{at}_heavy"] for at in range(60)}}, weights={"questions": weights})
    answers = {question["id"]: "partly" if "heavy" in question["id"] else "yes" for question in of.content["questions"]}

    table = scored(of, answers)

    assert table.denominators[0, 0] > 10**309
    assert np.isclose(table.scores[0, 0], float(slow_scores(of, Return(answers))["top"].value or 0), rtol=0, atol=0)
