# SPDX-License-Identifier: MIT
"""Handing one's role over: it moves when the other person accepts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.fields import Field, with_options
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.access import MembershipAccess, require_membership
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.forms import SOMEBODY_ELSE, HandOverForm
from trigpoint_web.organisations.presenters.people import FormPage, may_hand_over, name_place
from trigpoint_web.organisations.queries.people import list_colleagues


@login_required
@require_http_methods(["GET", "POST"])
def hand_over_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who takes a role over, and invite them to it."""
    access = require_membership(request, pk)
    if not access.is_own or not may_hand_over(access.membership):
        raise PermissionDenied
    if access.membership.ended_at is not None:
        messages.info(request, "That role has ended already.")
        return redirect("your_roles")
    form = HandOverForm(
        request.POST if request.method == "POST" else None, colleagues=list_colleagues(access.membership)
    )
    if request.method == "POST" and form.is_valid() and _send(form, access):
        messages.success(request, f"You keep the role until {form.to_email} accepts it. The invitation is on its way.")
        return redirect("your_roles")
    page = FormPage(
        title=f"Hand over the role {Role(access.membership.role).label}",
        caption=name_place(access.membership),
        fields=_put_email_inside(fields_of(form)),
        button="Send the invitation",
        problems=problems_of(form),
        paragraphs=("You keep the role until they accept it, so that it is never empty.",),
        back=Link("Your roles", reverse("your_roles")),
    )
    return render(request, "organisations/form.jinja", {"page": page})


def _put_email_inside(fields: dict[str, Field]) -> tuple[Field, ...]:
    """The fields, with the address asked only of those who choose somebody else."""
    return (with_options(fields["colleague"], {SOMEBODY_ELSE: {"inside": fields["email"]}}),)


def _send(form: HandOverForm, access: MembershipAccess) -> bool:
    """Send the invitation; return False, with the reason in the form, when it can't be sent."""
    membership = access.membership
    held_in = RoleHeldIn(organisation=membership.organisation)
    plan = InvitationPlan(form.to_email, Role(membership.role), held_in, hands_over=membership)
    try:
        invite(plan, by=access.user, at=timezone.now())
    except InvitationRefused as refused:
        form.add_error("colleague", str(refused))
        return False
    return True
