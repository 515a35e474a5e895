# SPDX-License-Identifier: MIT
"""Open a signed submission again, with a reason and, where the time is over, a new day due."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.actions.signing import needs_new_due
from trigpoint_web.rounds.actions.signing import reopen as reopen_now
from trigpoint_web.rounds.forms.signing import ReopenForm
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.signing import present_reopen


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def reopen(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Ask for the reason and the new day, and open the answers again."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.REOPEN)
    at = timezone.now()
    needs_due = needs_new_due(access.submission, at)
    form = ReopenForm(request.POST if request.method == "POST" else None, needs_due=needs_due)
    if request.method == "POST" and form.is_valid():
        reopen_now(access.submission, form.given, by=access.user, at=at)
        messages.success(request, "Opened again. The leads and the accountable officers get a mail.")
        return redirect("signatures", round_slug=round_slug, code=code)
    page = present_reopen(form, access, needs_due=needs_due, at=at)
    return render(request, "rounds/way_back.jinja", {"page": page})
