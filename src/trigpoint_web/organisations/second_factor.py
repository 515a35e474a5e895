# SPDX-License-Identifier: MIT
"""Who signs for an organisation, or sees more than one, signs in with more than a password."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from trigpoint_web.accounts.access import find_signed_in
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import has_second_factor
from trigpoint_web.accounts.roles import Permission, roles_with
from trigpoint_web.organisations.models import Membership
from trigpoint_web.prepared import PreparedQuery

_WHY = "Your role needs more than a password. Add a passkey, or an app that shows one-time codes, and then go on."


class SecondFactorMiddleware:
    """Sends those whose role needs a second factor to set one up, until they have.

    Who signed in with one is let through without a query; so is nobody in particular. The pages of the account stay
    open, as that is where it is set up.
    """

    def __init__(self, next_layer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_layer = next_layer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_SECOND_FACTOR and not request.path.startswith(reverse("account")):
            user = find_signed_in(request)
            if user is not None and lacks_second_factor(request, user):
                messages.info(request, _WHY)
                return redirect("mfa_index")
        return self.next_layer(request)


def lacks_second_factor(request: HttpRequest, user: User) -> bool:
    """Return whether a person needs a second factor and has none. At most three queries."""
    used = {record.get("method") for record in get_authentication_records(request, user)}
    trusted = {"mfa", "socialaccount"} if settings.OIDC_HAS_SECOND_FACTOR else {"mfa"}
    return not used & trusted and needs_second_factor(user) and not has_second_factor(user)


_HELD = PreparedQuery[Membership](
    lambda user: Membership.objects.filter(user=user, ended_at=None).values_list("role", "organisation"), int
)


def needs_second_factor(user: User) -> bool:
    """Return whether a person has a role that signs, or one in a system, a round or the nation. At most two queries."""
    held = _HELD.rows(user.pk)
    if any(organisation is None or role in roles_with(Permission.SIGN) for role, organisation in held):
        return True
    needs_it_elsewhere: Callable[[User], bool] = import_string(settings.SECOND_FACTOR_ALSO_FOR)
    return needs_it_elsewhere(user)
