# SPDX-License-Identifier: MIT
"""In which order the questions of a submission are put: which stand on one page, and which page follows which."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint.submissions.units import Unit

PlacesOfPage = tuple[AnswerPlace, ...]


def list_pages(framework: Framework, places: Sequence[AnswerPlace]) -> tuple[PlacesOfPage, ...]:
    """Return the places that are shown, page by page, in the order asked."""
    pages: dict[AnswerPlace, list[AnswerPlace]] = {}
    for place in places:
        pages.setdefault(_head(framework, place), []).append(place)
    return tuple(tuple(page) for page in pages.values())


def _head(framework: Framework, place: AnswerPlace) -> AnswerPlace:
    """The place of the question that begins the page, whether it is shown or not."""
    return AnswerPlace(place.asked_in, framework.questions[place.question].asked_with or place.question)


def list_places_of_page(framework: Framework, place: AnswerPlace, units: Sequence[Unit]) -> PlacesOfPage:
    """Return every place on the page of one, also those hidden now; empty for a place that nobody is asked."""
    if place.question not in framework.questions:
        return ()
    head = _head(framework, place)
    on_page = [
        AnswerPlace(place.asked_in, question.id)
        for question in framework.content.questions
        if (question.asked_with or question.id) == head.question
    ]
    found = tuple(one for one in on_page if _can_be_asked(framework, one, units))
    return found if place in found else ()


def _can_be_asked(framework: Framework, place: AnswerPlace, units: Sequence[Unit]) -> bool:
    question = framework.questions[place.question]
    if question.is_asked_once != (place.asked_in == ORGANISATION):
        return False
    asked = [unit for unit in units if place.asked_in in {ORGANISATION, unit.care_setting}]
    return any(question.is_asked_in(unit.care_settings) for unit in asked)


def find_following(pages: Sequence[PlacesOfPage], page: PlacesOfPage, *, step: int = 1) -> AnswerPlace | None:
    """Return the first place of the page after this one, or with step -1 before it; None where there is none.

    page: one of the pages, or the places of one that routing has just hidden or changed.
    """
    at = next((number for number, one in enumerate(pages) if not set(one).isdisjoint(page)), None)
    if at is None or not 0 <= at + step < len(pages):
        return None
    return pages[at + step][0]


def places_of_section(framework: Framework, places: Sequence[AnswerPlace], place: AnswerPlace) -> PlacesOfPage:
    """Return the places that are shown in the section of one, in the order asked."""
    section = section_of(framework, framework.questions[place.question])
    return tuple(
        one
        for one in places
        if one.asked_in == place.asked_in and section_of(framework, framework.questions[one.question]) == section
    )
