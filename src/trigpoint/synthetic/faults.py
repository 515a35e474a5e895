# SPDX-License-Identifier: MIT
"""Faults planted in made-up files, of the kinds met in the published ones, so that taking them in has work to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Published, Question
from trigpoint.organisations import Register
from trigpoint.synthetic.published import Rows, build_published_rows, item_points, spelling
from trigpoint.synthetic.rounds import SyntheticRounds
from trigpoint.synthetic.shape import FileLayout, Shape

# As in the published rounds: one disagreement in the first, most in the second.
CONTRADICTIONS = (1, 5)
# How a spreadsheet program stored an answer that it took for a date: the day's number. It stands in the 2017 file.
DATE_NUMBER = "43593"
# A code with this behind it is no code; it continues the code of the return before it.
SECOND_RETURN = "-2"

_Cells = list[list[str]]


class Fault(Enum):
    """What is wrong."""

    CONTRADICTION = "answer and item score disagree"
    DATE = "an answer became a date"
    SECOND_RETURN = "a second return"
    CLOSED_CODE = "a code that was closed"


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """One fault. line: of the file, from 1. column: from 1, where one cell is wrong; None where a return is."""

    fault: Fault
    line: int
    organisation: str
    question: str | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A made-up published file: its rows, heading first, and the faults planted in it."""

    round: str
    rows: Rows
    faults: tuple[PlantedFault, ...] = ()


def publish_rounds(
    rng: np.random.Generator,
    rounds: SyntheticRounds,
    shape: Shape,
    frameworks: tuple[Framework, Framework],
    *,
    with_faults: bool = False,
) -> tuple[PublishedFile, PublishedFile]:
    """Return the files of both rounds as rows of text, laid out as the published ones.

    with_faults: plant contradictions in both, a second return in the first, a date and a closed code in the second.
    Item scores stay right, so whoever believes the score reads the answers that were made.
    """
    tables = (rounds.first, rounds.second)
    files = [
        PublishedFile(table.round, build_published_rows(table, framework, layout))
        for table, framework, layout in zip(tables, frameworks, shape.layouts, strict=True)
    ]
    if not with_faults:
        return files[0], files[1]
    first, second = (
        _Planter(rng, framework, layout, [list(row) for row in file.rows], [])
        for file, framework, layout in zip(files, frameworks, shape.layouts, strict=True)
    )
    first.plant_contradictions(CONTRADICTIONS[0])
    first.plant_second_return()
    second.plant_contradictions(CONTRADICTIONS[1])
    second.plant_date()
    second.plant_closed_code(rounds.register)
    return first.file(files[0].round), second.file(files[1].round)


@dataclass(frozen=True, slots=True)
class _Planter:
    """One file while faults are put in. Each row gets one fault at most, so that each can be told from the others."""

    rng: np.random.Generator
    framework: Framework
    layout: FileLayout
    cells: _Cells
    faults: list[PlantedFault]

    def file(self, round_id: str) -> PublishedFile:
        faults = tuple(sorted(self.faults, key=lambda one: one.line))
        return PublishedFile(round_id, tuple(tuple(row) for row in self.cells), faults)

    def plant_contradictions(self, count: int) -> None:
        """Change the text of some answers to the next one of the scale, and leave their scores."""
        for row in self._pick_rows(count):
            question, published = self._pick_answer(row)
            cells = self.cells[row]
            cells[published.answer_column] = self._other_text(question, cells[published.answer_column])
            self._note(Fault.CONTRADICTION, row, question, published)

    def plant_date(self) -> None:
        """Put a day's number in place of an answer."""
        (row,) = self._pick_rows(1)
        question, published = self._pick_answer(row)
        self.cells[row][published.answer_column] = DATE_NUMBER
        self._note(Fault.DATE, row, question, published)

    def plant_second_return(self) -> None:
        """Add a return under a code that continues the code of another; one answer differs."""
        (row,) = self._pick_rows(1)
        again = list(self.cells[row])
        again[self.layout.organisation] += SECOND_RETURN
        question, published = self._pick_answer(row)
        text = self._other_text(question, again[published.answer_column])
        again[published.answer_column] = text
        assert published.score_column is not None, "only answers with a score are picked"
        again[published.score_column] = item_points(self.framework, question, self._codes(question)[text])
        self.cells.append(again)
        self._note(Fault.SECOND_RETURN, len(self.cells) - 1)

    def plant_closed_code(self, register: Register) -> None:
        """Give one return the code of the provider that it took over. Nothing is planted where nobody was."""
        codes = {row[self.layout.organisation]: at for at, row in enumerate(self.cells) if at}
        faulty = {one.line - 1 for one in self.faults}
        taken_over = [
            step for step in register.successions if step.successor in codes and codes[step.successor] not in faulty
        ]
        for step in taken_over[:1]:
            row = codes[step.successor]
            self.cells[row][self.layout.organisation] = step.predecessor
            self._note(Fault.CLOSED_CODE, row)

    def _pick_rows(self, count: int) -> list[int]:
        faulty = {one.line - 1 for one in self.faults}
        free = [row for row in range(1, len(self.cells)) if row not in faulty and any(self._answers(row))]
        return sorted(free[at] for at in self.rng.permutation(len(free))[:count])

    def _pick_answer(self, row: int) -> tuple[Question, Published]:
        answers = list(self._answers(row))
        return answers[int(self.rng.integers(len(answers)))]

    def _answers(self, row: int) -> Iterator[tuple[Question, Published]]:
        """The scored answers of a row whose score says which answer it was."""
        for question in self.framework.scored_questions:
            published = question.published
            if published is None or published.score_column is None:
                continue
            if self.cells[row][published.answer_column] in self._codes(question):
                yield question, published

    def _codes(self, question: Question) -> Mapping[str, str]:
        scale = self.framework.scales[question.scale]
        return {spelling(one): one.code for one in scale.answers}

    def _other_text(self, question: Question, text: str) -> str:
        texts = list(self._codes(question))
        at = texts.index(text)
        return texts[at + 1] if at + 1 < len(texts) else texts[at - 1]

    def _note(
        self, fault: Fault, row: int, question: Question | None = None, published: Published | None = None
    ) -> None:
        self.faults.append(
            PlantedFault(
                fault,
                row + 1,
                self.cells[row][self.layout.organisation],
                None if question is None else question.id,
                None if published is None else published.answer_column + 1,
            )
        )
