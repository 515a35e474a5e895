# SPDX-License-Identifier: MIT
"""The roles of the person who looks, with what they can do about each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.organisations.presenters.people import present_own_roles
from trigpoint_web.organisations.queries.people import list_roles_of


@login_required
@require_GET
def show_own_roles(request: HttpRequest) -> HttpResponse:
    """Show a person their own roles."""
    page = present_own_roles(list(list_roles_of(signed_in(request))))
    return render(request, "organisations/your_roles.jinja", {"page": page})
