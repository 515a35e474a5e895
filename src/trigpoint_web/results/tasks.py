# SPDX-License-Identifier: MIT
"""What is done in the background for results."""

from __future__ import annotations

from django_tasks import task

from trigpoint_web.results.actions import check_run, compute_run


@task()
def compute_results(pk: int) -> str:
    """Compute a run; return the state in which it ended."""
    return compute_run(pk).state


@task()
def check_results(pk: int) -> bool:
    """Recompute a run and compare; return whether everything agrees."""
    return check_run(pk).agrees
