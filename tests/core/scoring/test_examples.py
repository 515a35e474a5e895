# SPDX-License-Identifier: MIT
"""Worked examples: carried out exactly, with every difference told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.framework_files import edited, parsed, template_files
from trigpoint.frameworks.check_examples import exact_score
from trigpoint.frameworks.model import Expected, WorkedExample
from trigpoint.scoring import compile_plan
from trigpoint.scoring.examples import answers_of, compare_example, exact_text, score_example
from trigpoint.submissions.missing import Missing

POINTS = parsed(template_files("points"))
GATE = parsed(template_files("level-gate"))
INDICATOR = parsed(template_files("indicator"))


def example(**given: object) -> WorkedExample:
    return WorkedExample(**{"title": "An example", "answers": {}, "expect": {}, **given})  # type: ignore[arg-type]


def differences(shown: WorkedExample) -> list[str]:
    return [str(difference) for difference in compare_example(POINTS, shown)]


# (25 x 1 + 70 x 2 + 100 x 1) / (1 + 2 + 1), rounded half up to a whole number
SENDING = {"sharing_agreement": "somewhat_disagree", "discharge_summaries": "over_half", "alerts_to_gp": "all"}


def test_an_example_that_holds_has_no_difference():
    assert (25 * 1 + 70 * 2 + 100 * 1) / (1 + 2 + 1) == 66.25
    shown = example(answers=SENDING, expect={"sending": Expected(66, band="medium", asked=3, answered=3)})

    assert differences(shown) == []


def test_every_difference_of_every_measure_is_told():
    shown = example(
        answers=SENDING,
        expect={
            "sending": Expected(67, band="high", asked=4, answered=2, dont_know=1, not_applicable=1, not_shown=1),
            "viewing": Expected(10),
        },
    )

    assert differences(shown) == [
        "'sending': the answers give score 66, not 67.",
        "'sending': the answers give band medium, not high.",
        "'sending': the answers give asked 3, not 4.",
        "'sending': the answers give answered 3, not 2.",
        "'sending': the answers give dont_know 0, not 1.",
        "'sending': the answers give not_applicable 0, not 1.",
        "'sending': the answers give not_shown 0, not 1.",
        "'viewing': the answers give score 0, not 10.",
    ]


def test_what_an_example_does_not_state_is_not_compared():
    assert differences(example(answers=SENDING, expect={"sending": Expected(66)})) == []


def test_no_score_differs_from_nought_both_ways():
    nothing = dict.fromkeys(SENDING, "not_applicable")

    assert differences(example(answers=nothing, expect={"sending": Expected(0)})) == [
        "'sending': the answers give score none, not 0."
    ]
    assert differences(example(answers={}, expect={"sending": Expected(None)})) == [
        "'sending': the answers give score 0, not none."
    ]


def test_a_band_where_there_is_no_score_is_a_difference():
    nothing = dict.fromkeys(SENDING, "not_applicable")

    assert differences(example(answers=nothing, expect={"sending": Expected(None, band="low")})) == [
        "'sending': the answers give band none, not low."
    ]


def test_scores_are_compared_as_fractions_and_not_as_they_print():
    shown = example(answers={}, all_others="met", expect={"overall": Expected(Decimal("4.999999999999"))})

    assert [str(one) for one in compare_example(GATE, shown)] == [
        "'overall': the answers give score 5, not 4999999999999/1000000000000."
    ]


@pytest.mark.parametrize("score", [Decimal("5.0"), 5, "5", "10/2", "5.00"])
def test_the_same_score_may_be_written_in_several_ways(score):
    assert compare_example(GATE, example(answers={}, all_others="met", expect={"overall": Expected(score)})) == ()


def test_all_others_is_given_to_each_question_that_has_it_in_its_scale_and_to_no_other():
    shown = example(answers={"sees_images": "neither"}, all_others="mostly_agree")

    assert answers_of(POINTS, shown) == {
        "sees_gp_record": "mostly_agree",
        "sees_social_care_record": "mostly_agree",
        "sees_images": "neither",
        "sharing_agreement": "mostly_agree",
    }


def test_without_all_others_only_what_is_named_is_answered():
    shown = example(answers={"sees_images": "dont_know", "alerts_to_gp": "all"})

    assert answers_of(POINTS, shown) == {"sees_images": Missing.DONT_KNOW, "alerts_to_gp": "all"}


def test_numbers_in_an_example_are_numbers():
    assert answers_of(INDICATOR, example(answers={"online_accounts": Decimal("74.9")})) == {"online_accounts": 74.9}


def test_the_care_settings_of_an_example_decide_what_is_asked():
    acute, community = (
        score_example(POINTS, example(answers={}, care_settings=(setting,))) for setting in ("acute", "community")
    )

    # One question is for acute care only, another for community care only; the routed one is shown in neither.
    assert (acute["viewing"].asked, community["viewing"].asked) == (2, 2)
    assert score_example(POINTS, example())["viewing"].asked == 3


def test_a_plan_at_hand_is_used():
    shown = example(answers=SENDING)
    half = compile_plan(POINTS, only={"sharing_agreement"})

    assert score_example(POINTS, shown, half)["sending"].value == 25


def test_an_example_made_false_is_found_by_its_framework_too():
    name = "worked_examples/half_a_point_rounds_up.yaml"
    false = parsed(edited(template_files("points"), name, ("score: 38", "score: 37.5")))

    found = {shown.title: compare_example(false, shown) for shown in false.examples}

    assert [(one.measure, one.part, one.expected, one.found) for one in sum(found.values(), ())] == [
        ("viewing", "score", "37.5", "38")
    ]


def test_examples_do_not_count_in_the_hash():
    assert replace(POINTS, examples=()).hash == POINTS.hash


# Fifteen digits are as many as a worked example may write.
@given(st.fractions(min_value=0, max_value=1000, max_denominator=10**11))
def test_exact_text_says_exactly_one_score(score):
    assert exact_score(exact_text(score)) == score


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (Fraction(46), "46"),
        (Fraction(25, 2), "12.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(263, 3), "263/3"),
        (Fraction(1001, 100), "10.01"),
        (None, "none"),
    ],
)
def test_exact_text_is_a_decimal_where_it_can_be(score, text):
    assert exact_text(score) == text
