# SPDX-License-Identifier: MIT
"""Moments as short as a cell of a table wants them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from trigpoint_web.rounds.presenters.moments import say_clock


def say_shortly(moment: datetime, *, now: datetime) -> str:
    """Return a moment as a cell of a table has room for: "12 Jun, 5pm", "10:42am today", "12 Jun 2025, 5pm"."""
    local, today = timezone.localtime(moment), timezone.localtime(now)
    if local.date() == today.date():
        return f"{say_clock(moment)} today"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {local:%b}{year}, {say_clock(moment)}"
