# SPDX-License-Identifier: MIT
"""A comment on a question, and whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.actions.comments import LONGEST_COMMENT
from trigpoint_web.rounds.forms.together import choices_of_people, people_chosen


class CommentForm(forms.Form):
    """What somebody says, and the colleagues who get a mail about it: boxes to tick, so it works without scripts."""

    text = forms.CharField(
        label="Add a comment",
        help_text="Everybody in your organisation with a role in this round can read it.",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write a comment",
            "max_length": f"The comment must be {LONGEST_COMMENT:,} characters or fewer",
        },
    )

    def __init__(self, typed: Any = None, *, colleagues: Sequence[User], **options: Any) -> None:
        super().__init__(typed, **options)
        self.colleagues = tuple(colleagues)
        if self.colleagues:
            self.fields["mentioned"] = forms.MultipleChoiceField(
                label="Who should read it? (optional)",
                help_text="They get an e-mail with a link to this question.",
                choices=choices_of_people(self.colleagues),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose people from the list"},
            )

    def people(self) -> tuple[User, ...]:
        """Return who is to read it. For a form that is valid."""
        return people_chosen(self.colleagues, self.cleaned_data.get("mentioned", ()))
