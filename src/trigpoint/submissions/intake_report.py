# SPDX-License-Identifier: MIT
"""What was found when answers were taken in: each contradiction, each repair, each doubt, as one line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# In this order in every report file.
REPORT_COLUMNS = (
    "finding", "line", "column", "organisation", "care_setting", "question", "text", "score", "taken", "message",
)  # fmt: skip


class Finding(Enum):
    """What kind of thing a line of the intake report is about."""

    CONTRADICTION = "contradiction"  # answer text and item score disagree
    DAMAGED = "damaged"  # the answer text is none of the scale's; taken from the item score
    SECOND_RETURN = "second_return"  # a code that continues another return's code
    SEVERAL_RETURNS = "several_returns"  # one organisation, several returns by care setting
    NOT_A_CODE = "not_a_code"  # not the shape of an ODS code
    CODE = "code"  # the register knows the code as closed, unknown or another organisation's
    EMPTY_RETURN = "empty_return"  # no answer to any scored question
    READ_OFF = "read_off"  # something the file does not say and was read off from the answers


class Reading(Enum):
    """Which of two disagreeing cells is believed."""

    SCORE = "score"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One line of the report.

    line: of the file, from 1; None when it is about the file as a whole. question: None when it is about a return.
    text, score: what the two cells hold, as in the file. taken: what the answer table holds: a code, a number or the
    name of a missing state; empty where nothing was changed.
    """

    finding: Finding
    line: int | None
    organisation: str
    care_setting: str
    message: str
    question: str | None = None
    column: int | None = None
    text: str | None = None
    score: str | None = None
    taken: str = ""


def report_cells(line: IntakeLine) -> tuple[str | None, ...]:
    """Return a line as the cells of REPORT_COLUMNS; None where it says nothing."""
    cells = (getattr(line, name) for name in REPORT_COLUMNS)
    return tuple(cell.value if isinstance(cell, Finding) else None if cell is None else str(cell) for cell in cells)
