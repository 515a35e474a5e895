# SPDX-License-Identifier: MIT
"""A file of evidence as a download: by way of an answer it is given for, or by way of the organisation's evidence."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.permissions import require_in_organisation
from trigpoint_web.rounds.access import require_submission, signed_in
from trigpoint_web.rounds.models import EvidenceVersion
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.queries.evidence import find_version_in_library, find_version_in_use
from trigpoint_web.rounds.stored_files import send_file


@login_required
@require_safe
@explain_refusals
def evidence_file(request: HttpRequest, round_slug: str, code: str, evidence: int, version: int) -> HttpResponseBase:
    """Send a file that is given for an answer of a submission; reviewers come this way too."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_EVIDENCE)
    return _send(find_version_in_use(access.submission, evidence=evidence, version=version))


@login_required
@require_safe
@explain_refusals
def evidence_library_file(request: HttpRequest, code: str, evidence: int, version: int) -> HttpResponseBase:
    """Send a file of the organisation's evidence."""
    user = signed_in(request)
    require_in_organisation(user, Permission.VIEW_EVIDENCE, organisation=code, on=timezone.localdate())
    return _send(find_version_in_library(code, evidence=evidence, version=version))


def _send(version: EvidenceVersion | None) -> HttpResponseBase:
    if version is None:
        raise Http404
    assert version.file is not None, "the query gives versions with a file"
    return send_file(version.file, version.file_name)
