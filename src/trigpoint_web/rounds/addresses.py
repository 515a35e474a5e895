# SPDX-License-Identifier: MIT
"""Full addresses of pages, as mails need them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from trigpoint_web.rounds.models import Round


def address_of(round_: Round, code: str) -> str:
    """Return the full address of an organisation's task list in a round."""
    return f"{settings.SITE_ADDRESS}{reverse('task_list', kwargs={'round_slug': round_.slug, 'code': code})}"
