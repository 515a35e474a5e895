# SPDX-License-Identifier: MIT
"""Scoring of very many units by compiled loops: the same bits as the kernel's, whatever the number of threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings

from tests.support.frameworks import Draft, Return, answer_table, draft, number_scale, same_scores
from tests.support.plain_loops import loops_in_plain_python
from tests.support.strategies import drafts_and_returns
from trigpoint.errors import AnswersProblems
from trigpoint.scoring import ScoringPlan, compile_plan, kernel, many_units, score_answers
from trigpoint.scoring.many_units import FLOAT_BITS, FROM_UNITS, is_worth_loops, score_in_loops
from trigpoint.scoring.results import Results
from trigpoint.submissions import AnswerTable

Case = tuple[Draft, list[Return]]
ALL_RULES = (
    ("half_up", 0),
    ("half_even", 1),
    ("down", 2),
)


def in_stages(answers: AnswerTable, plan: ScoringPlan) -> Results:
    room = Results.empty(plan, len(answers.units))
    kernel._score_in_stages(answers, plan, room)
    return room


def in_loops(answers: AnswerTable, plan: ScoringPlan, threads: int = 1) -> Results:
    room = Results.empty(plan, len(answers.units))
    assert score_in_loops(answers, plan, room, threads=threads)
    return room


def is_same(one: Results, other: Results) -> bool:
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("numerators", "denominators", "bands", "counts")]
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


def repeated(units: Sequence[Return], times: int) -> list[Return]:
    return [units[at % len(units)] for at in range(times)]


@settings(max_examples=150)
@given(drafts_and_returns())
def test_machine_code_gives_the_bits_of_the_kernel(case: Case) -> None:
    of, units = case
    plan, table = compile_plan(of.framework), answer_table(of.framework, repeated(units, 11))
    if plan.bits > FLOAT_BITS:
        return

    assert is_same(in_loops(table, plan), in_stages(table, plan))


@settings(max_examples=60)
@given(drafts_and_returns())
def test_the_lines_it_was_made_of_give_them_too(case: Case) -> None:
    of, units = case
    plan, table = compile_plan(of.framework), answer_table(of.framework, repeated(units, 9))
    if plan.bits > FLOAT_BITS:
        return

    with loops_in_plain_python() as loops:
        loops.BLOCK = 10  # so that there are whole blocks, parts of one, whole squares and parts of one
        found = in_loops(table, plan)

    assert is_same(found, in_stages(table, plan))


@pytest.mark.parametrize(("mode", "digits"), ALL_RULES)
@pytest.mark.parametrize("combine", ["leave_out", "no_score"])
@pytest.mark.parametrize("plain", [True, False])
def test_every_rule_of_rounding_and_of_missing_answers(mode: str, digits: int, combine: str, plain: bool) -> None:
    rule = {"rounding": {"mode": mode, "digits": digits}, "minimum_answered": Decimal("0.5")}
    missing = {"not_answered": combine, "dont_know": combine, "not_applicable": combine, "not_shown": "leave_out"}
    of = draft(
        {"top": {"left": ["q1", "q2", "q3"], "right": ["q4", "q5"]}},
        rules={"leaf": rule},
        missing=missing,
        bands={
            "band_on": "rounded",
            "bands": [{"id": "low", "title": "L", "from": 0}, {"id": "h", "title": "H", "from": 34}],
        },
    )
    words = ["no", "partly", "yes", "dont_know", "not_applicable", "not_answered"]
    given_answers = [Return({f"q{at}": words[(at * seed + seed) % 6] for at in range(1, 6)}) for seed in range(19)]
    plan, table = compile_plan(of.framework), answer_table(of.framework, given_answers)

    if plain:
        with loops_in_plain_python():
            found = in_loops(table, plan)
    else:
        found = in_loops(table, plan, threads=3)

    assert is_same(found, in_stages(table, plan))


def test_the_number_of_threads_changes_no_bit() -> None:
    of = draft({"top": {"left": ["q1", "q2"], "right": ["q3"]}})
    units = [Return({"q1": "yes", "q2": "no"}), Return({"q3": "partly"}), Return({"q1": "dont_know"})]
    plan, table = compile_plan(of.framework), answer_table(of.framework, repeated(units, 101))

    found = [in_loops(table, plan, threads) for threads in (1, 2, 7, 200)]

    assert all(is_same(one, in_stages(table, plan)) for one in found)


def numbered(*numbers: float) -> tuple[ScoringPlan, AnswerTable]:
    of = draft(["q1", "q2"]).with_content(scales=[number_scale("answer")])
    of = of.with_scoring(points={"answer": [[0, 10], [Decimal("2.5"), 30], [1000, 100]]})
    units = [Return({"q1": 5, "q2": 1}) for _ in numbers]
    table = answer_table(of.framework, units)
    return compile_plan(of.framework), replace(table, numbers={**table.numbers, "q2": np.array(numbers)})


@pytest.mark.parametrize("plain", [True, False])
def test_numbers_reach_the_last_threshold_not_above_them(plain: bool) -> None:
    plan, table = numbered(0, 2.4999, 2.5, 999, 1000, 1e12)

    if plain:
        with loops_in_plain_python():
            found = in_loops(table, plan)
    else:
        found = in_loops(table, plan)

    assert [top / bottom for top, bottom in zip(found.numerators[0], found.denominators[0], strict=True)] == [
        (30 + points) / 2 for points in (10, 10, 30, 30, 100, 100)
    ]


@pytest.mark.parametrize("number", [-0.5, float("nan"), -1])
@pytest.mark.parametrize("plain", [True, False])
def test_a_number_without_points_is_left_to_the_kernel_to_name(
    number: float, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, table = numbered(3, number)
    monkeypatch.setattr(many_units, "FROM_UNITS", 1)

    if plain:
        with loops_in_plain_python(), pytest.raises(AnswersProblems, match="is no answer to 'q2'"):
            score_answers(table, plan)
    else:
        with pytest.raises(AnswersProblems, match="is no answer to 'q2'"):
            score_answers(table, plan)


def test_scoring_takes_them_for_many_units_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = compile_plan(draft().framework)

    assert is_worth_loops(plan, FROM_UNITS)
    assert not is_worth_loops(plan, FROM_UNITS - 1)
    assert not is_worth_loops(replace(plan, bits=FLOAT_BITS + 1), FROM_UNITS)
    monkeypatch.setattr(many_units, "has_compiler", lambda: False)
    assert not is_worth_loops(plan, FROM_UNITS)


def test_a_table_scored_in_loops_is_the_table_scored_in_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    of = draft({"top": {"left": ["q1", "q2"], "right": ["q3"]}})
    units = [Return({"q1": "yes", "q2": "no"}), Return({"q3": "partly"})]
    plan, table = compile_plan(of.framework), answer_table(of.framework, units)
    usual = score_answers(table, plan)

    monkeypatch.setattr(many_units, "FROM_UNITS", 1)

    assert same_scores(score_answers(table, plan), usual)
