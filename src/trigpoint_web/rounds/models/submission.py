# SPDX-License-Identifier: MIT
"""Submissions: what one organisation sends in for a round, the units it is for, extensions and signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.models.round import Round
from trigpoint_web.rounds.states import SubmissionState


class Submission(models.Model):
    """One organisation's answers in a round: of all its units, submitted and signed together (ADR 0010).

    asked_count, dealt_with_count: places shown, and those with an answer, a don't know or a not applicable; kept by the
    action that saves an answer, so that the board needs no answers. extended_until: replaces the round's closing for
    this organisation. last_activity_at None: nobody has touched it.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=12, choices=SubmissionState.choices, default=SubmissionState.NOT_STARTED)
    extended_until = models.DateTimeField(null=True)
    asked_count = models.PositiveIntegerField(default=0)
    dealt_with_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(null=True)
    last_activity_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One a round and organisation; what a state needs is there."""

        constraints = (
            models.UniqueConstraint(fields=["round", "organisation"], name="one_submission_an_organisation"),
            models.CheckConstraint(
                name="submitted_has_who_and_when",
                condition=~Q(state__in=[SubmissionState.SUBMITTED, SubmissionState.SIGNED])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="signed_exactly_when_signed",
                condition=Q(state=SubmissionState.SIGNED, signed_at__isnull=False)
                | (~Q(state=SubmissionState.SIGNED) & Q(signed_at=None)),
            ),
        )
        indexes = (models.Index(fields=["round", "state"], name="submission_by_state"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.round_id}"


class SubmissionUnit(models.Model):
    """A unit of assessment that a submission is for. care_setting: General for the whole organisation.

    care_settings: the care settings whose questions the unit is asked.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="units")
    care_setting = models.CharField(max_length=60)
    care_settings = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """A care setting is one unit; units stand in order."""

        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["submission", "care_setting"], name="one_unit_a_care_setting"),)

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.care_setting}"


class Extension(models.Model):
    """A later day for one organisation, with the reason. The newest holds. Rows are added and never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.submission_id} until {self.until:%Y-%m-%d}"


class Signature(models.Model):
    """An accountable officer's signature. Rows are added and never changed: after a reopening the old one stands.

    answers_hash: of the answer table signed; last_answer: key of the newest answer it covers, so that the state that
    was signed can be read again. name, job_title, declaration: as they were.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="signatures")
    declaration = models.TextField()
    answers_hash = models.CharField(max_length=64)
    framework_hash = models.CharField(max_length=64)
    last_answer = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id} by {self.name}, {self.answers_hash[:12]}"
