# SPDX-License-Identifier: MIT
"""Who comes to the results of an organisation, and what of them the person sees: asked at the top of each page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.results.access import ResultsOf, ResultsState, find_results_state
from trigpoint_web.results.models import ScoredSubmission
from trigpoint_web.results.queries.organisation import find_scored, is_signed
from trigpoint_web.results.queries.runs import find_shown_run
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.models import Submission


@dataclass(frozen=True, slots=True)
class ResultsAccess:
    """A submission and what the person sees of its results. scored: None where there are none."""

    submission: Submission
    state: ResultsState
    scored: ScoredSubmission | None


def require_results(request: HttpRequest, *, round_slug: str, code: str) -> ResultsAccess:
    """Return what the person sees of an organisation's results.

    Raises Http404 where there is no such submission, or results that the person may not yet know of; PermissionDenied
    for roles of the place that see no results.
    """
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_RESULTS)
    submission = access.submission
    run = find_shown_run(submission.round)
    scored = None if run is None else find_scored(run, submission)
    there = ResultsOf(submission.round.state, is_signed=is_signed(submission), is_computed=scored is not None)
    state = find_results_state(access.roles, there)
    if state is ResultsState.HIDDEN:
        raise Http404
    return ResultsAccess(submission, state, scored)
