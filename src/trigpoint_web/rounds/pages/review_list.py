# SPDX-License-Identifier: MIT
"""What there is to review in a round."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.board_filters import read_page, read_text
from trigpoint_web.rounds.presenters.organisation_list import (
    ORGANISATIONS_ON_A_PAGE,
    OrganisationListWords,
    OrganisationsFound,
    present_organisations,
    signed_row,
)
from trigpoint_web.rounds.presenters.question import task_list_url
from trigpoint_web.rounds.queries.reviews import list_reviewed


@login_required
@require_GET
def review_list(request: HttpRequest, round_slug: str) -> HttpResponse:
    """List the organisations of a round whose answers are signed, once the review has begun."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_SUBMISSION)
    text, page, now = read_text(request.GET), read_page(request.GET), timezone.now()
    signed = list_reviewed(access.round, text)
    first = (page - 1) * ORGANISATIONS_ON_A_PAGE
    shown = signed[first : first + ORGANISATIONS_ON_A_PAGE]
    rows = [signed_row(one, task_list_url(one), signed_at=one.signed_at, now=now) for one in shown]
    words = OrganisationListWords(
        title="Answers to review",
        caption=access.round.title,
        back=Link("Home", reverse("home")),
        said="Signed",
        empty_text="Nothing is there to review yet: the review has not begun, or nobody has signed.",
    )
    found = OrganisationsFound(rows, signed.count(), text, page)
    address = reverse("review_list", args=[round_slug])
    return render(
        request, "rounds/organisation_list.jinja", {"page": present_organisations(found, words, address=address)}
    )
