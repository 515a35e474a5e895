# SPDX-License-Identifier: MIT
"""Reading the results of the nation: how complete they are, and the scores of a care setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trigpoint_web.organisations.queries import holds_on
from trigpoint_web.results.models import ScoredSubmission, ScoreRun, StoredScore
from trigpoint_web.rounds.models import Round, Signature, Submission, SubmissionUnit

NOT_PLACED = "In no group"


@dataclass(frozen=True, slots=True)
class GroupCompleteness:
    """How many of a group take part, and how many of them have signed."""

    title: str
    population: int
    signed: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of the whole round, and by system, kind of organisation and care setting (there units are counted)."""

    whole: GroupCompleteness
    systems: tuple[GroupCompleteness, ...]
    kinds: tuple[GroupCompleteness, ...]
    care_settings: tuple[GroupCompleteness, ...]


def read_completeness(round_: Round) -> Completeness:
    """Return how many of those who take part have signed. Four queries, whatever their number."""
    is_signed = Exists(Signature.objects.filter(submission=OuterRef("pk")))
    submissions = Submission.objects.filter(round=round_).annotate(is_signed=is_signed)
    whole = submissions.aggregate(population=Count("pk"), signed=Count("pk", filter=Q(is_signed=True)))
    kinds = _count(submissions, "organisation__kind")
    unit_is_signed = Exists(Signature.objects.filter(submission=OuterRef("submission")))
    units = SubmissionUnit.objects.filter(submission__round=round_).annotate(is_signed=unit_is_signed)
    return Completeness(
        whole=GroupCompleteness("All", whole["population"], whole["signed"]),
        systems=_count_systems(round_, submissions, whole["population"], whole["signed"]),
        kinds=kinds,
        care_settings=_count(units, "care_setting"),
    )


def _count(rows: QuerySet[Submission] | QuerySet[SubmissionUnit], column: str) -> tuple[GroupCompleteness, ...]:
    counted = rows.order_by(column).values_list(column)
    counted = counted.annotate(population=Count("pk"), signed=Count("pk", filter=Q(is_signed=True)))
    return tuple(GroupCompleteness(*row) for row in counted)


def _count_systems(
    round_: Round, submissions: QuerySet[Submission], population: int, signed: int
) -> tuple[GroupCompleteness, ...]:
    """By system on the day of the round; those in none are counted, not left out."""
    path = "organisation__placements"
    held = holds_on(round_.register_on, first=f"{path}__valid_from", last=f"{path}__valid_to")
    placed = submissions.filter(held, **{f"{path}__group__grouping": "icb"})
    systems = _count(placed, f"{path}__group__name")
    missing = population - sum(one.population for one in systems)
    if missing <= 0:
        return systems
    return (*systems, GroupCompleteness(NOT_PLACED, missing, signed - sum(one.signed for one in systems)))


def list_care_settings(run: ScoreRun) -> tuple[str, ...]:
    """Return the care settings of which a run has scores, by name. One query."""
    found = StoredScore.objects.filter(run=run).order_by("care_setting").values_list("care_setting", flat=True)
    return tuple(found.distinct())


def list_scores_in(run: ScoreRun, care_setting: str) -> Sequence[StoredScore]:
    """Return every score of a run in one care setting, with its organisation. One query."""
    rows = StoredScore.objects.filter(run=run, care_setting=care_setting).select_related("organisation")
    return list(rows.order_by("organisation_id", "pk"))


def count_scored(run: ScoreRun) -> tuple[int, int]:
    """Return how many submissions a run scored, and how many of them as last signed, as they were open again then."""
    counted = ScoredSubmission.objects.filter(run=run).aggregate(
        scored=Count("pk"), reopened=Count("pk", filter=Q(was_reopened=True))
    )
    return counted["scored"], counted["reopened"]
