# SPDX-License-Identifier: MIT
"""Reading who there is."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from trigpoint_web.accounts.models import User

# Nobody has an address there: it is kept for examples (RFC 2606).
DEMO_ENDING = "@demo.invalid"


def find_user(email: str) -> User | None:
    """Return the person with an address, however it is written."""
    return User.objects.filter(email=email.strip().lower()).first()


def is_set_up(user: User) -> bool:
    """Return whether somebody can sign in to the account: it has a password, or its address was confirmed."""
    return user.has_usable_password() or EmailAddress.objects.filter(user=user, verified=True).exists()


def list_demo_people() -> QuerySet[User]:
    """The made-up people of a demonstration, in the order in which they were made."""
    return User.objects.filter(email__endswith=DEMO_ENDING, is_active=True).order_by("pk")


def count_keys(user: User) -> tuple[int, bool]:
    """Return how many passkeys a person has, and whether they have an app with one-time codes. One query."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return kinds.count(Authenticator.Type.WEBAUTHN), Authenticator.Type.TOTP in kinds


def has_second_factor(user: User) -> bool:
    """Return whether a person signs in with more than a password: with a passkey or a one-time code. One query."""
    types = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
    return bool(Authenticator.objects.filter(user=user, type__in=types).exists())
