# SPDX-License-Identifier: MIT
"""All rounds, for the national team."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission, allows
from trigpoint_web.organisations.permissions import require_in_nation
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.presenters.rounds_list import present_rounds
from trigpoint_web.rounds.queries.rounds import list_rounds


@require_GET
@login_required
def rounds_list(request: HttpRequest) -> HttpResponse:
    """Show the rounds."""
    roles = require_in_nation(signed_in(request), Permission.VIEW_ROUND)
    may_manage = allows(roles, Permission.MANAGE_ROUND)
    page = present_rounds(list_rounds(), may_manage=may_manage, now=timezone.now())
    return render(request, "rounds/rounds_list.jinja", {"page": page})
