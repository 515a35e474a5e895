# SPDX-License-Identifier: MIT
"""All evidence of an organisation, and one piece of it with its versions and uses."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission, allows
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.organisations.permissions import require_in_organisation
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.models import EvidenceUse
from trigpoint_web.rounds.presenters.evidence import caption_of, present_library, present_record
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.evidence import (
    find_evidence,
    list_library,
    list_uses_of,
    list_versions,
    place_of_use,
)


@login_required
@require_GET
def evidence_library(request: HttpRequest, code: str) -> HttpResponse:
    """Show all evidence of an organisation."""
    today = timezone.localdate()
    require_in_organisation(signed_in(request), Permission.VIEW_EVIDENCE, organisation=code, on=today)
    organisation = get_object_or_404(Organisation, pk=code)
    page = present_library(organisation, list_library(code), on=today)
    return render(request, "rounds/evidence_library.jinja", {"page": page})


@login_required
@require_GET
def evidence_record(request: HttpRequest, code: str, evidence: int) -> HttpResponse:
    """Show one piece of evidence."""
    today = timezone.localdate()
    roles = require_in_organisation(signed_in(request), Permission.VIEW_EVIDENCE, organisation=code, on=today)
    found = find_evidence(code, evidence)
    if found is None:
        raise Http404
    page = present_record(
        found,
        list(list_versions(found)),
        [(use, _words(use)) for use in list_uses_of(found)],
        on=today,
        may_change=allows(roles, Permission.ATTACH_EVIDENCE),
    )
    return render(request, "rounds/evidence_record.jinja", {"page": page})


def _words(use: EvidenceUse) -> str:
    return caption_of(find_framework(use.submission), place_of_use(use))
