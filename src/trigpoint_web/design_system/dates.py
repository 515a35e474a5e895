# SPDX-License-Identifier: MIT
"""A date that is typed as day, month and year: the form field, and messages that say which part is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

PARTS = ("day", "month", "year")


class DatePartsWidget(forms.Widget):
    """Reads NAME-day, NAME-month and NAME-year. What was typed is kept, also when it is no date."""

    def value_from_datadict(self, typed: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:  # noqa: ARG002
        """Return the three parts as typed, or None when none of them is in the form."""
        if not any(f"{name}-{part}" in typed for part in PARTS):
            return None
        return {part: str(typed.get(f"{name}-{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, typed: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:  # noqa: ARG002
        """Say whether the form was sent without the date."""
        return not any(f"{name}-{part}" in typed for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first part."""
        return f"{id_}-day" if id_ else id_

    @staticmethod
    def split(value: object) -> dict[str, str]:
        """Return day, month and year as text; empty for what is not there.

        >>> DatePartsWidget.split(date(2031, 4, 1))
        {'day': '1', 'month': '4', 'year': '2031'}
        >>> DatePartsWidget.split(None)
        {'day': '', 'month': '', 'year': ''}
        """
        if isinstance(value, date):
            return {part: str(getattr(value, part)) for part in PARTS}
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in PARTS}
        return dict.fromkeys(PARTS, "")


class DayMonthYearField(forms.Field):
    """A date in three parts. The cleaned value is a date, or None when nothing was typed and nothing is required."""

    widget = DatePartsWidget

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> date | None:
        """Return the date. Raises ValidationError with the parts that are missing as its params."""
        typed = DatePartsWidget.split(value)
        if not any(typed.values()):
            if self.required:
                raise ValidationError(f"Enter the {self._name}", code="required")
            return None
        missing = [part for part in PARTS if not typed[part]]
        if missing:
            message = f"The {self._name} must include a {' and a '.join(missing)}"
            raise ValidationError(message, code="incomplete", params={"parts": tuple(missing)})
        return self._within(self._parse(typed))

    @property
    def _name(self) -> str:
        label = str(self.label or "date")
        return label if label[:2].isupper() else label[:1].lower() + label[1:]

    def _parse(self, typed: dict[str, str]) -> date:
        try:
            return date(*(int(typed[part]) for part in reversed(PARTS)))
        except (ValueError, OverflowError) as trouble:
            raise ValidationError(
                f"The {self._name} must be a real date, such as 27 3 2026", code="unreal"
            ) from trouble

    def _within(self, day: date) -> date:
        if self.earliest is not None and day < self.earliest:
            raise ValidationError(f"The {self._name} must be {say(self.earliest)} or later", code="too early")
        if self.latest is not None and day > self.latest:
            raise ValidationError(f"The {self._name} must be {say(self.latest)} or earlier", code="too late")
        return day

    def has_changed(self, initial: Any, typed: Any) -> bool:
        """Say whether something else was typed than what was there."""
        return DatePartsWidget.split(initial) != DatePartsWidget.split(typed)


def say(day: date) -> str:
    """Return a date in words.

    >>> say(date(2031, 4, 1))
    '1 April 2031'
    """
    return f"{day.day} {day:%B %Y}"
