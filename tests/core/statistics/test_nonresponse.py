# SPDX-License-Identifier: MIT
"""Who did not reply: how unlike the others they may be, and what they could change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.statistics.nonresponse import bound_mean, representativeness, tip, tipping_shift

REPLIES = st.lists(st.floats(0, 100), min_size=1, max_size=20)


def asked(*strata):
    """(replied, asked) of each stratum → the two arrays."""
    replied = np.concatenate([np.arange(size) < count for count, size in strata])
    return replied, np.repeat(np.arange(len(strata)), [size for _, size in strata])


def test_the_indicator_is_worked_out_by_hand():
    found = representativeness(*asked((40, 50), (10, 50)))

    # Rates 0.8 and 0.2 about 0.5: variance 100 * 0.09 / 99, less 2 * 0.16 / 100 that chance adds.
    assert found.rates.tolist() == [0.8, 0.2]
    assert found.rate == 0.5
    assert found.indicator == pytest.approx(1 - 2 * math.sqrt(9 / 99 - 0.32 / 100))


def test_strata_that_replied_alike_are_as_representative_as_can_be():
    found = representativeness(*asked((20, 40), (30, 60)))

    assert (found.indicator, found.error) == (1, 0)


@given(st.lists(st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=6))
def test_the_indicator_is_between_0_and_1(strata):
    found = representativeness(*asked(*strata))

    assert -0.1 <= found.indicator <= 1
    assert found.error >= 0
    assert found.rate == pytest.approx(sum(count for count, _ in strata) / sum(size for _, size in strata))


def test_where_reply_is_by_chance_alone_the_indicator_is_close_to_1_and_varies_by_its_error():
    rng = np.random.default_rng(2009)
    strata = np.repeat(np.arange(4), 60)
    rates = np.array([0.8, 0.6, 0.5, 0.3])[strata]
    truth = 1 - 2 * rates.std()
    unequal = [representativeness(rng.random(240) < rates, strata) for _ in range(300)]
    equal = [representativeness(rng.random(240) < 0.5, strata).indicator for _ in range(300)]

    assert np.mean([one.indicator for one in unequal]) == pytest.approx(truth, abs=0.02)
    assert np.std([one.indicator for one in unequal]) == pytest.approx(
        np.mean([one.error for one in unequal]), rel=0.15
    )
    assert np.median(equal) > 0.9


@pytest.mark.parametrize("strata", [[0, 2, 2], []])
def test_a_stratum_without_anybody_is_refused(strata):
    with pytest.raises(ValueError, match="each stratum must have somebody"):
        representativeness(np.zeros(len(strata), bool), np.array(strata, int))


@given(REPLIES, st.integers(0, 30))
def test_the_mean_of_all_lies_within_its_bounds_whatever_the_others_say(values, silent):
    found = bound_mean(np.array(values), len(values) + silent, least=0, most=100)

    for said in (0, 37, 100):
        mean = (sum(values) + silent * said) / (len(values) + silent)
        assert found.lower - 1e-9 <= mean <= found.upper + 1e-9
    assert found.upper - found.lower == pytest.approx(100 * silent / (len(values) + silent))


def test_bounds_of_nobody_are_the_whole_scale():
    found = bound_mean(np.zeros(0), 5, least=0, most=1)

    assert (found.lower, found.upper) == (0, 1)


@pytest.mark.parametrize(
    ("values", "count", "least", "most", "message"),
    [
        ([1, 2, 3], 2, 0, 5, "3 replies of 2 asked"),
        ([], 0, 0, 1, "0 replies of 0 asked"),
        ([1, 9], 3, 0, 5, "between 0 and 5"),
        ([1], 3, 5, 0, "between 5 and 0"),
    ],
)
def test_bounds_that_can_t_be_are_refused(values, count, least, most, message):
    with pytest.raises(ValueError, match=message):
        bound_mean(np.array(values, float), count, least=least, most=most)


def test_a_shift_of_those_who_did_not_reply_moves_the_mean_by_their_share():
    assert tip(np.array([40.0, 60]), 8, [0, -10, 20]) == ((0, 50), (-10, 42.5), (20, 65))


@given(REPLIES, st.integers(1, 30), st.floats(0, 100))
def test_the_shift_that_tips_gives_the_target(values, silent, target):
    shift = tipping_shift(np.array(values), len(values) + silent, target)

    assert shift is not None
    ((_, mean),) = tip(np.array(values), len(values) + silent, [shift])
    assert mean == pytest.approx(target, abs=1e-6)


def test_where_everybody_replied_nothing_tips():
    assert tipping_shift(np.array([1.0, 2]), 2, 9) is None


@pytest.mark.parametrize(("values", "count"), [([], 3), ([1.0, 2], 1)])
def test_replies_that_show_nothing_are_refused(values, count):
    for call in (lambda: tip(np.array(values), count, [0]), lambda: tipping_shift(np.array(values), count, 1)):
        with pytest.raises(ValueError, match="show nothing about the others"):
            call()
