# SPDX-License-Identifier: MIT
"""Check a submission before signing, and send it for signature."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.signing import count_open, submit
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.forms.signing import SubmitForm
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.check import CheckParts, present_check, say_sent
from trigpoint_web.rounds.queries.checks import (
    SubmissionCheck,
    find_last_return_event,
    is_sent_by,
    read_changes,
    read_check,
    read_still_open,
)
from trigpoint_web.rounds.queries.scores import score_submission
from trigpoint_web.rounds.queries.together import list_colleagues


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def check(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show what is open and what changed, and send the answers for signature when the lead says so."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    found = read_check(access.submission)
    form = SubmitForm(request.POST if request.method == "POST" else None, now_open=count_open(found))
    parts = _read_parts(access, found)
    if request.method == "POST":
        if not access.may(Permission.SUBMIT):
            raise PermissionDenied
        if _send(access, form):
            messages.success(request, say_sent(parts.signers))
            return redirect("check", round_slug=round_slug, code=code)
    page = present_check(parts, form, access, at=timezone.now())
    return render(request, "rounds/check.jinja", {"page": page})


def _send(access: SubmissionAccess, form: SubmitForm) -> bool:
    """Whether the answers are sent: by this press of the button, or by one before of the same person."""
    if not form.is_valid():
        return is_sent_by(access.submission, access.user)
    try:
        submit(access.submission, acknowledged=form.given, by=access.user, at=timezone.now())
    except ActionRefused:
        if not is_sent_by(access.submission, access.user):
            raise
    return True


def _read_parts(access: SubmissionAccess, found: SubmissionCheck) -> CheckParts:
    may_see_scores = access.may(Permission.SUBMIT) or access.may(Permission.SIGN)
    return CheckParts(
        check=found,
        still_open=read_still_open(found.given, today=timezone.localdate()),
        changes=read_changes(found.given),
        scores=score_submission(found.given) if access.submission.round.shows_live_scores and may_see_scores else None,
        returned=find_last_return_event(access.submission),
        signers=list_colleagues(access.submission.organisation_id, Permission.SIGN).count(),
    )
