# SPDX-License-Identifier: MIT
"""Reading how long a round took the people who answered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Sum

from trigpoint_web.rounds.models import Round, Submission, TimeSpent


class TimedQuestion(NamedTuple):
    """The seconds that one organisation spent on a question, wherever it is asked, and in how many sittings."""

    organisation: str
    question: str
    seconds: int
    sittings: int


@dataclass(frozen=True, slots=True)
class TimedOrganisation:
    """An organisation of the round whose time was measured. people: how many saved something."""

    code: str
    name: str
    state: str
    people: int


def list_times(round_: Round) -> list[TimedQuestion]:
    """Return the time by organisation and question, by code and question. One query."""
    rows = (
        TimeSpent.objects.filter(submission__round=round_)
        .values_list("submission__organisation_id", "question")
        .annotate(total=Sum("seconds"), sittings=Count("pk"))
        .order_by("submission__organisation_id", "question")
    )
    return [TimedQuestion(*row) for row in rows]


def list_timed_organisations(round_: Round) -> list[TimedOrganisation]:
    """Return the organisations with any time, by name. One query."""
    rows = (
        Submission.objects.filter(round=round_)
        .annotate(people=Count("times_spent__user", distinct=True))
        .filter(people__gt=0)
        .order_by("organisation__name", "organisation_id")
    )
    named = rows.values_list("organisation_id", "organisation__name", "state", "people")
    return [TimedOrganisation(*row) for row in named]
