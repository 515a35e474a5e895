# SPDX-License-Identifier: MIT
"""How sign-in behaves: nobody signs up by themselves, an invitation or a provider that knows the address is needed."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from trigpoint_web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Signing up is closed: see invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth gives it
        """Return False: accounts are made by invitation."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # it has no types
    """A provider signs in people who have an account here, found by their confirmed address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - as above
        """Return False: a provider makes no account."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the person whose address the provider says it has confirmed; None for nobody.

        Confirmed is the truth value alone: a provider that sends the text "false" must open no door.
        """
        kept = [address for address in sociallogin.email_addresses if address.verified is True]
        sociallogin.email_addresses = kept
        found: tuple[User, str] | None = super().authenticate_by_email(sociallogin)
        return found
