# SPDX-License-Identifier: MIT
from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from trigpoint.analysis.claims.computed import Computed, PlaceRange, Value, show
from trigpoint.analysis.claims.model import Comparison, Criterion
from trigpoint.analysis.claims.verdict import Verdict, decimals_of, is_legible, judge, reproduces
from trigpoint.errors import ClaimsFailed

PLAIN = Comparison()


def values(*given: Value | int | str, is_set: bool = False) -> Computed:
    exact = tuple(Fraction(one) if isinstance(one, int) else one for one in given)
    return Computed(exact, ("",) * len(exact), (1,), is_set=is_set)


def criterion(**keys: Any) -> Comparison:
    return Comparison(criterion=TypeAdapter[Criterion](Criterion).validate_python(keys))


@pytest.mark.parametrize(
    ("plain", "alternatives", "verdict"),
    [
        (True, [], Verdict.YES),
        (True, [False, None], Verdict.YES),
        (False, [False, True], Verdict.NEARLY),
        (False, [], Verdict.NO),
        (False, [False, None], Verdict.NO),
        (None, [True], Verdict.NOT_TESTABLE),
    ],
)
def test_the_verdict_follows_from_what_gives_the_number(
    plain: bool | None, alternatives: list[bool | None], verdict: Verdict
) -> None:
    assert judge(plain, alternatives) is verdict


def test_verdicts_are_said_in_these_words() -> None:
    assert [verdict.value for verdict in Verdict] == ["yes", "nearly", "no", "not testable"]


@pytest.mark.parametrize(
    ("computed", "stated", "comparison", "is_same"),
    [
        (Fraction("70.503"), 70, PLAIN, False),
        (Fraction("70.503"), 71, PLAIN, True),
        (Fraction("70.503"), 70, Comparison(rounding="cut"), True),
        (Fraction(263, 3), Decimal("87.7"), PLAIN, True),
        (Fraction("81.681"), Decimal("81.6"), PLAIN, False),
        (Fraction("81.681"), Decimal("81.6"), Comparison(rounding="cut"), True),
        (Fraction("-32.2"), -30, PLAIN, False),
        (Fraction("-32.2"), -30, Comparison(digits=-1), True),
        (Fraction("7.753"), Decimal("7.9"), Comparison(within=Decimal("0.25")), True),
        (Fraction("7.753"), Decimal("7.9"), Comparison(within=Decimal("0.1")), False),
        (PlaceRange(136, 140), 137, PLAIN, True),
        (PlaceRange(136, 140), 141, PLAIN, False),
        ("RJL", "RJL", PLAIN, True),
        ("RJL", "RAL", PLAIN, False),
        ("RJL", 5, PLAIN, False),
        (5, "RJL", PLAIN, False),
        (math.nan, 5, PLAIN, False),
        (math.inf, 5, Comparison(within=1), False),
    ],
)
def test_a_value_is_compared_at_the_decimals_that_were_printed(
    computed: Value, stated: Any, comparison: Comparison, is_same: bool
) -> None:
    assert reproduces(values(computed), [stated], comparison) is is_same


@given(st.decimals(min_value=-100, max_value=100, places=1), st.fractions(min_value=-1, max_value=1))
def test_a_printed_number_stands_for_all_that_round_to_it(printed: Decimal, away: Fraction) -> None:
    value = Fraction(printed) + away / 10

    is_within = -Fraction(1, 20) <= away / 10 < Fraction(1, 20)

    assert reproduces(values(value), [printed], PLAIN) is is_within


def test_all_values_must_be_the_stated_ones() -> None:
    assert reproduces(values(65, 32, 3), [65, 32, 3], PLAIN)
    assert not reproduces(values(65, 32, 3), [65, 33, 3], PLAIN)


def test_a_figure_that_cannot_be_read_is_passed_over() -> None:
    assert reproduces(values(14, 41, 21), [14, None, 21], PLAIN)
    assert not reproduces(values(14, 41, 22), [14, None, 21], PLAIN)
    assert is_legible([None, 3])
    assert not is_legible([None, None])


def test_order_matters_in_a_ranking_and_not_in_a_set() -> None:
    assert not reproduces(values("A", "B"), ["B", "A"], PLAIN)
    assert reproduces(values("A", "B", is_set=True), ["B", "A"], PLAIN)
    assert not reproduces(values("A", "B", is_set=True), ["A"], PLAIN)


@pytest.mark.parametrize(
    ("stated", "is_same"),
    [
        (["B", None], True),  # what can't be read may be A
        (["B", "A", None], True),
        ([None, None], True),
        (["A", "C", None], False),
        ([None], False),  # one figure can't stand for two codes
    ],
)
def test_a_code_that_cannot_be_read_is_passed_over_in_a_set(stated: list[str | None], is_same: bool) -> None:
    assert reproduces(values("A", "B", is_set=True), stated, PLAIN) is is_same


def test_another_number_of_codes_is_another_list() -> None:
    assert not reproduces(values(1, "A", "B"), [1, "A"], PLAIN)


def test_another_number_of_numbers_is_an_error_of_the_author() -> None:
    with pytest.raises(ClaimsFailed, match="2 values are stated and the definition gives 3"):
        reproduces(values(1, 2, 3), [1, 2], PLAIN)


@pytest.mark.parametrize(
    ("keys", "computed", "holds"),
    [
        ({"all": {"above": 50}}, values(58, 68), True),
        ({"all": {"above": 58}}, values(58, 68), False),
        ({"all": {"at_least": 58, "at_most": 68}}, values(58, 68), True),
        ({"all": {"below": 68}}, values(58, 68), False),
        ({"most": {"at_most": 20}}, values(12, 28, 15), True),
        ({"most": {"at_most": 20}}, values(12, 28), False),
        ({"any": {"below": 20}}, values(12, 28), True),
        ({"any": {"below": 12}}, values(12, 28), False),
        ({"each": ({"below": 0}, {"at_most": Decimal("0.05")})}, values(-1.5, 0.014), True),
        ({"each": ({"below": 0}, {"at_most": Decimal("0.05")})}, values(-1.5, 0.14), False),
        ({"order": "rising"}, values(7, 8, 9), True),
        ({"order": "rising"}, values(7, 7), False),
        ({"order": "falling"}, values(71, 60), True),
        ({"order": "falling"}, values(60, 71), False),
    ],
)
def test_a_criterion_says_what_words_mean(keys: dict[str, Any], computed: Computed, holds: bool) -> None:
    assert reproduces(computed, ["a word"], criterion(**keys)) is holds


def test_a_criterion_with_a_condition_too_few_is_an_error_of_the_author() -> None:
    with pytest.raises(ClaimsFailed, match="1 conditions for 2 values"):
        reproduces(values(1, 2), ["a word"], criterion(each=({"below": 0},)))


@pytest.mark.parametrize(
    "keys", [{"all": {"above": 0}}, {"most": {"above": 0}}, {"any": {"above": 0}}, {"order": "rising"}, {"each": ()}]
)
def test_nothing_keeps_a_criterion_when_there_is_nothing(keys: dict[str, Any]) -> None:
    with pytest.raises(ClaimsFailed, match="a criterion is about numbers, and the definition gives none"):
        reproduces(values(), ["a word"], criterion(**keys))


@pytest.mark.parametrize("value", ["RJL", PlaceRange(1, 2), math.nan])
def test_a_criterion_is_about_numbers(value: Value) -> None:
    with pytest.raises(ClaimsFailed, match="a criterion is about numbers"):
        reproduces(values(value), ["a word"], criterion(all={"above": 0}))


@pytest.mark.parametrize("keys", [{}, {"all": {"above": 0}, "any": {"above": 0}}])
def test_a_criterion_has_exactly_one_part(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="one of all, most, any, each and order"):
        criterion(**keys)


@pytest.mark.parametrize("digits", [-10, 10, 10**9])
def test_rounding_to_more_places_than_anyone_prints_is_refused(digits: int) -> None:
    with pytest.raises(ValidationError, match="digits"):
        Comparison(digits=digits)


@pytest.mark.parametrize(
    ("printed", "decimals"), [(70, 0), (Decimal("70.0"), 1), (Decimal("0.05"), 2), (Decimal("7E1"), 0)]
)
def test_decimals_are_counted_as_printed(printed: Any, decimals: int) -> None:
    assert decimals_of(printed) == decimals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(70), "70"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
        (Fraction(-1, 10000), "0"),
        (Fraction(2, 3), "0.667"),
        (-1.4506, "-1.451"),
        (Fraction(-1, 2000), "0"),
        (Fraction(1, 2000), "0.001"),
        (Fraction(123456789, 10), "12345678.9"),
        (math.nan, "nan"),
        (math.inf, "inf"),
        ("RJL", "RJL"),
        (PlaceRange(4, 4), "4"),
        (PlaceRange(4, 6), "4 to 6"),
    ],
)
def test_values_are_shown_with_three_decimals_at_most(value: Value, text: str) -> None:
    assert show(value) == text


def test_values_are_shown_with_what_they_are_of() -> None:
    assert Computed((Fraction(65), "A"), ("high", ""), (2,)).text == "high 65; A"
    assert Computed((), (), (0,)).text == "none"
