# SPDX-License-Identifier: MIT
"""The form of a reminder: whom, and the text."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint_web.rounds.reminders import (
    BLANKS,
    LONGEST_BODY,
    LONGEST_SUBJECT,
    USUAL_BODY,
    USUAL_SUBJECT,
    Recipients,
    ReminderText,
    list_text_problems,
)

_BLANKS = ", ".join(f"{{{blank}}}" for blank in BLANKS)


class ReminderForm(forms.Form):
    """Whom to remind, where nobody was selected on the board, and with what words."""

    states = forms.MultipleChoiceField(
        label="Remind organisations that are",
        choices=Recipients.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom to remind"},
    )
    subject = forms.CharField(
        label="Subject",
        max_length=LONGEST_SUBJECT,
        initial=USUAL_SUBJECT,
        error_messages={"required": "Enter the subject of the mail"},
    )
    body = forms.CharField(
        label="Text",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        initial=USUAL_BODY,
        help_text=f"These are filled in for each organisation: {_BLANKS}",
        error_messages={"required": "Enter the text of the mail"},
    )

    def __init__(self, *args: Any, asks_whom: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_whom:
            del self.fields["states"]

    def clean(self) -> dict[str, Any]:
        """Refuse a blank that nothing can be filled into."""
        cleaned = super().clean() or {}
        if "subject" in cleaned and "body" in cleaned:
            cleaned["text"] = ReminderText(cleaned["subject"], cleaned["body"])
            for problem in list_text_problems(cleaned["text"]):
                self.add_error("subject" if problem.startswith("The subject") else "body", problem)
        return cleaned
