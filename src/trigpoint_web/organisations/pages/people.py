# SPDX-License-Identifier: MIT
"""Who has which role in an organisation, and who is invited to one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.access import require_organisation
from trigpoint_web.organisations.presenters.people import present_people
from trigpoint_web.organisations.queries.people import list_members, list_open_invitations


@login_required
@require_GET
def show_people(request: HttpRequest, code: str) -> HttpResponse:
    """Show the people of an organisation to those who belong there."""
    access = require_organisation(request, code=code, permission=Permission.VIEW_PEOPLE)
    page = present_people(
        access.organisation,
        list(list_members(code)),
        list(list_open_invitations(code)),
        for_user=access.user.pk,
        at=timezone.now() if access.may(Permission.MANAGE_PEOPLE) else None,
    )
    return render(request, "organisations/people.jinja", {"page": page})
