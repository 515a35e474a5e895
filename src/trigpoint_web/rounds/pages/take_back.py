# SPDX-License-Identifier: MIT
"""Take answers back that wait for signature."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.actions.signing import take_back as take_back_now
from trigpoint_web.rounds.pages.refused import explain_refusals


@login_required
@require_POST
@explain_refusals
def take_back(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Open the answers again, and show the check."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.SUBMIT)
    take_back_now(access.submission, by=access.user, at=timezone.now())
    messages.success(request, "Taken back. The answers can be changed again.")
    return redirect("check", round_slug=round_slug, code=code)
