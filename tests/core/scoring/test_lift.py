# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frameworks import LEAVE_OUT, Draft, Return, answer_table, draft, number_scale
from tests.support.strategies import drafts_and_returns
from trigpoint.frameworks import Framework
from trigpoint.scoring import Score, compile_plan, score_answers
from trigpoint.scoring.explain import answer_in_words
from trigpoint.scoring.lift import Lift, find_lift
from trigpoint.scoring.rules import with_rules_of
from trigpoint.submissions import AnswerTable, Missing
from trigpoint.submissions.answers import Answer, code_of

HIGH = {"id": "high", "title": "High", "from": 70}
BANDS: dict[str, Any] = {
    "band_on": "rounded",
    "bands": [
        {"id": "low", "title": "Low", "from": 0},
        {"id": "medium", "title": "Medium", "from": 40},
        HIGH,
    ],
}


def lift(made: Draft, answers: dict[str, Any], measure: str = "all") -> Lift:
    framework = made.framework
    return find_lift(framework, answer_table(framework, [answers]), 0, measure)


def worth(score: Score | None) -> tuple[Any, Any]:
    return (None, None) if score is None else (score.value, score.band)


def steps(found: Lift) -> dict[str, tuple[str, str]]:
    return {step.question: (step.now, step.then) for step in found.steps}


def test_one_answer_that_is_enough_is_raised_no_further_than_needed() -> None:
    found = lift(draft(("q1", "q2"), bands=BANDS), {"q1": "partly", "q2": "no"})

    # (50 + 0) / 2 = 25 is low; (50 + 50) / 2 = 50 is medium
    assert worth(found.now) == (25, "low")
    assert steps(found) == {"q2": ("no", "partly")}
    assert worth(found.then) == (50, "medium")
    assert found.steps[0].title == "q2"


def test_the_next_band_is_the_aim_and_not_the_highest() -> None:
    found = lift(draft(("q1", "q2", "q3"), bands=BANDS), {"q1": "no", "q2": "no", "q3": "no"})

    # 100 / 3 = 33 is still low; (100 + 50) / 3 = 50 is medium
    assert sorted(steps(found).values()) == [("no", "partly"), ("no", "yes")]


def test_heavier_questions_come_first() -> None:
    made = draft(("q1", "q2", "q3"), bands=BANDS, weights={"questions": {"q3": 5}})

    found = lift(made, {"q1": "no", "q2": "no", "q3": "no"})

    # 5 x 100 / 7 = 71 would be high, 5 x 50 / 7 = 36 is low still: only "yes" skips to another band
    assert steps(found) == {"q3": ("no", "yes")}


def test_in_the_highest_band_there_is_nothing_to_lift() -> None:
    found = lift(draft(bands=BANDS), {"q1": "yes", "q2": "yes", "q3": "partly"})

    assert (found.now.band, found.then, found.steps) == ("high", None, ())


def test_without_bands_or_ladder_there_is_nothing_to_lift_to() -> None:
    assert lift(draft(), {"q1": "no"}) == Lift("all", lift(draft(), {"q1": "no"}).now, None, ())


def test_when_even_the_best_answers_fall_short_there_is_no_way() -> None:
    made = draft(("q1", "q2"), bands=BANDS, missing={**LEAVE_OUT, "not_applicable": "zero"})

    found = lift(made, {"q1": "no", "q2": "not_applicable"})

    # at best (100 + 0) / 2 = 50: medium, which is reached; from there high is out of reach
    assert found.then is not None
    assert found.then.band == "medium"
    assert lift(made, {"q1": "yes", "q2": "not_applicable"}).then is None


def test_questions_that_are_not_shown_or_do_not_apply_are_left_alone() -> None:
    made = draft(("q1", "q2"), bands=BANDS)
    made.content["questions"][1]["shown_when"] = {"question": "q1", "answers": ["yes"]}

    found = lift(made, {"q1": "no"})

    assert steps(found) == {"q1": ("no", "partly")}
    assert lift(draft(("q1", "q2"), bands=BANDS), {"q1": "no", "q2": "not_applicable"}).steps[0].question == "q1"


def test_answering_what_was_left_open_may_lift() -> None:
    found = lift(draft(("q1", "q2"), bands=BANDS), {"q1": "partly", "q2": "dont_know"})

    # 50 is medium; (50 + 100) / 2 = 75 is high
    assert steps(found) in ({"q2": ("don't know", "yes")}, {"q1": ("partly", "yes")})


def test_a_score_that_needs_several_answers_more_is_found() -> None:
    made = draft(("q1", "q2", "q3", "q4"), bands=BANDS, rules={"leaf": {"minimum_answered": Decimal("0.75")}})

    found = lift(made, {"q1": "no"})

    # No single answer makes a score: three of four must be given, and the least of them is enough to have a band.
    assert found.now.value is None
    assert len(found.steps) == 2
    assert {then for _, then in steps(found).values()} == {"no"}
    assert found.then is not None
    assert found.then.band == "low"


def test_a_parent_that_needs_every_measure_is_found_though_no_single_answer_helps() -> None:
    made = draft(
        {"top": {"one": ["q1"], "two": ["q2"], "three": ["q3"]}},
        bands=BANDS,
        rules={"node": {"empty_measures": "no_score"}},
    )

    found = lift(made, {"q1": "yes"}, "top")

    assert steps(found) == {"q2": ("not answered", "no"), "q3": ("not answered", "no")}
    assert found.then is not None
    # (100 + 0 + 0) / 3
    assert worth(found.then) == (Fraction(100, 3), "low")


def test_an_answer_that_can_only_harm_is_taken_back_from_a_jump_to_the_best() -> None:
    made = draft(
        {"top": {"one": ["q1", "q2"], "two": ["q3", "q4", "q5"]}},
        bands={"band_on": "raw", "bands": [{"id": "low", "title": "Low", "from": 0}, {**HIGH, "from": 75}]},
        question_points={"q1": {"no": 0, "partly": 0, "yes": 50}, "q2": {"no": 0, "partly": 0, "yes": 10}},
        rules={"leaf": {"minimum_answered": Decimal("0.5")}},
    )

    found = lift(made, {"q1": "yes"}, "top")

    # Now 50 by measure one alone. One answer more makes no score of two, and q2 can only lower one: all at their best
    # give ((50 + 10) / 2 + 100) / 2 = 65, and without q2 (50 + 100) / 2 = 75.
    assert found.now.value == 50
    assert len(found.steps) == 2
    assert set(steps(found)) < {"q3", "q4", "q5"}
    assert worth(found.then) == (75, "high")


def test_a_jump_that_taking_back_does_not_help_is_no_way() -> None:
    made = draft(("q1", "q2"), bands=BANDS, missing={**LEAVE_OUT, "not_applicable": "no_score"})

    assert lift(made, {"q1": "not_applicable"}).then is None


def with_number(points: list[list[Any]], **limits: Any) -> Draft:
    made = draft(("q1",), bands=BANDS)
    made.content["questions"][0]["scale"] = "number"
    return made.with_content(scales=[number_scale("number", **limits)]).with_scoring(points={"number": points})


def test_a_number_is_raised_to_the_least_that_does() -> None:
    made = with_number([[0, 0], [Decimal("2.5"), 20], [10, 45], [20, 100]], whole=True)

    assert steps(lift(made, {"q1": 3})) == {"q1": ("3", "10")}
    assert steps(lift(made, {"q1": 12})) == {"q1": ("12", "20")}
    assert lift(made, {"q1": 25}).then is None


def test_a_number_is_one_that_the_scale_allows() -> None:
    made = with_number([[0, 0], [Decimal("2.5"), 50], [4, 100]], minimum=1, maximum=4, whole=True)

    assert steps(lift(made, {"q1": 1})) == {"q1": ("1", "3")}


def ladder(**more: Any) -> Draft:
    steps = [
        {"value": 2, "id": "two", "title": "Two"},
        {"value": 3, "id": "three", "title": "Three", "share_needed": Decimal("0.5")},
    ]
    rungs = {"base": {"value": 1, "id": "one", "title": "One"}, "steps": steps}
    rungs["step_of"] = {"q1": "two", "q2": "two", "q3": "three", "q4": "three"}
    return draft(("q1", "q2", "q3", "q4"), kind="level-gate", ladder=rungs, **more)


def test_on_a_ladder_everything_unmet_on_the_next_step_is_needed() -> None:
    found = lift(ladder(), dict.fromkeys(("q1", "q2", "q3", "q4"), "no"))

    assert steps(found) == {"q1": ("no", "yes"), "q2": ("no", "yes")}
    assert found.then is not None
    assert found.then.value == 2


def test_on_a_ladder_a_share_of_the_step_is_enough() -> None:
    found = lift(ladder(), {"q1": "yes", "q2": "yes", "q3": "no", "q4": "no"})

    assert len(found.steps) == 1
    assert found.then is not None
    assert found.then.value == 3


def test_at_the_top_of_a_ladder_there_is_nothing_to_lift() -> None:
    assert lift(ladder(), dict.fromkeys(("q1", "q2", "q3", "q4"), "yes")).then is None


def test_a_ladder_without_a_score_is_lifted_by_having_one() -> None:
    found = lift(ladder(), {})

    assert found.now.value is None
    assert found.then is not None
    assert found.then.value is not None


def test_the_lift_follows_another_versions_rules() -> None:
    own = draft(("q1", "q2"), bands=BANDS)
    strict = {**BANDS, "bands": [*BANDS["bands"][:1], {**HIGH, "from": 90}]}
    other = own.with_content(version="2").with_scoring(bands=strict).framework
    answers = answer_table(own.framework, [{"q1": "yes", "q2": "no"}])

    found = find_lift(with_rules_of(own.framework, other), answers, 0, "all")

    assert worth(found.now) == (50, "low")
    assert steps(found) == {"q2": ("no", "yes")}


def test_an_unknown_measure_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        lift(draft(), {}, "nothing")


# Any framework, any answers: what the lift says is scored again here, by the kernel alone.


def changed(framework: Framework, answers: AnswerTable, changes: dict[str, Answer]) -> AnswerTable:
    table = answers.only(np.array([0]))
    for question, answer in changes.items():
        codes = framework.scale_of(question).codes
        table.codes[0, table.questions.index(question)] = code_of(answer, codes)
        if isinstance(answer, float):
            table.numbers[question][0] = answer
    return table


def as_answer(framework: Framework, question: str, words: str) -> Answer:
    """The answer that a step's words stand for."""
    scale = framework.scale_of(question)
    return next((one.code for one in scale.answers if one.label == words), None) or float(words)


def is_above(framework: Framework, now: Score, then: Score) -> bool:
    bands = framework.scoring.bands
    if bands is None:
        return then.value is not None and (now.value is None or then.value > now.value)
    order = [None, *(band.id for band in bands.bands)]
    return order.index(then.band) > order.index(now.band)


def check_lift(framework: Framework, answers: AnswerTable, measure: str) -> Lift:
    """The answers of a lift reach the next band, and without any one of them it is not reached."""
    plan = compile_plan(framework)
    found = find_lift(framework, answers, 0, measure)
    changes = {step.question: as_answer(framework, step.question, step.then) for step in found.steps}

    def score(some: dict[str, Answer]) -> Score:
        return score_answers(changed(framework, answers, some), plan).score(0, measure)

    assert score({}) == found.now
    assert (found.then is None) == (not found.steps)
    if found.then is not None:
        assert score(changes) == found.then
        assert is_above(framework, found.now, found.then)
        for question in changes:
            fewer = {name: answer for name, answer in changes.items() if name != question}
            assert not is_above(framework, found.now, score(fewer))
        for step in found.steps:
            asked = framework.questions[step.question]
            assert step.now == answer_in_words(framework, asked, answers.answer(0, step.question, framework))
    return found


@settings(max_examples=40)
@given(drafts_and_returns())
def test_every_lift_reaches_the_next_band_and_needs_each_of_its_answers(made: tuple[Draft, list[Return]]) -> None:
    framework = made[0].framework
    answers = answer_table(framework, made[1][:1])

    for measure in framework.measures:
        check_lift(framework, answers, measure)


@given(
    answers=st.lists(st.sampled_from(["no", "partly", "yes", "dont_know", "not_applicable"]), min_size=3, max_size=3),
    policy=st.sampled_from(["leave_out", "zero", "no_score"]),
    least=st.sampled_from(["0", "0.7"]),
)
def test_when_no_way_is_found_no_answers_at_all_would_do(answers: list[str], policy: str, least: str) -> None:
    missing = {**LEAVE_OUT, "dont_know": policy, "not_applicable": policy}
    made = draft(bands=BANDS, missing=missing, rules={"leaf": {"minimum_answered": Decimal(least)}})
    framework = made.framework
    table = answer_table(framework, [dict(zip(("q1", "q2", "q3"), answers, strict=True))])

    found = check_lift(framework, table, "all")

    free = [q for q in framework.questions if table.answer(0, q, framework) is not Missing.NOT_APPLICABLE]
    options = [dict(zip(free, some, strict=True)) for some in product(("no", "partly", "yes"), repeat=len(free))]
    returns = [{**dict(zip(("q1", "q2", "q3"), answers, strict=True)), **option} for option in options]
    tried = score_answers(answer_table(framework, returns), compile_plan(framework))
    reached = any(is_above(framework, found.now, tried.score(row, "all")) for row in range(len(returns)))
    assert reached == (found.then is not None)
