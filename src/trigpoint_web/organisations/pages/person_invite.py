# SPDX-License-Identifier: MIT
"""Inviting somebody to a role in an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.access import OrganisationAccess, require_organisation
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.forms import InvitationForm, explain_roles
from trigpoint_web.organisations.presenters.people import FormPage


@login_required
@require_http_methods(["GET", "POST"])
def invite_person(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whom to invite to which role, and send the invitation."""
    access = require_organisation(request, code=code, permission=Permission.MANAGE_PEOPLE)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _send(form, access):
        messages.success(request, f"The invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("people", code=code)
    fields = fields_of(form)
    page = FormPage(
        title="Invite somebody",
        caption=access.organisation.name,
        fields=(fields["email"], explain_roles(fields["role"])),
        button="Send the invitation",
        problems=problems_of(form),
        back=Link("People", reverse("people", args=[code])),
    )
    return render(request, "organisations/form.jinja", {"page": page})


def _send(form: InvitationForm, access: OrganisationAccess) -> bool:
    """Send the invitation; return False, with the reason in the form, when it can't be sent."""
    held_in = RoleHeldIn(organisation=access.organisation)
    plan = InvitationPlan(form.cleaned_data["email"], Role(form.cleaned_data["role"]), held_in)
    try:
        invite(plan, by=access.user, at=timezone.now())
    except InvitationRefused as refused:
        form.add_error("email", str(refused))
        return False
    return True
