# SPDX-License-Identifier: MIT
"""Answers to start from: those of the last round, or what a return already says. Suggested, never answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.frameworks.crosswalk import comparable_pairs
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.frameworks.model import ComparabilityClass
from trigpoint.frameworks.suggest import no_such
from trigpoint.submissions.answers import Answer, is_in_scale
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.tidy import read_answer


@dataclass(frozen=True, slots=True)
class SuggestedAnswer:
    """An answer to be confirmed.

    comparability, previous_question: how it was asked in the last round; both None when it comes from a return.
    """

    answer: Answer
    comparability: ComparabilityClass | None = None
    previous_question: str | None = None


class IndicatorRow(NamedTuple):
    """One number or answer that an organisation returned elsewhere, as text."""

    organisation: str
    question: str
    value: str


def suggest_answers(
    framework: Framework, previous_framework: Framework, previous_answers: Mapping[str, Answer]
) -> dict[str, SuggestedAnswer]:
    """Return the answers of the last round that can stand for questions of this one, by question id.

    previous_answers: of one unit, by question id of `previous_framework`.
    Only questions that are the same or reworded, and only answers that are still in the scale. Of the ways of being
    missing only not applicable is suggested, where it is still offered: the others say nothing about this round.
    Raises FrameworkMismatch when there is no crosswalk between two versions.
    """
    pairs = comparable_pairs(framework, previous_framework)
    return {
        question: SuggestedAnswer(previous_answers[before], pairs[question].comparability, before)
        for question in framework.questions
        if question in pairs
        and (before := pairs[question].previous_question) in previous_answers
        and _can_be_suggested(framework, question, previous_answers[before])
    }


def suggest_from_indicators(
    framework: Framework, rows: Iterable[IndicatorRow], *, file: str = "indicators", first_line: int = 2
) -> dict[str, dict[str, SuggestedAnswer]]:
    """Return what an existing return says about the questions: organisation code → question id → suggested answer.

    rows: one for each organisation and question; a blank value suggests nothing.
    first_line: of the file, where the first row stands, for the problems.
    Raises AnswersProblems with every problem: no organisation, an unknown question, a value that is not in the
    question's scale or range, a question twice for one organisation.
    """
    problems: list[Problem] = []
    suggested: defaultdict[str, dict[str, SuggestedAnswer]] = defaultdict(dict)
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(rows, start=first_line):
        organisation, question, value = (cell.strip() for cell in row)
        read = _read_row(framework, IndicatorRow(organisation, question, value), seen)
        if isinstance(read, Problem):
            problems.append(Problem(file, line, None, read.message))
        elif read is not None and _can_be_suggested(framework, question, read):
            suggested[organisation][question] = SuggestedAnswer(read)
    if problems:
        raise AnswersProblems(problems)
    return dict(suggested)


def _read_row(framework: Framework, row: IndicatorRow, seen: set[tuple[str, str]]) -> Answer | Problem | None:
    """What one row says; None when its value is blank; a Problem without a place when it can't be told."""
    if not row.organisation:
        return Problem("", None, None, "there is no organisation code.")
    if row.question not in framework.questions:
        message = f"in {framework.ref} {no_such('question', row.question, framework.questions)}"
        return Problem("", None, None, message)
    if (row.organisation, row.question) in seen:
        return Problem("", None, None, f"{row.organisation} has {row.question!r} twice. Keep one.")
    seen.add((row.organisation, row.question))
    read = read_answer(framework, row.question, row.value, None)
    if isinstance(read, Problem):
        return Problem("", None, None, f"{row.organisation}: {read.message}")
    return read


def _can_be_suggested(framework: Framework, question: str, answer: Answer) -> bool:
    if isinstance(answer, Missing):
        offered = missing_offered(framework, framework.questions[question])
        return answer is Missing.NOT_APPLICABLE and answer in offered
    return is_in_scale(framework.scale_of(question), answer)
