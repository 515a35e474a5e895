# SPDX-License-Identifier: MIT
"""Send answers back unsigned, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.actions.signing import send_back as send_back_now
from trigpoint_web.rounds.forms.signing import SendBackForm
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.signing import present_send_back


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def send_back(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Ask for the reason, and send the answers back."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.SIGN)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        send_back_now(access.submission, reason=form.cleaned_data["reason"], by=access.user, at=timezone.now())
        messages.success(request, "Sent back. The leads get a mail.")
        return redirect("check", round_slug=round_slug, code=code)
    page = present_send_back(form, access, at=timezone.now())
    return render(request, "rounds/way_back.jinja", {"page": page})
