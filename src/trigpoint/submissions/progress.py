# SPDX-License-Identifier: MIT
"""How far an organisation has got with its answers, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.frameworks.asking import section_of
from trigpoint.frameworks.framework import Framework
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, PlacedAnswers, asked_places
from trigpoint.submissions.units import Unit


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one section is, as the organisation or one of its units is asked it.

    asked_in: as in `AnswerPlace`. section: the id of its measure; None for questions that stand in no section.
    asked: how many questions are shown. dealt_with: those answered, don't know or not applicable. answered: those
    with an answer. first_open: the first place not dealt with; None when the section is complete.
    """

    asked_in: str
    section: str | None
    asked: int
    dealt_with: int
    answered: int
    first_open: AnswerPlace | None

    @property
    def is_complete(self) -> bool:
        """Whether every question shown is dealt with."""
        return self.first_open is None


def summarise_progress(
    framework: Framework, units: Sequence[Unit], answers_by_place: PlacedAnswers
) -> tuple[SectionProgress, ...]:
    """Return how far each section is: first those asked of the organisation, then unit by unit, in the order asked.

    units: those of one organisation, each in its own care setting. A section of which nothing is shown is left out.
    """
    sections: dict[tuple[str, str | None], list[AnswerPlace]] = {}
    for place in asked_places(framework, units, answers_by_place):
        section = section_of(framework, framework.questions[place.question])
        sections.setdefault((place.asked_in, section), []).append(place)
    return tuple(
        _section_progress(asked_in, section, places, answers_by_place)
        for (asked_in, section), places in sections.items()
    )


def _section_progress(
    asked_in: str, section: str | None, places: Sequence[AnswerPlace], answers_by_place: PlacedAnswers
) -> SectionProgress:
    answers = [answers_by_place.get(place, Missing.NOT_ANSWERED) for place in places]
    still_open = [place for place, answer in zip(places, answers, strict=True) if answer in _NOT_DEALT_WITH]
    return SectionProgress(
        asked_in=asked_in,
        section=section,
        asked=len(places),
        dealt_with=len(places) - len(still_open),
        answered=sum(not isinstance(answer, Missing) for answer in answers),
        first_open=still_open[0] if still_open else None,
    )


# An answer kept from when the question was not shown says nothing now that it is.
_NOT_DEALT_WITH = frozenset({Missing.NOT_ANSWERED, Missing.NOT_SHOWN})
