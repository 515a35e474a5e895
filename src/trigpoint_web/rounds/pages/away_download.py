# SPDX-License-Identifier: MIT
"""The questionnaire with the answers so far, as a spreadsheet to fill in and as a PDF to read or print."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from trigpoint.io.questionnaire_pdf import build_questionnaire_pdf
from trigpoint.io.questionnaire_workbook import build_questionnaire_workbook
from trigpoint.submissions.questionnaire_rows import Questionnaire
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.file_types import FileType
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.queries.workbook import read_questionnaire


@login_required
@require_GET
def away_workbook(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Send the spreadsheet."""
    submission, questionnaire = _read(request, round_slug, code)
    return _send(build_questionnaire_workbook(questionnaire), submission, FileType.XLSX)


@login_required
@require_GET
def away_pdf(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Send the PDF."""
    submission, questionnaire = _read(request, round_slug, code)
    return _send(build_questionnaire_pdf(questionnaire), submission, FileType.PDF)


def _read(request: HttpRequest, round_slug: str, code: str) -> tuple[Submission, Questionnaire]:
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    return access.submission, read_questionnaire(access.submission, made_at=timezone.now())


def _send(made: bytes, submission: Submission, kind: FileType) -> HttpResponse:
    name = f"{submission.round.slug} {submission.organisation_id} questionnaire{kind.endings[0]}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=kind.content_type, headers=headers)
