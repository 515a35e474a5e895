# SPDX-License-Identifier: MIT
"""Exact means and quartiles, how numbers are printed, and what a chart's axis covers."""

from __future__ import annotations

import re
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.publication.rounds import file_of, sharing, with_file
from tests.support.frameworks import draft, scored
from trigpoint.io.content import read_framework
from trigpoint.publication.display import display_count, display_part, display_percent, display_score
from trigpoint.publication.exact import MeasureMean, exact_mean, measure_mean
from trigpoint.publication.score_range import ScoreBin, ScoreRange, score_range
from trigpoint.statistics.quantiles import exact_quantile

SCORES = st.lists(st.fractions(0, 100, max_denominator=600), min_size=1, max_size=40)
SHARES = st.fractions(0, 1, max_denominator=20)


def test_a_mean_is_exact() -> None:
    assert exact_mean([Fraction(1, 3), Fraction(1, 6), Fraction(1, 2)]) == Fraction(1, 3)


def test_a_mean_of_nothing_is_nothing() -> None:
    assert exact_mean([]) is None


@given(SCORES)
def test_the_mean_agrees_with_the_standard_library(scores: list[Fraction]) -> None:
    assert exact_mean(scores) == statistics.mean(scores)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_scores_does_not_move_the_mean(scores: list[Fraction], luck: object) -> None:
    mixed = sorted(scores, key=lambda _: luck.random())  # type: ignore[attr-defined] # hypothesis gives a Random

    assert exact_mean(mixed) == exact_mean(scores)


def test_a_quartile_lies_between_two_scores_in_proportion() -> None:
    # three scores: places 0, 1, 2; the lower quartile is at place 0.5, half-way from 6.5 to 67.5
    rising = [Fraction("6.5"), Fraction("67.5"), Fraction(100)]

    assert exact_quantile(rising, Fraction(1, 4)) == (Fraction("6.5") + Fraction("67.5")) / 2


def test_a_quantile_of_one_score_is_that_score() -> None:
    assert exact_quantile([Fraction(7)], Fraction(3, 4)) == 7


def test_a_quantile_of_nothing_is_nothing() -> None:
    assert exact_quantile([], Fraction(1, 2)) is None


@given(SCORES, SHARES)
def test_quantiles_agree_with_numpy(scores: list[Fraction], share: Fraction) -> None:
    ours = exact_quantile(sorted(scores), share)

    assert ours is not None
    assert float(ours) == pytest.approx(np.quantile([float(score) for score in scores], float(share)))


@given(SCORES, SHARES, SHARES)
def test_a_larger_share_has_no_lower_quantile(scores: list[Fraction], one: Fraction, other: Fraction) -> None:
    low, high = (exact_quantile(sorted(scores), share) for share in sorted([one, other]))

    assert low is not None
    assert high is not None
    assert min(scores) <= low <= high <= max(scores)


def test_a_score_has_one_decimal_from_its_exact_value() -> None:
    # as a float 70.15 is a little less, and would print as 70.1
    assert display_score(Fraction("70.15")) == "70.2"


def test_no_score_is_said_in_words() -> None:
    assert display_score(None) == "no score"
    assert display_percent(None) == "no score"


def test_a_true_nought_is_printed() -> None:
    assert display_score(Fraction(0)) == "0.0"
    assert display_percent(Fraction(0)) == "0%"
    assert display_count(Fraction(0)) == "0"


@pytest.mark.parametrize(
    ("percent", "text"),
    [("0.4", "under 1%"), ("0.5", "1%"), ("99.4", "99%"), ("99.6", "over 99%"), ("100", "100%"), ("82.758", "83%")],
)
def test_a_percentage_never_hides_a_few(percent: str, text: str) -> None:
    assert display_percent(Fraction(percent)) == text


@pytest.mark.parametrize(
    ("framework", "measure", "bottom", "top"),
    [
        ("example-points@1", "overall", 0, 100),
        ("example-points@1", "viewing", 0, 100),
        ("example-level-gate@1", "overall", 1, 5),
        ("example-level-gate@1", "digital_strategy", 1, 5),
        ("example-indicator@1", "overall", 0, 10),
        ("example-pass-mark@1", None, 0, 100),
        ("example-sum-of-marks@1", None, 0, 100),
    ],
)
def test_an_axis_shows_all_that_was_possible(framework: str, measure: str | None, bottom: int, top: int) -> None:
    read = read_framework(framework)
    chosen = read.measures[measure] if measure else read.content.measures[0]

    assert score_range(read, chosen) == ScoreRange(bottom, top)


def test_a_measure_that_can_only_be_nought_still_has_an_axis() -> None:
    scoring = file_of(sharing(), "scoring.yaml").partition("bands:")[0]
    nought = with_file(sharing(), "scoring.yaml", re.sub(r": (30|70|25|50|75|100)\b", ": 0", scoring))

    assert score_range(nought, nought.measures["viewing"]) == ScoreRange(0, 1)


def test_a_long_range_is_cut_in_ten_and_the_last_bin_holds_the_top() -> None:
    bins = ScoreRange(0, 100).bins()

    assert len(bins) == 10
    assert bins[0] == ScoreBin(Fraction(0), Fraction(10), False)
    assert bins[-1] == ScoreBin(Fraction(90), Fraction(100), True)


def test_each_level_of_a_short_range_has_a_bin() -> None:
    bins = ScoreRange(1, 5).bins()

    assert [float(one.low) for one in bins] == [1, 2, 3, 4, 5]
    assert bins[-1].holds(Fraction(5))
    assert not bins[-2].holds(Fraction(5))


@given(st.integers(0, 5), st.integers(1, 120), st.fractions(0, 1, max_denominator=97))
def test_every_score_is_in_exactly_one_bin(bottom: int, length: int, share: Fraction) -> None:
    span = ScoreRange(bottom, bottom + length)
    score = bottom + share * length

    assert sum(one.holds(score) for one in span.bins()) == 1
    assert span.place(score) == pytest.approx(float(share))


@given(st.integers(0, 5), st.integers(1, 120))
def test_ticks_are_few_and_run_from_end_to_end(bottom: int, length: int) -> None:
    ticks = ScoreRange(bottom, bottom + length).ticks()

    assert ticks[0] == bottom
    assert ticks[-1] == bottom + length
    assert len(ticks) <= 6


def test_what_makes_up_a_score_has_two_decimals_where_it_is_not_whole() -> None:
    # 1/8 is 0.125 exactly: half up 0.13, where a float's format would say 0.12
    assert [display_part(Fraction(part)) for part in ("70", "37.5", "1/8", "-1/8", "1/3")] == [
        "70",
        "37.50",
        "0.13",
        "-0.12",
        "0.33",
    ]


def test_a_mean_of_a_measure_is_of_all_units_that_have_a_score() -> None:
    table = scored(
        draft(("q1", "q2", "q3")),
        {"q1": "yes", "q2": "no", "q3": "no"},
        {"q1": "no", "q2": "no", "q3": "not_applicable"},
        dict.fromkeys(("q1", "q2", "q3"), "not_applicable"),
    )

    assert measure_mean(table, "all") == MeasureMean("all", 2, (Fraction(100, 3) + 0) / 2)


def test_a_measure_that_nobody_has_a_score_on_has_no_mean() -> None:
    assert measure_mean(scored(draft(("q1",)), {"q1": "not_applicable"}), "all") == MeasureMean("all", 0, None)
