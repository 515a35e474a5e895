# SPDX-License-Identifier: MIT
"""What people filled in away from the screen: what each cell says, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.frameworks.check_examples import accepts, exact_number
from trigpoint.frameworks.framework import FrameworkRef
from trigpoint.frameworks.model import NumberRange
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.cells import MISSING_WORDS, CellReading, code_spelled
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import AnswerChoices, CurrentAnswer

LONGEST_QUOTE = 60  # of somebody's text in a message; more would hide what the message says
_NEVER_ANSWERED = CurrentAnswer(0, Missing.NOT_ANSWERED)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row as it came back. downloaded_answer, downloaded_note: what stood there when the file was made.

    version: that of the answer when the file was made; None when there was none.
    """

    place: AnswerPlace
    version: int | None
    answer: Answer
    note: str
    downloaded_answer: Answer
    downloaded_note: str


@dataclass(frozen=True, slots=True)
class QuestionnaireAnswers:
    """Every row of a questionnaire that came back, and what it says it belongs to."""

    ref: FrameworkRef
    hash: str
    round: str
    organisation: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a file would change in one place: from what stands there now, to what the file says.

    version: that of what stands there now; None when nothing does. is_conflict: somebody changed it after the file was
    made, and the file says something else again.
    """

    place: AnswerPlace
    version: int | None
    answer_from: Answer
    answer_to: Answer
    note_from: str
    note_to: str
    is_conflict: bool

    @property
    def is_cleared(self) -> bool:
        """Whether an answer is taken away: it becomes not answered."""
        return self.answer_to is Missing.NOT_ANSWERED and self.answer_from is not Missing.NOT_ANSWERED


def read_answer(choices: AnswerChoices, cell: str | float | None) -> CellReading:
    """Return the answer that a cell gives; a blank cell is not answered.

    Taken are a label, in any capitals and with blanks around it, the code of an answer, a number within the range, and
    the ways of being missing that are offered. Anything else has no answer and a message that says what would do.
    """
    text = ("" if cell is None else cell).strip() if not isinstance(cell, float) else f"{cell:.17g}"
    word = text.casefold()
    code = code_spelled(choices.scale, text) or next((one for one in choices.scale.codes if one == word), None)
    missing = _missing_spelled(choices, word)
    if code is not None:
        return CellReading(code)
    if missing is not None:
        return (
            CellReading(missing) if _is_offered(choices, missing) else CellReading(None, message=_refuse(choices, text))
        )
    number = exact_number(repr(cell) if isinstance(cell, float) else text)
    if number is not None and accepts(choices.scale, number):
        return CellReading(float(number))
    return CellReading(None, message=_refuse(choices, text))


def _missing_spelled(choices: AnswerChoices, word: str) -> Missing | None:
    """The way of being missing that a word names, offered or not."""
    labels = {label.casefold(): state for state, label in choices.missing_labels.items()}
    return labels.get(word, MISSING_WORDS.get(word))


def _is_offered(choices: AnswerChoices, missing: Missing) -> bool:
    return missing is Missing.NOT_ANSWERED or missing in choices.offered


def _refuse(choices: AnswerChoices, text: str) -> str:
    quoted = repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")
    if choices.scale.number is None:
        return f"{quoted} is not an answer to this question; choose one of {', '.join(choices.labels)}."
    others = "".join(f", or {label}" for label in choices.labels)
    return f"{quoted} is not an answer to this question; type {describe_range(choices.scale.number)}{others}."


def describe_range(limits: NumberRange) -> str:
    """Return in words which numbers are allowed: "a whole number from 0 to 100 (beds)"."""
    kind = "a whole number" if limits.whole else "a number"
    span = f"of {limits.minimum} or more" if limits.maximum is None else f"from {limits.minimum} to {limits.maximum}"
    return f"{kind} {span}" + (f" ({limits.unit})" if limits.unit else "")


def preview_changes(current: Mapping[AnswerPlace, CurrentAnswer], read: QuestionnaireAnswers) -> tuple[RowChange, ...]:
    """Return what a file would change, in the order of the file.

    Only what differs from the download counts as changed by the file: an answer that it leaves as it was stays what a
    colleague has made of it since. Nothing is changed where the file says what already stands.
    """
    changes = (_change(current.get(row.place), row) for row in read.rows)
    return tuple(change for change in changes if change is not None)


def _change(now: CurrentAnswer | None, row: AnswerRow) -> RowChange | None:
    standing = _NEVER_ANSWERED if now is None else now
    answer = row.answer if row.answer != row.downloaded_answer else standing.answer
    note = row.note if row.note != row.downloaded_note else standing.note
    if (answer, note) == (standing.answer, standing.note):
        return None
    version = None if now is None else now.version
    return RowChange(
        place=row.place,
        version=version,
        answer_from=standing.answer,
        answer_to=answer,
        note_from=standing.note,
        note_to=note,
        is_conflict=version != row.version,
    )
