# SPDX-License-Identifier: MIT
"""Every problem of points, weights, levels and sources in scoring.yaml, once each, at its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.frameworks.texts import FILES, SCORING, place_of, problems_after
from tests.support.framework_files import edited
from tests.support.frameworks import draft
from trigpoint.errors import FrameworkProblems
from trigpoint.frameworks.check_content import MOST_ANSWERS
from trigpoint.frameworks.check_scoring import decimals

NAME = "scoring.yaml"

# old text, new text, what then stands at the place, message
CASES = [
    (
        "  agreement: {disagree: 0, agree: 100}",
        "  agrement: {disagree: 0, agree: 100}",
        "agrement",
        "there is no scale 'agrement'. Did you mean 'agreement'?",
    ),
    (
        "  agreement: {disagree: 0, agree: 100}\n",
        "",
        "points:\n  wards",
        "the scale 'agreement' has no points, but questions that count use it (has_plan, …).",
    ),
    ("plan_read: {", "plan_raed: {", "plan_raed", "there is no question 'plan_raed'. Did you mean 'plan_read'?"),
    (
        "plan_read: {disagree: 10, agree: 90}",
        "plan_read: {disagree: 10, agreed: 90}",
        "agreed",
        "there is no answer of the scale 'agreement' 'agreed'. Did you mean 'agree'?",
    ),
    (
        "plan_read: {disagree: 10, agree: 90}",
        "plan_read: {disagree: 10}",
        "plan_read",
        "the answer 'agree' of the scale 'agreement' has no points.",
    ),
    (
        "agreement: {disagree: 0, agree: 100}",
        "agreement: [[0, 0], [1, 100]]",
        "agreement",
        "the scale 'agreement' has answers, so it needs a table of code: points.",
    ),
    (
        "[[0, 0], [10, 50], [20, 100]]",
        "{some: 1}",
        "wards",
        "the scale 'wards' is a number, so it needs a list of [from, points].",
    ),
    (
        "[[0, 0], [10, 50], [20, 100]]",
        "[]",
        "wards",
        "the scale 'wards' is a number, so it needs a list of [from, points].",
    ),
    ("[20, 100]", "[10, 100]", "[10, 100]", "thresholds must rise: 10 comes after 10."),
    ("[[0, 0]", "[[1, 0]", "[1, 0]", "the first threshold 1 is above the scale's minimum 0."),
    (
        "{disagree: 10, agree: 90}",
        "{disagree: -10, agree: 90}",
        "disagree: -10",
        "points are 0 or more with at most 6 decimals; found -10.",
    ),
    (
        "[20, 100]",
        "[20, 0.1234567]",
        "[20, 0.1234567]",
        "points are 0 or more with at most 6 decimals; found 0.1234567.",
    ),
    ("{has_plan: 2}", "{has_plna: 2}", "has_plna", "there is no scored question 'has_plna'. Did you mean 'has_plan'?"),
    ("{plans: 1.5}", "{plan: 1.5}", "plan: 1.5", "there is no scored measure 'plan'. Did you mean 'plans'?"),
    (
        "{has_plan: 2}",
        "{has_plan: -2}",
        "has_plan",
        "a weight is 0 or more with at most 6 decimals; found -2.",
    ),
    (
        "{plans: 1.5}",
        "{plans: 0.0000001}",
        "plans",
        "a weight is 0 or more with at most 6 decimals; found 1E-7.",
    ),
    (
        "{has_plan: 2}",
        "{has_plan: 0, plan_read: 0}",
        "weights",
        "everything under 'plans' has weight 0: it could never have a score.",
    ),
    (
        "{plans: 1.5}",
        "{plans: 0, records: 0}",
        "weights",
        "everything under 'overall' has weight 0: it could never have a score.",
    ),
    (
        "{has_plan: 2}",
        "{has_plan: 999999999999999, plan_read: 0.000001}",
        "weights",
        "points and weights together have too many digits to be summed exactly.",
    ),
    ("  section: {", "  sections: {", "levels", "the level 'section' of the measures tree has no rule here."),
    (
        "  section: {",
        "  sections: {",
        "sections",
        "there is no level in the measures tree 'sections'. Did you mean 'section'?",
    ),
    (
        "combine: mean_of_questions",
        "combine: share_met",
        "combine: share_met",
        "in a points framework the measures of level 'section' need mean_of_questions.",
    ),
    (
        "combine: mean_of_measures",
        "combine: mean_of_questions",
        "combine: mean_of_questions, empty",
        "in a points framework the measures of level 'overall' need mean_of_measures.",
    ),
    (
        "minimum_answered: 0.5",
        "minimum_answered: 50",
        "minimum_answered",
        "this is a share: from 0 to 1 with at most 6 decimals; found 50.",
    ),
    (
        "minimum_answered: 0.5",
        "minimum_answered: 0.3333333",
        "minimum_answered",
        "this is a share: from 0 to 1 with at most 6 decimals; found 0.3333333.",
    ),
    (
        "{points: rules}",
        "{points: ruels}",
        "points: ruels",
        "there is no source in framework.yaml 'ruels'. Did you mean 'rules'?",
    ),
    (
        "sources:",
        "marks_out_of: {agreement: 100}\nsources:",
        "marks_out_of",
        "only sum-of-marks has marks; this is points. Take it out.",
    ),
    (
        "sources:",
        "marks_out_of: {agreements: 100}\nsources:",
        "agreements",
        "there is no scale 'agreements'. Did you mean 'agreement'?",
    ),
    (
        "sources:",
        "marks_out_of: {agreement: 99}\nsources:",
        "agreement: 99",
        "an answer gives 100 marks, more than the maximum 99.",
    ),
    (
        "sources:",
        "marks_out_of: {agreement: 0}\nsources:",
        "agreement: 0",
        "marks are above 0 with at most 6 decimals; found 0.",
    ),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    text = edited(FILES, NAME, (old, new))[NAME]

    assert f"{NAME}:{place_of(text, there)}: {message}" in problems_after(FILES, NAME, (old, new))


def test_a_number_has_no_more_thresholds_than_a_byte_can_hold() -> None:
    rows = ", ".join(f"[{at}, 1]" for at in range(MOST_ANSWERS + 1))

    assert problems_after(FILES, NAME, ("[[0, 0], [10, 50], [20, 100]]", f"[{rows}]")) == [
        f"{NAME}:{place_of(SCORING, 'wards')}: there are 201 thresholds for the scale 'wards'; 200 is the most."
    ]


def test_two_kinds_of_measure_can_not_share_a_level() -> None:
    # "overall" has measures below it, "plans" has questions: no rule could do both
    said = problems_after(
        {**FILES, "framework.yaml": FILES["framework.yaml"].replace("level: overall", "level: section")},
        NAME,
        ("  overall: {combine: mean_of_measures, empty_measures: no_score}\n", ""),
    )

    place = place_of(SCORING, "combine: mean_of_questions")
    need = "mean_of_measures or mean_of_questions"
    assert said == [f"{NAME}:{place}: in a points framework the measures of level 'section' need {need}."]


def test_in_a_framework_of_controls_an_answer_is_met_or_not() -> None:
    halves = draft(kind="pass-mark", points={"answer": {"no": 0, "yes": Decimal("0.5")}})

    with pytest.raises(
        FrameworkProblems, match=r"in a pass-mark framework an answer is met \(1\) or not \(0\); found 0.5"
    ):
        _ = halves.framework


def test_a_question_without_any_mark_needs_a_maximum() -> None:
    nothing = draft(kind="sum-of-marks", points={"answer": {"no": 0, "partly": 0, "yes": 0}})

    with pytest.raises(FrameworkProblems, match="no answer to 'q1' has a mark, so it has no maximum"):
        _ = nothing.framework
    assert nothing.with_scoring(marks_out_of={"answer": 5}).framework.scoring.marks_out_of == {"answer": 5}


def test_points_of_a_question_that_counts_for_nothing_are_not_asked_for() -> None:
    of = draft(["q1"])
    follow_up = {"id": "how_many", "scale": "count", "text": "How many?"}
    scale = {"id": "count", "title": "Count", "number": {"minimum": 0}}

    framework = of.with_content(
        questions=[*of.content["questions"], follow_up], scales=[*of.content["scales"], scale]
    ).framework

    assert "count" not in framework.scoring.points


@pytest.mark.parametrize(
    ("number", "digits"), [(100, 0), (Decimal("1.50"), 1), (Decimal("0.000001"), 6), (Decimal("1E+3"), 0), (0, 0)]
)
def test_the_decimals_of_a_number_are_those_it_needs(number: int | Decimal, digits: int) -> None:
    assert decimals(number) == digits


def test_what_is_no_finite_number_needs_more_decimals_than_any_may_have() -> None:
    assert decimals(Decimal("Infinity")) == 7


def test_several_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    said = problems_after(
        FILES,
        NAME,
        ("disagree: 10, agree: 90", "disagree: -1, agree: -2"),
        ("{points: rules}", "{points: nothing}"),
        ("minimum_answered: 0.5", "minimum_answered: 2"),
    )

    lines = [int(one.split(":")[1]) for one in said]
    assert len(said) == 4
    assert lines == sorted(lines)


def test_points_of_a_question_whose_scale_is_unknown_are_told_as_that_scale_only() -> None:
    said = problems_after(
        FILES, "framework.yaml", ("    scale: agreement\n    text: It is", "    scale: wide\n    text: It is")
    )

    assert [one.split(": ", 1)[1] for one in said] == ["there is no scale 'wide'. There are: agreement, wards."]
