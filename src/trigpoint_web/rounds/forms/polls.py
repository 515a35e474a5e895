# SPDX-License-Identifier: MIT
"""Whom to ask for a view, and the view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from trigpoint.frameworks import Framework
from trigpoint.submissions.answers import Answer
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.forms.together import (
    add_answer_fields,
    choices_of_people,
    due_hint,
    message_field,
    people_chosen,
    read_answer,
)


class PollForm(forms.Form):
    """Colleagues, a day and a message. today, latest: the first and the last day that can be given."""

    def __init__(self, typed: Any = None, *, colleagues: Sequence[User], today: date, latest: date) -> None:
        super().__init__(typed)
        self.asked = tuple(colleagues)
        self.fields["colleagues"] = forms.MultipleChoiceField(
            label="Whom do you want to ask?",
            help_text="They get an e-mail, and you see their views with their names.",
            choices=choices_of_people(self.asked),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose at least one colleague",
                "invalid_choice": "Choose colleagues from the list",
            },
        )
        self.fields["due_on"] = DayMonthYearField(
            label="Closing date", help_text=due_hint(latest), earliest=today, latest=latest
        )
        self.fields["message"] = message_field("It goes into the e-mail.")

    def people(self) -> tuple[User, ...]:
        """Return who was chosen. For a form that is valid."""
        return people_chosen(self.asked, self.cleaned_data["colleagues"])


class ViewForm(forms.Form):
    """A colleague's view on one question, with a note."""

    given: Answer | None = None

    def __init__(self, typed: Any = None, *, framework: Framework, question: str, initial: Any = None) -> None:
        super().__init__(typed, initial=initial)
        self.framework, self.question = framework, question
        add_answer_fields(self, framework, question, label="Your view")
        self.fields["note"] = forms.CharField(
            label="Note (optional)",
            help_text="Why you think so. The people who lead the answers read it.",
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean(self) -> dict[str, Any]:
        """Keep the view in `given`. A form without one is not valid."""
        self.given = read_answer(self, self.framework, self.question)
        if self.given is None and not self.errors:
            self.add_error(self.question, "Choose an answer")
        return self.cleaned_data
