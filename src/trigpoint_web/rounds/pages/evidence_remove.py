# SPDX-License-Identifier: MIT
"""Take evidence away from one answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.actions.evidence import remove_use
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.evidence import EvidenceConfirmPage, back_to_question, caption_of
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.evidence import find_use, place_of_use


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def evidence_remove(request: HttpRequest, round_slug: str, code: str, use: int) -> HttpResponse:
    """Ask, and take it away."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ATTACH_EVIDENCE)
    found = find_use(access.submission, use)
    if found is None:
        raise Http404
    require_open(access.submission, timezone.now())
    back = back_to_question(access.submission, place_of_use(found))
    if request.method == "POST":
        remove_use(found, by=access.user, at=timezone.now())
        messages.success(request, "Evidence removed from this answer.")
        return redirect(back.url)
    page = EvidenceConfirmPage(
        title=f"Remove {found.evidence.title} from this answer?",
        caption=caption_of(find_framework(access.submission), place_of_use(found)),
        back=back,
        text="It stays with the evidence of your organisation, and where it is given for other answers.",
        button="Remove",
    )
    return render(request, "rounds/evidence_confirm.jinja", {"page": page})
