# SPDX-License-Identifier: MIT
"""A person's account: what it says of them, and how they sign in."""

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
from trigpoint_web.accounts.actions import change_details
from trigpoint_web.accounts.forms import DetailsForm
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import count_keys
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link, SummaryRow


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What a person can change themselves, and where they can change the rest."""

    title: str
    fields: tuple[Field, ...]
    problems: tuple[PageProblem, ...]
    sign_in: tuple[SummaryRow, ...]
    roles: Link


@login_required
@require_http_methods(["GET", "POST"])
def show_account(request: HttpRequest) -> HttpResponse:
    """Show a person their account, and change their name and job title."""
    user = signed_in(request)
    form = DetailsForm(
        request.POST if request.method == "POST" else None, initial={"name": user.name, "job_title": user.job_title}
    )
    if request.method == "POST" and form.is_valid():
        change_details(user, form.details, by=user, at=timezone.now())
        messages.success(request, "Your details are saved.")
        return redirect("account")
    page = AccountPage(
        title="Your account",
        fields=tuple(fields_of(form).values()),
        problems=problems_of(form),
        sign_in=_list_ways_in(user),
        roles=Link("See your roles, leave one or hand it over", reverse("your_roles")),
    )
    return render(request, "accounts/account.jinja", {"page": page})


def _list_ways_in(user: User) -> tuple[SummaryRow, ...]:
    passkeys, has_codes = count_keys(user)
    password = "Set" if user.has_usable_password() else "None: you sign in otherwise"
    return (
        SummaryRow("E-mail address", user.email, (_change("account_email", "e-mail address"),)),
        SummaryRow("Password", password, (_change("account_change_password", "password"),)),
        SummaryRow("Passkeys", str(passkeys) if passkeys else "None", (_change("mfa_index", "passkeys"),)),
        SummaryRow("App with one-time codes", "Set up" if has_codes else "None", (_change("mfa_index", "codes"),)),
        SummaryRow("Where you are signed in", "See the list", (_change("usersessions_list", "where", "See"),)),
    )


def _change(route: str, about: str, text: str = "Change") -> Link:
    return Link(text, reverse(route), about)
