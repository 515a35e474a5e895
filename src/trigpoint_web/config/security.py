# SPDX-License-Identifier: MIT
"""What a browser may do with our pages: load from us alone, run no script that is not ours, keep none for later."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

POLICY = (
    "default-src 'self'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'{sign_in}; frame-ancestors 'none'"
)


class SecurityPolicyMiddleware:
    """Adds the content security policy; a page that uses `request.csp_nonce` may run the scripts marked with it.

    Django 6 brings the same; then this goes.
    """

    def __init__(self, next_layer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_layer = next_layer
        # A browser holds form-action against where a form's answer sends it on to, too: signing in through a provider
        # is a form of ours that leads there.
        self.sign_in = "".join(f" {origin}" for origin in settings.OIDC_ORIGINS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        used: list[str] = []

        def make_nonce() -> str:
            used.append(secrets.token_urlsafe(16))
            return used[-1]

        request.csp_nonce = SimpleLazyObject(make_nonce)  # type: ignore[attr-defined]  # as in Django 6
        response = self.next_layer(request)
        nonce = f" 'nonce-{used[0]}'" if used else ""
        policy = POLICY.format(nonce=nonce, sign_in=self.sign_in)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Who signs out on a shared machine leaves no page behind: nor in its cache, nor under the Back button.
            # Files that are the same for everybody say for themselves how long they may be kept.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
