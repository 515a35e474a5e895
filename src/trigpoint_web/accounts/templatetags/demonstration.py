# SPDX-License-Identifier: MIT
"""The made-up people whom the page of signing in offers, where there is a demonstration."""

from __future__ import annotations

from django import template

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.pages.demo_sign_in import shows_demo_sign_in
from trigpoint_web.accounts.queries import list_demo_people

register = template.Library()


@register.simple_tag
def demo_people() -> tuple[User, ...]:
    """Return the people of the demonstration; none where there is no demonstration."""
    return tuple(list_demo_people()) if shows_demo_sign_in() else ()
