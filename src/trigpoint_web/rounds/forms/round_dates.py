# SPDX-License-Identifier: MIT
"""The forms that move a round: its dates, and its steps."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint_web.rounds.actions.round_dates import DATE_FIELDS, dates_of
from trigpoint_web.rounds.actions.rounds import RoundDates
from trigpoint_web.rounds.forms.moments import MomentsForm, initial_of
from trigpoint_web.rounds.forms.round_new import add_round_moments, clean_dates
from trigpoint_web.rounds.models import Round

LONGEST_REASON = 1000


def reason_field() -> forms.CharField:
    """Return the field for a reason, which every reader of the history sees."""
    return forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept, and the people concerned can read it",
        error_messages={"required": "Give a reason"},
    )


class RoundDatesForm(MomentsForm):
    """The five moments of a round as they are, and why they change."""

    def __init__(self, *args: Any, round_: Round, **options: Any) -> None:
        super().__init__(*args, **{"initial": initial_dates(round_), **options})
        self._before = dates_of(round_)
        add_round_moments(self)
        self.fields["reason"] = reason_field()

    def clean(self) -> dict[str, Any]:
        """Make the dates of the five moments, and refuse those that are out of order."""
        cleaned = super().clean() or {}
        dates = clean_dates(self)
        cleaned["dates"] = None if dates is None else _keep_unmoved(self._before, dates)
        return cleaned


def _keep_unmoved(before: RoundDates, typed: RoundDates) -> RoundDates:
    """Where the same minute was typed, the moment as it is: a round opened by hand did not open at a full minute."""
    moments = (
        was if was is not None and now is not None and was.replace(second=0, microsecond=0) == now else now
        for was, now in ((getattr(before, name), getattr(typed, name)) for name in DATE_FIELDS)
    )
    return RoundDates(*moments)


def initial_dates(round_: Round) -> dict[str, Any]:
    """Return what the fields of the five moments show at first."""
    return {
        **initial_of("opens", round_.opens_at),
        **initial_of("closes", round_.closes_at),
        **initial_of("review_ends", round_.review_ends_at),
        **initial_of("reply_ends", round_.reply_ends_at),
        **initial_of("publishes", round_.publishes_at),
    }


class RoundStepForm(MomentsForm):
    """What a step needs: nothing, a reason, or a reason and a new closing."""

    def __init__(self, *args: Any, needs_reason: bool, needs_closing: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if needs_closing:
            self.add_moment("closes", "New closing", is_required=True)
        if needs_reason:
            self.fields["reason"] = reason_field()

    def clean(self) -> dict[str, Any]:
        """Make the new closing; None where none is asked for."""
        cleaned = super().clean() or {}
        cleaned["closes_at"] = self.moment("closes")
        return cleaned


class ExtensionForm(MomentsForm):
    """Until when, and why."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_moment("until", "New last day", is_required=True)
        self.fields["reason"] = reason_field()

    def clean(self) -> dict[str, Any]:
        """Make the moment."""
        cleaned = super().clean() or {}
        cleaned["until"] = self.moment("until")
        return cleaned
