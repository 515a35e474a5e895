# SPDX-License-Identifier: MIT
"""Every problem of a worked example, once each, at its place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.frameworks.texts import EXAMPLE, FILES, place_of, problems_after, problems_of
from tests.support.framework_files import edited
from trigpoint.frameworks.check_examples import accepts, exact_number, exact_score
from trigpoint.frameworks.model import AnswerOption, NumberRange, Scale
from trigpoint.submissions.tidy import number_text

NAME = "worked_examples/plan.yaml"
WITH_EXAMPLE = {**FILES, NAME: EXAMPLE}


def test_a_sound_example_has_no_problem() -> None:
    assert problems_of(WITH_EXAMPLE) == []


# old text, new text, what then stands at the place, message
CASES = [
    ("[acute]", "[acute, hospice]", "hospice", "there is no care setting 'hospice'. There are: acute, community."),
    ("{has_plan: agree", "{has_paln: agree", "has_paln", "there is no question 'has_paln'. Did you mean 'has_plan'?"),
    (
        "has_plan: agree",
        "has_plan: agreed",
        "has_plan",
        "there is no answer to 'has_plan' 'agreed'. Did you mean 'agree'?",
    ),
    (
        "plan_read: dont_know",
        "plan_read: not_shown",
        "plan_read",
        (
            "there is no answer to 'plan_read' 'not_shown'. "
            "There are: disagree, agree, not_answered, dont_know, not_applicable."
        ),
    ),
    (
        "has_plan: agree",
        "has_plan: 3",
        "has_plan",
        ("there is no answer to 'has_plan' '3'. There are: disagree, agree, not_answered, dont_know, not_applicable."),
    ),
    (
        "wards_online: 12",
        "wards_online: twelve",
        "wards_online",
        "there is no answer to 'wards_online' 'twelve'. There are: not_answered, dont_know, not_applicable.",
    ),
    ("wards_online: 12", "wards_online: 51", "wards_online", "51 is not a number that 'wards_online' can have."),
    ("wards_online: 12", "wards_online: -1", "wards_online", "-1 is not a number that 'wards_online' can have."),
    ("wards_online: 12", "wards_online: 1.5", "wards_online", "1.5 is not a number that 'wards_online' can have."),
    ("  plans: {score", "  plnas: {score", "plnas", "there is no measure 'plnas'. Did you mean 'plans'?"),
    ('"263/3"', '"263/0"', 'score: "263/0"', "'263/0' is not a fraction. Write it as \"263/3\"."),
    ('"263/3"', '"high"', 'score: "high"', "'high' is not a fraction. Write it as \"263/3\"."),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    text = edited(WITH_EXAMPLE, NAME, (old, new))[NAME]

    said = problems_after(WITH_EXAMPLE, NAME, (old, new))

    assert f"{NAME}:{place_of(text, there)}: {message}" in said


def test_an_example_of_a_broken_framework_is_not_checked_against_it() -> None:
    files = {**edited(WITH_EXAMPLE, NAME, ("has_plan: agree", "nothing: agree")), "framework.yaml": "broken: true\n"}

    assert not any(said.startswith(NAME) for said in problems_of(files))


def test_an_example_answering_a_question_of_an_unknown_scale_is_told_as_that_scale_only() -> None:
    said = problems_after(WITH_EXAMPLE, "framework.yaml", ("scale: wards,", "scale: nowhere,"))

    assert not any(one.startswith(NAME) for one in said)


@pytest.mark.parametrize(
    ("limits", "inside", "outside"),
    [
        (NumberRange(0, 100, whole=True), [0, 50, 100, 7.0], [-1, 101, 0.5]),
        (NumberRange(Decimal("0.5"), whole=False), [Decimal("0.5"), 10**6], [0, Decimal("0.4999")]),
        (NumberRange(-5, -1), [-5, -1, Decimal("-2.5")], [0, -6]),
    ],
)
def test_a_number_is_accepted_within_its_range(limits: NumberRange, inside: list[int], outside: list[int]) -> None:
    scale = Scale("wards", "Wards", number=limits)

    assert [accepts(scale, number) for number in inside] == [True] * len(inside)
    assert [accepts(scale, number) for number in outside] == [False] * len(outside)


def test_a_scale_of_options_accepts_no_number() -> None:
    assert not accepts(Scale("a", "A", answers=(AnswerOption("yes", "Yes"),)), 1)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("263/3", Fraction(263, 3)),
        ("87.5", Fraction(175, 2)),
        ("-3", Fraction(-3)),
        ("1/0", None),
        ("high", None),
        ("", None),
    ],
)
def test_a_score_is_read_as_an_exact_fraction(text: str, score: Fraction | None) -> None:
    assert exact_score(text) == score


# Each of these Python itself would read as a fraction, the first for minutes.
@pytest.mark.parametrize(
    "text",
    [
        "1e99999999",
        "1e3",
        "1_000",
        "\uff11\uff12",
        "\u0661/2",
        " 1",
        "+1",
        "1\n",
        "1.",
        ".5",
        "9" * 16,
        f"1/{'9' * 16}",
    ],
)
def test_a_score_is_written_in_plain_digits_fifteen_at_most(text: str) -> None:
    assert exact_score(text) is None


def test_a_score_in_a_worked_example_that_no_memory_holds_is_told_at_once() -> None:
    said = problems_after(WITH_EXAMPLE, NAME, ('"263/3"', '"1e99999999"'))

    assert [told.split(": ", 1)[1] for told in said] == ["'1e99999999' is not a fraction. Write it as \"263/3\"."]


@pytest.mark.parametrize(
    "text", ["1_000", "\uff11\uff12", "\u0661\u0662", "1 000", "0x10", "1e9999", "", ".", "+-1", "1e"]
)
def test_a_number_in_a_cell_is_written_in_plain_digits(text: str) -> None:
    assert exact_number(text) is None


@given(st.floats(-9e307, 9e307))
def test_every_number_reads_as_it_was_written(number: float) -> None:
    read = exact_number(number_text(number))

    assert read is not None
    assert float(read) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+7.", Decimal(7)),
        (".5", Decimal("0.5")),
        (" 12.50 ", Decimal("12.5")),
        ("-3", Decimal(-3)),
        ("nan", None),
        ("inf", None),
        ("two", None),
    ],
)
def test_a_text_is_read_as_a_finite_number_or_not_at_all(text: str, number: Decimal | None) -> None:
    assert exact_number(text) == number
