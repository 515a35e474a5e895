# SPDX-License-Identifier: MIT
"""The history of a round: who did what and when."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.audit.queries import list_events
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.board_filters import read_page
from trigpoint_web.rounds.presenters.round_events import EVENTS_ON_A_PAGE, EventsShown, present_events
from trigpoint_web.rounds.queries.events import list_names_of, list_organisations_of


@require_GET
@login_required
def round_events(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show one page of the history, of one organisation where one is chosen."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_ROUND)
    organisations = list_organisations_of(access.round)
    asked = request.GET.get("organisation", "")
    chosen = asked if asked in organisations else ""
    page = read_page(request.GET)
    events = list_events(round_slug=round_slug, organisation=chosen or None)
    first = (page - 1) * EVENTS_ON_A_PAGE
    of_page = list(events[first : first + EVENTS_ON_A_PAGE])
    shown = EventsShown(
        round=access.round,
        events=of_page,
        people=list_names_of(of_page),
        organisations=organisations,
        chosen=chosen,
        page=page,
        total=events.count(),
    )
    may_manage = access.may(Permission.MANAGE_ROUND)
    return render(
        request,
        "rounds/round_events.jinja",
        {"page": present_events(shown, may_manage=may_manage, now=timezone.now())},
    )
