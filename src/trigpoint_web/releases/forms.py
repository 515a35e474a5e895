# SPDX-License-Identifier: MIT
"""The forms of releases."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint_web.rounds.forms.moments import MomentsForm


class DraftForm(MomentsForm):
    """Title, moment, and what a correction mends. is_correction: whether the round has a published release."""

    def __init__(self, *args: Any, is_correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"] = forms.CharField(label="Title of the release", max_length=200)
        if is_correction:
            hint = "It stands on the page of corrections, beside every score that moves."
            self.fields["why"] = forms.CharField(label="What it mends", max_length=300, help_text=hint)
        self.add_moment("publishes", "Publication", is_required=True, usual="9:30am")

    def clean(self) -> dict[str, Any]:
        """Make the moment of publication."""
        cleaned = super().clean() or {}
        cleaned["publishes_at"] = self.moment("publishes")
        return cleaned
