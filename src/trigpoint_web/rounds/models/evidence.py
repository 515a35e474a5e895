# SPDX-License-Identifier: MIT
"""Evidence: files and links of an organisation, their versions, and the answers they are used for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.models.submission import Submission


class StoredFile(models.Model):
    """A file in the evidence store, named by the SHA-256 of what is in it. Rows are added and never changed."""

    hash = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)  # as its content says, not its name
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.hash


class Evidence(models.Model):
    """Something that shows an answer is right. It belongs to the organisation, so it can serve in other rounds.

    expires_on: None when it does not. withdrawn_at: set when it is no longer offered; its uses and versions stay.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    expires_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """No plural of its own."""

        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.title


class EvidenceVersion(models.Model):
    """A file or a link as it was added: one of the two. Rows are added and never changed."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A file or a link, each version once."""

        constraints = (
            models.UniqueConstraint(fields=["evidence", "version"], name="one_evidence_a_version"),
            models.CheckConstraint(
                name="file_or_link",
                condition=(Q(file__isnull=False, link="") & ~Q(file_name=""))
                | (Q(file=None, file_name="") & ~Q(link="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_id} v{self.version}"


class EvidenceUse(models.Model):
    """Evidence given for the answer at a place. removed_at None: it stands."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="evidence_uses")
    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once a place at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["evidence", "submission", "asked_in", "question"],
                condition=Q(removed_at=None),
                name="one_use_a_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_id} for {self.question}"
