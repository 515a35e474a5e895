# SPDX-License-Identifier: MIT
"""Events: text that stands for itself, so that it can still be read when what it speaks of has changed."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that was done. Rows are added and never changed.

    by: key of the user, None for the service itself. organisation, round: codes, blank where the event is of neither.
    target: what it was done to, as "submission 12". details: what else a reader needs; never an answer's text.
    """

    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    organisation = models.CharField(max_length=12, blank=True)
    round = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        """Found by organisation and round, newest first."""

        indexes = (
            models.Index(fields=["round", "organisation", "-id"], name="event_by_place"),
            models.Index(fields=["by", "-id"], name="event_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target}"
