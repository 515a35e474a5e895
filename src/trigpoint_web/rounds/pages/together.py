# SPDX-License-Identifier: MIT
"""What an address of working together must name: a question or a section that the submission is asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.queries.together import list_possible_places, places_of_section


def require_place(access: SubmissionAccess, *, asked_in: str, question: str) -> AnswerPlace:
    """Return the place that an address names. Raises Http404 where the submission is not asked. One query."""
    place = AnswerPlace(asked_in, question)
    if place not in list_possible_places(access.submission):
        raise Http404
    return place


def require_section(access: SubmissionAccess, *, asked_in: str, section: str) -> tuple[AnswerPlace, ...]:
    """Return the places of a section in one place. Raises Http404 where there are none. One query."""
    found = places_of_section(access.submission, section, list_places_in(access, asked_in=asked_in))
    if not found:
        raise Http404
    return found


def list_places_in(access: SubmissionAccess, *, asked_in: str) -> Sequence[AnswerPlace]:
    """Return the places in the organisation as a whole or in a care setting; empty where there are none. One query."""
    return tuple(one for one in list_possible_places(access.submission) if one.asked_in == asked_in)
