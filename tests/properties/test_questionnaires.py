# SPDX-License-Identifier: MIT
"""A questionnaire goes out as a spreadsheet and comes back with the same answers, for any framework and any answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.questionnaires import ACUTE, COMMUNITY, NOON, refilled, small_questionnaire
from tests.support.strategies import drafts
from trigpoint.errors import AnswersProblems, TooLarge
from trigpoint.frameworks import Framework
from trigpoint.io.content import list_frameworks, read_framework
from trigpoint.io.questionnaire_pdf import build_questionnaire_pdf
from trigpoint.io.questionnaire_upload import read_questionnaire_workbook
from trigpoint.io.questionnaire_workbook import build_questionnaire_workbook
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import AnswerChoices, CurrentAnswer, Questionnaire, build_parts
from trigpoint.submissions.read_rows import AnswerRow, preview_changes

# Everything that can be stored: PostgreSQL takes no zero, and half a surrogate is no character.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30) | st.sampled_from(
    ["=1+1", "'=1+1", "''@x", "-5 staff", "+44", "\t=1", "_x0041_", "a\r\nb", " b ", "#N/A", "TRUE", "12", "1e5", "\n"]
)
UNITS = st.sampled_from(
    [(ACUTE, COMMUNITY), (COMMUNITY,), (Unit("RXX"),), (Unit("RXX", "all", "", ("acute", "community")),)]
)


def answers_to(choices: AnswerChoices) -> st.SearchStrategy[Answer]:
    missing = st.sampled_from([Missing.NOT_ANSWERED, *choices.offered])
    limits = choices.scale.number
    if limits is None:
        return missing | st.sampled_from(choices.scale.codes)
    lowest = int(limits.minimum)
    highest = None if limits.maximum is None else int(limits.maximum)
    return missing | st.integers(lowest, highest if highest is not None else lowest + 10**12).map(float)


@st.composite
def questionnaires(draw: Any, frameworks: st.SearchStrategy[Framework]) -> Questionnaire:
    framework = draw(frameworks)
    form = Questionnaire(framework, "2026", draw(UNITS), "RXX", draw(TEXTS))
    answers, last = {}, {}
    for row in (row for part in build_parts(form) for row in part.rows):
        if draw(st.booleans()):
            answers[row.place] = CurrentAnswer(draw(st.integers(1, 10**9)), draw(answers_to(row.choices)), draw(TEXTS))
        if draw(st.booleans()):
            last[row.place] = draw(answers_to(row.choices))
    return Questionnaire(framework, "2026", form.units, "RXX", form.organisation_name, answers, last, NOON)


# Each example makes and reads a spreadsheet, of some 50 cells.
FEWER = settings(max_examples=40)
RANDOM = questionnaires(drafts().map(lambda made: made.framework))


def rows_of(raw: bytes, form: Questionnaire) -> Mapping[AnswerPlace, AnswerRow]:
    return {row.place: row for row in read_questionnaire_workbook(raw, form).rows}


def require_same_answers(raw: bytes, form: Questionnaire) -> None:
    """Fail unless every place comes back as it went out."""
    rows = rows_of(raw, form)
    assert list(rows) == [row.place for part in build_parts(form) for row in part.rows]
    for place, row in rows.items():
        current = form.answers.get(place)
        expected = (
            (None, Missing.NOT_ANSWERED, "") if current is None else (current.version, current.answer, current.note)
        )
        assert (row.version, row.answer, row.note) == expected


@FEWER
@given(RANDOM)
def test_what_goes_out_comes_back_and_changes_nothing(form: Questionnaire) -> None:
    raw = build_questionnaire_workbook(form)

    require_same_answers(raw, form)
    assert preview_changes(form.answers, read_questionnaire_workbook(raw, form)) == ()
    assert build_questionnaire_workbook(form) == raw


@FEWER
@given(RANDOM, st.booleans())
def test_what_another_program_saved_comes_back_the_same(form: Questionnaire, keep_properties: bool) -> None:
    raw = refilled(build_questionnaire_workbook(form), keep_properties=keep_properties)

    require_same_answers(raw, form)


@FEWER
@given(RANDOM, st.data())
def test_the_preview_is_exactly_what_differs(form: Questionnaire, draws: st.DataObject) -> None:
    filled = draws.draw(questionnaires(st.just(form.framework)).map(lambda other: other.answers))
    read = read_questionnaire_workbook(build_questionnaire_workbook(form), form)
    rows = [
        AnswerRow(row.place, row.version, filled[row.place].answer, filled[row.place].note, row.answer, row.note)
        if row.place in filled
        else row
        for row in read.rows
    ]
    typed = type(read)(read.ref, read.hash, read.round, read.organisation, tuple(rows))

    changes = {change.place: change for change in preview_changes(form.answers, typed)}

    nothing = CurrentAnswer(1, Missing.NOT_ANSWERED)
    for row in rows:
        now = form.answers.get(row.place, nothing)
        differs = (row.answer, row.note) != (now.answer, now.note)
        assert (row.place in changes) == differs
        if differs:
            change = changes[row.place]
            assert (change.answer_to, change.note_to, change.is_conflict) == (row.answer, row.note, False)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(draws: st.DataObject) -> None:
    form = small_questionnaire()
    raw = bytearray(build_questionnaire_workbook(form))
    for at in draws.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=4)):
        raw[at] = draws.draw(st.integers(0, 255))

    try:
        rows = rows_of(bytes(raw), form)
    except (AnswersProblems, TooLarge):
        return
    assert len(rows) == 6


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(RANDOM)
def test_every_questionnaire_can_be_printed(form: Questionnaire) -> None:
    assert build_questionnaire_pdf(form).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", [str(ref) for ref in list_frameworks()])
def test_every_shipped_framework_goes_out_and_comes_back(name: str) -> None:
    rng = np.random.default_rng(2026)
    framework = read_framework(name)
    settings_known = tuple(setting.id for setting in framework.content.care_settings)
    units = tuple(Unit("RXX", one, care_settings=(one,)) for one in settings_known) or (Unit("RXX"),)
    form = Questionnaire(framework, "2026", units, "RXX")
    answers = {
        row.place: CurrentAnswer(1, synthetic_answer(row.choices, rng), str(rng.choice(["", "=1+1", "seen"])))
        for part in build_parts(form)
        for row in part.rows
        if rng.random() < 0.8
    }
    answered = Questionnaire(framework, "2026", units, "RXX", answers=answers)

    require_same_answers(build_questionnaire_workbook(answered), answered)


def synthetic_answer(choices: AnswerChoices, rng: np.random.Generator) -> Answer:
    if rng.random() < 0.2:
        states = [Missing.NOT_ANSWERED, *choices.offered]
        return states[rng.integers(len(states))]
    limits = choices.scale.number
    if limits is None:
        return str(rng.choice(choices.scale.codes))
    return float(rng.integers(int(limits.minimum), 100 if limits.maximum is None else int(limits.maximum)))
