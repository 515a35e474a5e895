# SPDX-License-Identifier: MIT
"""Addresses that no page can have."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class AddressMiddleware:
    """Answers that there is no such page where an address has the character NUL in its path or its query.

    Nobody types one, and PostgreSQL fails on a text with one. It comes last, as the page of the error greets who came.
    """

    def __init__(self, next_layer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_layer = next_layer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.next_layer(request)
