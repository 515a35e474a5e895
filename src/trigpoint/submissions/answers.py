# SPDX-License-Identifier: MIT
"""Answers of many units to many questions, as a table of small whole numbers with labels."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import Problem
from trigpoint.frameworks.check_examples import accepts
from trigpoint.frameworks.framework import Framework, FrameworkRef
from trigpoint.frameworks.model import NumberRange, Scale
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, MISSING_OF, Missing
from trigpoint.submissions.units import Unit

Answer = str | float | Missing


@dataclass(frozen=True)  # no slots: the hash is worked out once and kept
class AnswerTable:
    """Every answer of a round, one row a unit, one column a question.

    framework: what the answers were collected with; framework_hash says exactly which content.
    codes: shape (units, questions). Below LOWEST_MISSING_CODE the position of the answer in its scale, least first
        (0 for any number given to a number question); from there on a way of being missing: see `missing.CODE_OF`.
    numbers: question → shape (units,), the numbers given; nan where the answer is missing. Number questions only.
    """

    framework: FrameworkRef
    framework_hash: str
    round: str
    units: tuple[Unit, ...]
    questions: tuple[str, ...]
    codes: NDArray[np.uint8]
    numbers: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.codes.shape == (len(self.units), len(self.questions)), "one row a unit, one column a question"
        assert self.codes.dtype == np.uint8, "a code is one byte"

    def answer(self, unit: int, question: str, framework: Framework) -> Answer:
        """Return one answer: its code in the scale, its number, or the way in which it is missing."""
        code = int(self.codes[unit, self.questions.index(question)])
        if code in MISSING_OF:
            return MISSING_OF[code]
        if question in self.numbers:
            return float(self.numbers[question][unit])
        return framework.scale_of(question).codes[code]

    def only(self, rows: NDArray[np.bool_] | NDArray[np.intp] | slice) -> AnswerTable:
        """Return the table of the chosen units, in the order chosen."""
        positions = np.arange(len(self.units))[rows]
        return AnswerTable(
            framework=self.framework,
            framework_hash=self.framework_hash,
            round=self.round,
            units=tuple(self.units[at] for at in positions),
            questions=self.questions,
            codes=np.ascontiguousarray(self.codes[positions]),
            numbers={question: column[positions] for question, column in self.numbers.items()},
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 in hex of who answered what; the order of units and of questions does not change it."""
        names = (*sorted(self.questions), *sorted(self.numbers))
        answers = self._canonical_answers()
        # Two returns of one unit stand in the order of their answers, so that even they can be swapped.
        rows = sorted((_unit_text(unit), answers[row].tobytes()) for row, unit in enumerate(self.units))
        digest = hashlib.sha256()
        for part in (str(self.framework), self.framework_hash, self.round, *names):
            digest.update(part.encode() + b"\0")
        for unit, given in rows:
            digest.update(unit.encode("ascii") + b"\0" + given)
        return digest.hexdigest()

    def _canonical_answers(self) -> NDArray[np.uint8]:
        """All answers as bytes, columns by name: shape (units, questions + 8 x number questions)."""
        columns = [self.questions.index(question) for question in sorted(self.questions)]
        numbers = [self.numbers[question] for question in sorted(self.numbers)]
        # + 0.0 makes -0.0 and 0.0 one number; nan has many forms in bytes and means one thing.
        parts = [np.where(np.isnan(one), np.nan, one + 0.0).astype("<f8").view(np.uint8) for one in numbers]
        return np.hstack([self.codes[:, columns], *(part.reshape(-1, 8) for part in parts)])


def _unit_text(unit: Unit) -> str:
    """A unit as text that is the same in every version of Python: no reading of it depends on how it is printed."""
    return json.dumps({part.name: getattr(unit, part.name) for part in fields(unit)}, sort_keys=True, ensure_ascii=True)


def check_answers(table: AnswerTable, framework: Framework, *, file: str = "answers") -> list[Problem]:
    """Return every problem of answers against a framework: unknown questions, answers outside their scale, twins."""
    problems = [
        Problem(file, None, None, f"{framework.ref} has no question {question!r}.")
        for question in table.questions
        if question not in framework.questions
    ]
    for column, question in enumerate(table.questions):
        if question in framework.questions:
            problems += _outside_scale(table, framework, question, column, file)
    return [*problems, *_twins(table, file)]


def _outside_scale(table: AnswerTable, framework: Framework, question: str, column: int, file: str) -> list[Problem]:
    scale = framework.scale_of(question)
    most = max(1, len(scale.codes))
    codes = table.codes[:, column]
    given = codes < LOWEST_MISSING_CODE
    outside = given & (codes >= most)
    if scale.number is not None:
        if question not in table.numbers:
            return [Problem(file, None, None, f"{question!r} is a number, but the answers have no numbers for it.")]
        outside |= given & ~_are_in_range(table.numbers[question], scale.number)
    rows = np.flatnonzero(outside)
    return [
        Problem(file, None, None, f"{' '.join(table.units[row].key)}: the answer to {question!r} is not in its scale.")
        for row in rows
    ]


def _are_in_range(numbers: NDArray[np.float64], limits: NumberRange) -> NDArray[np.bool_]:
    """Whether each number is one that the range allows; nan is not."""
    inside = numbers >= float(limits.minimum)
    if limits.maximum is not None:
        inside &= numbers <= float(limits.maximum)
    if limits.whole:
        inside &= numbers == np.floor(numbers)
    return inside & np.isfinite(numbers)


def _twins(table: AnswerTable, file: str) -> list[Problem]:
    seen: set[tuple[str, str]] = set()
    problems = []
    for unit in table.units:
        if unit.key in seen:
            problems.append(Problem(file, None, None, f"{' '.join(unit.key)} stands twice. Keep one return."))
        seen.add(unit.key)
    return problems


def is_in_scale(scale: Scale, answer: str | float) -> bool:
    """Return whether a scale has this answer: one of its codes, or a number in its range."""
    if isinstance(answer, str):
        return answer in scale.codes
    return math.isfinite(answer) and accepts(scale, Decimal(answer))


def code_of(answer: Answer, codes: tuple[str, ...]) -> int:
    """Return the code that stands for an answer: a missing state, a code of the scale, or 0 for a number.

    codes: those of the question's scale; empty for a number. Raises ValueError for an answer outside the scale.
    """
    if isinstance(answer, Missing):
        return CODE_OF[answer]
    if isinstance(answer, str):
        return codes.index(answer)
    if codes or math.isnan(answer):
        raise ValueError(f"{answer} is not in the scale {', '.join(codes) or 'of numbers'}")
    return 0
