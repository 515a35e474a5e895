# SPDX-License-Identifier: MIT
"""Score tables as they were computed: with what they were made from, and never changed afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.models import Round, Signature, Submission


class ScoreRun(models.Model):
    """One computation of a round's scores. The newest that finished is the one shown; the others stay.

    answers_hash, framework_hash, engine: what to recompute with. share_done: 0 to 1. failure: why it stopped.
    """

    class State(models.TextChoices):
        """Where the computation is."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Failed"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="score_runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    basis = models.CharField(max_length=120, blank=True)
    framework_hash = models.CharField(max_length=64, blank=True)
    answers_hash = models.CharField(max_length=64, blank=True)
    scores_hash = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=20, blank=True)
    units = models.PositiveIntegerField(default=0)
    share_done = models.FloatField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """What is finished has its hashes and its moment."""

        constraints = (
            models.CheckConstraint(
                name="finished_run_has_hashes",
                condition=~Q(state="finished")
                | (Q(finished_at__isnull=False) & ~Q(framework_hash="") & ~Q(answers_hash="") & ~Q(scores_hash="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.state}"


class StoredScore(models.Model):
    """One unit's score on one measure, exact: a fraction as two whole numbers in text. Rows are added, never changed.

    numerator, denominator: blank where there is no score. value: the nearest float, for sorting and drawing; None
    where there is none. Counts are of scored questions, as in trigpoint.scoring.ScoreTable.
    """

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="scores")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    care_setting = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    numerator = models.CharField(max_length=40, blank=True)
    denominator = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True)
    band = models.CharField(max_length=60, blank=True)
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    dont_know = models.PositiveIntegerField()
    not_applicable = models.PositiveIntegerField()
    not_shown = models.PositiveIntegerField()

    class Meta:
        """One a unit and measure."""

        constraints = (
            models.UniqueConstraint(fields=["run", "organisation", "care_setting", "measure"], name="one_score_a_unit"),
        )
        indexes = (models.Index(fields=["run", "measure", "care_setting"], name="score_by_measure"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.measure}"


class ScoredSubmission(models.Model):
    """A submission whose scores a run has, and the signature whose answers were scored. Rows are added, never changed.

    was_reopened: the submission had been opened again and not signed since, so the last state signed was scored.
    """

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="scored")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")
    was_reopened = models.BooleanField()

    class Meta:
        """Once a run."""

        constraints = (models.UniqueConstraint(fields=["run", "submission"], name="scored_once_a_run"),)

    def __str__(self) -> str:
        return f"{self.submission_id} in run {self.run_id}"
