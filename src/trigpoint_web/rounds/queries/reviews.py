# SPDX-License-Identifier: MIT
"""What there is to review in a round: the submissions that are signed."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from trigpoint_web.rounds.access import REVIEWED
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.states import SubmissionState


def list_reviewed(round_: Round, text: str = "") -> QuerySet[Submission]:
    """Return the signed submissions of a round by name, of organisations whose name has the text or whose code begins
    with it; none before the review has begun.
    """
    if round_.state not in REVIEWED:
        return Submission.objects.none()
    found = Submission.objects.filter(is_named(text), round=round_, state=SubmissionState.SIGNED)
    return found.select_related("round", "organisation").order_by("organisation__name", "organisation")


def is_named(text: str, path: str = "organisation") -> Q:
    """Rows of organisations whose name has the text, or whose code begins with it; all for no text.

    path: from the row to its organisation.
    """
    return Q((f"{path}__name__icontains", text)) | Q((f"{path}__code__istartswith", text)) if text else Q()
