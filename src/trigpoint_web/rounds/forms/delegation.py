# SPDX-License-Identifier: MIT
"""Whom to ask to answer a section or a question, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.rounds.forms.together import choices_of_people, due_hint, message_field, people_chosen

MOST_RADIOS = 8  # more people are a list to choose from, as buttons would fill the page


class DelegationForm(forms.Form):
    """A colleague, a day and a message. today, latest: the first and the last day that can be given."""

    def __init__(self, typed: Any = None, *, colleagues: Sequence[User], today: date, latest: date) -> None:
        super().__init__(typed)
        self.colleagues = tuple(colleagues)
        people = choices_of_people(self.colleagues)
        is_short = len(people) <= MOST_RADIOS
        self.fields["to"] = forms.ChoiceField(
            label="Who should answer?",
            help_text="People who can answer questions of your organisation. They get an e-mail.",
            choices=people if is_short else [("", "Choose a colleague"), *people],
            widget=forms.RadioSelect if is_short else forms.Select,
            error_messages={"required": "Choose a colleague", "invalid_choice": "Choose a colleague from the list"},
        )
        self.fields["due_on"] = DayMonthYearField(
            label="Due date", help_text=due_hint(latest), earliest=today, latest=latest
        )
        self.fields["message"] = message_field("It goes into the e-mail.")

    def colleague(self) -> User:
        """Return who was chosen. For a form that is valid."""
        return people_chosen(self.colleagues, [self.cleaned_data["to"]])[0]
