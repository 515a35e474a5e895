# SPDX-License-Identifier: MIT
"""One version's answers by another version's rules."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.support.frameworks import LEAVE_OUT, Draft, answer_table, draft, number_scale, option_scale
from tests.support.second_scoring import Given
from trigpoint.errors import FrameworkMismatch
from trigpoint.scoring import compile_under_rules_of, score_answers
from trigpoint.scoring.rules import with_rules_of

OWN = draft(["q1", "q2"])
ZERO = {**LEAVE_OUT, "dont_know": "zero"}


def older(*questions: str, **scoring: Any) -> Draft:
    """The version before: by default the same questions, rules as given."""
    return draft(list(questions) or ["q1", "q2"], **scoring).with_content(version="0")


def value(own: Draft, other: Draft, answers: dict[str, Given], **more: Any) -> Fraction | None:
    framework = own.framework
    plan = compile_under_rules_of(framework, other.framework, **more)
    return score_answers(answer_table(framework, [answers]), plan).score(0, "all").value


def test_what_a_missing_answer_does_is_the_other_versions() -> None:
    answers: dict[str, Given] = {"q1": "yes", "q2": "dont_know"}

    assert value(OWN, OWN, answers) == 100
    assert value(OWN, older(missing=ZERO), answers) == Fraction(100 + 0, 2)


def test_points_of_a_scale_that_both_have_are_the_other_versions() -> None:
    tens = older(points={"answer": {"no": 0, "partly": 5, "yes": 10}})

    assert value(OWN, tens, {"q1": "yes", "q2": "partly"}) == Fraction(10 + 5, 2)


def test_points_of_a_scale_that_changed_its_answers_are_kept() -> None:
    shorter = older(points={"answer": {"no": 0, "yes": 10}}).with_content(
        scales=[option_scale("answer", ["no", "yes"])]
    )

    assert value(OWN, shorter, {"q1": "yes", "q2": "partly"}) == Fraction(100 + 50, 2)


def test_points_of_a_scale_that_the_other_does_not_have_are_kept() -> None:
    questions = [{"id": "q9", "measure": "all", "scale": "words", "text": "Q."}]
    other = older("q9", points={"words": {"a": 1, "b": 2}}).with_content(
        scales=[option_scale("words", ["a", "b"])], questions=questions
    )

    assert value(OWN, other, {"q1": "yes", "q2": "partly"}) == Fraction(100 + 50, 2)


def test_rounding_and_bands_are_the_other_versions_weights_are_kept() -> None:
    own = OWN.with_scoring(weights={"questions": {"q1": 2}})
    other = older(
        rules={"leaf": {"rounding": {"mode": "half_up", "digits": 0}}},
        weights={"questions": {"q1": 50}},
        bands={"band_on": "raw", "bands": [{"id": "any", "title": "Any", "from": 0}]},
    )

    assert value(own, other, {"q1": "yes", "q2": "no"}) == 67  # (2 x 100 + 0) / 3 = 66.67
    assert with_rules_of(own.framework, other.framework).scoring.bands is not None


def test_the_plan_fits_the_answers_and_says_whose_rules_it_has() -> None:
    framework, other = OWN.framework, older(missing=ZERO).framework

    plan = compile_under_rules_of(framework, other)

    assert (plan.framework, plan.framework_hash) == (framework.ref, framework.hash)
    assert plan.rules_of == other.ref
    assert plan.rules_hash == with_rules_of(framework, other).hash != framework.hash  # traceable to the very rules


def test_some_questions_may_be_scored_by_other_rules() -> None:
    assert value(OWN, older(missing=ZERO), {"q1": "dont_know", "q2": "yes"}, only=["q2"]) == 100


def test_levels_that_only_the_other_version_has_do_no_harm() -> None:
    deeper = draft({"all": {"part": ["q1", "q2"]}}).with_content(version="0")

    assert set(with_rules_of(OWN.framework, deeper.framework).scoring.levels) == {"leaf"}


def test_marks_and_their_maximum_go_together() -> None:
    own = draft(["q1"], kind="sum-of-marks", marks_out_of={"answer": 200})
    plain = draft(["q1"], kind="sum-of-marks", points={"answer": {"no": 0, "partly": 1, "yes": 4}}).with_content(
        version="0"
    )

    assert value(own, own, {"q1": "yes"}) == 50
    assert value(own, plain, {"q1": "yes"}) == 100
    assert value(own, plain.with_scoring(marks_out_of={"answer": 5}), {"q1": "yes"}) == 80


def test_marks_of_a_scale_that_is_kept_keep_their_maximum() -> None:
    own = draft(["q1"], kind="sum-of-marks", marks_out_of={"answer": 200})
    other = draft(["q1"], kind="sum-of-marks", points={"answer": {"no": 0, "yes": 9}}, marks_out_of={"answer": 9})
    other = other.with_content(version="0", scales=[option_scale("answer", ["no", "yes"])])

    assert value(own, other, {"q1": "yes"}) == 50


def by_number(minimum: int, *rows: list[Any]) -> Draft:
    return draft(["q1"], points={"answer": list(rows)}).with_content(scales=[number_scale("answer", minimum)])


def test_thresholds_of_a_number_are_the_other_versions() -> None:
    own = by_number(0, [0, 0], [10, 100])

    assert value(own, by_number(0, [0, 0], [5, 70]).with_content(version="0"), {"q1": 7}) == 70


def test_thresholds_that_begin_above_our_lowest_number_do_not_fit() -> None:
    # -3 is a fair answer here, but the other version has no points for it: it must not become "not answered"
    own, other = by_number(-5, [-5, 0], [10, 100]), by_number(0, [0, 0], [5, 70]).with_content(version="0")

    with pytest.raises(
        FrameworkMismatch, match=r"rules of made-up@0 don't fit made-up@1: the first threshold 0 is above"
    ):
        compile_under_rules_of(own.framework, other.framework)


def test_a_table_of_words_is_not_used_for_numbers() -> None:
    own, other = by_number(0, [0, 40]), older("q1")

    assert value(own, other, {"q1": 7}) == 40


def test_rules_of_another_kind_can_not_be_used() -> None:
    with pytest.raises(FrameworkMismatch, match="made-up@0 is of kind pass-mark, made-up@1 of kind points"):
        compile_under_rules_of(OWN.framework, older(kind="pass-mark").framework)


def test_rules_without_one_of_our_levels_can_not_be_used() -> None:
    own = draft({"all": {"part": ["q1", "q2"]}})

    with pytest.raises(FrameworkMismatch, match="made-up@0 has no rule for node of made-up@1"):
        compile_under_rules_of(own.framework, older().framework)


def test_a_level_that_holds_questions_here_and_measures_there_does_not_fit() -> None:
    # Here "leaf" has questions; there it is the name of the level above them.
    tree = [{"id": "all", "title": "All", "level": "leaf", "measures": [{"id": "part", "title": "P", "level": "low"}]}]
    levels = {"leaf": {"combine": "mean_of_measures"}, "low": {"combine": "mean_of_questions"}}
    questions = [{**question, "measure": "part"} for question in OWN.content["questions"]]
    other = older().with_content(measures=tree, questions=questions).with_scoring(levels=levels)

    with pytest.raises(FrameworkMismatch, match="the measures of level 'leaf' need mean_of_questions"):
        compile_under_rules_of(OWN.framework, other.framework)


def test_points_too_fine_for_our_weights_do_not_fit() -> None:
    own = OWN.with_scoring(weights={"questions": {"q1": Decimal("1000000.000001")}})
    other = older(points={"answer": {"no": 0, "partly": Decimal("0.000001"), "yes": 1_000_000}})

    with pytest.raises(FrameworkMismatch, match="too many digits"):
        compile_under_rules_of(own.framework, other.framework)
