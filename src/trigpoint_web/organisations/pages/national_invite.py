# SPDX-License-Identifier: MIT
"""Inviting somebody to a role in the nation or in a system."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.access import signed_in
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.design_system.fields import Field, with_options
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.actions import InvitationPlan, RoleHeldIn, invite
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.forms import NationalInvitationForm, explain_roles
from trigpoint_web.organisations.permissions import require_in_nation
from trigpoint_web.organisations.presenters.people import FormPage
from trigpoint_web.organisations.queries.register import list_systems


@login_required
@require_http_methods(["GET", "POST"])
def invite_to_nation(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite to which role, and send the invitation."""
    user = signed_in(request)
    require_in_nation(user, Permission.MANAGE_PEOPLE)
    form = NationalInvitationForm(request.POST if request.method == "POST" else None, systems=list_systems())
    if request.method == "POST" and form.is_valid() and _send(form, user):
        messages.success(request, f"The invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("national_people")
    page = FormPage(
        title="Invite somebody to the nation or a system",
        fields=_put_system_inside(fields_of(form)),
        button="Send the invitation",
        problems=problems_of(form),
        paragraphs=("To invite somebody to an organisation, go to the people of that organisation.",),
        back=Link("People", reverse("national_people")),
    )
    return render(request, "organisations/form.jinja", {"page": page})


def _put_system_inside(fields: dict[str, Field]) -> tuple[Field, ...]:
    """The fields, with the system asked only of those whose role is held in one."""
    inside = {Role.SYSTEM_VIEWER.value: {"inside": fields["system"]}}
    return fields["email"], with_options(explain_roles(fields["role"]), inside)


def _send(form: NationalInvitationForm, user: User) -> bool:
    """Send the invitation; return False, with the reason in the form, when it can't be sent."""
    role = Role(form.cleaned_data["role"])
    try:
        invite(
            InvitationPlan(form.cleaned_data["email"], role, RoleHeldIn(group=form.group)), by=user, at=timezone.now()
        )
    except InvitationRefused as refused:
        form.add_error("email", str(refused))
        return False
    return True
