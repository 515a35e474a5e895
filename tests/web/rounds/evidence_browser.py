# SPDX-License-Identifier: MIT
"""Looking at a page as text, signed in as somebody."""

from __future__ import annotations

import html
import re

from django.test import Client

from trigpoint_web.accounts.models import User


def client_of(user: User, *, checks_token: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_token)
    client.force_login(user, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def text_of(response) -> str:
    content = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content)))
