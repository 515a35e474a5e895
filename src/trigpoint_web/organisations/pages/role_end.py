# SPDX-License-Identifier: MIT
"""Leaving a role, or ending somebody else's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.access import MembershipAccess, require_membership
from trigpoint_web.organisations.actions import end_role
from trigpoint_web.organisations.errors import RoleRefused
from trigpoint_web.organisations.forms import EndRoleForm
from trigpoint_web.organisations.presenters.people import FormPage, name_place, say_losses
from trigpoint_web.organisations.queries.people import list_losses


@login_required
@require_http_methods(["GET", "POST"])
def end_one_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a role is to end, warn of what is lost with it, and end it."""
    access = require_membership(request, pk)
    if access.membership.ended_at is not None:
        messages.info(request, "That role has ended already.")
        return redirect(_find_way_back(access))
    losses = list_losses(access.membership)
    form = EndRoleForm(request.POST if request.method == "POST" else None, is_loss=bool(losses), is_own=access.is_own)
    if form.is_bound and form.is_valid() and _end(form, access):
        messages.success(request, _say_done(access))
        return redirect(_find_way_back(access))
    page = _build_page(access, form, say_losses(access.membership, losses))
    return render(request, "organisations/form.jinja", {"page": page})


def _end(form: EndRoleForm, access: MembershipAccess) -> bool:
    """End the role; return False, with the reason in the form, when it can't be ended."""
    try:
        end_role(access.membership, by=access.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except RoleRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _build_page(access: MembershipAccess, form: EndRoleForm, warning: str | None) -> FormPage:
    role, name = Role(access.membership.role).label, access.membership.user.name
    who = "You" if access.is_own else name
    return FormPage(
        title=f"Leave the role {role}" if access.is_own else f"End the role {role} of {name}",
        caption=name_place(access.membership),
        fields=tuple(fields_of(form).values()),
        button="Leave the role" if access.is_own else "End the role",
        problems=problems_of(form),
        paragraphs=(f"{who} will lose the rights of this role at once. What was written stays.",),
        warning=warning,
        back=Link("Back", _find_way_back(access)),
    )


def _say_done(access: MembershipAccess) -> str:
    role, place = Role(access.membership.role).label, name_place(access.membership)
    if access.is_own:
        return f"You no longer have the role {role} in {place}."
    return f"{access.membership.user.name} no longer has the role {role} in {place}."


def _find_way_back(access: MembershipAccess) -> str:
    if access.is_own:
        return reverse("your_roles")
    code = access.membership.organisation_id
    return reverse("national_people") if code is None else reverse("people", args=[code])
