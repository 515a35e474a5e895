# SPDX-License-Identifier: MIT
"""Answers → the rows of a published file, laid out as the real ones, so that a made-up round is taken in like them.

The heading of a question is our own wording, which the readers know beside the hash of the original's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.frameworks.check_scoring import points_table
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Published, Question
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.missing import Missing
from trigpoint.synthetic.shape import FileLayout

Rows = tuple[tuple[str, ...], ...]

# The words of the published files. What was not answered or not shown is blank in both rounds.
MISSING_TEXT: Mapping[Missing, str] = {Missing.DONT_KNOW: "Don't Know", Missing.NOT_APPLICABLE: "N/A"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the cells of one row are written from."""

    answers: AnswerTable
    framework: Framework
    layout: FileLayout
    scores: ScoreTable


def build_published_rows(answers: AnswerTable, framework: Framework, layout: FileLayout) -> Rows:
    """Return the rows of a published file, heading first: answers, item scores and the scores the layout has.

    Item scores and section scores are what the framework's own rules give. Questions without a place in the published
    file are left out. Raises FrameworkMismatch when the answers are of another framework.
    """
    sheet = _Sheet(answers, framework, layout, score_answers(answers, compile_plan(framework)))
    return (_heading(framework, layout), *(_row(sheet, unit) for unit in range(len(answers.units))))


def _placed(framework: Framework) -> list[tuple[Question, Published]]:
    return [(one, one.published) for one in framework.content.questions if one.published is not None]


def _heading(framework: Framework, layout: FileLayout) -> tuple[str, ...]:
    cells = [""] * layout.width
    cells[layout.name] = "organisation_name"
    cells[layout.organisation] = "organisation_id"
    if layout.care_setting is not None:
        cells[layout.care_setting] = "care_setting"
    for column, (heading, _) in layout.measures.items():
        cells[column] = heading
    for question, published in _placed(framework):
        cells[published.column] = question.text
    return tuple(cells)


def _row(sheet: _Sheet, unit: int) -> tuple[str, ...]:
    cells = [""] * sheet.layout.width
    who = sheet.answers.units[unit]
    cells[sheet.layout.name] = who.name
    cells[sheet.layout.organisation] = who.organisation
    if sheet.layout.care_setting is not None:
        cells[sheet.layout.care_setting] = who.care_setting
    for column, (_, measure) in sheet.layout.measures.items():
        score = sheet.scores.score(unit, measure).value
        cells[column] = "" if score is None else f"{score}"
    for question, published in _placed(sheet.framework):
        answer = sheet.answers.answer(unit, question.id, sheet.framework)
        cells[published.answer_column] = answer_text(sheet.framework, question, answer)
        if published.score_column is not None:
            cells[published.score_column] = _item_score(sheet, question, answer)
    for column, (question_id, label) in sheet.layout.labels.items():
        is_ticked = not isinstance(sheet.answers.answer(unit, question_id, sheet.framework), Missing)
        cells[column] = label if is_ticked else ""
    return tuple(cells)


def answer_text(framework: Framework, question: Question, answer: Answer) -> str:
    """Return the answer as a published file spells it; blank for what was not answered or not shown."""
    if isinstance(answer, Missing):
        return MISSING_TEXT.get(answer, "")
    if isinstance(answer, float):
        return f"{answer:g}"
    option = next(one for one in framework.scales[question.scale].answers if one.code == answer)
    return option.published[0] if option.published else option.label


def _item_score(sheet: _Sheet, question: Question, answer: Answer) -> str:
    if answer in {Missing.NOT_ANSWERED, Missing.NOT_SHOWN}:
        return ""
    if answer is Missing.NOT_APPLICABLE:
        return sheet.layout.unscored
    if answer is Missing.DONT_KNOW:
        return "0" if sheet.framework.scoring.missing.dont_know == "zero" else ""
    return item_points(sheet.framework, question, str(answer))


def item_points(framework: Framework, question: Question, answer: str) -> str:
    """Return the points of an answer as a published file prints them."""
    table = points_table(framework.scoring, question.id, question.scale)
    assert isinstance(table, Mapping), "a question with an item score beside it has answers, not numbers"
    return str(table[answer])
