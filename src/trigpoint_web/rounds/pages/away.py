# SPDX-License-Identifier: MIT
"""Where the questionnaire is downloaded, and taken back filled in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.forms.away import WorkbookForm
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.presenters.away import present_away


@login_required
@require_GET
def away(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the downloads, and the form for who answers."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    form = WorkbookForm() if access.may(Permission.ANSWER) else None
    page = present_away(access.submission, form, find_why_not_open(access.submission, timezone.now()))
    return render(request, "rounds/away.jinja", {"page": page})
