# SPDX-License-Identifier: MIT
"""What is done in the background for releases."""

from __future__ import annotations

from django_tasks import task

from trigpoint_web.releases.actions.steps import check_release_of


@task()
def check_draft(pk: int) -> str:
    """Make and check a draft; return the state in which it is then."""
    return check_release_of(pk).state
