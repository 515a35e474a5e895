# SPDX-License-Identifier: MIT
"""The organisations whose results in a round a person may look up."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, roles_with
from trigpoint_web.organisations.models import Membership, Placement
from trigpoint_web.organisations.queries import holds_on
from trigpoint_web.results.models import ScoredSubmission, ScoreRun
from trigpoint_web.rounds.queries.reviews import is_named

_PATH = "submission__organisation"


def list_held_for_results(user: User) -> QuerySet[Membership]:
    """Return the roles of a person that let them see results, wherever they are held. One query."""
    return Membership.objects.filter(user=user, ended_at=None, role__in=roles_with(Permission.VIEW_RESULTS))


def list_with_results(run: ScoreRun, user: User, *, text: str, on: date) -> QuerySet[ScoredSubmission]:
    """Return what a run scored that a person's roles reach on a day, by name; those found by the text."""
    found = ScoredSubmission.objects.filter(is_named(text, _PATH), _is_reached(user, on), run=run)
    named = found.select_related("submission__round", "submission__organisation", "signature")
    return named.order_by(f"{_PATH}__name", _PATH)


def _is_reached(user: User, on: date) -> Q:
    held = list_held_for_results(user)
    if held.filter(organisation=None, group=None).exists():
        return Q()
    groups = held.filter(group__isnull=False).values("group")
    placed = Placement.objects.filter(holds_on(on), group__in=groups)
    own = held.filter(organisation__isnull=False)
    reached = (placed.values("organisation"), own.values("organisation"))
    return Q((f"{_PATH}__in", reached[0])) | Q((f"{_PATH}__in", reached[1]))
