# SPDX-License-Identifier: MIT
"""Reading releases."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from trigpoint_web.releases.models import Approval, ReleaseComment, RoundRelease
from trigpoint_web.releases.states import UNPUBLISHED, ReleaseState
from trigpoint_web.rounds.models import Round


def list_releases(round_: Round) -> QuerySet[RoundRelease]:
    """Every release of a round, newest first. One query."""
    return RoundRelease.objects.filter(round=round_).order_by("-pk")


def find_release(round_: Round, pk: int) -> RoundRelease | None:
    """Return a release of a round; None when it is no release of that round. One query."""
    rows = RoundRelease.objects.select_related("round", "run", "drafted_by")
    return rows.filter(round=round_, pk=pk).first()


def find_prepared(round_: Round) -> RoundRelease | None:
    """Return the release of a round that is being prepared; None when none is. One query."""
    rows = RoundRelease.objects.select_related("round").filter(round=round_, state__in=UNPUBLISHED)
    return rows.first()


def count_published(round_: Round) -> int:
    """Return how many releases of a round were published. One query."""
    return RoundRelease.objects.filter(round=round_, state=ReleaseState.PUBLISHED).count()


def list_approvals(release: RoundRelease) -> QuerySet[Approval]:
    """Who approved a release, first first. One query."""
    return Approval.objects.filter(release=release).select_related("user").order_by("pk")


def list_comments(release: RoundRelease) -> QuerySet[ReleaseComment]:
    """What organisations said of their pages, oldest first. One query."""
    return ReleaseComment.objects.filter(release=release).select_related("organisation", "user").order_by("pk")


def list_published() -> list[RoundRelease]:
    """Return every published release, in the order of publication. One query."""
    rows = RoundRelease.objects.filter(state=ReleaseState.PUBLISHED).select_related("round")
    return list(rows.order_by("published_at", "pk"))


def list_announced() -> list[RoundRelease]:
    """Return what is approved and not yet published, the nearest first. One query."""
    rows = RoundRelease.objects.filter(state=ReleaseState.APPROVED).select_related("round")
    return list(rows.order_by("publishes_at", "pk"))


def list_due(at: datetime) -> list[RoundRelease]:
    """Return the announced releases whose moment has come, the earliest first. One query."""
    return [release for release in list_announced() if release.publishes_at <= at]
