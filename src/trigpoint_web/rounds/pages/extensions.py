# SPDX-License-Identifier: MIT
"""More time for the organisations selected on the board."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.rounds.access import RoundAccess, require_round
from trigpoint_web.rounds.actions.extensions import ExtensionPlan
from trigpoint_web.rounds.actions.extensions import extend as give_more_time
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.forms.round_dates import ExtensionForm
from trigpoint_web.rounds.presenters.board import SELECTED
from trigpoint_web.rounds.presenters.extensions import present_extension
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.queries.selection import list_selected, read_codes


@require_http_methods(["GET", "POST"])
@login_required
def extend(request: HttpRequest, round_slug: str) -> HttpResponseBase:
    """Show who is selected and ask until when and why; sent, give them the time."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    if request.method != "POST":
        return _show(request, access, read_codes(request.GET.getlist(SELECTED)), ExtensionForm())
    codes = read_codes(request.POST.getlist(SELECTED))
    form = ExtensionForm(request.POST)
    if form.is_valid():
        plan = ExtensionPlan(form.cleaned_data["until"], form.cleaned_data["reason"], codes)
        try:
            extended = give_more_time(access.round, plan, by=access.user, at=timezone.now())
        except ChangeRefused as refused:
            for problem in refused.problems:
                form.add_error("until_on", problem)
        else:
            until = say_moment(plan.until, now=timezone.now())
            messages.success(request, f"{count_of(len(extended), 'organisation')}: more time until {until}.")
            return redirect("board", round_slug=round_slug)
    return _show(request, access, codes, form)


def _show(request: HttpRequest, access: RoundAccess, codes: tuple[str, ...], form: ExtensionForm) -> HttpResponse:
    submissions = list_selected(access.round, codes)
    page = present_extension(access.round, submissions, fields_of(form), problems=problems_of(form), now=timezone.now())
    return render(request, "rounds/extend.jinja", {"page": page})
