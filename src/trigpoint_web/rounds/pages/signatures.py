# SPDX-License-Identifier: MIT
"""Every signature of a submission: what it covers, whether it still holds, and what differs between signed states."""

from __future__ import annotations

from itertools import pairwise

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.presenters.signing import SignedHistory, present_signatures
from trigpoint_web.rounds.queries.signed import compare_states, read_signed_states


@login_required
@require_GET
def signatures(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the signatures, newest first."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    states = read_signed_states(access.submission)
    differences = tuple(compare_states(access.submission, before, after) for after, before in pairwise(states))
    page = present_signatures(SignedHistory(states, differences), access, at=timezone.now())
    return render(request, "rounds/signatures.jinja", {"page": page})
