# SPDX-License-Identifier: MIT
"""The pages that say that something went wrong: what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from trigpoint_web.design_system.chrome import build_plain_chrome


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A title and what to do, a paragraph each."""

    title: str
    paragraphs: tuple[str, ...]


BAD_REQUEST = ErrorPage(
    "We can't make sense of that request",
    (
        "Something in what your browser sent is damaged or not allowed.",
        "Go back, load the page again and try once more. If you copied an address, check that it is complete.",
    ),
)
NOT_ALLOWED = ErrorPage(
    "You can't see this page",
    (
        "Your role does not include what this page is for.",
        (
            "If you need it for your work, ask who gave you your role: the lead of your organisation for a role in it, "
            "the national team for a role in a system, in a round or in the nation."
        ),
    ),
)
NOT_FOUND = ErrorPage(
    "Page not found",
    (
        "There is nothing at this address, or it is not for your organisation.",
        "If you typed or copied the address, check that it is complete.",
        "If you followed a link of ours, go to the home page: the page may have moved.",
    ),
)
SERVER_ERROR = ErrorPage(
    "Sorry, there is a problem with the service",
    (
        "Something went wrong on our side. Everything that the service said it had saved is safe.",
        "Try again in a few minutes.",
        "If you had typed something on the page, go back to it: your browser may still have your words.",
    ),
)
FORM_EXPIRED = ErrorPage(
    "This form can't be sent any more",
    (
        "For your safety a form can be sent only from a page that this service gave to your browser.",
        "You may have signed in or out in another tab, or your browser may refuse cookies.",
        "Go back, copy anything you have typed, load the page again and send it once more.",
    ),
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Return the page of a request that makes no sense."""
    return _show(request, BAD_REQUEST, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Return the page of something that a person's role does not include."""
    return _show(request, NOT_ALLOWED, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Return the page of an address where there is nothing, or nothing for this organisation."""
    return _show(request, NOT_FOUND, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault of ours. It asks nothing of the database or the session, as they may be the fault."""
    context = {"page": SERVER_ERROR, "chrome": build_plain_chrome(), "request": request}
    return HttpResponse(render_to_string("design_system/error.jinja", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Return the page of a form that was not sent from a page of ours. The reason is for the log, not for people."""
    return _show(request, FORM_EXPIRED, status=403)


def _show(request: HttpRequest, page: ErrorPage, *, status: int) -> HttpResponse:
    return render(request, "design_system/error.jinja", {"page": page}, status=status)
