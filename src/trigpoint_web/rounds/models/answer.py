# SPDX-License-Identifier: MIT
"""Answers: every one that was ever given, in order, and a view of those that stand now.

An answer stands at a place: the question, and where it is asked: "organisation" for a question answered once for all
units, else the unit's care setting.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.rounds.models.submission import Submission

WHOLE_ORGANISATION = "organisation"


class MissingState(models.TextChoices):
    """The ways of being missing that a person can say. Not shown is never said: routing decides it."""

    NOT_ANSWERED = "not_answered", "Not answered"
    DONT_KNOW = "dont_know", "Don’t know"
    NOT_APPLICABLE = "not_applicable", "Does not apply to us"


class AnswerSource(models.TextChoices):
    """How an answer came in."""

    SCREEN = "screen", "On screen"
    SPREADSHEET = "spreadsheet", "From a spreadsheet"
    SUGGESTION = "suggestion", "A suggestion, confirmed"
    INTAKE = "intake", "From a file of the national team"


class AnswerColumns(models.Model):
    """What an answer is: a choice of the scale, a number, or a way of being missing, one of the three.

    version: 1 for the first answer at its place, one more for each change. note: others in the organisation see it.
    reason: why it was changed, where that was asked.
    """

    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    choice = models.CharField(max_length=60, null=True)
    number = models.FloatField(null=True)
    missing = models.CharField(max_length=16, choices=MissingState.choices, null=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=AnswerSource.choices, default=AnswerSource.SCREEN)
    at = models.DateTimeField()

    class Meta:
        """Columns only; the table and the view have them both."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.asked_in} {self.question} v{self.version}"


class Answer(AnswerColumns):
    """An answer as it was given. Rows are added; the database refuses to change or delete one."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One of choice, number and missing; each version once, which also stops two writers of the same version."""

        constraints = (
            models.UniqueConstraint(
                fields=["submission", "asked_in", "question", "version"], name="one_answer_a_version"
            ),
            models.CheckConstraint(
                name="choice_number_or_missing",
                condition=Q(choice__isnull=False, number=None, missing=None)
                | Q(choice=None, number__isnull=False, missing=None)
                | Q(choice=None, number=None, missing__isnull=False),
            ),
        )


class CurrentAnswer(AnswerColumns):
    """The newest version at each place: a view of the answers."""

    submission = models.ForeignKey(Submission, on_delete=models.DO_NOTHING, related_name="current_answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        """A view, made by a migration."""

        managed = False
        db_table = "rounds_current_answer"


class Suggestion(models.Model):
    """An answer that may fit, from the last round or from an existing return. It counts for nothing until confirmed.

    source_label: what people read, as "Last round (2017): Mostly agree". was_taken None: nobody has said yet.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="suggestions")
    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    choice = models.CharField(max_length=60, null=True)
    number = models.FloatField(null=True)
    missing = models.CharField(max_length=16, choices=MissingState.choices, null=True)
    source = models.CharField(max_length=40)
    source_label = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    was_taken = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One open suggestion a place and source; settled ones have who and when."""

        constraints = (
            models.UniqueConstraint(
                fields=["submission", "asked_in", "question", "source"],
                condition=Q(was_taken=None),
                name="one_open_suggestion_a_source",
            ),
            models.CheckConstraint(
                name="settled_suggestion_has_who_and_when",
                condition=Q(was_taken=None, settled_at=None, settled_by=None)
                | Q(was_taken__isnull=False, settled_at__isnull=False, settled_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_in} {self.question}: {self.source_label}"


class TimeSpent(models.Model):
    """Seconds a person had a question's page open before saving it: the burden of the round is added up from these."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="times_spent")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    seconds = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seconds} s on {self.question}"
