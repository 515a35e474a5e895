# SPDX-License-Identifier: MIT
"""An answer table as tidy columns, one row an answer, and back. This is what files of answers hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import AnswersProblems, FrameworkMismatch, Problem
from trigpoint.frameworks.check_examples import accepts, exact_number
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.suggest import no_such
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.questionnaire import fill_table, shown_questions
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


def read_tidy(columns: Columns, framework: Framework, *, file: str = "answers") -> AnswerTable:
    """Return the answer table that tidy columns hold.

    Needed are organisation, question and answer; the other columns may be absent. `missing` says how an answer is
    missing; where there is neither answer nor state, the answer is not shown if care setting or routing hides the
    question, and not answered otherwise.
    Raises AnswersProblems with every problem (row numbers count the heading as 1), FrameworkMismatch when the rows say
    that they were collected with another framework.
    """
    problems = [
        Problem(file, 1, None, f"there is no column {name!r}. Needed are {', '.join(NEEDED)}.")
        for name in NEEDED
        if name not in columns
    ]
    if problems:
        raise AnswersProblems(problems)
    _require_same_framework(columns, framework, file)
    rows = len(columns["organisation"])
    if not rows:
        raise AnswersProblems([Problem(file, None, None, "the file has no answers.")])
    returns = _collect(columns, framework, problems, file)
    if problems:
        raise AnswersProblems(problems)
    complete = [(unit, _complete(framework, unit, answers)) for unit, answers in returns.items()]
    return fill_table(framework, complete, round_id=_round(columns, framework))


def _collect(
    columns: Columns, framework: Framework, problems: list[Problem], file: str
) -> dict[Unit, dict[str, Answer]]:
    """The answers of each unit; unknown questions, answers outside their scale and twins become problems."""
    returns: dict[Unit, dict[str, Answer]] = {}
    by_key: dict[tuple[str, str], Unit] = {}
    for row, (unit, question, answer) in enumerate(_rows(columns, framework, problems, file), start=2):
        if by_key.setdefault(unit.key, unit) != unit:
            problems.append(Problem(file, row, None, f"{' '.join(unit.key)} has another name or care settings above."))
        answers = returns.setdefault(unit, {})
        if question in answers:
            message = f"{' '.join(unit.key)} answers {question!r} twice. Keep one."
            problems.append(Problem(file, row, None, message))
        elif question is not None and answer is not None:
            answers[question] = answer
    return returns


def _rows(
    columns: Columns, framework: Framework, problems: list[Problem], file: str
) -> Iterator[tuple[Unit, str | None, Answer | None]]:
    blank: Sequence[str | None] = [None] * len(columns["organisation"])
    parts = [columns.get(name, blank) for name in (*UNIT_COLUMNS, "question", "answer", "missing")]
    units: dict[tuple[str | None, ...], Unit] = {}
    for row, (*who, question, answer, missing) in enumerate(zip(*parts, strict=True), start=2):
        unit = units.setdefault(tuple(who), _unit(*who))
        if not unit.organisation:
            problems.append(Problem(file, row, None, "there is no organisation code."))
        if question not in framework.questions:
            message = f"in {framework.ref} {no_such('question', str(question), framework.questions)}"
            problems.append(Problem(file, row, None, message))
            yield unit, None, None
            continue
        read = read_answer(framework, question, answer, missing)
        if isinstance(read, Problem):
            problems.append(Problem(file, row, None, f"{' '.join(unit.key)}: {read.message}"))
            yield unit, question, Missing.NOT_ANSWERED
        else:
            yield unit, question, read


def _unit(organisation: str | None, name: str | None, care_setting: str | None, settings: str | None) -> Unit:
    return Unit(
        organisation=(organisation or "").strip(),
        care_setting=care_setting or "General",
        name=name or "",
        care_settings=tuple(part for part in (settings or "").split(";") if part),
    )


def read_answer(
    framework: Framework, question: str, answer: str | None, missing: str | None
) -> Answer | Problem | None:
    """Return what an answer cell and a missing cell say together; None when both are blank; a Problem when unclear."""
    text = (answer or "").strip()
    state = next((one for one in Missing if one.value in {(missing or "").strip(), text}), None)
    if (missing or "").strip() and (state is None or text not in {"", state.value}):
        return Problem("", None, None, f"{question!r} has the answer {text!r} and is missing as {missing!r}. Keep one.")
    if state is not None:
        return state
    if not text:
        return None
    scale = framework.scale_of(question)
    number = exact_number(text) if scale.number is not None else None
    if number is not None and accepts(scale, number):
        return float(number)
    by_label = {option.label.casefold(): option.code for option in scale.answers}
    code = text if text in scale.codes else by_label.get(text.casefold())
    if code is not None:
        return code
    known = ", ".join(scale.codes) or "a number in its range"
    return Problem("", None, None, f"{text!r} is no answer to {question!r}. There are: {known}.")


def _complete(framework: Framework, unit: Unit, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What was said stands; what was left out is not shown or not answered."""
    shown = set(shown_questions(framework, unit, answers))
    blank = {
        question: Missing.NOT_ANSWERED if question in shown else Missing.NOT_SHOWN for question in framework.questions
    }
    return blank | dict(answers)


def _require_same_framework(columns: Columns, framework: Framework, file: str) -> None:
    for name in sorted({name for name in columns.get("framework", ()) if name}):
        if name != str(framework.ref):
            raise FrameworkMismatch(
                f"{file}: these answers were collected with {name}, not {framework.ref}. "
                f"Score them with --framework {name}; to use another version's rules add --rules {framework.ref}."
            )
    for given in sorted({given for given in columns.get("framework_hash", ()) if given}):
        if given != framework.hash:
            raise FrameworkMismatch(
                f"{file}: these answers were collected with other content of {framework.ref} (hash {given[:12]}, not "
                f"{framework.hash[:12]}). Use the framework files they were collected with, or ingest them again."
            )


def _round(columns: Columns, framework: Framework) -> str:
    rounds = sorted({name for name in columns.get("round", ()) if name})
    return rounds[0] if len(rounds) == 1 else framework.content.round
