# SPDX-License-Identifier: MIT
"""Change a piece of evidence: what it is called, until when it is good, a new version of its file or link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.permissions import require_in_organisation
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.actions.evidence import change_evidence
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.forms.evidence import EvidenceChangeForm
from trigpoint_web.rounds.models import Evidence
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.evidence import present_change_page, record_url
from trigpoint_web.rounds.queries.evidence import find_evidence
from trigpoint_web.rounds.upload_limits import limit_uploads, was_too_large


@limit_uploads(lambda: settings.EVIDENCE_LARGEST)
@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def evidence_change(request: HttpRequest, code: str, evidence: int) -> HttpResponse:
    """Show the form, and save what it gives."""
    user = signed_in(request)
    require_in_organisation(user, Permission.ATTACH_EVIDENCE, organisation=code, on=timezone.localdate())
    found = find_evidence(code, evidence)
    if found is None:
        raise Http404
    if request.method == "GET":
        form = EvidenceChangeForm(initial={"title": found.title, "expires_on": found.expires_on})
    else:
        form = EvidenceChangeForm(request.POST, request.FILES, is_too_large=was_too_large(request))
        if form.is_valid() and _is_changed(form, found, user):
            messages.success(request, "Evidence saved.")
            return redirect(record_url(found))
    return render(request, "rounds/evidence_form.jinja", {"page": present_change_page(form, found)})


def _is_changed(form: EvidenceChangeForm, evidence: Evidence, user: User) -> bool:
    """Whether the change was made; else the form says why not."""
    try:
        change_evidence(evidence, form.given, by=user, at=timezone.now())
    except ActionRefused as refused:
        form.explain(refused)
        return False
    return True
