# SPDX-License-Identifier: MIT
"""What must hold of scoring whatever the framework and whatever the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.frameworks import (
    Draft,
    Return,
    all_scores,
    answer_table,
    draft,
    same_scores,
    scored,
    slow_scores,
)
from tests.support.strategies import drafts_and_returns, every_measure
from trigpoint.frameworks.model import KINDS, Kind
from trigpoint.scoring import compile_plan, gather, kernel, score_answers
from trigpoint.scoring.plan import WORD_BITS

Case = tuple[Draft, list[Return]]
ADDED: tuple[Kind, ...] = ("points", "indicator", "sum-of-marks", "pass-mark")


def question_ids(of: Draft) -> list[str]:
    return [question["id"] for question in of.content["questions"]]


def subsets(of: Draft) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(st.sampled_from(question_ids(of)), unique=True)


def without_keys(of: Draft, *keys: str, routing: bool = True) -> Draft:
    """The same framework without some keys of its level rules, without bands, perhaps without routing."""
    levels = {
        level: {key: value for key, value in rule.items() if key not in keys}
        for level, rule in of.scoring["levels"].items()
    }
    scoring = {key: value for key, value in of.scoring.items() if key != "bands"}
    routes = set() if routing else {"shown_when"}
    questions = [
        {key: value for key, value in question.items() if key not in routes} for question in of.content["questions"]
    ]
    return Draft({**of.content, "questions": questions}, {**scoring, "levels": levels})


def values(of: Draft, one: Return) -> dict[str, Fraction | None]:
    return {measure: score.value for measure, score in all_scores(scored(of, one)).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_and_the_slow_second_version_agree_on_every_score_band_and_count(kind: Kind) -> None:
    @settings(max_examples=40)
    @given(drafts_and_returns([kind]), st.data())
    def check_agreement(case: Case, chosen: st.DataObject) -> None:
        of, units = case
        only = chosen.draw(subsets(of))

        table = scored(of, *units, only=only)

        for row, unit in enumerate(units):
            assert all_scores(table, row) == slow_scores(of, unit, only)

    check_agreement()


@settings(max_examples=60)
@given(drafts_and_returns(), st.data())
def test_a_better_answer_never_lowers_a_score(case: Case, chosen: st.DataObject) -> None:
    of, [unit, *_] = case
    routing = {question["shown_when"]["question"] for question in of.content["questions"] if "shown_when" in question}
    tables = {
        question["id"]: of.scoring.get("question_points", {}).get(
            question["id"], of.scoring["points"][question["scale"]]
        )
        for question in of.content["questions"]
    }
    raisable = [
        name
        for name, answer in unit.answers.items()
        if name not in routing and isinstance(tables[name], Mapping) and answer in tables[name]
    ]
    assume(raisable)
    name = chosen.draw(st.sampled_from(raisable))
    best = max(tables[name], key=lambda code: tables[name][code])

    before = values(of, unit)
    after = values(of, replace(unit, answers={**unit.answers, name: best}))

    for measure, score in after.items():
        earlier = before[measure]
        assert (score is None) == (earlier is None)
        assert score is None or earlier is None or score >= earlier


@settings(max_examples=40)
@given(drafts_and_returns(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_columns_changes_no_score(case: Case, shuffler: Any) -> None:
    of, units = case
    framework = of.framework
    table = answer_table(framework, units)
    rows, columns = list(range(len(units))), list(range(len(table.questions)))
    shuffler.shuffle(rows)
    shuffler.shuffle(columns)
    shuffled = replace(
        table.only(np.array(rows)),
        questions=tuple(table.questions[at] for at in columns),
        codes=np.ascontiguousarray(table.codes[rows][:, columns]),
    )
    plan = compile_plan(framework)

    plain, other = score_answers(table, plan), score_answers(shuffled, plan)

    assert [all_scores(other, at) for at in range(len(rows))] == [all_scores(plain, row) for row in rows]


@settings(max_examples=40)
@given(drafts_and_returns(), st.randoms(use_true_random=False))
def test_the_order_in_which_questions_are_asked_changes_no_score(case: Case, shuffler: Any) -> None:
    of, [unit, *_] = case
    plain = without_keys(of, routing=False)
    questions = list(plain.content["questions"])
    shuffler.shuffle(questions)

    assert values(plain.with_content(questions=questions), unit) == values(plain, unit)


@settings(max_examples=40)
@given(drafts_and_returns())
def test_one_unit_alone_has_the_scores_that_it_has_among_others(case: Case) -> None:
    of, units = case
    framework = of.framework
    table, plan = answer_table(framework, units), compile_plan(framework)
    together = score_answers(table, plan)

    for row in range(len(units)):
        alone = score_answers(table.only(np.array([row])), plan)
        assert all_scores(alone) == all_scores(together, row)
        assert np.array_equal(alone.scores[0], together.scores[row], equal_nan=True)


@settings(max_examples=60)
@given(drafts_and_returns(), st.data())
def test_a_question_that_does_not_apply_is_as_good_as_not_in_the_framework(case: Case, chosen: st.DataObject) -> None:
    # A minimum share of answers counts every question asked, those that turn out not to apply as well: left out here.
    of, [unit, *_] = case
    of = without_keys(of, "minimum_answered")
    of = of.with_scoring(missing={**of.scoring["missing"], "not_applicable": "leave_out"})
    name = chosen.draw(st.sampled_from(question_ids(of)))
    neutral = replace(unit, answers={**unit.answers, name: "not_applicable"})

    kept = scored(of, neutral)
    dropped = scored(of, neutral, only=[one for one in question_ids(of) if one != name])

    for measure, score in all_scores(kept).items():
        assert score.value == all_scores(dropped)[measure].value


@settings(max_examples=40)
@given(drafts_and_returns(["points", "indicator"]), st.sampled_from([2, 7, Decimal("0.5")]))
def test_points_of_another_unit_give_scores_in_that_unit(case: Case, factor: Decimal) -> None:
    of, [unit, *_] = case
    plain = without_keys(of, "rounding")

    def stretched(table: Any) -> Any:
        if isinstance(table, Mapping):
            return {code: points * factor for code, points in table.items()}
        return [[low, points * factor] for low, points in table]

    parts = {
        part: {k: stretched(v) for k, v in plain.scoring.get(part, {}).items()}
        for part in ("points", "question_points")
    }
    longer = values(plain.with_scoring(**parts), unit)

    assert longer == {m: v if v is None else v * Fraction(factor) for m, v in values(plain, unit).items()}


@settings(max_examples=40)
@given(drafts_and_returns(), st.sampled_from([2, 10, Decimal("0.5")]))
def test_weights_of_another_unit_change_no_score(case: Case, factor: Decimal) -> None:
    of, [unit, *_] = case
    weights = of.scoring["weights"]
    counted = [question["id"] for question in of.content["questions"] if "measure" in question]
    measures = [measure["id"] for measure in every_measure(of.content["measures"])]
    # A seventh decimal is refused, so the finest weight of the strategy is doubled first.
    heavier = {
        "questions": {one: weights["questions"].get(one, 1) * 2 * factor for one in counted},
        "measures": {one: weights["measures"].get(one, 1) * 2 * factor for one in measures},
    }

    assert all_scores(scored(of.with_scoring(weights=heavier), unit)) == all_scores(scored(of, unit))


@pytest.mark.parametrize(("gather_rows", "tree_rows"), [(1, 1), (2, 3), (3, 2)])
def test_how_the_work_is_tiled_changes_no_bit(gather_rows: int, tree_rows: int) -> None:
    @settings(max_examples=20)
    @given(drafts_and_returns())
    def check_tiling(case: Case) -> None:
        of, units = case
        framework = of.framework
        table, plan = answer_table(framework, units * 2), compile_plan(framework)
        whole = score_answers(table, plan)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gather, "GATHER_ROWS", gather_rows)
            patch.setattr(kernel, "TREE_ROWS", tree_rows)
            assert same_scores(score_answers(table, plan), whole)

    check_tiling()


@settings(max_examples=40)
@given(drafts_and_returns())
def test_whole_numbers_of_any_size_give_the_same_scores_as_machine_words(case: Case) -> None:
    of, units = case
    framework = of.framework
    table, plan = answer_table(framework, units), compile_plan(framework)
    assume(not plan.is_wide)

    narrow, wide = score_answers(table, plan), score_answers(table, replace(plan, bits=WORD_BITS + 1))

    assert wide.numerators.dtype == object
    assert same_scores(narrow, wide)
    assert np.array_equal(narrow.scores, wide.scores, equal_nan=True)


@settings(max_examples=60)
@given(drafts_and_returns(ADDED))
def test_a_score_lies_between_the_least_and_the_most_that_an_answer_is_worth(case: Case) -> None:
    of, units = case
    plain = without_keys(of, "rounding")
    tables = [*of.scoring["points"].values(), *of.scoring.get("question_points", {}).values()]
    rows = [row for table in tables for row in (table.items() if isinstance(table, Mapping) else table)]
    most = max(Fraction(points) for _, points in rows) if of.scoring["kind"] in {"points", "indicator"} else 100

    for unit in units:
        assert all(value is None or 0 <= value <= most for value in values(plain, unit).values())


@settings(max_examples=30)
@given(drafts_and_returns(["level-gate", "stage-gate", "status"]))
def test_a_ladder_ends_at_one_of_its_steps(case: Case) -> None:
    of, units = case
    plain, ladder = without_keys(of, "rounding"), of.scoring["ladder"]
    rungs = {Fraction(ladder["base"]["value"]), *(Fraction(step["value"]) for step in ladder["steps"])}
    climbing = [one["id"] for one in every_measure(of.content["measures"]) if "measures" not in one]

    for unit in units:
        assert {values(plain, unit)[measure] for measure in climbing} <= {None, *rungs}


@settings(max_examples=40)
@given(drafts_and_returns())
def test_what_was_asked_is_answered_or_missing_in_one_way(case: Case) -> None:
    of, units = case
    table = scored(of, *units)
    counted = len([question for question in of.content["questions"] if "measure" in question])
    roots = [measure["id"] for measure in of.content["measures"]]

    for row in range(len(units)):
        scores = [table.score(row, root) for root in roots]
        parts = [one.answered + one.dont_know + one.not_applicable + one.not_answered + one.not_shown for one in scores]
        assert sum(parts) == counted
        assert all(one.not_answered >= 0 for one in scores)


@given(st.lists(st.sampled_from(["no", "partly", "yes"]), min_size=1, max_size=4))
def test_half_a_point_goes_up_in_every_section(answers: list[str]) -> None:
    # In halves of a point: a mean of exactly 1/2 must come out as 1, anything below as 0.
    names = [f"q{at}" for at in range(len(answers))]
    halves = draft(names, rules={"leaf": {"rounding": {"mode": "half_up", "digits": 0}}}).with_scoring(
        points={"answer": {"no": 0, "partly": Decimal("0.5"), "yes": 1}}
    )
    mean = Fraction(sum({"no": 0, "partly": 1, "yes": 2}[answer] for answer in answers), 2 * len(answers))

    rounded = scored(halves, dict(zip(names, answers, strict=True))).score(0, "all").value

    assert rounded == (1 if mean >= Fraction(1, 2) else 0)
