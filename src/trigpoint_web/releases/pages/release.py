# SPDX-License-Identifier: MIT
"""One release before the public sees it: its checks, its approvals, and its page as it would be published."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.releases.actions.steps import approve_release, request_check, withdraw_release
from trigpoint_web.releases.folders import preview_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.pages.published import file_response, find_file
from trigpoint_web.releases.presenters.releases import present_release
from trigpoint_web.releases.queries import find_release, list_approvals, list_comments
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.pages.refused import explain_refusals

_DONE = {
    "check": "The release is being made and checked again.",
    "approve": "You have approved the release.",
    "withdraw": "The release is withdrawn.",
}


@require_http_methods(["GET", "POST"])
@login_required
@explain_refusals
def release(request: HttpRequest, round_slug: str, pk: int) -> HttpResponseBase:
    """Show the release; sent, check it again, approve it or withdraw it."""
    shown, user = _require(request, round_slug, pk)
    if request.method == "POST":
        _take_step(request, shown, user)
        messages.success(request, _DONE.get(request.POST.get("action", ""), "Nothing was asked for."))
        return redirect("release", round_slug=round_slug, pk=pk)
    approvals = list(list_approvals(shown))
    has_approved = any(one.user_id == user.pk for one in approvals)
    page = present_release(shown, approvals, list(list_comments(shown)), has_approved=has_approved, at=timezone.now())
    return render(request, "releases/release.jinja", {"page": page})


def _require(request: HttpRequest, round_slug: str, pk: int) -> tuple[RoundRelease, User]:
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_RELEASES)
    found = find_release(access.round, pk)
    if found is None:
        raise Http404
    return found, access.user


def _take_step(request: HttpRequest, shown: RoundRelease, user: User) -> None:
    action, at = request.POST.get("action"), timezone.now()
    if action == "check":
        request_check(shown, by=user, at=at)
    elif action == "approve":
        approve_release(shown, manifest_hash=request.POST.get("manifest_hash", ""), by=user, at=at)
    elif action == "withdraw":
        withdraw_release(shown, reason=request.POST.get("reason", ""), by=user, at=at)


@require_GET
@login_required
def release_preview(request: HttpRequest, round_slug: str, pk: int, path: str) -> HttpResponseBase:
    """Show the site as it would be published, to those who may approve it."""
    shown, _ = _require(request, round_slug, pk)
    answer = file_response(find_file(preview_folder(shown), path))
    answer.headers["Cache-Control"] = "no-store"
    return answer
