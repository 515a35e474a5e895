# SPDX-License-Identifier: MIT
"""Frameworks to read: the list, one version, its changes, and how people will see it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.frameworks import Framework
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.board_filters import read_page
from trigpoint_web.rounds.framework_access import require_framework_reader
from trigpoint_web.rounds.framework_preview import preview_answers
from trigpoint_web.rounds.presenters.framework_preview import present_preview
from trigpoint_web.rounds.presenters.frameworks import (
    UNSCORED,
    present_changes,
    present_framework,
    present_frameworks,
)
from trigpoint_web.rounds.queries.frameworks import (
    find_known_framework,
    find_previous_version,
    list_known_frameworks,
)


@require_GET
@login_required
def frameworks(request: HttpRequest) -> HttpResponse:
    """Show the versions."""
    require_framework_reader(signed_in(request))
    return render(request, "rounds/frameworks.jinja", {"page": present_frameworks(list_known_frameworks())})


@require_GET
@login_required
def framework(request: HttpRequest, framework_hash: str) -> HttpResponse:
    """Show a version; with a question or a section in the address, that."""
    shown = _require_framework(request, framework_hash)
    question, section = request.GET.get("question", ""), request.GET.get("section", "")
    if question and question not in shown.questions:
        raise Http404
    if section and section != UNSCORED and section not in shown.measures:
        raise Http404
    page = present_framework(shown, section=section, question=question, previous=find_previous_version(shown))
    return render(request, "rounds/framework.jinja", {"page": page})


@require_GET
@login_required
def framework_changes(request: HttpRequest, framework_hash: str) -> HttpResponse:
    """Show every question of a version against the version before."""
    shown = _require_framework(request, framework_hash)
    if shown.crosswalk is None:
        raise Http404
    page = present_changes(shown, find_previous_version(shown))
    return render(request, "rounds/framework_changes.jinja", {"page": page})


@require_GET
@login_required
def framework_preview(request: HttpRequest, framework_hash: str) -> HttpResponse:
    """Show a page of the questionnaire as people in a care setting will see it."""
    shown = _require_framework(request, framework_hash)
    care_setting = request.GET.get("care", "")
    if care_setting and care_setting not in {one.id for one in shown.content.care_settings}:
        raise Http404
    page = present_preview(
        preview_answers(shown, care_setting),
        care_setting=care_setting,
        page=read_page(request.GET),
        viewer=signed_in(request),
        now=timezone.now(),
    )
    return render(request, "rounds/framework_preview.jinja", {"page": page})


def _require_framework(request: HttpRequest, framework_hash: str) -> Framework:
    require_framework_reader(signed_in(request))
    found = find_known_framework(framework_hash)
    if found is None:
        raise Http404
    return found
