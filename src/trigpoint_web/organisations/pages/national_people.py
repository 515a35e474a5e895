# SPDX-License-Identifier: MIT
"""Who has a role in the nation or in a system, and who is invited to one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.permissions import require_in_nation
from trigpoint_web.organisations.presenters.people import present_national_people
from trigpoint_web.organisations.queries.people import list_members_of_nation, list_open_invitations


@login_required
@require_GET
def show_national_people(request: HttpRequest) -> HttpResponse:
    """Show the people of the nation and the systems to those who manage them."""
    user = signed_in(request)
    require_in_nation(user, Permission.MANAGE_PEOPLE)
    page = present_national_people(
        list(list_members_of_nation()), list(list_open_invitations(None)), for_user=user.pk, at=timezone.now()
    )
    return render(request, "organisations/people.jinja", {"page": page})
