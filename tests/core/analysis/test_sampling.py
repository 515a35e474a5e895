# SPDX-License-Identifier: MIT
"""Whom to visit: drawn by chance, the same for a seed, spread over scores and types."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.analysis.result import Outcome
from trigpoint.analysis.sampling import draw_sample
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse

RNG = np.random.default_rng(1934)
SCORES = [int(score) for score in np.clip(RNG.normal(60, 15, 80), 0, 100)]


def units(scores=SCORES):
    keys = tuple((f"X{at:02}", "General") for at in range(len(scores)))
    return ScoredUnits("overall", "2017", keys, tuple(map(Fraction, scores)), {("GONE", "General"): "no score in 2017"})


def draw(n=12, *, seed=1, scores=SCORES, **options):
    return draw_sample(units(scores), n, rng=np.random.default_rng(seed), **options)


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 60), st.integers(0, 1000))
def test_as_many_are_drawn_as_asked_for_each_by_its_chance(n, seed):
    found = draw(n, seed=seed).numbers

    assert len(found.codes) == len(set(found.codes)) == n
    assert sum(found.chances.values()) == pytest.approx(n)
    assert all(0 < chance <= 1 for chance in found.chances.values())
    assert sum(one.drawn for one in found.strata) == n


def test_the_same_seed_draws_the_same_and_others_draw_others():
    assert draw(seed=5).numbers == draw(seed=5).numbers
    assert len({draw(seed=seed).numbers.codes for seed in range(6)}) > 1


def test_each_band_gives_one_or_more():
    found = draw(3).numbers

    assert [one.stratum for one in found.strata] == ["high", "low", "middle"]
    assert [one.drawn for one in found.strata] == [1, 1, 1]


def test_bands_are_cut_within_types():
    type_of = {f"X{at:02}": "acute" if at % 2 else "mental health" for at in range(79)}
    found = draw(20, type_of=type_of).numbers

    assert {one.stratum.split(", ")[1] for one in found.strata} == {"acute", "mental health", "none"}
    assert sum(one.size for one in found.strata) == 80


def test_those_taken_anyway_are_counted_and_certain():
    found = draw(12, certain=["X03", "X40"]).numbers

    assert {"X03", "X40"} <= set(found.codes)
    assert (found.chances["X03"], found.chances["X40"]) == (1, 1)
    assert sum(one.certain for one in found.strata) == 2
    assert len(found.codes) == 12


def test_everybody_else_steps_in_in_an_order_that_is_told():
    found = draw().numbers

    waiting = [code for one in found.strata for code in one.replacements]
    assert len(waiting) == len(set(waiting)) == 80 - 12
    assert not set(waiting) & set(found.codes)


def test_the_sample_is_at_least_as_good_as_one_in_proportion():
    found = draw(20).numbers

    assert found.error <= found.even_error + 1e-9
    assert found.error > 0


def test_what_is_drawn_estimates_the_mean_of_all():
    estimates = []
    for seed in range(150):
        found = draw(20, seed=seed).numbers
        weights = [1 / found.chances[code] for code in found.codes]
        estimates.append(np.average([SCORES[int(code[1:])] for code in found.codes], weights=weights))

    assert np.mean(estimates) == pytest.approx(np.mean(SCORES), abs=0.5)
    assert np.std(estimates) < 1.3 * draw(20).numbers.error


def test_a_unit_stands_for_as_many_as_its_chance_says():
    result = draw()

    for code, chance, stands_for in result.tables[1].lines:
        assert chance == result.numbers.chances[str(code)]
        assert stands_for == pytest.approx(1 / float(chance))
    assert result.checked[0].outcome is Outcome.HOLDS


def test_where_all_score_alike_there_is_one_stratum():
    found = draw(2, scores=[50] * 9).numbers

    assert [one.stratum for one in found.strata] == ["any"]
    assert len(found.codes) == 2


def test_all_of_a_stratum_may_be_taken_anyway():
    # Of the three, the one high score is certain and leaves nobody to draw there.
    found = draw(3, scores=[10, 11, 12, 13, 90], certain=["X04"]).numbers

    assert "X04" in found.codes
    assert len(found.codes) == 3


@pytest.mark.parametrize(
    ("n", "options", "message"),
    [
        (2, {}, "A sample of 2 can't be drawn"),
        (81, {}, "A sample of 81 can't be drawn"),
        (12, {"certain": ["ZZZ"]}, "ZZZ can't be taken: no score"),
        (1, {"certain": ["X01", "X02"]}, "A sample of 1 can't be drawn"),
    ],
)
def test_what_can_t_be_drawn_is_refused(n, options, message):
    with pytest.raises(CannotAnalyse, match=message):
        draw(n, **options)
