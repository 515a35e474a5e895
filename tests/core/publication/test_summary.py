# SPDX-License-Identifier: MIT
"""The national summary: whom it counts, and each of its numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.core.publication.rounds import AAA, BBB, CCC, DDD, answers, summary, unit
from trigpoint.publication.cohort import summary_cohort
from trigpoint.publication.score_range import ScoreBin
from trigpoint.publication.summary import SummaryLine, bin_statistic, bin_words
from trigpoint.publication.synthetic_mark import is_synthetic
from trigpoint.submissions import Unit


def value(measure: str, statistic: str) -> Fraction | None:
    return summary().line(measure, statistic).value


def test_the_mean_counts_each_scored_return_once() -> None:
    assert value("overall", "mean") == (Fraction("67.5") + Fraction("6.5") + 100) / 3


def test_a_return_without_a_score_is_in_no_mean_but_is_counted() -> None:
    assert value("overall", "returns") == 4
    assert value("overall", "with_score") == 3
    assert value("overall", "without_score") == 1
    assert summary().line("overall", "mean").n == 3


def test_quartiles_and_extremes_are_of_unrounded_scores() -> None:
    assert value("overall", "median") == Fraction("67.5")
    assert value("overall", "lower_quartile") == (Fraction("6.5") + Fraction("67.5")) / 2
    assert value("overall", "upper_quartile") == (Fraction("67.5") + 100) / 2
    assert value("overall", "minimum") == Fraction("6.5")
    assert value("overall", "maximum") == 100


def test_bands_are_counted_and_shares_come_from_the_counts() -> None:
    # sending: 60 medium, 0 low, 100 high, DDD no score
    counts = [value("sending", f"in_band_{band}") for band in ("low", "medium", "high")]

    assert counts == [1, 1, 1]
    assert value("sending", "percent_in_band_high") == Fraction(100, 3)


def test_bins_hold_all_scores_and_the_last_one_the_highest() -> None:
    overall = summary()
    counts = {line.statistic: line.value for line in overall.lines if line.measure == "overall"}
    bins = {name: count for name, count in counts.items() if name.startswith("from_") and count}

    assert bins == {"from_0_to_10": 1, "from_60_to_70": 1, "from_90_to_100": 1}


def test_a_measure_without_scores_has_no_mean_and_no_share() -> None:
    nothing = summary((unit("DDD"), DDD))

    assert not nothing.has_score("overall")
    assert nothing.line("overall", "mean").value is None
    assert nothing.line("overall", "maximum").value is None
    assert nothing.line("overall", "percent_in_band_high").value is None
    assert nothing.line("overall", "mean").text == "no score"
    assert nothing.line("overall", "in_band_high").text == "0"


def test_every_line_has_its_definition() -> None:
    assert all(line.definition for line in summary().lines)


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(KeyError):
        summary().line("overall", "rank")


@pytest.mark.parametrize(
    ("statistic", "amount", "text"),
    [("mean", "70.25", "70.3"), ("in_band_high", "1234", "1,234"), ("percent_in_band_high", "82.6", "83%")],
)
def test_a_number_is_printed_as_what_it_is(statistic: str, amount: str, text: str) -> None:
    assert SummaryLine("overall", statistic, Fraction(amount), 3, "").text == text


def test_an_organisation_counts_once_when_it_has_a_return_as_a_whole() -> None:
    units = [unit("AAA"), unit("AAA", care_setting="Acute"), unit("BBB")]

    cohort = summary_cohort(units)

    assert cohort.rows == (0, 2)
    assert cohort.definition.startswith("2 returns; 1 return for one care setting of an organisation")


def test_an_organisation_without_a_return_as_a_whole_counts_with_each_of_its_returns() -> None:
    units = [unit("AAA", care_setting="Acute"), unit("AAA", care_setting="Community"), unit("BBB")]

    assert summary_cohort(units).rows == (0, 1, 2)
    assert summary_cohort(units).definition == "all 3 returns of the round"


def test_one_return_is_not_said_in_the_plural() -> None:
    assert summary_cohort([unit("AAA")]).definition == "all 1 return of the round"


def test_the_summary_leaves_out_second_returns() -> None:
    both = summary((unit("AAA"), AAA), (unit("AAA", care_setting="Acute"), BBB), (unit("CCC"), CCC))

    assert both.line("overall", "mean").value == (Fraction("67.5") + 100) / 2


@pytest.mark.parametrize(
    ("low", "high", "closed", "name", "words"),
    [
        (0, 10, False, "from_0_to_10", "from 0 to below 10"),
        (90, 100, True, "from_90_to_100", "from 90 to 100"),
        (5, 5, True, "from_5_to_5", "of 5"),
        (Fraction(3, 2), 3, False, "from_1.5_to_3", "from 1.5 to below 3"),
    ],
)
def test_a_bin_says_what_it_holds(low: Fraction, high: Fraction, closed: bool, name: str, words: str) -> None:
    one = ScoreBin(Fraction(low), Fraction(high), closed)

    assert bin_statistic(one) == name
    assert bin_words(one) == words


def test_answers_are_synthetic_only_when_every_name_says_so() -> None:
    made_up = (unit("X01", "Synthetic Trust 1"), AAA)
    shouted = (unit("X02", "SYNTHETIC TRUST 2"), BBB)

    assert is_synthetic(answers(made_up, shouted))
    assert not is_synthetic(answers(made_up, (unit("CCC"), CCC)))
    assert not is_synthetic(answers().only([]))  # type: ignore[arg-type] # an empty list is a fine choice of rows


def test_a_unit_is_a_whole_organisation_by_default() -> None:
    assert summary_cohort([Unit("AAA"), Unit("AAA", "Acute")]).rows == (0,)
