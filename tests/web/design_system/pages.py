# SPDX-License-Identifier: MIT
"""A small service around the design system: the pages it links to, and pages that go wrong in each way."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from trigpoint_web.design_system.about import AboutPage


def show_home(request: HttpRequest) -> HttpResponse:
    return render(request, "design_system/layout.jinja", {"page": AboutPage("Home <b>of</b> us")})


def show_with_notices(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Saved <i>it</i>.")
    messages.info(request, "A colleague <i>wrote</i>.")
    return show_home(request)


def refuse(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    raise PermissionDenied


def misunderstand(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    raise BadRequest


def break_down(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    raise RuntimeError("it broke")


@csrf_protect
def accept(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    return HttpResponse("accepted")


urlpatterns = [
    path("", show_home, name="home"),
    path("with-notices/", show_with_notices),
    path("refused/", refuse),
    path("misunderstood/", misunderstand),
    path("broken/", break_down),
    path("form/", accept),
    path("account/settings/", show_home, name="account"),
    path("account/", include("allauth.urls")),
    path("design-system/", include("trigpoint_web.design_system.urls")),
    path("about/", include("trigpoint_web.design_system.about_urls")),
]

handler400 = "trigpoint_web.design_system.error_pages.bad_request"
handler403 = "trigpoint_web.design_system.error_pages.permission_denied"
handler404 = "trigpoint_web.design_system.error_pages.page_not_found"
handler500 = "trigpoint_web.design_system.error_pages.server_error"
