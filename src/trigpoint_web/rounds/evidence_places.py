# SPDX-License-Identifier: MIT
"""Who comes to the evidence of an answer, and for which answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.evidence import require_place
from trigpoint_web.rounds.errors import ChangeRefused


@dataclass(frozen=True, slots=True)
class PlaceInAddress:
    """A place of a submission as an address names it."""

    round_slug: str
    code: str
    asked_in: str
    question: str

    @property
    def place(self) -> AnswerPlace:
        """The place."""
        return AnswerPlace(self.asked_in, self.question)


def require_evidence_place(request: HttpRequest, address: PlaceInAddress, permission: Permission) -> SubmissionAccess:
    """Return who comes to a place of a submission. Raises as `require_submission`, and Http404 for an unknown place."""
    access = require_submission(request, round_slug=address.round_slug, code=address.code, permission=permission)
    try:
        require_place(access.submission, address.place)
    except ChangeRefused:
        raise Http404 from None
    return access
