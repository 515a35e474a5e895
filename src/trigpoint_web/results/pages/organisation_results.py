# SPDX-License-Identifier: MIT
"""The results of one organisation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.results.access import ResultsState
from trigpoint_web.results.pages.require_results import require_results
from trigpoint_web.results.presenters.organisation import ResultsParts, present_not_yet, present_results
from trigpoint_web.results.queries.organisation import (
    find_peer_group,
    list_peer_groups,
    list_unit_rows,
    read_comparable_scores,
    read_organisation_scores,
    read_peers,
)


@login_required
@require_GET
def organisation_results(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the scores, what they are made of, and where they lie among peers."""
    results = require_results(request, round_slug=round_slug, code=code)
    submission = results.submission
    if results.state is not ResultsState.SHOWN or results.scored is None:
        title = f"Results of {submission.organisation.name}"
        not_yet = present_not_yet(results.state, title=title, caption=submission.round.title)
        return render(request, "results/not_yet.jinja", {"page": not_yet})
    groups = list_peer_groups(submission)
    chosen = find_peer_group(groups, request.GET.getlist("peers"))
    if chosen is None:
        raise Http404
    scores = read_organisation_scores(results.scored, submission)
    peers = tuple(read_peers(results.scored.run, submission, unit, chosen) for unit in list_unit_rows(submission))
    parts = ResultsParts(scores, read_comparable_scores(scores, submission), groups, chosen, peers)
    page = present_results(parts, submission, at=timezone.now())
    return render(request, "results/organisation.jinja", {"page": page})
