# SPDX-License-Identifier: MIT
"""The forms of releases."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint_web.releases.actions.replies import LONGEST_REPLY
from trigpoint_web.rounds.forms.moments import MomentsForm


class DraftForm(MomentsForm):
    """Title, moment, and what a correction mends. is_correction: whether the round has a published release."""

    def __init__(self, *args: Any, is_correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"] = forms.CharField(label="Title of the release", max_length=200)
        if is_correction:
            hint = "It stands on the page of corrections, beside every score that moves."
            self.fields["why"] = forms.CharField(label="What it mends", max_length=300, help_text=hint)
        hint = "Organisations see their own page first, and may comment. Leave it blank to ask nobody."
        self.add_moment("reply", "Right of reply until", is_required=False, hint=hint)
        self.add_moment("publishes", "Publication", is_required=True, usual="9:30am")

    def clean(self) -> dict[str, Any]:
        """Make the two moments."""
        cleaned = super().clean() or {}
        cleaned["publishes_at"], cleaned["reply_until"] = self.moment("publishes"), self.moment("reply")
        return cleaned


class ReplyForm(forms.Form):
    """What an organisation says of its page."""

    text = forms.CharField(
        label="What is wrong with your page?",
        help_text="The national team reads it before it approves the release.",
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write a comment", "max_length": f"Use {LONGEST_REPLY:,} characters or fewer"},
    )
