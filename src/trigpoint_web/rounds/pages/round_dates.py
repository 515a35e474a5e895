# SPDX-License-Identifier: MIT
"""Moving the dates of a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.actions.round_dates import change_dates
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.forms.round_dates import RoundDatesForm
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.round_frame import round_links
from trigpoint_web.rounds.presenters.round_new import MomentFields, moment_fields


@dataclass(frozen=True, slots=True)
class RoundDatesPage:
    """The form of the dates."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    problems: tuple[PageProblem, ...]
    moments: tuple[MomentFields, ...]
    reason: Field


@require_http_methods(["GET", "POST"])
@login_required
def round_dates(request: HttpRequest, round_slug: str) -> HttpResponseBase:
    """Show the dates; sent, change them, or say everything that is in the way."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    if request.method != "POST":
        return _show(request, access.round, RoundDatesForm(round_=access.round))
    form = RoundDatesForm(request.POST, round_=access.round)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_dates(access.round, given["dates"], reason=given["reason"], by=access.user, at=timezone.now())
        except ChangeRefused as refused:
            for problem in refused.problems:
                form.add_error("opens_on" if "opening" in problem else "closes_on", problem)
        else:
            messages.success(request, "The dates are changed. What they were is in the history.")
            return redirect("round_steps", round_slug=round_slug)
    return _show(request, access.round, form)


def _show(request: HttpRequest, round_: Round, form: RoundDatesForm) -> HttpResponse:
    fields: Mapping[str, Field] = fields_of(form)
    page = RoundDatesPage(
        title="Dates of the round",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(round_, current="round_dates", may_manage=True),
        problems=problems_of(form),
        moments=moment_fields(fields),
        reason=fields["reason"],
    )
    return render(request, "rounds/round_dates.jinja", {"page": page})
