# SPDX-License-Identifier: MIT
"""What both sides of a questionnaire's spreadsheet agree on: the names of its sheets, columns and properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from trigpoint.submissions.questionnaire_rows import Questionnaire, QuestionnairePart

SCHEMA_VERSION = "1"
READ_ME = "Read me"
LISTS = "Lists"
# What a sheet's name may not hold, in any program: ECMA-376, part 1, 18.2.19, and Excel's own limit.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31
# Kept for the sheet in which Excel tracks changes.
_RESERVED = {READ_ME.casefold(), LISTS.casefold(), "history"}


class Column(StrEnum):
    """The headings of the columns; the file is read back by them, wherever they stand."""

    ID = "Id"
    QUESTION = "Question"
    GOOD = "What good looks like"
    ANSWER = "Answer"
    NOTE = "Note"
    LAST = "Last round"
    EVIDENCE = "Evidence asked for"
    VERSION = "Version"
    WAS_ANSWER = "Answer when downloaded"
    WAS_NOTE = "Note when downloaded"


NEEDED = (Column.ID, Column.ANSWER, Column.NOTE, Column.VERSION, Column.WAS_ANSWER, Column.WAS_NOTE)


class Property(StrEnum):
    """What a file says of itself, as properties of the document and, for programs that drop those, in "Read me"."""

    SCHEMA = "Layout of this file"
    FRAMEWORK = "Framework"
    HASH = "Framework hash"
    ROUND = "Round"
    ORGANISATION = "Organisation code"


def properties_of(questionnaire: Questionnaire) -> Mapping[Property, str]:
    """Return what a questionnaire's file says of itself; no organisation where the form is nobody's yet."""
    properties = {
        Property.SCHEMA: SCHEMA_VERSION,
        Property.FRAMEWORK: str(questionnaire.framework.ref),
        Property.HASH: questionnaire.framework.hash,
        Property.ROUND: questionnaire.round,
    }
    if questionnaire.organisation is not None:
        properties[Property.ORGANISATION] = questionnaire.organisation
    return properties


def name_sheets(parts: Sequence[QuestionnairePart]) -> tuple[str, ...]:
    """Return the name of each part's sheet: its title as far as a sheet may be called that, each name once."""
    taken = set(_RESERVED)
    names = []
    for part in parts:
        plain = _NOT_IN_NAMES.sub(" ", part.title).strip("' ")[:LONGEST_NAME].strip("' ") or "Questions"
        tries = (plain if at == 1 else f"{plain[: LONGEST_NAME - 4]} {at}" for at in range(1, len(parts) + 5))
        names.append(next(name for name in tries if name.casefold() not in taken))
        taken.add(names[-1].casefold())
    return tuple(names)
