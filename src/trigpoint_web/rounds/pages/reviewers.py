# SPDX-License-Identifier: MIT
"""Who reviews a round: the list, and appointing one more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Column, Link, Table
from trigpoint_web.organisations.presenters.people import say_moment
from trigpoint_web.rounds.access import RoundAccess, require_round
from trigpoint_web.rounds.actions.reviewers import ReviewerPlan, appoint_reviewer
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.forms.reviewers import ReviewerForm
from trigpoint_web.rounds.models import Round, RoundMembership
from trigpoint_web.rounds.presenters.round_frame import round_links
from trigpoint_web.rounds.queries.people import list_reviewers


@dataclass(frozen=True, slots=True)
class ReviewersPage:
    """The reviewers of a round, and the form for one more."""

    title: str
    caption: str
    links: tuple[Link, ...]
    reviewers: Table
    fields: tuple[Field, ...]
    problems: tuple[PageProblem, ...]


@login_required
@require_http_methods(["GET", "POST"])
def show_reviewers(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show the reviewers of a round to the national team, and appoint one more."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    form = ReviewerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _appoint(form, access):
        messages.success(request, f"{form.cleaned_data['email']} is now a reviewer, and is told by mail.")
        return redirect("reviewers", round_slug=round_slug)
    page = ReviewersPage(
        title="Reviewers",
        caption=access.round.title,
        links=round_links(access.round, current="reviewers", may_manage=True),
        reviewers=_present(access.round, list_reviewers(access.round)),
        fields=tuple(fields_of(form).values()),
        problems=problems_of(form),
    )
    return render(request, "rounds/reviewers.jinja", {"page": page})


def _appoint(form: ReviewerForm, access: RoundAccess) -> bool:
    """Appoint the reviewer; return False, with the reason in the form, when that can't be."""
    plan = ReviewerPlan(form.cleaned_data["email"], form.cleaned_data["name"])
    try:
        appoint_reviewer(plan, round_=access.round, by=access.user, at=timezone.now())
    except ChangeRefused as refused:
        form.add_error("email", str(refused))
        return False
    return True


def _present(round_: Round, reviewers: Iterable[RoundMembership]) -> Table:
    columns = (Column("Name"), Column("E-mail address"), Column("Since"), Column("End", is_hidden=True))
    rows = tuple(
        (
            one.user.name,
            one.user.email,
            say_moment(one.started_at),
            Link("End the review", reverse("reviewer_end", args=[round_.slug, one.pk]), f"of {one.user.name}"),
        )
        for one in reviewers
    )
    return Table("Reviewers", columns, rows, is_caption_hidden=True, empty_text="This round has no reviewers yet.")
