# SPDX-License-Identifier: MIT
"""Sending an invitation again, or taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.parts import Link, SummaryRow
from trigpoint_web.organisations.access import require_invitation
from trigpoint_web.organisations.actions import send_invitation_again, withdraw_invitation
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.models import Invitation
from trigpoint_web.organisations.presenters.people import name_place, present_expiry, say_moment

_WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """An invitation, for who manages it."""

    title: str
    summary: tuple[SummaryRow, ...]
    back: Link


@login_required
@require_http_methods(["GET", "POST"])
def change_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an invitation with two buttons; each does one thing and leads back to the people."""
    invitation = require_invitation(request, pk)
    back = _find_way_back(invitation)
    if request.method == "POST":
        _change(request, invitation)
        return redirect(back)
    page = InvitationPage(
        title=f"Invitation of {invitation.email}",
        summary=(
            SummaryRow("Role", Role(invitation.role).label),
            SummaryRow("In", name_place(invitation)),
            SummaryRow("Sent", f"{say_moment(invitation.invited_at)} by {invitation.invited_by.name}"),
            SummaryRow("Open", present_expiry(invitation, timezone.now())),
        ),
        back=Link("People", back),
    )
    return render(request, "organisations/invitation_change.jinja", {"page": page})


def _change(request: HttpRequest, invitation: Invitation) -> None:
    user, at = signed_in(request), timezone.now()
    try:
        if request.POST.get("change") == _WITHDRAW:
            withdraw_invitation(invitation, by=user, at=at)
            messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
        else:
            send_invitation_again(invitation, by=user, at=at)
            messages.success(request, f"The invitation is on its way to {invitation.email} again.")
    except InvitationRefused as refused:
        messages.info(request, str(refused))


def _find_way_back(invitation: Invitation) -> str:
    if invitation.organisation_id is None:
        return reverse("national_people")
    return reverse("people", args=[invitation.organisation_id])
