# SPDX-License-Identifier: MIT
"""Compute the results of a round, and check that what is stored still recomputes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.results.actions import find_why_no_run, request_check, request_run
from trigpoint_web.results.presenters.runs import RunsParts, present_progress, present_runs
from trigpoint_web.results.queries.runs import find_going_run, find_last_check, find_shown_run, list_runs
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.pages.refused import explain_refusals


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def results_run(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show every computation; start one, or a check of the one that is shown."""
    access = require_round(request, round_slug=round_slug, permission=Permission.COMPUTE_RESULTS)
    shown = find_shown_run(access.round)
    if request.method == "POST":
        if request.POST.get("action") == "check":
            if shown is None:
                raise StepRefused("There are no results to check yet.")
            request_check(shown, by=access.user, at=timezone.now())
            messages.success(request, "The results are being recomputed and compared. The outcome will stand here.")
        else:
            request_run(access.round, by=access.user, at=timezone.now())
            messages.success(request, "The results are being computed.")
        return redirect("results_run", round_slug=round_slug)
    return _show(request, access.round)


def _show(request: HttpRequest, round_: Round) -> HttpResponse:
    shown = find_shown_run(round_)
    parts = RunsParts(
        round=round_,
        runs=list(list_runs(round_)),
        shown=shown,
        last_check=None if shown is None else find_last_check(shown),
        why_not=find_why_no_run(round_),
    )
    return render(request, "results/runs.jinja", {"page": present_runs(parts, at=timezone.now())})


@login_required
@require_GET
def results_progress(request: HttpRequest, round_slug: str) -> JsonResponse:
    """Say how far the computation is, for the page that looks again by itself; is_going is false when none is."""
    access = require_round(request, round_slug=round_slug, permission=Permission.COMPUTE_RESULTS)
    going = find_going_run(access.round)
    if going is None:
        return JsonResponse({"is_going": False})
    progress = present_progress(going)
    return JsonResponse({"is_going": True, "text": progress.text, "percent": progress.percent})
