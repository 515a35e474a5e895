# SPDX-License-Identifier: MIT
"""Ending somebody's review of a round."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.actions.reviewers import end_reviewer
from trigpoint_web.rounds.queries.people import find_reviewer


@dataclass(frozen=True, slots=True)
class ReviewerEndPage:
    """Whose review is to end."""

    title: str
    caption: str
    back: Link


@login_required
@require_http_methods(["GET", "POST"])
def end_review(request: HttpRequest, round_slug: str, pk: int) -> HttpResponse:
    """Ask whether somebody is to review the round no longer, and end it."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    membership = find_reviewer(access.round, pk)
    if membership is None:
        raise Http404
    if request.method == "POST":
        end_reviewer(membership, by=access.user, at=timezone.now())
        messages.success(request, f"{membership.user.name} is no longer a reviewer of this round.")
        return redirect("reviewers", round_slug=round_slug)
    page = ReviewerEndPage(
        title=f"End the review of {membership.user.name}",
        caption=access.round.title,
        back=Link("Reviewers", reverse("reviewers", args=[round_slug])),
    )
    return render(request, "rounds/reviewer_end.jinja", {"page": page})
