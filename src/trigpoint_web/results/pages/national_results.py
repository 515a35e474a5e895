# SPDX-License-Identifier: MIT
"""The results of a round for the nation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.results.access import ResultsState, find_national_state
from trigpoint_web.results.adapters import table_of_rows
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.results.presenters.nation import NationalParts, present_nation
from trigpoint_web.results.presenters.organisation import present_not_yet
from trigpoint_web.results.queries.nation import (
    count_scored,
    list_care_settings,
    list_scores_in,
    read_completeness,
)
from trigpoint_web.results.queries.runs import find_shown_run
from trigpoint_web.rounds.access import RoundAccess, require_round
from trigpoint_web.rounds.adapters import read_framework


@login_required
@require_GET
def national_results(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show how complete the round is, and how its scores are spread in one care setting."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_NATION)
    run = find_shown_run(access.round)
    state = find_national_state(access.roles, round_state=access.round.state, is_computed=run is not None)
    if state is not ResultsState.SHOWN or run is None:
        not_yet = present_not_yet(state, title="Results of the round", caption=access.round.title)
        return render(request, "results/not_yet.jinja", {"page": not_yet})
    page = present_nation(_read_parts(request, access, run), at=timezone.now())
    return render(request, "results/nation.jinja", {"page": page})


def _read_parts(request: HttpRequest, access: RoundAccess, run: ScoreRun) -> NationalParts:
    care_settings = list_care_settings(run)
    chosen = request.GET.get("care_setting", care_settings[0])
    if chosen not in care_settings:
        raise Http404
    framework = read_framework(run.framework_hash)
    rows = list_scores_in(run, chosen)
    scored, reopened = count_scored(run)
    return NationalParts(
        round=access.round,
        run=run,
        framework=framework,
        completeness=read_completeness(access.round),
        care_settings=care_settings,
        care_setting=chosen,
        table=table_of_rows(rows, framework=framework, run=run, round_slug=access.round.slug),
        scored=scored,
        reopened=reopened,
    )
