# SPDX-License-Identifier: MIT
"""A page for what was refused: what is wrong and what to do, instead of a form that fails in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.errors import ActionRefused, NotOpen

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """What the page says."""

    title: str
    text: str
    back: Link | None


def explain_refusals(page: Page[P]) -> Page[P]:
    """Wrap a page so that what an action refuses becomes a page with status 409, not an error."""

    @wraps(page)
    def explained(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except ActionRefused as refused:
            return render_refused(request, refused)

    return explained


def render_refused(request: HttpRequest, refused: ActionRefused) -> HttpResponse:
    """Return the page that says why something was refused, with a way back to where the person came from."""
    title = "This round is not open for answers" if isinstance(refused, NotOpen) else "This can’t be done now"
    page = RefusedPage(title, str(refused), _find_way_back(request))
    return render(request, "rounds/refused.jinja", {"page": page}, status=409)


def _find_way_back(request: HttpRequest) -> Link | None:
    """The task list, for what belongs to a submission; else the page of the form, which may be asked for again."""
    place = {} if request.resolver_match is None else request.resolver_match.kwargs
    if {"round_slug", "code"} <= place.keys():
        return Link("Task list", reverse("task_list", args=[place["round_slug"], place["code"]]))
    return Link("Back", request.path) if request.method == "POST" else None
