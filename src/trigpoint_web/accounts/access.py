# SPDX-License-Identifier: MIT
"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest

from trigpoint_web.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person signed in. For pages behind `login_required`."""
    assert isinstance(request.user, User), "the page is behind login_required"
    return request.user


def find_signed_in(request: HttpRequest) -> User | None:
    """Return the person signed in; None for nobody."""
    return request.user if isinstance(request.user, User) else None
