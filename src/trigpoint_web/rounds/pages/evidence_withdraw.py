# SPDX-License-Identifier: MIT
"""Withdraw a piece of evidence: it is no longer offered, and stays where it is used."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.permissions import require_in_organisation
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.actions.evidence import withdraw_evidence
from trigpoint_web.rounds.presenters.evidence import EvidenceConfirmPage, record_url
from trigpoint_web.rounds.queries.evidence import find_evidence


@login_required
@require_http_methods(["GET", "POST"])
def evidence_withdraw(request: HttpRequest, code: str, evidence: int) -> HttpResponse:
    """Ask, and withdraw it."""
    user = signed_in(request)
    require_in_organisation(user, Permission.ATTACH_EVIDENCE, organisation=code, on=timezone.localdate())
    found = find_evidence(code, evidence)
    if found is None:
        raise Http404
    if request.method == "POST":
        withdraw_evidence(found, by=user, at=timezone.now())
        messages.success(request, "Evidence withdrawn.")
        return redirect(record_url(found))
    page = EvidenceConfirmPage(
        title=f"Withdraw {found.title}?",
        caption="Evidence",
        back=Link("Back", record_url(found)),
        text="It can no longer be given for an answer. Where it is given already it stays, with all its versions.",
        button="Withdraw",
    )
    return render(request, "rounds/evidence_confirm.jinja", {"page": page})
