# SPDX-License-Identifier: MIT
"""One organisation among its like: the nearest are found, and its position is said with its doubt."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from trigpoint.analysis.peers import PeerPosition
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.analysis.similar_peers import compare_with_similar
from trigpoint.errors import CannotAnalyse


def units(**scores):
    keys = tuple((code, "General") for code in scores)
    return ScoredUnits(
        "overall", "2017", keys, tuple(map(Fraction, scores.values())), {("GONE", "General"): "no score"}
    )


SCORED = units(AAA=50, BBB=10, CCC=20, DDD=30, EEE=60, FFF=70, GGG=95, HHH=99)
SIZES = {"AAA": 10, "BBB": 11, "CCC": 9, "DDD": 12, "EEE": 8, "FFF": 13, "GGG": 40, "HHH": 90}
FEATURES = {code: (float(size),) for code, size in SIZES.items()}


def test_the_nearest_are_the_peers_and_equals_stand_by_code():
    found = compare_with_similar(SCORED, "AAA", FEATURES, count=5).numbers

    assert [code for code, _ in found.peers] == ["BBB", "CCC", "DDD", "EEE", "FFF"]
    spread = np.std(list(SIZES.values()), ddof=1)
    assert [away for _, away in found.peers] == pytest.approx(
        [1 / spread, 1 / spread, 2 / spread, 2 / spread, 3 / spread]
    )


def test_the_position_is_among_the_peers_with_its_interval():
    result = compare_with_similar(SCORED, "AAA", FEATURES, count=5)
    found = result.numbers

    # Of 10, 20, 30, 60, 70 three lie below 50; the middle half runs from 20 to 60.
    assert found.position is PeerPosition.ABOUT_THE_SAME
    assert found.below.share == 3 / 5
    assert 0 < found.below.lower < 0.6 < found.below.upper < 1
    assert result.sentence == (
        "AAA scores within the middle half of its peers; 60 % of them score lower (95 % interval 23 % to 88 %). "
        "Most like it are BBB, CCC and DDD."
    )


@pytest.mark.parametrize(("score", "words"), [(1, "below the middle half"), (90, "above the middle half")])
def test_a_position_outside_the_middle_half_is_said(score, words):
    scored = units(AAA=score, BBB=10, CCC=20, DDD=30, EEE=60, FFF=70)

    assert words in compare_with_similar(scored, "AAA", FEATURES, count=5).sentence


def test_features_are_put_on_one_scale():
    features = {code: (float(size), 1000.0 * at) for at, (code, size) in enumerate(SIZES.items())}
    stretched = {code: (1000 * one, other / 1000) for code, (one, other) in features.items()}

    one, other = (compare_with_similar(SCORED, "AAA", given).numbers.peers for given in (features, stretched))
    assert [code for code, _ in one] == [code for code, _ in other]


def test_only_the_same_type_can_be_a_peer():
    type_of = dict.fromkeys(SIZES, "acute") | {"CCC": "ambulance"}
    del type_of["HHH"]
    found = compare_with_similar(SCORED, "AAA", FEATURES, type_of=type_of).numbers

    assert {code for code, _ in found.peers} == {"BBB", "DDD", "EEE", "FFF", "GGG"}


def test_peers_that_are_far_away_are_doubted():
    near = compare_with_similar(SCORED, "AAA", FEATURES, count=5)
    far = compare_with_similar(SCORED, "HHH", FEATURES)

    assert (near.checked[0].outcome, far.checked[0].outcome) == (Outcome.HOLDS, Outcome.DOUBTFUL)


@pytest.mark.parametrize(
    ("organisation", "features", "options", "message"),
    [
        ("ZZZ", FEATURES, {}, "ZZZ has no score on overall in 2017"),
        ("AAA", {"BBB": (1.0,)}, {}, "AAA has no features"),
        ("AAA", FEATURES, {"count": 4}, "4 peers with a score and features are too few"),
        ("AAA", {code: FEATURES[code] for code in ("AAA", "BBB", "CCC")}, {}, "2 peers with a score"),
        ("AAA", dict.fromkeys(SIZES, (7.0,)), {}, "Each feature must vary"),
    ],
)
def test_what_has_no_peers_is_refused(organisation, features, options, message):
    with pytest.raises(CannotAnalyse, match=message):
        compare_with_similar(SCORED, organisation, features, **options)
