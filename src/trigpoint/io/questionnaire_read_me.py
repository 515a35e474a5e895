# SPDX-License-Identifier: MIT
"""The first sheet of a questionnaire's spreadsheet: what it is, whose, how to fill it in, what being missing means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import MissingPolicy
from trigpoint.io.questionnaire_sheets import name_sheets, properties_of
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.questionnaire_rows import MISSING_LABELS, Questionnaire, QuestionnairePart

HOW_TO = (
    "Choose or type your answers in the yellow cells of the other sheets. In any order; you need not finish.",
    "An empty answer cell is no answer. Where an answer stood and you empty the cell, the answer is taken away.",
    "What you leave as it was stays what it is in the service, even if a colleague has changed it there meanwhile.",
    "All other cells are locked. Don't add, delete or rename rows, columns and sheets.",
    "Save as .xlsx and upload it. You will see every problem and every change before anything is saved.",
)
_MEANING = {
    Missing.NOT_ANSWERED: "Nobody has answered yet. Leave the answer empty.",
    Missing.DONT_KNOW: "You looked, and can't tell. Choose it by name where it is offered.",
    Missing.NOT_APPLICABLE: "It does not apply to you. Choose it by name where it is offered; say why in the note.",
    Missing.NOT_SHOWN: "You are not asked, because of your care settings or an earlier answer. It can't be chosen.",
}
_COUNTS: dict[MissingPolicy, str] = {
    "leave_out": "It does not count in the score.",
    "zero": "It counts as zero in the score.",
    "no_score": "It takes the score of its section away.",
}


def read_me_rows(questionnaire: Questionnaire, parts: Sequence[QuestionnairePart]) -> Iterator[tuple[str, str]]:
    """Yield each row: a name and a text, either of which may be empty. What the file belongs to is read back."""
    content = questionnaire.framework.content
    yield content.title, ""
    yield "", content.summary
    if questionnaire.organisation_name:
        yield "Organisation", questionnaire.organisation_name
    yield from ((name.value, text) for name, text in properties_of(questionnaire).items())
    if questionnaire.made_at is not None:
        yield "Downloaded", f"{questionnaire.made_at:%Y-%m-%d %H:%M} UTC"
    for name, part in zip(name_sheets(parts), parts, strict=True):
        yield f"Sheet {name}", f"{len(part.rows)} question{'' if len(part.rows) == 1 else 's'}"
    yield "", ""
    for at, text in enumerate(HOW_TO):
        yield ("How to fill it in" if at == 0 else ""), text
    yield "", ""
    yield from missing_rows(questionnaire.framework)


def missing_rows(framework: Framework) -> Iterator[tuple[str, str]]:
    """Yield each of the four ways of being missing with what it means and what it does to a score."""
    for state, label in MISSING_LABELS.items():
        yield label, f"{_MEANING[state]} {_COUNTS[getattr(framework.scoring.missing, state.value)]}"
