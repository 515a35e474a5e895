# SPDX-License-Identifier: MIT
"""Signing in by e-mail and password, and who is signed in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from trigpoint_web.accounts.models import User
from trigpoint_web.prepared import PreparedQuery

_USER = PreparedQuery[User](lambda pk: User.objects.filter(pk=pk), int)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # it has no types
    """The way of the library for accounts, but for the query of every request, which is prepared."""

    def get_user(self, user_id: object) -> User | None:
        """Return the person of a session; None for one that may no longer sign in."""
        user = _USER.first(int(str(user_id)))
        return user if user is not None and self.user_can_authenticate(user) else None
