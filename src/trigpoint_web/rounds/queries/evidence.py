# SPDX-License-Identifier: MIT
"""Reading evidence: what is given for which answer, what an organisation has, what has expired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.rounds.models import Evidence, EvidenceUse, EvidenceVersion, Submission


def place_of_use(use: EvidenceUse) -> AnswerPlace:
    """Return the place of the answer that a piece of evidence is given for."""
    return AnswerPlace(use.asked_in, use.question)


def list_uses(
    submission: Submission, places: Iterable[AnswerPlace] | None = None
) -> Mapping[AnswerPlace, list[EvidenceUse]]:
    """Return the evidence that stands, by place, each with its versions, oldest first. Two queries, however many.

    places: None for all. A place without evidence is left out.
    """
    uses = _standing(submission)
    if places is not None:
        wanted = set(places)
        uses = uses.filter(question__in={place.question for place in wanted})
    found: defaultdict[AnswerPlace, list[EvidenceUse]] = defaultdict(list)
    for use in uses.select_related("evidence").prefetch_related(_versions("evidence__versions")).order_by("at", "pk"):
        if places is None or place_of_use(use) in wanted:
            found[place_of_use(use)].append(use)
    return dict(found)


def list_places_with_evidence(submission: Submission) -> frozenset[AnswerPlace]:
    """Return the places for which some evidence stands. One query."""
    return frozenset(AnswerPlace(*place) for place in _standing(submission).values_list("asked_in", "question"))


def list_expired_uses(submission: Submission, on: date) -> QuerySet[EvidenceUse]:
    """Evidence that is given for an answer and has expired by a day, in the order it was given. One query."""
    return _standing(submission).filter(evidence__expires_on__lt=on).select_related("evidence").order_by("at", "pk")


def list_library(organisation: str) -> QuerySet[Evidence]:
    """All evidence of an organisation, newest first: its versions, and for how many answers it is used. Two queries."""
    evidence = Evidence.objects.filter(organisation=organisation).prefetch_related(_versions("versions"))
    standing = Count("uses", filter=Q(uses__removed_at=None))
    return evidence.annotate(use_count=standing).order_by("-added_at", "-pk")


def list_reusable(submission: Submission, place: AnswerPlace) -> QuerySet[Evidence]:
    """Evidence of the organisation that is still offered and not yet given for the answer, newest first."""
    given = _standing(submission).filter(asked_in=place.asked_in, question=place.question).values("evidence")
    offered = list_library(submission.organisation_id).filter(withdrawn_at=None)
    return offered.exclude(pk__in=given)


def find_evidence(organisation: str, pk: int) -> Evidence | None:
    """Return a piece of evidence of an organisation with its versions; None when it has no such."""
    return list_library(organisation).filter(pk=pk).first()


def list_uses_of(evidence: Evidence) -> QuerySet[EvidenceUse]:
    """The answers that a piece of evidence stands for, newest first, each with its round. One query."""
    uses = EvidenceUse.objects.filter(evidence=evidence, removed_at=None)
    return uses.select_related("submission__round", "by").order_by("-at", "-pk")


def list_versions(evidence: Evidence) -> QuerySet[EvidenceVersion]:
    """Every version of a piece of evidence, newest first, each with who added it. One query."""
    return EvidenceVersion.objects.filter(evidence=evidence).select_related("file", "by").order_by("-version")


def find_use(submission: Submission, pk: int) -> EvidenceUse | None:
    """Return evidence that stands for an answer of the submission, with its versions; None when there is no such."""
    uses = _standing(submission).select_related("evidence").prefetch_related(_versions("evidence__versions"))
    return uses.filter(pk=pk).first()


def find_version_in_use(submission: Submission, *, evidence: int, version: int) -> EvidenceVersion | None:
    """Return a version with a file, of evidence that stands for some answer of the submission; else None."""
    uses = _standing(submission).filter(evidence__in=_only(evidence))
    return _find_file(evidence, version) if uses.exists() else None


def find_version_in_library(organisation: str, *, evidence: int, version: int) -> EvidenceVersion | None:
    """Return a version with a file, of evidence of the organisation; else None."""
    found = _find_file(evidence, version)
    return found if found is not None and found.evidence.organisation_id == organisation else None


def _find_file(evidence: int, version: int) -> EvidenceVersion | None:
    versions = EvidenceVersion.objects.filter(evidence__in=_only(evidence), version=version, file__isnull=False)
    return versions.select_related("file", "evidence").first()


def _only(pk: int) -> QuerySet[Evidence]:
    """The evidence with a key. A number too large for the database finds nothing so; compared with a reference to the
    row, SQLite would fail.
    """
    return Evidence.objects.filter(pk=pk)


def _standing(submission: Submission) -> QuerySet[EvidenceUse]:
    return EvidenceUse.objects.filter(submission=submission, removed_at=None)


def _versions(path: str) -> Prefetch[str, QuerySet[EvidenceVersion], str]:
    return Prefetch(path, EvidenceVersion.objects.select_related("file").order_by("version"))
