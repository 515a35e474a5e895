# SPDX-License-Identifier: MIT
"""Drawing the answers of a round: shares, routing, sections left open, ticks and numbers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.synthetic.made import generator, question_shape, small_framework, small_shape
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.questionnaire import shown_questions
from trigpoint.submissions.units import Unit
from trigpoint.synthetic.answers import RoundAnswers, draw_answers
from trigpoint.synthetic.latent import draw_normals
from trigpoint.synthetic.rounds import build_table
from trigpoint.synthetic.shape import RoundShape

MANY = 20_000
COLUMNS = {question: at for at, question in enumerate(small_framework().questions)}
CARE = [("acute",), ("community",), ("acute", "community")]


def draw(shape: RoundShape, *, units: int = MANY, seed: int = 1) -> RoundAnswers:
    rng = generator(seed)
    factors = draw_normals(rng, units, 2)
    return draw_answers(rng, small_framework(), shape, factors, [CARE[at % 3] for at in range(units)])


def column(drawn: RoundAnswers, question: str) -> np.ndarray:
    return drawn.codes[:, COLUMNS[question]]


def share(drawn: RoundAnswers, question: str, code: int | Missing) -> float:
    """The share of those who were shown the question."""
    codes = column(drawn, question)
    shown = codes != CODE_OF[Missing.NOT_SHOWN]
    wanted = CODE_OF[code] if isinstance(code, Missing) else code
    return float((codes[shown] == wanted).mean())


def as_table(drawn: RoundAnswers) -> AnswerTable:
    units = [Unit(f"U{at}", care_settings=CARE[at % 3]) for at in range(len(drawn.codes))]
    return build_table(small_framework(), drawn, units)


def test_answers_and_missing_states_have_the_shares_of_the_shape() -> None:
    drawn = draw(small_shape())

    assert [share(drawn, "plan", code) for code in (0, 1, 2, Missing.DONT_KNOW)] == pytest.approx(
        [0.2, 0.3, 0.3, 0.2], abs=0.015
    )
    assert [share(drawn, "wards", code) for code in (0, 1, 2)] == pytest.approx([0.1, 0.2, 0.4], abs=0.015)
    assert share(drawn, "wards", Missing.NOT_APPLICABLE) == pytest.approx(0.2, abs=0.015)
    assert share(drawn, "wards", Missing.NOT_ANSWERED) == pytest.approx(0.1, abs=0.015)


def test_an_answer_without_a_share_is_never_given() -> None:
    assert set(column(draw(small_shape()), "device_care")) == {1, CODE_OF[Missing.NOT_SHOWN]}


def test_a_question_that_everybody_leaves_open_has_no_answer() -> None:
    shape = small_shape()
    never = {**shape.questions, "plan": question_shape("plan", 1.0, not_answered=1.0)}

    drawn = draw(dataclasses.replace(shape, questions=never), units=300)

    assert set(column(drawn, "plan")) == {CODE_OF[Missing.NOT_ANSWERED]}
    assert set(column(drawn, "plan_kept")) == {CODE_OF[Missing.NOT_SHOWN]}


def test_only_units_of_a_care_setting_are_shown_its_questions() -> None:
    shown = column(draw(small_shape(), units=30), "wards") != CODE_OF[Missing.NOT_SHOWN]

    # acute, community, both, acute, community, both ...
    assert shown.tolist() == [True, False, True] * 10


def test_a_dont_know_may_open_a_follow_up() -> None:
    drawn = draw(small_shape(), units=2000)

    opened = np.isin(column(drawn, "plan"), [2, CODE_OF[Missing.DONT_KNOW]])
    assert opened.any()
    assert np.array_equal(opened, column(drawn, "plan_kept") != CODE_OF[Missing.NOT_SHOWN])


def test_a_number_opens_a_follow_up_from_its_limit_on() -> None:
    drawn = draw(small_shape(), units=2000)

    opened = drawn.numbers["devices"] >= 50
    assert np.isnan(drawn.numbers["devices"]).any()
    assert np.array_equal(opened, column(drawn, "device_care") != CODE_OF[Missing.NOT_SHOWN])


@given(st.integers(0, 2**32))
def test_who_is_shown_what_agrees_with_the_questionnaire_of_each_unit(seed: int) -> None:
    framework = small_framework()
    table = as_table(draw(small_shape(section_gap_share=0.2), units=12, seed=seed))

    for row, unit in enumerate(table.units):
        answers = {question: table.answer(row, question, framework) for question in framework.questions}
        hidden = {question for question, answer in answers.items() if answer is Missing.NOT_SHOWN}
        given = {question: answer for question, answer in answers.items() if question not in hidden}
        assert hidden == set(framework.questions) - set(shown_questions(framework, unit, given))


def test_boxes_are_ticked_by_those_who_give_the_care() -> None:
    ticked = column(draw(small_shape(), units=6), "gives_acute").tolist()

    open_box = CODE_OF[Missing.NOT_ANSWERED]
    assert ticked == [1, open_box, 1, 1, open_box, 1]


def test_numbers_are_whole_and_lie_in_their_classes_in_their_shares() -> None:
    drawn = draw(small_shape())

    numbers = drawn.numbers["devices"]
    given = numbers[~np.isnan(numbers)]
    assert np.array_equal(given, np.floor(given))
    assert (given.min(), given.max()) == (0, 100)
    assert np.mean(given < 50) == pytest.approx(0.5, abs=0.015)
    assert set(column(drawn, "devices")) == {0, CODE_OF[Missing.NOT_ANSWERED]}
    assert np.array_equal(np.isnan(numbers), column(drawn, "devices") == CODE_OF[Missing.NOT_ANSWERED])


def test_sections_are_left_open_as_a_whole_in_their_share() -> None:
    none, some = draw(small_shape()), draw(small_shape(section_gap_share=0.25))

    open_before = column(none, "plan") == CODE_OF[Missing.NOT_ANSWERED]
    open_after = column(some, "plan") == CODE_OF[Missing.NOT_ANSWERED]
    assert not open_before.any()
    assert open_after.mean() == pytest.approx(0.25, abs=0.015)
    wards = column(some, "wards")[open_after]
    assert set(wards) == {CODE_OF[Missing.NOT_ANSWERED], CODE_OF[Missing.NOT_SHOWN]}


def test_a_change_of_one_question_moves_no_other() -> None:
    shape = small_shape()
    changed = {**shape.questions, "wards": question_shape("wards", 1.0)}

    before, after = draw(shape, units=200), draw(dataclasses.replace(shape, questions=changed), units=200)

    moved = (before.codes != after.codes).any(axis=0)
    assert [question for question, at in COLUMNS.items() if moved[at]] == ["wards"]


def test_questions_of_a_section_go_together_as_far_as_they_load() -> None:
    def correlation(loading: float) -> float:
        drawn = draw(small_shape(loading=loading, tendency=0.0))
        both = (column(drawn, "plan") < 3) & (column(drawn, "wards") < 3)
        return float(np.corrcoef(column(drawn, "plan")[both], column(drawn, "wards")[both])[0, 1])

    # the underlying correlation is the loading squared; three coarse steps hide part of it
    assert correlation(0.0) == pytest.approx(0.0, abs=0.03)
    assert 0.8 * 0.81 < correlation(0.9) < 0.81


def test_some_units_leave_more_open_than_chance_when_there_is_a_tendency() -> None:
    def together(tendency: float) -> float:
        shape = small_shape(tendency=tendency)
        often = {"wards": question_shape("wards", 0.5, not_answered=0.5)}
        drawn = draw(dataclasses.replace(shape, questions={**shape.questions, **often}))
        asked = column(drawn, "wards") != CODE_OF[Missing.NOT_SHOWN]
        wards = column(drawn, "wards")[asked] == CODE_OF[Missing.NOT_ANSWERED]
        devices = column(drawn, "devices")[asked] == CODE_OF[Missing.NOT_ANSWERED]
        return float(np.corrcoef(wards, devices)[0, 1])

    assert together(0.0) == pytest.approx(0.0, abs=0.03)
    assert together(0.9) > 0.3
