# SPDX-License-Identifier: MIT
"""Releases of rounds as the service prepares and publishes them, and who approved them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.organisations.models import Organisation
from trigpoint_web.releases.states import UNPUBLISHED, ReleaseState
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.rounds.models import Round


class RoundRelease(models.Model):
    """A release of a round's results. number: round and how many-th of it, such as 2017.1; a second corrects the first.

    reply_until: until when organisations may comment on their own page; None where they are not asked.
    run: the results it publishes. publishes_at: until when it is under embargo. why: what a correction mends.
    name, manifest_hash: of the release that was made and checked; blank before. checks: title and problems of each.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="releases")
    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    publishes_at = models.DateTimeField()
    reply_until = models.DateTimeField(null=True)
    name = models.CharField(max_length=140, blank=True)
    manifest_hash = models.CharField(max_length=64, blank=True)
    checks = models.JSONField(default=list)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        """One is prepared at a time, and what goes on has been checked."""

        constraints = (
            models.UniqueConstraint(
                name="one_release_prepared", fields=["round"], condition=Q(state__in=sorted(UNPUBLISHED))
            ),
            models.UniqueConstraint(
                name="one_release_a_number", fields=["round", "number"], condition=~Q(state=ReleaseState.WITHDRAWN)
            ),
            models.CheckConstraint(
                name="what_goes_on_was_checked",
                condition=Q(state__in=(ReleaseState.DRAFT, ReleaseState.WITHDRAWN)) | ~Q(manifest_hash=""),
            ),
            models.CheckConstraint(
                name="published_has_its_moment",
                condition=Q(published_at__isnull=False) | ~Q(state=ReleaseState.PUBLISHED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Approval(models.Model):
    """A person's word that a release may go out as its hash says. Rows are added, never changed."""

    release = models.ForeignKey(RoundRelease, on_delete=models.PROTECT, related_name="approvals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    manifest_hash = models.CharField(max_length=64)

    class Meta:
        """Once a person."""

        constraints = (models.UniqueConstraint(fields=["release", "user"], name="one_approval_a_person"),)

    def __str__(self) -> str:
        return f"{self.release_id} by {self.user_id}, {self.manifest_hash[:12]}"


class ReleaseComment(models.Model):
    """What an organisation says of its page before it is published. Rows are added, never changed."""

    release = models.ForeignKey(RoundRelease, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.release_id}"
