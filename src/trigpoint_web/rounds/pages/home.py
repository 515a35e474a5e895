# SPDX-License-Identifier: MIT
"""The first page after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.presenters.home import present_home
from trigpoint_web.rounds.queries.home import load_home


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what the person can act on now."""
    now = timezone.now()
    page = present_home(load_home(signed_in(request), now=now), now=now)
    return render(request, "rounds/home.jinja", {"page": page})
