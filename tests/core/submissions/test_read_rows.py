# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.questionnaires import BEDS, PLAN, STRATEGY, small_questionnaire
from trigpoint.frameworks.model import NumberRange
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire_rows import AnswerChoices, CurrentAnswer, build_parts
from trigpoint.submissions.read_rows import (
    AnswerRow,
    QuestionnaireAnswers,
    RowChange,
    describe_range,
    preview_changes,
    read_answer,
)

FORM = small_questionnaire()
ROWS = {row.place: row for part in build_parts(FORM) for row in part.rows}
CHOSEN, NUMBER, PLAIN = ROWS[STRATEGY].choices, ROWS[BEDS].choices, ROWS[BEDS._replace(question="remark")].choices


@pytest.mark.parametrize(
    ("choices", "cell", "answer"),
    [
        (CHOSEN, "yes", "yes"),
        (CHOSEN, "  YES ", "yes"),
        (CHOSEN, None, Missing.NOT_ANSWERED),
        (CHOSEN, "   ", Missing.NOT_ANSWERED),
        (CHOSEN, "not answered", Missing.NOT_ANSWERED),
        (CHOSEN, "don’t know", Missing.DONT_KNOW),
        (CHOSEN, "DON'T KNOW", Missing.DONT_KNOW),
        (CHOSEN, "n/a", Missing.NOT_APPLICABLE),
        (CHOSEN, "Not applicable", Missing.NOT_APPLICABLE),
        (NUMBER, 12.0, 12.0),
        (NUMBER, 0.0, 0.0),
        (NUMBER, " 900 ", 900.0),
        (NUMBER, "Not applicable", Missing.NOT_APPLICABLE),
        (PLAIN, None, Missing.NOT_ANSWERED),
    ],
)
def test_what_people_type_is_read(choices: AnswerChoices, cell: str | float | None, answer: Answer) -> None:
    assert read_answer(choices, cell).answer == answer


def test_an_answer_is_read_by_its_code_where_the_label_is_another() -> None:
    option = CHOSEN.scale.answers[2]
    scale = replace(CHOSEN.scale, answers=(*CHOSEN.scale.answers[:2], replace(option, label="Yes, all of it")))

    assert read_answer(replace(CHOSEN, scale=scale), "YES").answer == "yes"
    assert read_answer(replace(CHOSEN, scale=scale), "yes, all of it").answer == "yes"


@pytest.mark.parametrize(
    ("choices", "cell", "said"),
    [
        (CHOSEN, "Maybe", "'Maybe' is not an answer to this question; choose one of no, partly, yes, Don't know, "),
        (CHOSEN, 1.0, "'1' is not an answer to this question; choose one of no, "),
        (CHOSEN, "Not shown", "'Not shown' is not an answer to this question; "),
        (PLAIN, "Don't know", '"Don\'t know" is not an answer to this question; choose one of no, partly, yes.'),
        (
            NUMBER,
            901.0,
            "'901' is not an answer to this question; type a whole number from 0 to 900, or Don't know, or ",
        ),
        (NUMBER, 1.5, "'1.5' is not an answer to this question; type a whole number from 0 to 900, "),
        (NUMBER, "-1", "'-1' is not an answer"),
        (NUMBER, "1,000", "'1,000' is not an answer"),
        (NUMBER, "x" * 100, f"'{'x' * 60}…' is not an answer"),
        (NUMBER, float("inf"), "'inf' is not an answer"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_would_do(choices: AnswerChoices, cell: str | float, said: str) -> None:
    reading = read_answer(choices, cell)

    assert reading.answer is None
    assert reading.message.startswith(said)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (NumberRange(0), "a number of 0 or more"),
        (NumberRange(1, 5, whole=True), "a whole number from 1 to 5"),
        (NumberRange(0, 100, unit="per cent"), "a number from 0 to 100 (per cent)"),
    ],
)
def test_a_range_is_said_in_words(limits: NumberRange, said: str) -> None:
    assert describe_range(limits) == said


def row(answer: Answer, note: str = "", *, was: CurrentAnswer | None = None) -> AnswerRow:
    before = CurrentAnswer(0, Missing.NOT_ANSWERED) if was is None else was
    return AnswerRow(PLAN, None if was is None else was.version, answer, note, before.answer, before.note)


def changes(now: CurrentAnswer | None, *rows: AnswerRow) -> tuple[RowChange, ...]:
    read = QuestionnaireAnswers(FORM.framework.ref, FORM.framework.hash, "2026", "RXX", rows)
    return preview_changes({} if now is None else {PLAN: now}, read)


def test_a_file_that_says_what_stands_changes_nothing() -> None:
    was = CurrentAnswer(2, "yes", "why")

    assert changes(was, row("yes", "why", was=was)) == ()
    assert changes(None, row(Missing.NOT_ANSWERED)) == ()


def test_a_first_answer_comes_from_nothing() -> None:
    assert changes(None, row("yes", "why")) == (
        RowChange(PLAN, None, Missing.NOT_ANSWERED, "yes", "", "why", is_conflict=False),
    )


def test_a_changed_answer_and_a_changed_note_are_told_with_what_stood_there() -> None:
    was = CurrentAnswer(2, "no", "old")

    assert changes(was, row("yes", "old", was=was)) == (
        RowChange(PLAN, 2, "no", "yes", "old", "old", is_conflict=False),
    )
    assert changes(was, row("no", "new", was=was)) == (RowChange(PLAN, 2, "no", "no", "old", "new", is_conflict=False),)


def test_a_cleared_answer_becomes_not_answered_and_is_said_to_be() -> None:
    was = CurrentAnswer(2, "no", "old")

    (change,) = changes(was, row(Missing.NOT_ANSWERED, "old", was=was))

    assert (change.answer_to, change.is_cleared) == (Missing.NOT_ANSWERED, True)
    assert not changes(None, row("yes"))[0].is_cleared


def test_what_the_file_left_alone_stays_what_a_colleague_made_of_it() -> None:
    was, now = CurrentAnswer(2, "no", "old"), CurrentAnswer(3, "yes", "new")

    assert changes(now, row("no", "old", was=was)) == ()


def test_two_changes_of_one_answer_are_a_conflict() -> None:
    was, now = CurrentAnswer(2, "no"), CurrentAnswer(3, "yes")

    (change,) = changes(now, row("partly", was=was))

    assert (change.answer_from, change.answer_to, change.version, change.is_conflict) == ("yes", "partly", 3, True)
    assert changes(CurrentAnswer(1, "yes"), row("no"))[0].is_conflict


def test_two_people_who_made_the_same_change_do_not_disagree() -> None:
    was, now = CurrentAnswer(2, "no"), CurrentAnswer(3, "yes")

    assert changes(now, row("yes", was=was)) == ()


def test_an_answer_that_is_gone_since_the_download_is_a_conflict() -> None:
    (change,) = changes(None, row("partly", was=CurrentAnswer(2, "no")))

    assert (change.version, change.answer_from, change.is_conflict) == (None, Missing.NOT_ANSWERED, True)
