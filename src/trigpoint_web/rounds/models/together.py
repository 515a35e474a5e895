# SPDX-License-Identifier: MIT
"""Working together on a submission: who is asked to answer what, comments, polls of colleagues, staff surveys."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trigpoint_web.rounds.models.answer import MissingState
from trigpoint_web.rounds.models.submission import Submission


class Delegation(models.Model):
    """A colleague is asked to answer a section (measure) or a single question by a day. One of the two is given.

    ended_at: None while it stands. It gives no right and takes none: it says who is expected to.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="delegations")
    asked_in = models.CharField(max_length=60)
    section = models.CharField(max_length=60, blank=True)
    question = models.CharField(max_length=60, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations")
    due_on = models.DateField()
    message = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A section or a question, held by one person at a time."""

        constraints = (
            models.CheckConstraint(
                name="delegation_of_one_thing",
                condition=(Q(section="") & ~Q(question="")) | (~Q(section="") & Q(question="")),
            ),
            models.UniqueConstraint(
                fields=["submission", "asked_in", "section", "question"],
                condition=Q(ended_at=None),
                name="one_delegation_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.section or self.question} to {self.to_id}"


class Comment(models.Model):
    """What somebody said about a question, seen in the organisation alone. Rows are added and never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.by_id} on {self.question}"


class Mention(models.Model):
    """Somebody named in a comment, who gets a mail. seen_at None: they have not opened the question since."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Once a comment."""

        constraints = (models.UniqueConstraint(fields=["comment", "user"], name="one_mention_a_comment"),)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.comment_id}"


class Poll(models.Model):
    """Named colleagues are asked for their view on one question. closed_at None: open."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="polls")
    asked_in = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    message = models.TextField(blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One open poll a place."""

        constraints = (
            models.UniqueConstraint(
                fields=["submission", "asked_in", "question"], condition=Q(closed_at=None), name="one_open_poll_a_place"
            ),
        )

    def __str__(self) -> str:
        return f"poll on {self.question}"


class PollReply(models.Model):
    """A colleague asked in a poll and, once replied_at is there, their view: a choice, a number or a missing state."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="poll_replies")
    choice = models.CharField(max_length=60, null=True)
    number = models.FloatField(null=True)
    missing = models.CharField(max_length=16, choices=MissingState.choices, null=True)
    note = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        """One view a person; a reply has a view."""

        constraints = (
            models.UniqueConstraint(fields=["poll", "user"], name="one_view_a_person"),
            models.CheckConstraint(
                name="reply_has_a_view",
                condition=Q(replied_at=None, choice=None, number=None, missing=None)
                | Q(replied_at__isnull=False, choice__isnull=False, number=None, missing=None)
                | Q(replied_at__isnull=False, choice=None, number__isnull=False, missing=None)
                | Q(replied_at__isnull=False, choice=None, number=None, missing__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.poll_id}"


class StaffSurvey(models.Model):
    """A short anonymous survey of staff on some of the questions, opened by a link. key: in the link, hard to guess.

    reply_count: how many people replied; no reply itself is kept.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=120)
    key = models.CharField(max_length=43, unique=True)
    asked_in = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    reply_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """A question of the framework that a staff survey asks."""

    survey = models.ForeignKey(StaffSurvey, on_delete=models.PROTECT, related_name="questions")
    question = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Each once, in order."""

        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["survey", "question"], name="one_question_a_survey"),)

    def __str__(self) -> str:
        return self.question


class SurveyCount(models.Model):
    """How many people gave one answer to one question of a staff survey. No reply is kept: there is no row of anybody.

    One row for each possible answer, made with the survey, so that no order of rows tells who came first: a choice, a
    way of being missing, or numbers from `at_least` up to the next row's. count: of all replies; shown_count: of those
    that the lead sees, the same as count whenever the answers to the question are a multiple of five.
    """

    survey = models.ForeignKey(StaffSurvey, on_delete=models.PROTECT, related_name="counts")
    question = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=60, null=True)
    at_least = models.FloatField(null=True)
    missing = models.CharField(max_length=16, choices=MissingState.choices, null=True)
    count = models.PositiveIntegerField(default=0)
    shown_count = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the scale; each says one thing."""

        ordering = ("question", "position")
        constraints = (
            models.UniqueConstraint(fields=["survey", "question", "position"], name="one_count_an_answer"),
            models.CheckConstraint(
                name="count_of_one_answer",
                condition=Q(choice__isnull=False, at_least=None, missing=None)
                | Q(choice=None, at_least__isnull=False, missing=None)
                | Q(choice=None, at_least=None, missing__isnull=False),
            ),
            models.CheckConstraint(name="shown_is_not_more", condition=Q(shown_count__lte=models.F("count"))),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.choice or self.missing or self.at_least}"
