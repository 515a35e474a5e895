# SPDX-License-Identifier: MIT
"""Suggest answers from a file of what organisations returned elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.errors import AnswersProblems, Problem
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.actions.indicators import take_in_indicators
from trigpoint_web.rounds.forms.indicators import IndicatorsForm
from trigpoint_web.rounds.indicator_file import LARGEST_FILE
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.indicators import present_indicators, say_taken_in
from trigpoint_web.rounds.upload_limits import limit_uploads, was_too_large


@limit_uploads(lambda: LARGEST_FILE)
@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def indicators(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show the form; sent, suggest what the file says, or say every problem of it."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    if request.method != "POST":
        form = IndicatorsForm()
        return render(request, "rounds/indicators.jinja", {"page": present_indicators(access.round, form)})
    form = IndicatorsForm(request.POST, request.FILES, is_too_large=was_too_large(request))
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            counts = take_in_indicators(access.round, sent.read(), file=sent.name, by=access.user, at=timezone.now())
        except AnswersProblems as found:
            problems = found.problems
        else:
            messages.success(request, say_taken_in(counts))
            return redirect("indicators", round_slug=round_slug)
    return render(request, "rounds/indicators.jinja", {"page": present_indicators(access.round, form, problems)})
