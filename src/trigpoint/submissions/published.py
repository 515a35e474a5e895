# SPDX-License-Identifier: MIT
"""The published files of a national round → an answer table, with a line for everything that was not plain.

A published file has one row a return, names questions by their wording, and prints the item score beside the answer.
Its columns are found by the hash of the wording that the framework keeps, wherever they stand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Question
from trigpoint.frameworks.suggest import repeated
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.cells import CellReader, CellReading
from trigpoint.submissions.intake_report import IntakeLine, Reading
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.returns import Return, build_table, check_returns

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class PublishedLayout:
    """What a published file calls the columns that are not questions.

    care_setting: the column that says which part of the organisation a return is for; None when there is none.
    setting_flags: care setting → id of the unscored question that says whether the organisation gives that care.
    ignored: columns that hold published results, not answers.
    """

    name: str = "organisation_name"
    organisation: str = "organisation_id"
    care_setting: str | None = None
    setting_flags: Mapping[str, str] | None = None
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Intake:
    """Answers taken in: the table, and a line for everything in the file that was not plain."""

    answers: AnswerTable
    report: tuple[IntakeLine, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    question: Question
    answer: int
    score: int | None
    reader: CellReader


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file, and whose return it is."""

    file: str
    line: int
    row: Row
    organisation: str
    care_setting: str

    def cells(self, column: _Column) -> tuple[str, str | None]:
        return self.row[column.answer], None if column.score is None else self.row[column.score]

    def problem(self, column: _Column, cell: CellReading) -> Problem:
        message = f"{self.organisation}: {cell.message}. Correct the cell, or add the answer to the scale."
        return Problem(self.file, self.line, column.answer + 1, message)

    def report_line(self, column: _Column, cell: CellReading) -> IntakeLine:
        assert cell.finding is not None, "only a finding makes a line"
        text, score = self.cells(column)
        taken = cell.answer.value if isinstance(cell.answer, Missing) else str(cell.answer)
        return IntakeLine(
            cell.finding,
            self.line,
            self.organisation,
            self.care_setting,
            message=f"{cell.message}; taken as {taken}",
            question=column.question.id,
            column=column.answer + 1,
            text=text,
            score=score,
            taken=taken,
        )


def wording_hash(text: str) -> str:
    """Return the SHA-256 in hex of a question's wording: white space run together, stripped, in lower case."""
    return hashlib.sha256(re.sub(r"\s+", " ", text).strip().lower().encode()).hexdigest()


def take_in(
    rows: Sequence[tuple[int, Row]],
    framework: Framework,
    layout: PublishedLayout,
    *,
    reading: Reading = Reading.SCORE,
    file: str = "answers",
) -> Intake:
    """Return the answers in the rows of a published file.

    rows: the heading first, each with its line in the file. reading: which cell is believed where answer text and item
    score disagree; either way every such cell is a line of the report.
    Raises AnswersProblems with every problem when columns or answers can't be understood or a return stands twice.
    """
    if not rows:
        raise AnswersProblems([Problem(file, None, None, "the file is empty: no heading and no returns.")])
    heading = [cell.strip() for cell in rows[0][1]]
    problems = [replace(one, line=rows[0][0]) for one in _heading_problems(heading, framework, layout, file)]
    problems += [problem for line, row in rows[1:] if (problem := _width_problem(line, row, heading, file))]
    if len(rows) == 1:
        problems.append(Problem(file, None, None, "the file has a heading and no returns."))
    if problems:
        raise AnswersProblems(problems)
    columns = _columns(heading, framework, reading)
    returns: list[Return] = []
    lines: list[IntakeLine] = []
    for line, row in rows[1:]:
        here = _Row(file, line, row, *_who(row, heading, layout))
        read = [(column, column.reader.read(*here.cells(column))) for column in columns]
        problems += [here.problem(column, cell) for column, cell in read if cell.answer is None]
        lines += [here.report_line(column, cell) for column, cell in read if cell.finding is not None]
        answers = {column.question.id: cell.answer for column, cell in read if cell.answer is not None}
        returns.append(_return(here, heading, layout, answers))
    problems += check_returns(returns, file=file)
    if problems:
        raise AnswersProblems(problems)
    table, read_off = build_table(framework, returns, markers=layout.setting_flags is None)
    return Intake(table, (*lines, *read_off))


def _who(row: Row, heading: Sequence[str], layout: PublishedLayout) -> tuple[str, str]:
    setting = row[heading.index(layout.care_setting)].strip() if layout.care_setting else ""
    return row[heading.index(layout.organisation)].strip(), setting or "General"


def _return(here: _Row, heading: Sequence[str], layout: PublishedLayout, answers: dict[str, Answer]) -> Return:
    flags = layout.setting_flags or {}
    given = tuple(setting for setting, flag in flags.items() if not isinstance(answers.get(flag), Missing | None))
    name = here.row[heading.index(layout.name)].strip()
    return Return(here.line, here.organisation, here.care_setting, name, given, answers)


def _width_problem(line: int, row: Row, heading: Sequence[str], file: str) -> Problem | None:
    if len(row) == len(heading):
        return None
    message = (
        f"{len(row)} cells where the heading has {len(heading)}: the row is cut short or has a stray comma or quote."
    )
    return Problem(file, line, None, message)


def _columns(heading: Sequence[str], framework: Framework, reading: Reading) -> tuple[_Column, ...]:
    return tuple(
        _Column(question, *_cells_of(question, at), CellReader(framework, question, reading))
        for question, at in _found(heading, framework)
    )


def _cells_of(question: Question, at: int) -> tuple[int, int | None]:
    """Where the answer and the item score of a question stand, when its wording stands in column `at`."""
    published = question.published
    assert published is not None, "only a published question is looked for"
    score = published.score_column
    return at + published.answer_column - published.column, None if score is None else at + score - published.column


def _found(heading: Sequence[str], framework: Framework) -> list[tuple[Question, int]]:
    found = _positions(heading, framework)
    return [(question, found[question.id]) for question in framework.content.questions if question.id in found]


def _positions(heading: Sequence[str], framework: Framework) -> dict[str, int]:
    """Where each question's heading stands: by the original wording's hash, or by our own wording."""
    published = [question for question in framework.content.questions if question.published is not None]
    by_hash = {question.published.text_sha256: question.id for question in published if question.published}
    by_text = {question.text: question.id for question in published}
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        question = by_text.get(cell) or by_hash.get(wording_hash(cell))
        if question is not None:
            found.setdefault(question, at)
    return found


def _heading_problems(
    heading: Sequence[str], framework: Framework, layout: PublishedLayout, file: str
) -> Iterator[Problem]:
    """What is wrong with the heading; which line that is, whoever asks knows."""
    for name in filter(None, (layout.name, layout.organisation, layout.care_setting)):
        if name not in heading:
            yield Problem(file, None, None, f"there is no column {name!r}. Is this a file of {framework.ref}?")
    found = _positions(heading, framework)
    absent = [q for q in framework.content.questions if q.published is not None and q.id not in found]
    yield from _moved_problems(heading, framework, file)
    if len(absent) > len(found):
        yield Problem(
            file, None, None, f"{len(absent)} questions of {framework.ref} have no column: another round's file?"
        )
    else:
        for question in absent:
            yield Problem(
                file, None, None, f"no column has the wording of the question {question.id!r}. Was it renamed?"
            )
    known = {layout.name, layout.organisation, layout.care_setting, *layout.ignored, ""}
    placed = set(found.values())
    twice = {at for at, _ in repeated(cell or str(at) for at, cell in enumerate(heading))}
    for at, cell in enumerate(heading):
        if at in twice:
            yield Problem(file, None, at + 1, f"the column {cell[:60]!r} stands twice. Keep one.")
        elif cell not in known and at not in placed and len(absent) <= len(found):
            message = f"the column {cell[:60]!r} is no question of {framework.ref}. Take it out, or add the question."
            yield Problem(file, None, at + 1, message)


def _moved_problems(heading: Sequence[str], framework: Framework, file: str) -> Iterator[Problem]:
    """Answers and item scores stand beside the wording in a column of their own without heading."""
    for question, at in _found(heading, framework):
        for beside in _cells_of(question, at):
            is_free = beside is None or beside == at or (0 <= beside < len(heading) and not heading[beside])
            if not is_free:
                message = f"beside the question {question.id!r} there is no column without a heading for its "
                message += "answers or item scores. Was a column taken out or moved?"
                yield Problem(file, None, at + 1, message)
