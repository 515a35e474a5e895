# SPDX-License-Identifier: MIT
"""Whom to make a reviewer."""

from __future__ import annotations

from django import forms

from trigpoint_web.accounts.forms import LONGEST_NAME, OneLine
from trigpoint_web.organisations.forms import build_email_field


class ReviewerForm(forms.Form):
    """Name and address of a reviewer."""

    email = build_email_field("E-mail address")
    name = OneLine(
        label="Name",
        max_length=LONGEST_NAME,
        help_text="For somebody who has no account yet.",
        error_messages={"required": "Enter their name", "max_length": "The name must be 100 characters or fewer"},
    )
