# SPDX-License-Identifier: MIT
"""A day with a time of day: two fields of a form that become one moment on the clock of the service."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from trigpoint_web.design_system.dates import DayMonthYearField

ENTER_A_TIME = "Enter a time, such as 5pm"
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


class TimeOfDayField(forms.CharField):
    """A time as people type it: 17:00, 5pm, 9.30am, noon. The cleaned value is a time; None when nothing was typed."""

    def __init__(self, **options: Any) -> None:
        usual = {
            "widget": forms.TextInput(attrs={"data-width": 5}),
            "max_length": 20,
            "error_messages": {"required": ENTER_A_TIME},
        }
        super().__init__(**{**usual, **options})

    def clean(self, value: Any) -> Any:
        """Return the time. Raises ValidationError."""
        typed = str(super().clean(value)).strip().lower()
        if not typed:
            return None
        found = parse_time(typed)
        if found is None:
            raise ValidationError(f"The {str(self.label).lower()} must be a time, such as 5pm or 17:00", code="unreal")
        return found


def parse_time(typed: str) -> time | None:
    """Return the time of day that was typed; None when it is none.

    >>> parse_time("5pm"), parse_time("17:00"), parse_time("9.30 am"), parse_time("noon"), parse_time("25:00")
    (datetime.time(17, 0), datetime.time(17, 0), datetime.time(9, 30), datetime.time(12, 0), None)
    """
    if typed in _NAMED:
        return _NAMED[typed]
    found = _TIME.fullmatch(typed)
    if found is None or (found["half"] is None and found["minute"] is None):
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class MomentsForm(forms.Form):
    """A form whose moments are each a day NAME_on and a time NAME_time; `add_moment` makes the two."""

    def add_moment(self, name: str, label: str, *, is_required: bool, hint: str = "", usual: str = "5pm") -> None:
        """Add the day and the time of a moment. usual: the time that stands there at first."""
        self.fields[f"{name}_on"] = DayMonthYearField(label=label, required=is_required, help_text=hint)
        self.fields[f"{name}_time"] = TimeOfDayField(
            label=f"Time of {label[0].lower()}{label[1:]}", required=is_required, initial=usual
        )

    def moment(self, name: str) -> datetime | None:
        """Return the moment; None when the day is not given, or one of the two is wrong and said to be."""
        day, at = self.cleaned_data.get(f"{name}_on"), self.cleaned_data.get(f"{name}_time")
        if day is None:
            return None
        if at is None:
            if f"{name}_time" not in self.errors:
                self.add_error(f"{name}_time", ENTER_A_TIME)
            return None
        return timezone.make_aware(datetime.combine(day, at))


def initial_of(name: str, moment: datetime | None) -> dict[str, Any]:
    """Return what the two fields of a moment show at first."""
    if moment is None:
        return {f"{name}_on": None}
    local = timezone.localtime(moment)
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"}
