# SPDX-License-Identifier: MIT
"""What somebody typed for one question, as the page or the script of the page sends it, and what it means.

A form of Django would have one field for each scale; here one question's fields are read by its scale, for a page of
several questions as for the saving of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from trigpoint.frameworks import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.frameworks.model import NumberRange, Question
from trigpoint.submissions.answers import Answer, is_in_scale
from trigpoint.submissions.missing import Missing
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.answer_text import say_range

# Before the name of a way of being missing, so that no answer of a scale can be taken for one.
MISSING = "missing:"
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
LARGEST_VERSION = 2**31 - 1  # as the column of the database

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What was typed for one question. choices: the values of what was ticked; version: what it was typed over."""

    question: str
    choices: tuple[str, ...] = ()
    number: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a typed answer means: an answer, or what is wrong with it, or with its note, as a sentence."""

    typed: TypedAnswer
    answer: Answer | None = None
    problem: str | None = None
    note_problem: str | None = None

    @property
    def note(self) -> str:
        """The note as it is kept."""
        return self.typed.note.replace("\r\n", "\n").strip()

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to keep: no answer and no note over nothing."""
        return self.answer is Missing.NOT_ANSWERED and not self.note and self.typed.version == 0


def typed_in_form(fields: Fields, question: str) -> TypedAnswer:
    """Return what a page's form holds for one of its questions."""
    return TypedAnswer(
        question=question,
        choices=tuple(fields.get(f"answer-{question}", ())),
        number=_last(fields, f"number-{question}"),
        note=_last(fields, f"note-{question}"),
        version=read_version(_last(fields, f"version-{question}")),
    )


def typed_alone(fields: Fields, question: str) -> TypedAnswer:
    """Return what is sent when one question is saved by itself."""
    return TypedAnswer(
        question=question,
        choices=tuple(fields.get("answer", ())),
        number=_last(fields, "number"),
        note=_last(fields, "note"),
        version=read_version(_last(fields, "version")),
    )


def fields_of_typed(typed: TypedAnswer) -> tuple[tuple[str, str], ...]:
    """Return the fields of a form that hold what was typed, but for the version."""
    question = typed.question
    ticked = ((f"answer-{question}", choice) for choice in typed.choices)
    return (*ticked, (f"number-{question}", typed.number), (f"note-{question}", typed.note))


def read_version(text: str) -> int:
    """Return the version that a form names; 0, which is nothing yet, for what is no version."""
    return min(int(text), LARGEST_VERSION) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _last(fields: Fields, name: str) -> str:
    return next(reversed(fields.get(name) or ("",)))


def values_of(framework: Framework, question: str, answer: Answer) -> TypedAnswer:
    """Return what would be typed to give an answer."""
    if isinstance(answer, Missing):
        offered = missing_offered(framework, framework.questions[question])
        return TypedAnswer(question, (f"{MISSING}{answer.value}",) if answer in offered else ())
    if isinstance(answer, str):
        return TypedAnswer(question, (answer,))
    return TypedAnswer(question, number=f"{answer:g}" if abs(answer) < 1e6 else f"{Decimal(answer):f}")


def read_typed(framework: Framework, typed: TypedAnswer) -> AnswerRead:
    """Return what was typed as an answer. Nothing typed is not answered; what can't be an answer is a problem."""
    question = framework.questions[typed.question]
    limits = framework.scale_of(question.id).number
    chosen = [one for one in typed.choices if one]
    read = AnswerRead(typed, note_problem=_note_problem(typed.note))
    if limits is not None and typed.number.strip():
        if chosen:
            return replace(read, problem=f"Give {say_range(limits)}, or tick what you can’t say. Not both.")
        return _read_number(framework, question, limits, read)
    if len(chosen) > 1:
        return replace(read, problem="Choose one answer.")
    return _read_choice(framework, question, chosen[0], read) if chosen else replace(read, answer=Missing.NOT_ANSWERED)


def _note_problem(note: str) -> str | None:
    if "\0" in note:
        return "The note has a character in it that can’t be kept. Type the note again, or paste it as plain text."
    length = len(note.replace("\r\n", "\n").strip())
    return (
        f"The note has {length:,} characters. It can have {LONGEST_TEXT:,} at most." if length > LONGEST_TEXT else None
    )


def _read_number(framework: Framework, question: Question, limits: NumberRange, read: AnswerRead) -> AnswerRead:
    text = read.typed.number.strip().replace(",", "")
    if limits.unit is not None:
        text = text.removesuffix(limits.unit).strip()
    if NUMBER.fullmatch(text) is None or not is_in_scale(framework.scales[question.scale], float(text)):
        return replace(read, problem=f"The answer must be {say_range(limits)}.")
    return replace(read, answer=float(text))


def _read_choice(framework: Framework, question: Question, chosen: str, read: AnswerRead) -> AnswerRead:
    offered = {f"{MISSING}{one.value}": one for one in missing_offered(framework, question)}
    if chosen in offered:
        return replace(read, answer=offered[chosen])
    if chosen in framework.scales[question.scale].codes:
        return replace(read, answer=chosen)
    return replace(read, problem="That is not one of the answers to this question. Choose one of those shown.")
