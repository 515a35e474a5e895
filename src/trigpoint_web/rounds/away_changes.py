# SPDX-License-Identifier: MIT
"""What a questionnaire that was filled in away from the screen would change, carried from its preview to its use.

What was read goes into the page signed, so that the browser can't alter it, and comes back with what was ticked.
Nothing has to be kept meanwhile: no upload that nobody comes back for lies in a store or a session, any process can go
on with it, and sending the form twice is the same as once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing

from trigpoint.frameworks import Framework
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, asked_places
from trigpoint.submissions.questionnaire_rows import Questionnaire, part_title
from trigpoint.submissions.read_rows import AnswerRow, QuestionnaireAnswers, RowChange, preview_changes
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.errors import ActionRefused

_SALT = "trigpoint.away"
LONGEST_WAIT = 12 * 60 * 60  # seconds from the preview to its use: a working day, as a session
LONGEST_SIGNED = 2_000_000  # characters; Django takes in a form of 2.5 MB


@dataclass(eq=False)
class UploadRefused(ActionRefused):
    """An upload that can't be used. problems: each a sentence."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.problems)


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change that a file would make. is_asked: False where the question is not shown, given what the file says."""

    change: RowChange
    is_asked: bool


def keep_changed_rows(read: QuestionnaireAnswers, framework: Framework) -> tuple[AnswerRow, ...]:
    """Return the rows in which the file says something else than the download did, notes as they will be kept.

    Raises UploadRefused with every note that is too long.
    """
    rows = [replace(row, note=row.note.strip(), downloaded_note=row.downloaded_note.strip()) for row in read.rows]
    too_long = [row for row in rows if len(row.note) > LONGEST_TEXT and row.note != row.downloaded_note]
    if too_long:
        raise UploadRefused(tuple(_say_too_long(row, framework) for row in too_long))
    return tuple(row for row in rows if (row.answer, row.note) != (row.downloaded_answer, row.downloaded_note))


def _say_too_long(row: AnswerRow, framework: Framework) -> str:
    title = framework.questions[row.place.question].short_title
    return (
        f"{part_title(framework, row.place.asked_in)}, “{title}”: the note has {len(row.note):,} characters. "
        f"It can have {LONGEST_TEXT:,} at most."
    )


def find_changes(questionnaire: Questionnaire, rows: Sequence[AnswerRow]) -> tuple[FoundChange, ...]:
    """Return what the rows would change in the answers that stand now, in the order of the file."""
    read = QuestionnaireAnswers(
        questionnaire.framework.ref, questionnaire.framework.hash, questionnaire.round, "", tuple(rows)
    )
    changes = preview_changes(questionnaire.answers, read)
    asked = _places_after(questionnaire, changes)
    return tuple(FoundChange(change, change.place in asked) for change in changes)


def list_not_asked(questionnaire: Questionnaire, changes: Iterable[RowChange]) -> tuple[AnswerPlace, ...]:
    """Return the places among the changes that are not shown once all of them are made."""
    chosen = tuple(changes)
    asked = _places_after(questionnaire, chosen)
    return tuple(change.place for change in chosen if change.place not in asked)


def _places_after(questionnaire: Questionnaire, changes: Iterable[RowChange]) -> frozenset[AnswerPlace]:
    answers: dict[AnswerPlace, Answer] = {place: one.answer for place, one in questionnaire.answers.items()}
    answers |= {change.place: change.answer_to for change in changes}
    return frozenset(asked_places(questionnaire.framework, questionnaire.units, answers))


def sign_rows(rows: Sequence[AnswerRow], *, submission: int, user: int) -> str:
    """Return the rows as text that only we can have written. Raises UploadRefused when it is too long for a form."""
    kept = {"submission": submission, "user": user, "rows": [_pack(row) for row in rows]}
    signed = signing.dumps(kept, salt=_SALT, compress=True)
    if len(signed) > LONGEST_SIGNED:
        raise UploadRefused(
            ("The file changes more text than can be shown at once. Take some notes out, and upload those after this.",)
        )
    return signed


def read_signed_rows(signed: str, *, submission: int, user: int) -> tuple[AnswerRow, ...]:
    """Return the rows that were signed for a person and a submission. Raises UploadRefused for anything else."""
    try:
        kept = signing.loads(signed, salt=_SALT, max_age=LONGEST_WAIT)
    except signing.BadSignature:
        raise UploadRefused(("This preview is no longer good. Upload the file again.",)) from None
    if (kept["submission"], kept["user"]) != (submission, user):
        raise UploadRefused(("This preview is not yours, or of another submission. Upload the file again.",))
    return tuple(_unpack(row) for row in kept["rows"])


def _pack(row: AnswerRow) -> list[Any]:
    answers = (_pack_answer(row.answer), _pack_answer(row.downloaded_answer))
    return [*row.place, row.version, *answers, row.note, row.downloaded_note]


def _unpack(packed: list[Any]) -> AnswerRow:
    asked_in, question, version, answer, downloaded, note, downloaded_note = packed
    return AnswerRow(
        AnswerPlace(asked_in, question),
        version,
        _unpack_answer(answer),
        note,
        _unpack_answer(downloaded),
        downloaded_note,
    )


def _pack_answer(answer: Answer) -> list[Any]:
    return ["missing", answer.value] if isinstance(answer, Missing) else ["answer", answer]


def _unpack_answer(packed: list[Any]) -> Answer:
    kind, value = packed
    return Missing(value) if kind == "missing" else value
