# SPDX-License-Identifier: MIT
"""Staff surveys as a lead has them: the list, a new one, what came of one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.surveys import NewSurvey, close_survey, open_survey
from trigpoint_web.rounds.actions.together import latest_day, submission_url
from trigpoint_web.rounds.forms.surveys import SurveyForm
from trigpoint_web.rounds.models import StaffSurvey
from trigpoint_web.rounds.opening import find_why_not_open, require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.pages.together import list_places_in
from trigpoint_web.rounds.presenters.surveys import (
    WHO_CAN_ANSWER,
    WHY_STEPS,
    CountedSurvey,
    present_survey,
    present_surveys,
)
from trigpoint_web.rounds.presenters.together import say_where
from trigpoint_web.rounds.presenters.together_form import FormWords, part_by_section, present_form
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.surveys import (
    find_survey,
    is_survey_open,
    list_counts,
    list_questions_of,
    list_surveys,
)
from trigpoint_web.rounds.queries.together import list_possible_places


@login_required
@require_safe
def show_all(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """List the staff surveys of a submission."""
    access = _access(request, round_slug, code)
    now = timezone.now()
    surveys = [(one, is_survey_open(one, now)) for one in list_surveys(access.submission)]
    page = present_surveys(
        surveys,
        access.submission,
        places=list_possible_places(access.submission),
        is_open=find_why_not_open(access.submission, now) is None,
    )
    return render(request, "rounds/surveys.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@explain_refusals
def new(request: HttpRequest, round_slug: str, code: str, asked_in: str) -> HttpResponse:
    """Choose what to ask staff, in the organisation as a whole or in a care setting."""
    access = _access(request, round_slug, code)
    submission, now = access.submission, timezone.now()
    places = list_places_in(access, asked_in=asked_in)
    if not places:
        raise Http404
    require_open(submission, now)
    framework = find_framework(submission)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        framework=framework,
        questions=[one.question for one in places],
        today=timezone.localdate(now),
        latest=latest_day(submission),
    )
    if form.is_valid():
        chosen = form.cleaned_data
        asked = NewSurvey(chosen["title"], asked_in, tuple(chosen["questions"]), chosen["closes_on"])
        survey = open_survey(asked, submission=submission, by=access.user, at=now)
        messages.success(request, "The survey is open. Send the link to staff.")
        return redirect(submission_url("survey", submission, survey=survey.pk))
    words = FormWords(
        title="Make a staff survey",
        caption=say_where(framework, asked_in),
        back=Link("Staff surveys", submission_url("surveys", submission)),
        button="Make the survey",
        paragraphs=("Staff answer without signing in, and without a name.", WHO_CAN_ANSWER, WHY_STEPS),
    )
    page = present_form(form, words, fields=part_by_section(fields_of(form), "questions", framework))
    return render(request, "rounds/together_form.jinja", {"page": page})


@login_required
@require_safe
def show(request: HttpRequest, round_slug: str, code: str, survey: int) -> HttpResponse:
    """Show the link of a survey and what staff have said so far."""
    access = _access(request, round_slug, code)
    found = _require_survey(access, survey)
    read = CountedSurvey(
        found, list_questions_of(found), list_counts(found), is_open=is_survey_open(found, timezone.now())
    )
    page = present_survey(read, find_framework(access.submission))
    return render(request, "rounds/survey.jinja", {"page": page})


@login_required
@require_POST
@explain_refusals
def close(request: HttpRequest, round_slug: str, code: str, survey: int) -> HttpResponse:
    """Close a survey before its day."""
    access = _access(request, round_slug, code)
    closed = close_survey(_require_survey(access, survey), by=access.user, at=timezone.now())
    messages.success(request, "The survey is closed.")
    return redirect(submission_url("survey", access.submission, survey=closed.pk))


def _access(request: HttpRequest, round_slug: str, code: str) -> SubmissionAccess:
    return require_submission(request, round_slug=round_slug, code=code, permission=Permission.ASK_COLLEAGUES)


def _require_survey(access: SubmissionAccess, pk: int) -> StaffSurvey:
    found = find_survey(access.submission, pk)
    if found is None:
        raise Http404
    return found
