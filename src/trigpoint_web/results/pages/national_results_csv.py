# SPDX-License-Identifier: MIT
"""All scores of a round as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.results.access import ResultsState, find_national_state
from trigpoint_web.results.export import list_csv_lines
from trigpoint_web.results.queries.runs import find_shown_run, list_scores
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.adapters import read_framework


@login_required
@require_GET
def national_results_csv(request: HttpRequest, round_slug: str) -> StreamingHttpResponse:
    """Send the scores that the page of the nation shows. 404 while there are none to be seen."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_NATION)
    run = find_shown_run(access.round)
    state = find_national_state(access.roles, round_state=access.round.state, is_computed=run is not None)
    if state is not ResultsState.SHOWN or run is None:
        raise Http404
    rows = list_scores(run).iterator(2000)
    lines = list_csv_lines(rows, round_=access.round, run=run, framework=read_framework(run.framework_hash))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{access.round.slug} scores.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
