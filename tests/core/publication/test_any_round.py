# SPDX-License-Identifier: MIT
"""What holds for the summary of any round at all, and a slow second way to the same numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.publication.rounds import answers, release, sharing, summary, unit
from trigpoint.publication.folder import PAGE
from trigpoint.publication.page_numbers import page_numbers
from trigpoint.publication.score_range import score_range
from trigpoint.publication.summary import Summary, bin_statistic
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.answers import Answer

Return = tuple[Unit, dict[str, Answer]]


@st.composite
def returns(draw: st.DrawFn) -> list[Return]:
    """One to eight returns with any answers, some of them second returns of an organisation."""
    codes = draw(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(["General", "Acute"])), min_size=1,
                          max_size=8, unique=True))  # fmt: skip
    return [(unit(code * 3, care_setting=setting), draw(one_return())) for code, setting in codes]


@st.composite
def one_return(draw: st.DrawFn) -> dict[str, Answer]:
    given_answers: dict[str, Answer] = {}
    for question in sharing().questions:
        states: list[Answer] = [Missing.NOT_APPLICABLE, Missing.DONT_KNOW, Missing.NOT_ANSWERED]
        given_answers[question] = draw(st.sampled_from([*sharing().scale_of(question).codes, *states]))
    return given_answers


def number(found: Summary, measure: str, statistic: str) -> Fraction:
    value = found.line(measure, statistic).value
    assert value is not None
    return value


def scores_by_hand(table: AnswerTable, measure: str) -> list[Fraction]:
    """The scores of the returns that count, found one return at a time."""
    scored = score_answers(table, compile_plan(sharing()))
    whole = [one.organisation for one in table.units if one.care_setting == "General"]
    counted = [
        scored.score(row, measure).value
        for row, one in enumerate(table.units)
        if one.care_setting == "General" or one.organisation not in whole
    ]
    return sorted(score for score in counted if score is not None)


@settings(max_examples=40)
@given(returns())
def test_the_mean_and_the_extremes_agree_with_a_slow_second_way(drawn: list[Return]) -> None:
    found = summary(*drawn)

    for measure in sharing().measures:
        scores = scores_by_hand(answers(*drawn), measure)
        assert found.line(measure, "with_score").value == len(scores)
        if scores:
            assert number(found, measure, "mean") == sum(scores) / len(scores)
            assert (number(found, measure, "minimum"), number(found, measure, "maximum")) == (scores[0], scores[-1])


@settings(max_examples=40)
@given(returns())
def test_bands_and_bins_hold_every_scored_return_once(drawn: list[Return]) -> None:
    found = summary(*drawn)

    for measure in sharing().measures.values():
        scored = found.line(measure.id, "with_score").value
        bins = score_range(sharing(), measure).bins()
        assert sum(number(found, measure.id, bin_statistic(one)) for one in bins) == scored
        assert sum(number(found, measure.id, f"in_band_{band}") for band in ("low", "medium", "high")) == scored


@settings(max_examples=40)
@given(returns())
def test_returns_with_and_without_a_score_are_all_returns(drawn: list[Return]) -> None:
    found = summary(*drawn)

    for measure in sharing().measures:
        parts = number(found, measure, "with_score") + number(found, measure, "without_score")
        assert parts == number(found, measure, "returns") == len(found.cohort.rows)


@settings(max_examples=40)
@given(returns())
def test_quartiles_stand_in_order(drawn: list[Return]) -> None:
    found = summary(*drawn)

    for measure in sharing().measures:
        if found.has_score(measure):
            names = ("minimum", "lower_quartile", "median", "upper_quartile", "maximum")
            numbers = [number(found, measure, name) for name in names]
            assert numbers == sorted(numbers)
            assert numbers[0] <= number(found, measure, "mean") <= numbers[-1]


# Each example draws a whole page.
@settings(max_examples=25)
@given(returns())
def test_every_number_of_any_page_is_a_line_of_its_summary(drawn: list[Return]) -> None:
    made = release(answers(*drawn))

    for printed in page_numbers(made.texts[PAGE]):
        assert made.summary.line(printed.measure, printed.statistic).text == printed.text


@settings(max_examples=25)
@given(returns(), st.randoms(use_true_random=False))
def test_no_order_of_returns_changes_a_word(drawn: list[Return], luck: object) -> None:
    mixed = sorted(drawn, key=lambda _: luck.random())  # type: ignore[attr-defined] # hypothesis gives a Random

    assert release(answers(*mixed)).texts == release(answers(*drawn)).texts
