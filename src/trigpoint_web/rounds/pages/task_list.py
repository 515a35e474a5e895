# SPDX-License-Identifier: MIT
"""The task list of a submission, and the questions of one of its sections."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Table
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.pages.question_parts import find_why_not_answering
from trigpoint_web.rounds.presenters.scores import NOTE, present_scores
from trigpoint_web.rounds.presenters.section import present_section
from trigpoint_web.rounds.presenters.signing_links import signing_links
from trigpoint_web.rounds.presenters.suggestions import list_worth_showing
from trigpoint_web.rounds.presenters.task_list import TaskListParts, present_task_list
from trigpoint_web.rounds.queries.scores import score_submission
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers, read_submission_answers
from trigpoint_web.rounds.queries.suggestions import list_open_suggestions
from trigpoint_web.rounds.queries.task_list import list_mentioned_places
from trigpoint_web.rounds.queries.together import list_open_delegations


@login_required
@require_GET
def task_list(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the sections of a submission."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    given, now = read_submission_answers(access.submission), timezone.now()
    shows_scores = _shows_scores(access)
    parts = TaskListParts(
        access=access,
        given=given,
        now=now,
        signing=signing_links(access, at=now),
        delegations=tuple(list_open_delegations(access.submission)),
        mentioned=list_mentioned_places(access.user, access.submission),
        suggested=len(list_worth_showing(given, list_open_suggestions(access.submission))),
        only_mine=request.GET.get("only") == "mine",
        why_not=find_why_not_answering(access, now),
        scores=_scores(given) if shows_scores else None,
        scores_note=NOTE if shows_scores else "",
    )
    return render(request, "rounds/task_list.jinja", {"page": present_task_list(parts)})


def _shows_scores(access: SubmissionAccess) -> bool:
    """Whether the round lets leads see what they would score."""
    return access.submission.round.shows_live_scores and access.may(Permission.SUBMIT)


def _scores(given: SubmissionAnswers) -> Table:
    return present_scores(given.framework, score_submission(given))


@login_required
@require_GET
def section(request: HttpRequest, round_slug: str, code: str, asked_in: str, section: str) -> HttpResponse:
    """List the questions of a section, each with its answer."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    given = read_submission_answers(access.submission)
    page = present_section(given, asked_in, section, viewer=access.user, now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "rounds/section.jinja", {"page": page})
