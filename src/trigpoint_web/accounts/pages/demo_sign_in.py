# SPDX-License-Identifier: MIT
"""Signing in as one of the made-up people of a demonstration, without a password."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from trigpoint_web.accounts.queries import list_demo_people


def shows_demo_sign_in() -> bool:
    """Return whether the demonstration's people are offered: where a setting says so, and never over HTTPS, as that is
    a service for real people.
    """
    return bool(settings.SHOW_DEMO_SIGN_IN and not settings.IS_SECURE)


@require_POST
def sign_in_as_demo_person(request: HttpRequest) -> HttpResponse:
    """Sign in as the person whose address was sent. 404 for anybody else, and where there is no demonstration."""
    if not shows_demo_sign_in():
        raise Http404
    email = request.POST.get("email", "").replace("\x00", "")  # which PostgreSQL can't even look for
    person = get_object_or_404(list_demo_people(), email=email)
    signed_in: HttpResponse = perform_login(request, person, email_verification="none")
    return signed_in
