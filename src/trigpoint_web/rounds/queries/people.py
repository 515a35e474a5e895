# SPDX-License-Identifier: MIT
"""Reading who reviews a round, and in which of its organisations nobody can sign."""

from __future__ import annotations

from django.db.models import QuerySet

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.organisations.queries.people import list_organisations_nobody_can
from trigpoint_web.rounds.models import Round, RoundMembership


def list_reviewers(round_: Round) -> QuerySet[RoundMembership]:
    """Who reviews a round now, by name. One query."""
    held = RoundMembership.objects.filter(round=round_, role=Role.REVIEWER, ended_at=None).select_related("user")
    return held.order_by("user__name", "pk")


def find_reviewer(round_: Round, pk: int) -> RoundMembership | None:
    """Return who reviews or reviewed a round, by the key of the role; None when there is none."""
    return RoundMembership.objects.filter(round=round_, pk=pk).select_related("user", "round").first()


def list_own_reviews(user: User) -> QuerySet[Round]:
    """The rounds that a person reviews, newest first. One query."""
    held = RoundMembership.objects.filter(user=user, role=Role.REVIEWER, ended_at=None)
    return Round.objects.filter(pk__in=held.values("round")).order_by("-opens_at", "-pk")


def list_gaps(round_: Round, permission: Permission) -> QuerySet[Organisation]:
    """The organisations of a round in which nobody has the permission, by code. One query, by joins."""
    return list_organisations_nobody_can(permission, among=Organisation.objects.filter(submissions__round=round_))
