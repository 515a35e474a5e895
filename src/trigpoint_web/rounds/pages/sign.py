# SPDX-License-Identifier: MIT
"""Read the declaration and sign it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.signing import sign as sign_now
from trigpoint_web.rounds.declaration import build_declaration
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.forms.signing import SignForm
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.signing import present_sign
from trigpoint_web.rounds.queries.checks import read_check
from trigpoint_web.rounds.queries.signed import is_signed_by, read_table_to_sign
from trigpoint_web.rounds.states import SubmissionState


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def sign(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the declaration in full, and sign it once the box is ticked."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.SIGN)
    found = read_check(access.submission)
    answers_hash = read_table_to_sign(access.submission).hash
    declaration = build_declaration(found, answers_hash=answers_hash, signer=access.user)
    form = SignForm(request.POST if request.method == "POST" else None, initial={"seal": declaration.seal})
    if form.is_valid():
        _sign(access, form.cleaned_data["seal"])
        messages.success(request, "You have signed the declaration.")
        return redirect("signatures", round_slug=round_slug, code=code)
    if access.submission.state == SubmissionState.SIGNED:
        return redirect("signatures", round_slug=round_slug, code=code)
    page = present_sign(found, declaration, form, access, at=timezone.now())
    return render(request, "rounds/sign.jinja", {"page": page})


def _sign(access: SubmissionAccess, seal: str) -> None:
    """Sign; a second press of the button by whoever has signed does nothing."""
    try:
        sign_now(access.submission, seal=seal, by=access.user, at=timezone.now())
    except ActionRefused:
        if not is_signed_by(access.submission, access.user):
            raise
