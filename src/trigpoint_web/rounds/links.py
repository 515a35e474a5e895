# SPDX-License-Identifier: MIT
"""Addresses of pages in apps above this one, which may be left out of a service."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def find_url(route: str, *names: object) -> str | None:
    """Return the address of a page by its route's name; None where this service has no such page."""
    try:
        return reverse(route, args=names)
    except NoReverseMatch:
        return None
