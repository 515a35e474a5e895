# SPDX-License-Identifier: MIT
"""What decides whether a provider's word opens a door; the whole way is walked in test_provider.py."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import Client, RequestFactory

from trigpoint_web.accounts.actions import confirm_address
from trigpoint_web.accounts.adapters import AccountAdapter, ProviderAdapter
from trigpoint_web.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "three unrelated words"


@pytest.fixture
def ada() -> User:
    user = User.objects.create_user("ada@example.org", name="Ada", password=PASSWORD)
    confirm_address(user)
    return user


@pytest.fixture(autouse=True)
def provider(settings: Any) -> None:
    application = {"provider_id": "oidc", "name": "Made-up", "client_id": "x", "secret": "y", "settings": {}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [application]}}


def told(*, verified: object) -> SocialLogin:
    """What a provider tells of somebody with the address of Ada."""
    addresses = [EmailAddress(email="Ada@example.org", verified=verified)]
    known = get_adapter().get_provider(RequestFactory().get("/"), "oidc")
    return SocialLogin(account=SocialAccount(provider="oidc"), email_addresses=addresses, provider=known)


def test_an_address_that_is_said_to_be_confirmed_is_matched(ada):
    assert ProviderAdapter().authenticate_by_email(told(verified=True)) == (ada, "Ada@example.org")


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
@pytest.mark.usefixtures("ada")
def test_anything_but_the_truth_value_confirms_nothing(verified):
    assert ProviderAdapter().authenticate_by_email(told(verified=verified)) is None


def test_neither_people_nor_providers_make_accounts():
    request = RequestFactory().get("/")

    assert not AccountAdapter().is_open_for_signup(request)
    assert not ProviderAdapter().is_open_for_signup(request, told(verified=True))


def test_the_page_of_adding_a_passkey_speaks_plainly(ada):
    client = Client()
    client.post("/account/login/", {"login": ada.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    page = client.get("/account/2fa/webauthn/add/").content.decode()

    assert "What to call it" in page
    assert "Sign in with it alone, without a password" in page
    assert "checked" in page
