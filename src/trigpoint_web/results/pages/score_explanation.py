# SPDX-License-Identifier: MIT
"""Why one score is what it is, line by line, and what would lift it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.scoring.explain import explain_score
from trigpoint.scoring.lift import find_lift
from trigpoint_web.results.access import ResultsState
from trigpoint_web.results.pages.require_results import require_results
from trigpoint_web.results.presenters.explanation import ExplainedScore, present_explanation
from trigpoint_web.results.presenters.organisation import present_not_yet, say_unit
from trigpoint_web.results.queries.organisation import read_organisation_scores


@login_required
@require_GET
def score_explanation(
    request: HttpRequest, round_slug: str, code: str, care_setting: str, measure: str
) -> HttpResponse:
    """Show the lines that add up to a score."""
    results = require_results(request, round_slug=round_slug, code=code)
    submission = results.submission
    if results.state is not ResultsState.SHOWN or results.scored is None:
        title = f"Results of {submission.organisation.name}"
        not_yet = present_not_yet(results.state, title=title, caption=submission.round.title)
        return render(request, "results/not_yet.jinja", {"page": not_yet})
    scores = read_organisation_scores(results.scored, submission)
    if care_setting not in scores.care_settings or measure not in scores.framework.measures:
        raise Http404
    row = scores.care_settings.index(care_setting)
    explained = ExplainedScore(
        care_setting=care_setting,
        title_of_unit=say_unit(scores, care_setting),
        explanation=explain_score(scores.framework, scores.table, row, measure),
        lift=find_lift(scores.framework, scores.table.answers, row, measure),
    )
    page = present_explanation(explained, scores, submission)
    return render(request, "results/explanation.jinja", {"page": page})
