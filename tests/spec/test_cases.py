# SPDX-License-Identifier: MIT
"""Every case holds, and the sum that it shows is the sum that gives the score."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from fractions import Fraction

import pytest

from tests.spec.case import Case, build_framework, in_words, score_case
from tests.spec.cases import CASES, PAGES
from trigpoint.frameworks.model import KINDS

OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def work_out(node: ast.expr) -> Fraction:
    """Return the exact value of a sum made of numbers, +, * and /."""
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](work_out(node.left), work_out(node.right))
    assert isinstance(node, ast.Constant)
    return Fraction(str(node.value))


def named(case: Case) -> str:
    return f"{case.page}: {case.title}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_answers_give_the_scores_of_the_case(case):
    found = score_case(case)

    words = {unit: {measure: in_words(score) for measure, score in scores.items()} for unit, scores in found.items()}
    assert words == case.expected


@pytest.mark.parametrize("case", [case for case in CASES if case.sums], ids=named)
def test_the_sum_shown_is_the_score_before_it_is_rounded(case):
    framework, found = build_framework(case), score_case(case)

    for unit, shown in case.sums.items():
        measure, score = next(iter(found[unit].items()))
        rule = framework.scoring.levels[framework.measures[measure].level]
        allowed = Fraction(1, 10**rule.rounding.digits) if rule.rounding else Fraction(0)
        exact = work_out(ast.parse(shown, mode="eval").body)
        assert score.value is not None
        assert abs(score.value - exact) <= allowed
        assert rule.rounding is not None or score.value == exact


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_case_expects_something_of_every_unit(case):
    assert list(case.expected) == list(case.answers)
    assert set(case.sums) <= set(case.answers)


def test_every_page_has_cases_and_every_case_a_page():
    assert {case.page for case in CASES} == set(PAGES)


def test_there_is_a_page_for_every_kind_and_for_what_all_share():
    assert set(PAGES) == {*KINDS, "missing-answers", "rounding", "bands"}


def test_no_two_cases_of_a_page_have_one_title():
    titles = [named(case) for case in CASES]

    assert len(titles) == len(set(titles))
