# SPDX-License-Identifier: MIT
"""The organisations whose results a person may see: all for the national team, those of a system for its viewers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.permissions import list_national_roles
from trigpoint_web.results.models import ScoredSubmission
from trigpoint_web.results.queries.organisation_list import list_held_for_results, list_with_results
from trigpoint_web.results.queries.runs import find_shown_run
from trigpoint_web.rounds.access import list_round_roles, signed_in
from trigpoint_web.rounds.board_filters import read_page, read_text
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.home import results_url
from trigpoint_web.rounds.presenters.organisation_list import (
    ORGANISATIONS_ON_A_PAGE,
    OrganisationListWords,
    OrganisationsFound,
    present_organisations,
    signed_row,
)
from trigpoint_web.rounds.queries.rounds import find_round
from trigpoint_web.rounds.states import RoundState


@login_required
@require_GET
def results_list(request: HttpRequest, round_slug: str) -> HttpResponse:
    """List the organisations with results, found by name or code; empty until the round is published."""
    round_ = _require_round(request, round_slug)
    text, page, now = read_text(request.GET), read_page(request.GET), timezone.now()
    signed = _list_signed(request, round_, text)
    first = (page - 1) * ORGANISATIONS_ON_A_PAGE
    shown = signed[first : first + ORGANISATIONS_ON_A_PAGE]
    rows = [
        signed_row(one.submission, results_url(one.submission), signed_at=one.signature.at, now=now) for one in shown
    ]
    words = OrganisationListWords(
        title="Results by organisation",
        caption=round_.title,
        back=Link("Home", reverse("home")),
        said="Signed",
        empty_text="There are no results here yet. They come when the round is published.",
    )
    found = OrganisationsFound(rows, signed.count(), text, page)
    address = reverse("results_list", args=[round_slug])
    return render(
        request, "rounds/organisation_list.jinja", {"page": present_organisations(found, words, address=address)}
    )


def _require_round(request: HttpRequest, round_slug: str) -> Round:
    """The round, for somebody who may see results somewhere.

    Raises PermissionDenied for other roles in the nation or the round, Http404 for who has none and for no such round.
    """
    user, round_ = signed_in(request), find_round(round_slug)
    if round_ is None:
        raise Http404
    if not list_held_for_results(user).exists():
        if list_national_roles(user) | list_round_roles(user, round_):
            raise PermissionDenied
        raise Http404
    if round_.state == RoundState.DRAFT:
        raise Http404
    return round_


def _list_signed(request: HttpRequest, round_: Round, text: str) -> QuerySet[ScoredSubmission]:
    run = find_shown_run(round_)
    if run is None or round_.state != RoundState.PUBLISHED:
        return ScoredSubmission.objects.none()
    return list_with_results(run, signed_in(request), text=text, on=timezone.localdate())
