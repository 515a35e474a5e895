# SPDX-License-Identifier: MIT
"""Reading rounds, and what a new one could be made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from trigpoint_web.organisations.models import CareProvided, Organisation
from trigpoint_web.organisations.queries import list_care_settings_of, list_population
from trigpoint_web.rounds.actions.rounds import Population
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import SubmissionState


@dataclass(frozen=True, slots=True)
class PopulationPreview:
    """Who would take part. by_kind: how many of each kind; by_care: how many give each kind of care.

    An organisation that gives several kinds of care counts in each.
    """

    organisations: int
    by_kind: Mapping[str, int]
    by_care: Mapping[str, int]
    without_care: int


def list_rounds() -> QuerySet[Round]:
    """Every round, the newest first, with how many take part (taking_part) and have signed (signed). One query."""
    return (
        Round.objects.select_related("framework")
        .annotate(
            taking_part=Count("submissions"),
            signed=Count("submissions", filter=Q(submissions__state=SubmissionState.SIGNED)),
        )
        .order_by("-opens_at", "-pk")
    )


def find_round(slug: str) -> Round | None:
    """Return the round with a short name; None when there is none."""
    return Round.objects.filter(slug=slug).first()


def list_kinds() -> tuple[str, ...]:
    """Return the kinds of organisations in the register. One query."""
    return tuple(Organisation.objects.order_by("kind").values_list("kind", flat=True).distinct())


def list_care_settings() -> tuple[str, ...]:
    """Return the kinds of care in the register. One query."""
    rows = CareProvided.objects.order_by("care_setting").values_list("care_setting", flat=True)
    return tuple(rows.distinct())


def preview_population(population: Population) -> PopulationPreview:
    """Return who would take part, by kind and care setting, as on the register's day. Two queries."""
    found = list(
        list_population(population.register_on, kinds=population.kinds, care_settings=population.care_settings)
    )
    care = list_care_settings_of(found, on=population.register_on)
    by_care: defaultdict[str, int] = defaultdict(int)
    for given in care.values():
        for one in given:
            by_care[one] += 1
    return PopulationPreview(
        organisations=len(found),
        by_kind=dict(sorted(Counter(one.kind for one in found).items())),
        by_care=dict(sorted(by_care.items())),
        without_care=sum(one.code not in care for one in found),
    )
