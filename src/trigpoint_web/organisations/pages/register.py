# SPDX-License-Identifier: MIT
"""What the service holds of the register of organisations."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.permissions import require_in_nation
from trigpoint_web.organisations.presenters.register import RegisterCounts, present_register
from trigpoint_web.organisations.queries.register import count_by_kind, count_care, find_last_intake, list_successions

# A page to read; the whole list is in the files that were taken in.
MOST_SUCCESSIONS = 100


@login_required
@require_GET
def show_register(request: HttpRequest) -> HttpResponse:
    """Show when the register was last taken in, what is in it, and what followed what."""
    require_in_nation(signed_in(request), Permission.MANAGE_REGISTER)
    today, successions = timezone.localdate(), list_successions()
    page = present_register(
        find_last_intake(),
        RegisterCounts(count_by_kind(today), count_care(today)),
        list(successions[:MOST_SUCCESSIONS]),
        of=successions.count(),
    )
    return render(request, "organisations/register.jinja", {"page": page})
