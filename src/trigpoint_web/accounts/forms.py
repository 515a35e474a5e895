# SPDX-License-Identifier: MIT
"""What a person types of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from trigpoint_web.accounts.actions import PersonDetails
from trigpoint_web.accounts.models import User

LONGEST_NAME = 100


class OneLine(forms.CharField):
    """A text of one line: line ends and runs of spaces become one space, so that it can stand in a mail's subject."""

    def to_python(self, value: Any) -> str:
        """Return the text in one line."""
        return " ".join((super().to_python(value) or "").split())


class DetailsForm(forms.Form):
    """Name and job title."""

    name = OneLine(
        label="Your name",
        max_length=LONGEST_NAME,
        help_text="As colleagues know you. It stands beside what you write and sign.",
        error_messages={"required": "Enter your name", "max_length": "Your name must be 100 characters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    job_title = OneLine(
        label="Job title (optional)",
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": "The job title must be 100 characters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    @property
    def details(self) -> PersonDetails:
        """What was typed. Ask only when the form is valid."""
        return PersonDetails(self.cleaned_data["name"], self.cleaned_data["job_title"])


class NewPersonForm(DetailsForm):
    """Name, job title and a password, for somebody who comes for the first time."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters. Three unrelated words are good. You can add a passkey later.",
        error_messages={"required": "Choose a password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules of the service, and against what the person is called."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("password"):
            try:
                validate_password(typed["password"], User(email=self.email, name=typed.get("name", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return typed
