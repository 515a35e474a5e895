# SPDX-License-Identifier: MIT
"""How long a round took the people who answered it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.burden import summarise_burden
from trigpoint_web.rounds.presenters.burden import present_burden
from trigpoint_web.rounds.queries.burden import list_timed_organisations, list_times


@require_GET
@login_required
def burden(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show the time by section and by organisation."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_ROUND)
    framework = read_framework(access.round.framework_id)
    page = present_burden(
        access.round,
        summarise_burden(framework, list_times(access.round)),
        list_timed_organisations(access.round),
        framework=framework,
        may_manage=access.may(Permission.MANAGE_ROUND),
    )
    return render(request, "rounds/burden.jinja", {"page": page})
