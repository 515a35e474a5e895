# SPDX-License-Identifier: MIT
"""Rounds: what is asked of whom, from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from trigpoint_web.accounts.roles import SCOPE_OF, Role, Scope
from trigpoint_web.rounds.states import RoundState

_ROUND_ROLES = [role.value for role in Role if SCOPE_OF[role] is Scope.ROUND]


class FrozenFramework(models.Model):
    """A framework version as it was when a round first used it: its files, found by its hash. Never changed.

    files: text of each file by its name in the version's folder.
    """

    hash = models.CharField(primary_key=True, max_length=64)
    framework = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    files = models.JSONField()
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.framework}@{self.version}"


class Round(models.Model):
    """One run of an assessment.

    register_on: the day on which the register says who takes part. unit_of: whether an organisation is one unit or one
    for each care setting. kinds, care_settings: whom the population was drawn from; empty is no limit. previous: the
    round before, for comparison. Moments are the last on which something is possible; None is not set.
    """

    class UnitOf(models.TextChoices):
        """What is scored as one."""

        ORGANISATION = "organisation", "One for the whole organisation"
        CARE_SETTING = "care_setting", "One for each care setting"

    slug = models.SlugField(unique=True, max_length=60)
    title = models.CharField(max_length=120)
    framework = models.ForeignKey(FrozenFramework, on_delete=models.PROTECT, related_name="rounds")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.DRAFT)
    unit_of = models.CharField(max_length=12, choices=UnitOf.choices, default=UnitOf.ORGANISATION)
    register_on = models.DateField()
    kinds = models.JSONField(default=list)
    care_settings = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    review_ends_at = models.DateTimeField(null=True)
    reply_ends_at = models.DateTimeField(null=True)
    publishes_at = models.DateTimeField(null=True)
    shows_live_scores = models.BooleanField(default=False)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Dates stand in order."""

        constraints = (
            models.CheckConstraint(name="round_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="review_ends_after_closing",
                condition=Q(review_ends_at=None) | Q(review_ends_at__gte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="reply_ends_after_review",
                condition=Q(reply_ends_at=None) | Q(review_ends_at=None) | Q(reply_ends_at__gte=F("review_ends_at")),
            ),
            models.CheckConstraint(
                name="publication_comes_last",
                condition=Q(publishes_at=None) | Q(reply_ends_at=None) | Q(publishes_at__gte=F("reply_ends_at")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class RoundMembership(models.Model):
    """A person's role in a round, such as reviewer. ended_at None: held now."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="round_memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="memberships")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Only roles of a round, each once at a time."""

        constraints = (
            models.CheckConstraint(name="role_of_a_round", condition=Q(role__in=_ROUND_ROLES)),
            models.UniqueConstraint(
                fields=["user", "role", "round"], condition=Q(ended_at=None), name="round_role_is_held_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} in {self.round_id}"
