# SPDX-License-Identifier: MIT
"""An organisation's own page before it is published, and its right of reply."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint.publication.site.organisation_pages import organisation_path
from trigpoint_web.accounts.roles import SCOPE_OF, Permission, Scope
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.releases.actions.replies import add_comment
from trigpoint_web.releases.folders import preview_folder
from trigpoint_web.releases.forms import ReplyForm
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.pages.published import page_response
from trigpoint_web.releases.presenters.own_release import OwnReleaseParts, present_own_release
from trigpoint_web.releases.queries import find_prepared, list_comments
from trigpoint_web.releases.states import ReleaseState
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.pages.refused import explain_refusals


@require_http_methods(["GET", "POST"])
@login_required
@explain_refusals
def own_release(request: HttpRequest, round_slug: str, code: str) -> HttpResponseBase:
    """Say when the results will be published, and take comments until the clock runs out."""
    access, release = _require(request, round_slug, code)
    at, may_comment = timezone.now(), access.may(Permission.COMMENT)
    if request.method == "POST" and not may_comment:
        raise PermissionDenied
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add_comment(release, organisation=code, text=form.cleaned_data["text"], by=access.user, at=at)
        messages.success(request, "The national team has your comment.")
        return redirect("own_release", round_slug=round_slug, code=code)
    parts = OwnReleaseParts(
        release,
        access.submission.organisation,
        list(list_comments(release).filter(organisation=code)),
        fields_of(form)["text"],
        problems_of(form),
    )
    page = present_own_release(parts, may_comment=may_comment, at=at)
    return render(request, "releases/own_release.jinja", {"page": page})


@require_GET
@login_required
def own_release_page(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show the organisation its page as it would be published: this page of the site, and no other."""
    _, release = _require(request, round_slug, code)
    try:
        text = (preview_folder(release) / organisation_path(code)).read_bytes()
    except OSError:
        raise Http404 from None
    answer = page_response(text)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _require(request: HttpRequest, round_slug: str, code: str) -> tuple[SubmissionAccess, RoundRelease]:
    """Who comes from the organisation itself, and the release on which it may reply. Raises Http404."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_RESULTS)
    if not any(SCOPE_OF[role] is Scope.ORGANISATION for role in access.roles):
        raise PermissionDenied  # systems and analysts wait as everybody else
    release = find_prepared(access.submission.round)
    if release is None or release.reply_until is None or release.state == ReleaseState.DRAFT:
        raise Http404
    return access, release
