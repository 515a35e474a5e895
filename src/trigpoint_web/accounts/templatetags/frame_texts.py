# SPDX-License-Identifier: MIT
"""The name and address of the service, for the mails of django-allauth."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def service_name() -> str:
    """Return what the service is called."""
    return str(settings.SERVICE_NAME)


@register.simple_tag
def service_address() -> str:
    """Return where the service is found."""
    return str(settings.SITE_ADDRESS)
