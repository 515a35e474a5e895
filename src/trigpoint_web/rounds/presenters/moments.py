# SPDX-License-Identifier: MIT
"""Days and times as people say them, on the clock of the service."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

_NOON, _MIDNIGHT = (12, 0), (0, 0)


def say_clock(at: datetime) -> str:
    """Return a time of day as in "5pm" or "10:42am"."""
    local = timezone.localtime(at)
    named = {_NOON: "noon", _MIDNIGHT: "midnight"}.get((local.hour, local.minute))
    if named is not None:
        return named
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def say_day(at: datetime, *, now: datetime | None = None) -> str:
    """Return a day as in "Friday 12 June", with its year unless that is the year of `now`."""
    local = timezone.localtime(at)
    year = "" if now is not None and local.year == timezone.localtime(now).year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def say_moment(at: datetime, *, now: datetime | None = None) -> str:
    """Return a moment as in "Friday 12 June at 5pm"."""
    return f"{say_day(at, now=now)} at {say_clock(at)}"


def say_since(at: datetime, *, now: datetime) -> str:
    """Return when something was done: "10:42am" today, else the day and the time."""
    is_today = timezone.localdate(at) == timezone.localdate(now)
    return say_clock(at) if is_today else f"{say_day(at, now=now)}, {say_clock(at)}"


def say_due(due: datetime, *, now: datetime) -> str:
    """Return until when there is time, as in "in 9 days, Friday 12 June at 5pm"."""
    if due < now:
        return f"was {say_moment(due, now=now)}"
    days = (timezone.localdate(due) - timezone.localdate(now)).days
    near = {0: "today", 1: "tomorrow"}.get(days)
    if near is not None:
        return f"{near} at {say_clock(due)}"
    return f"in {days} days, {say_moment(due, now=now)}"


def say_moment_shortly(at: datetime) -> str:
    """Return a moment for a table, as in "12 Jun 2026, 5pm"."""
    local = timezone.localtime(at)
    return f"{local.day} {local:%b %Y}, {say_clock(at)}"
