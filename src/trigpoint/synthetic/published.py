# SPDX-License-Identifier: MIT
"""Answers → the rows of a published file, laid out as the real ones, so that a made-up round is taken in like them.

The heading of a question is our own wording, which the readers know beside the hash of the original's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import AnswerOption, Published, Question
from trigpoint.frameworks.points import points_table
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing
from trigpoint.synthetic.shape import FileLayout

Rows = tuple[tuple[str, ...], ...]

# The words of the published files. What was not answered or not shown is blank in both rounds.
MISSING_TEXT: Mapping[int, str] = MappingProxyType(
    {
        CODE_OF[Missing.DONT_KNOW]: "Don't Know",
        CODE_OF[Missing.NOT_APPLICABLE]: "N/A",
        CODE_OF[Missing.NOT_ANSWERED]: "",
        CODE_OF[Missing.NOT_SHOWN]: "",
    }
)


def build_published_rows(answers: AnswerTable, framework: Framework, layout: FileLayout) -> Rows:
    """Return the rows of a published file, heading first: answers, item scores and the scores the layout has.

    Item scores and section scores are what the framework's own rules give. Questions without a place in the published
    file are left out. Raises FrameworkMismatch when the answers are of another framework.
    """
    scores = score_answers(answers, compile_plan(framework))
    columns: dict[int, Sequence[str]] = {
        layout.name: [unit.name for unit in answers.units],
        layout.organisation: [unit.organisation for unit in answers.units],
        **dict(_measure_columns(scores, layout)),
    }
    if layout.care_setting is not None:
        columns[layout.care_setting] = [unit.care_setting for unit in answers.units]
    for question, published in _placed(framework):
        columns[published.answer_column] = _texts(answers, framework, question)
        if published.score_column is not None:
            columns[published.score_column] = _item_scores(answers, framework, question, layout)
    for column, (question_id, label) in layout.labels.items():
        ticked = answers.codes[:, answers.questions.index(question_id)] < LOWEST_MISSING_CODE
        columns[column] = [label if is_ticked else "" for is_ticked in ticked]
    blank = [""] * len(answers.units)
    return (_heading(framework, layout), *zip(*(columns.get(at, blank) for at in range(layout.width)), strict=True))


def item_points(framework: Framework, question: Question, answer: str) -> str:
    """Return the points of an answer as a published file prints them."""
    table = points_table(framework.scoring, question.id, question.scale)
    assert isinstance(table, Mapping), "a question with an item score beside it has answers, not numbers"
    return str(table[answer])


def spelling(option: AnswerOption) -> str:
    """Return the answer as a published file spells it."""
    return option.published[0] if option.published else option.label


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


def _measure_columns(scores: ScoreTable, layout: FileLayout) -> Iterator[tuple[int, list[str]]]:
    for column, (_, measure) in layout.measures.items():
        values = (scores.score(unit, measure).value for unit in range(len(scores.units)))
        yield column, ["" if value is None else str(value) for value in values]


def _texts(answers: AnswerTable, framework: Framework, question: Question) -> list[str]:
    codes = answers.codes[:, answers.questions.index(question.id)].tolist()
    if question.id in answers.numbers:
        numbers = answers.numbers[question.id].tolist()
        return [
            MISSING_TEXT.get(code, f"{number:.0f}")  # all numbers made are whole
            for code, number in zip(codes, numbers, strict=True)
        ]
    options = framework.scales[question.scale].answers
    texts = {**dict(enumerate(map(spelling, options))), **MISSING_TEXT}
    return [texts[code] for code in codes]


def _item_scores(answers: AnswerTable, framework: Framework, question: Question, layout: FileLayout) -> list[str]:
    scale = framework.scales[question.scale]
    scores = {at: item_points(framework, question, code) for at, code in enumerate(scale.codes)}
    scores |= dict.fromkeys(MISSING_TEXT, "")
    scores[CODE_OF[Missing.NOT_APPLICABLE]] = layout.unscored
    if framework.scoring.missing.dont_know == "zero":
        scores[CODE_OF[Missing.DONT_KNOW]] = "0"
    return [scores[code] for code in answers.codes[:, answers.questions.index(question.id)].tolist()]
