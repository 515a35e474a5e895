# SPDX-License-Identifier: MIT
"""Add a file or a link as evidence for an answer."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.actions.evidence import add_evidence
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.evidence_places import PlaceInAddress, require_evidence_place
from trigpoint_web.rounds.forms.evidence import EvidenceForm
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.evidence import back_to_question, present_add_page
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.upload_limits import limit_uploads, was_too_large


@limit_uploads(lambda: settings.EVIDENCE_LARGEST)
@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def evidence_add(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Show the form, and add what it gives."""
    address = PlaceInAddress(round_slug, code, asked_in, question)
    access = require_evidence_place(request, address, Permission.ATTACH_EVIDENCE)
    require_open(access.submission, timezone.now())
    if request.method == "GET":
        form = EvidenceForm()
    else:
        form = EvidenceForm(request.POST, request.FILES, is_too_large=was_too_large(request))
        if form.is_valid() and _is_added(form, access, address):
            messages.success(request, "Evidence added.")
            return redirect(back_to_question(access.submission, address.place).url)
    page = present_add_page(form, access.submission, address.place, find_framework(access.submission))
    return render(request, "rounds/evidence_form.jinja", {"page": page})


def _is_added(form: EvidenceForm, access: SubmissionAccess, address: PlaceInAddress) -> bool:
    """Whether the evidence was added; else the form says why not."""
    try:
        add_evidence(form.given, submission=access.submission, place=address.place, by=access.user, at=timezone.now())
    except ActionRefused as refused:
        form.explain(refused)
        return False
    return True
