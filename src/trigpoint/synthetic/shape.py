# SPDX-License-Identifier: MIT
"""The statistical shape of two national rounds: summary statistics only, never an answer of anybody.

All shares are 0 to 1. How each number was measured and blurred: docs/decisions/0004-synthetic-rounds.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.submissions.missing import Missing

# Drawn one after the other: each share is of those that none before has taken.
DRAWN_MISSING = (Missing.NOT_APPLICABLE, Missing.NOT_ANSWERED, Missing.DONT_KNOW)


@dataclass(frozen=True, slots=True)
class NumberClass:
    """A class of whole numbers, both ends included. Numbers within it are equally likely."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class QuestionShape:
    """How the organisations that were shown a question answered it. The shares of answers and missing come to 1.

    answers: share of each answer of the scale, least first; of a number question, of each of its classes.
    missing: share of each way of being missing, in the order of DRAWN_MISSING.
    """

    question: str
    answers: tuple[float, ...]
    missing: tuple[float, ...]
    classes: tuple[NumberClass, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionShape:
    """One section. loading: correlation, 0 to 1, of each of its questions with what the section measures."""

    section: str
    loading: float


@dataclass(frozen=True, slots=True)
class RoundShape:
    """One round.

    framework: its name with version. register_on: the day the register is looked at.
    tendencies: in the order of DRAWN_MISSING, how far that way of being missing runs in organisations, 0 to 1.
    section_gap_share: share of sections that an organisation left open as a whole.
    ticked_by: question → care setting; the box is ticked by exactly the organisations that give that care.
    """

    framework: str
    register_on: date
    questions: Mapping[str, QuestionShape]
    sections: tuple[SectionShape, ...]
    tendencies: tuple[float, ...]
    section_gap_share: float
    ticked_by: Mapping[str, str]

    def section_position(self, measure: str | None) -> int | None:
        """Return where the section stands among the sections, None for a question that belongs to none."""
        return next((at for at, one in enumerate(self.sections) if one.section == measure), None)


@dataclass(frozen=True, slots=True)
class CareSettingsShare:
    """The share of organisations that give exactly these kinds of care."""

    care_settings: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class ProviderCounts:
    """How many providers made a return in both rounds, only in the first, only in the second."""

    both: int
    first_only: int
    second_only: int

    @property
    def all(self) -> int:
        """All providers."""
        return self.both + self.first_only + self.second_only


@dataclass(frozen=True, slots=True)
class Places:
    """What made-up names are put together from.

    kinds: care setting → what a provider whose first care setting it is, is called.
    """

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    regions: tuple[str, ...]
    systems: int
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How the published file of a round is laid out. Columns count from 0.

    care_setting: None where the file has no such column.
    measures: column → (heading, measure) of the published scores that stand in the file.
    labels: column → (question, text): the text stands there where the question's box is ticked.
    unscored: what stands in the score column of an answer that is not applicable.
    """

    width: int
    name: int
    organisation: int
    care_setting: int | None
    measures: Mapping[int, tuple[str, str]]
    labels: Mapping[int, tuple[str, str]]
    unscored: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Two rounds and the providers that took part.

    correlations: of what the sections measure, those of the first round before those of the second; symmetric, 1 on
        the diagonal, positive definite.
    layouts: of the published files of the two rounds.
    """

    rounds: tuple[RoundShape, RoundShape]
    correlations: tuple[tuple[float, ...], ...]
    care_settings: tuple[CareSettingsShare, ...]
    providers: ProviderCounts
    places: Places
    layouts: tuple[FileLayout, FileLayout]
