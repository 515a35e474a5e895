# SPDX-License-Identifier: MIT
"""An answer table as tidy columns, one row an answer, and back. This is what files of answers hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import AnswersProblems, FrameworkMismatch, Problem
from trigpoint.frameworks.check_examples import accepts, exact_number
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.mismatch import collected_with_another, collected_with_other_content
from trigpoint.frameworks.suggest import no_such
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.cells import code_spelled
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.questionnaire import fill_table, keep_answers
from trigpoint.submissions.units import Unit

# In this order in every file.
TIDY_COLUMNS = (
    "framework", "framework_hash", "round", "organisation", "name", "care_setting", "care_settings",
    "question", "answer", "missing",
)  # fmt: skip
UNIT_COLUMNS = ("organisation", "name", "care_setting", "care_settings")
NEEDED = ("organisation", "question", "answer")

Columns = Mapping[str, Sequence[str | None]]


def tidy_answers(table: AnswerTable, framework: Framework) -> dict[str, list[str | None]]:
    """Return TIDY_COLUMNS, one row for each unit and question, units in the table's order, questions in its order.

    answer: the code of the answer, or the number; None when it is missing. missing: the name of the state, or None.
    care_settings are joined by ";".
    """
    count = len(table.questions)
    answers = _labels(table, framework)
    states = np.full(256, None, dtype=object)
    for state, code in CODE_OF.items():
        states[code] = state.value
    per_unit = {
        "organisation": [unit.organisation for unit in table.units],
        "name": [unit.name for unit in table.units],
        "care_setting": [unit.care_setting for unit in table.units],
        "care_settings": [";".join(unit.care_settings) for unit in table.units],
    }
    rows = count * len(table.units)
    return {
        "framework": [str(table.framework)] * rows,
        "framework_hash": [table.framework_hash] * rows,
        "round": [table.round] * rows,
        **{name: [value for value in values for _ in range(count)] for name, values in per_unit.items()},
        "question": list(table.questions) * len(table.units),
        "answer": answers.reshape(-1).tolist(),
        "missing": states[table.codes].reshape(-1).tolist(),
    }


def _labels(table: AnswerTable, framework: Framework) -> NDArray[np.object_]:
    """The answers as text, shape (units, questions); None where missing."""
    labels = np.full((len(table.questions), 256), None, dtype=object)
    for column, question in enumerate(table.questions):
        codes = framework.scale_of(question).codes
        labels[column, : len(codes)] = codes
    text = labels[np.arange(len(table.questions)), table.codes]
    for question, numbers in table.numbers.items():
        given = [None if np.isnan(number) else number_text(number) for number in numbers.tolist()]
        text[:, table.questions.index(question)] = given
    return text


def number_text(number: float) -> str:
    """Return a number as it stands in files: 84 for 84.0, and as few digits as say exactly which number it is."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def read_tidy(
    columns: Columns,
    framework: Framework,
    *,
    file: str = "answers",
    lines: Sequence[int] | None = None,
    heading: int = 1,
) -> AnswerTable:
    """Return the answer table that tidy columns hold.

    Needed are organisation, question and answer; the other columns may be absent. `missing` says how an answer is
    missing; where there is neither answer nor state, the answer is not shown if care setting or routing hides the
    question, and not answered otherwise.
    lines: of the file, one a row, for the problems; when None the rows stand below the heading, the first on line 2.
    heading: the line of the column names.
    Raises AnswersProblems with every problem, FrameworkMismatch when the rows say that they were collected with another
    framework.
    """
    problems = [
        Problem(file, heading, None, f"there is no column {name!r}. Needed are {', '.join(NEEDED)}.")
        for name in NEEDED
        if name not in columns
    ]
    if problems:
        raise AnswersProblems(problems)
    require_same_framework(columns, framework, file)
    rows = len(columns["organisation"])
    if not rows:
        raise AnswersProblems([Problem(file, None, None, "the file has no answers.")])
    reader = _TidyReader(framework, file, lines if lines is not None else range(2, rows + 2))
    returns = reader.collect(columns)
    problems = [*reader.problems, *_round_problems(columns, file)]
    if problems:
        raise AnswersProblems(problems)
    complete = [(unit, keep_answers(framework, unit, answers)) for unit, answers in returns.items()]
    return fill_table(framework, complete, round_id=_round(columns, framework))


@dataclass(frozen=True)  # no slots: what was found is kept
class _TidyReader:
    """Rows of tidy columns read one by one; what is wrong with them gathers in `problems`."""

    framework: Framework
    file: str
    lines: Sequence[int]
    problems: list[Problem] = field(default_factory=list)
    # A round has few different cells: each is read once.
    _read: dict[tuple[str | None, ...], Answer | Problem | None] = field(default_factory=dict)

    def collect(self, columns: Columns) -> dict[Unit, dict[str, Answer]]:
        """The answers of each unit; unknown questions, answers outside their scale and twins become problems."""
        blank: Sequence[str | None] = [None] * len(columns["organisation"])
        parts = [columns.get(name, blank) for name in (*UNIT_COLUMNS, "question", "answer", "missing")]
        returns: dict[Unit, dict[str, Answer]] = {}
        units: dict[tuple[str | None, ...], Unit] = {}
        for line, (*who, question, answer, missing) in zip(self.lines, zip(*parts, strict=True), strict=True):
            key = tuple(who)
            if key not in units:
                units[key] = self._unit(line, key, units)
            self._answer(line, returns.setdefault(units[key], {}), units[key], (question, answer, missing))
        return returns

    def _unit(self, line: int, who: tuple[str | None, ...], others: Mapping[tuple[str | None, ...], Unit]) -> Unit:
        """The unit of a row that is the first of its kind."""
        unit = unit_of(*who)
        known = [setting.id for setting in self.framework.content.care_settings]
        if not unit.organisation:
            self._add(line, "there is no organisation code.")
        for setting in unit.care_settings:
            if setting not in known:
                self._add(line, f"in {self.framework.ref} {no_such('care setting', setting, known)}")
        if any(other.key == unit.key and other != unit for other in others.values()):
            self._add(line, f"{' '.join(unit.key)} has another name or care settings above.")
        return unit

    def _answer(
        self, line: int, answers: dict[str, Answer], unit: Unit, cells: tuple[str | None, str | None, str | None]
    ) -> None:
        question = cells[0] or ""
        if question not in self.framework.questions:
            self._add(line, f"in {self.framework.ref} {no_such('question', question, self.framework.questions)}")
            return
        if cells not in self._read:
            self._read[cells] = read_answer(self.framework, question, *cells[1:])
        read = self._read[cells]
        if isinstance(read, Problem):
            self._add(line, f"{' '.join(unit.key)}: {read.message}")
        elif question in answers:
            self._add(line, f"{' '.join(unit.key)} answers {question!r} twice. Keep one.")
        elif read is not None:
            answers[question] = read

    def _add(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, None, message))


def unit_of(organisation: str | None, name: str | None, care_setting: str | None, settings: str | None) -> Unit:
    """Return the unit that the cells of UNIT_COLUMNS name; a blank care setting is General."""
    return Unit(
        organisation=(organisation or "").strip(),
        care_setting=(care_setting or "").strip() or "General",
        name=name or "",
        care_settings=tuple(part.strip() for part in (settings or "").split(";") if part.strip()),
    )


def read_answer(
    framework: Framework, question: str, answer: str | None, missing: str | None
) -> Answer | Problem | None:
    """Return what an answer cell and a missing cell say together; None when both are blank; a Problem when unclear."""
    text, way = (answer or "").strip(), (missing or "").strip()
    states = {state.value: state for state in Missing}
    if way and (way not in states or text not in {"", way}):
        return Problem("", None, None, f"{question!r} has the answer {text!r} and is missing as {way!r}. Keep one.")
    if way or text in states:
        return states[way or text]
    if not text:
        return None
    scale = framework.scale_of(question)
    number = exact_number(text) if scale.number is not None else None
    if number is not None and accepts(scale, number):
        return float(number)
    code = text if text in scale.codes else code_spelled(scale, text)
    if code is not None:
        return code
    known = ", ".join(scale.codes) or "a number in its range"
    return Problem(
        "", None, None, f"{text!r} is no answer to {question!r}. There are: {known}; or {', '.join(states)}."
    )


def require_same_framework(columns: Columns, framework: Framework, file: str) -> None:
    """Raise FrameworkMismatch when the rows say that they were collected with another framework or other content."""
    for name in sorted({name for name in columns.get("framework", ()) if name}):
        if name != str(framework.ref):
            raise FrameworkMismatch(f"{file}: {collected_with_another(name, framework.ref)}")
    for given in sorted({given for given in columns.get("framework_hash", ()) if given}):
        if given != framework.hash:
            raise FrameworkMismatch(f"{file}: {collected_with_other_content(given, framework.ref, framework.hash)}")


def _round_problems(columns: Columns, file: str) -> list[Problem]:
    rounds = _rounds(columns)
    if len(rounds) < 2:
        return []
    return [Problem(file, None, None, f"the answers are of several rounds: {', '.join(rounds)}. Make a file of each.")]


def _round(columns: Columns, framework: Framework) -> str:
    return next(iter(_rounds(columns)), framework.content.round)


def _rounds(columns: Columns) -> list[str]:
    return sorted({name for name in columns.get("round", ()) if name})
