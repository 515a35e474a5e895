# SPDX-License-Identifier: MIT
"""A staff survey as staff have it: no sign-in, no cookie, nothing of who comes or when is kept.

The pages are rendered without the request: what stands around them would read the session of one who is signed in.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trigpoint_web.design_system.chrome import build_plain_chrome, list_footer_links
from trigpoint_web.rounds.actions.surveys import count_reply
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.forms.surveys import SurveyReplyForm
from trigpoint_web.rounds.models import StaffSurvey
from trigpoint_web.rounds.presenters.survey_reply import (
    THANKS,
    SurveyEndPage,
    SurveyReplyPage,
    present_survey_reply,
)
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.surveys import find_survey_by_key, is_survey_open, list_questions_of

# Ten questions with ids of 60 characters and answers of 60, twice over.
LARGEST_BODY = 4_000  # bytes


# A token against forged forms is a cookie, and there is nothing to forge: no sign-in stands behind the form.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, key: str) -> HttpResponse:
    """Show the questions of an open survey, and count the answers."""
    survey = _require_survey(key)
    now = timezone.now()
    if not is_survey_open(survey, now):
        return _end(SurveyEndPage("This survey is closed", "No more answers are taken. Thank you for coming."))
    if request.method == "POST" and _body_length(request) > LARGEST_BODY:
        said = "That is more than the survey asks. Nothing was counted."
        return _end(SurveyEndPage("This can’t be counted", said), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    framework = find_framework(survey.submission)
    form = SurveyReplyForm(
        request.POST if request.method == "POST" else None, framework=framework, questions=list_questions_of(survey)
    )
    if form.is_valid():
        try:
            count_reply(form.given, survey=survey, at=now)
        except (StepRefused, ChangeRefused) as refused:
            return _end(SurveyEndPage("This can’t be counted", str(refused)))
        return redirect("survey_thanks", key=key)
    return _render("rounds/survey_reply.jinja", present_survey_reply(survey, form, framework))


@require_safe
def thank(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001  Django gives it
    """Say thank you: a page of its own, so that loading it again counts nothing twice."""
    _require_survey(key)
    return _end(THANKS, status=HTTPStatus.OK)


def _require_survey(key: str) -> StaffSurvey:
    found = find_survey_by_key(key)
    if found is None:
        raise Http404
    return found


def _body_length(request: HttpRequest) -> int:
    """The length of the body as announced; the server reads no more than that, and nothing where none is announced."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0


def _end(page: SurveyEndPage, *, status: HTTPStatus = HTTPStatus.GONE) -> HttpResponse:
    return _render("rounds/survey_end.jinja", page, status=status)


def _render(
    template: str, page: SurveyReplyPage | SurveyEndPage, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    chrome = replace(build_plain_chrome(), footer=list_footer_links())
    response = HttpResponse(render_to_string(template, {"page": page, "chrome": chrome}), status=status)
    # Not in a search engine, and not in the memory of a shared computer.
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response
