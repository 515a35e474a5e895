# SPDX-License-Identifier: MIT
"""Take a filled-in spreadsheet: say every problem of it, or show what it would change. Nothing is changed here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.errors import Problem, ProblemsFound, TrigpointError
from trigpoint.io.questionnaire_upload import read_questionnaire_workbook
from trigpoint.io.spreadsheet_parts import LARGEST_UPLOAD
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.away_changes import UploadRefused, find_changes, keep_changed_rows, sign_rows
from trigpoint_web.rounds.forms.away import WorkbookForm
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.away import Preview, present_away, present_preview
from trigpoint_web.rounds.queries.answers import list_current_answers
from trigpoint_web.rounds.queries.workbook import read_questionnaire
from trigpoint_web.rounds.upload_limits import limit_uploads, was_too_large


@limit_uploads(lambda: LARGEST_UPLOAD)
@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def away_upload(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Read the file, and show what is wrong with it or what it would change."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ANSWER)
    if request.method == "GET":  # from a page of what was refused, or after signing in: the file has to be chosen again
        return redirect("away", round_slug=round_slug, code=code)
    require_open(access.submission, timezone.now())
    form = WorkbookForm(request.POST, request.FILES, is_too_large=was_too_large(request))
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        upload = form.cleaned_data["workbook"]
        try:
            page = present_preview(read_preview(access, upload.read(), upload.name))
            return render(request, "rounds/away_preview.jinja", {"page": page})
        except TrigpointError as trouble:
            problems = _problems_of(trouble, upload.name)
    return render(
        request, "rounds/away.jinja", {"page": present_away(access.submission, form, None, problems=problems)}
    )


def read_preview(access: SubmissionAccess, raw: bytes, name: str) -> Preview:
    """Return what a file would change. Raises what reading it raises, and UploadRefused."""
    questionnaire = read_questionnaire(access.submission)
    rows = keep_changed_rows(read_questionnaire_workbook(raw, questionnaire, file=name), questionnaire.framework)
    return Preview(
        submission=access.submission,
        questionnaire=questionnaire,
        rows=rows,
        found=find_changes(questionnaire, rows),
        standing=list_current_answers(access.submission),
        signed=sign_rows(rows, submission=access.submission.pk, user=access.user.pk),
    )


def _problems_of(trouble: TrigpointError, name: str) -> tuple[Problem, ...]:
    if isinstance(trouble, ProblemsFound):
        return trouble.problems
    if isinstance(trouble, UploadRefused):
        return tuple(Problem(name, None, None, text) for text in trouble.problems)
    return (Problem(name, None, None, str(trouble).removeprefix(f"{name}: ")),)
