# SPDX-License-Identifier: MIT
"""What is done in the background."""

from __future__ import annotations

from django_tasks import task

from trigpoint_web.notifications.actions import send_mail_now


@task()
def send_queued_mail(pk: int) -> bool:
    """Send one mail of the outbox."""
    return send_mail_now(pk)
