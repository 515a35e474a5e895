# SPDX-License-Identifier: MIT
"""The releases of a round: the list, and drafting the next."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.releases.actions.steps import DraftPlan, draft_release
from trigpoint_web.releases.forms import DraftForm
from trigpoint_web.releases.presenters.releases import present_releases
from trigpoint_web.releases.queries import count_published, list_releases
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round


@require_http_methods(["GET", "POST"])
@login_required
def releases(request: HttpRequest, round_slug: str) -> HttpResponseBase:
    """Show every release; sent, draft the next, or say everything that is in the way."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_RELEASES)
    typed = request.POST if request.method == "POST" else None
    form = DraftForm(typed, is_correction=count_published(access.round) > 0, initial={"title": access.round.title})
    problems: tuple[PageProblem, ...] = ()
    if typed is not None and form.is_valid():
        given = form.cleaned_data
        plan = DraftPlan(given["title"], given["publishes_at"], given.get("why", ""), given["reply_until"])
        try:
            drafted = draft_release(access.round, plan, by=access.user, at=timezone.now())
        except ChangeRefused as refused:
            problems = tuple(
                PageProblem(problem, f"#{fields_of(form)['publishes_on'].first_id}") for problem in refused.problems
            )
        else:
            messages.success(request, "The release is drafted. It is being made and checked.")
            return redirect("release", round_slug=round_slug, pk=drafted.pk)
    return _show(request, access.round, form, problems)


def _show(request: HttpRequest, round_: Round, form: DraftForm, refused: tuple[PageProblem, ...]) -> HttpResponse:
    listed = list(list_releases(round_).select_related("round"))
    problems = (*problems_of(form), *refused)
    page = present_releases(round_, listed, fields_of(form), problems, timezone.now())
    return render(request, "releases/releases.jinja", {"page": page})
