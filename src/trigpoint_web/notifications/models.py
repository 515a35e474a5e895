# SPDX-License-Identifier: MIT
"""The outbox: every mail is a row before it is a mail, so none is lost and none is sent for what was undone."""

from __future__ import annotations

from django.db import models


class OutboxMail(models.Model):
    """One mail to one person. sent_at None: not yet sent. last_error: why not, in words without the address.

    claimed_until: until when a process is sending it, and no other may; None when nobody is.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    kind = models.CharField(max_length=40)
    round = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        """What waits is found quickly."""

        verbose_name_plural = "outbox mails"
        indexes = (models.Index(fields=["sent_at", "id"], name="outbox_waiting"),)

    def __str__(self) -> str:
        return self.subject
