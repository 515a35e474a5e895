# SPDX-License-Identifier: MIT
"""The form that takes in a file of what organisations returned elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint_web.rounds.file_types import describe_size
from trigpoint_web.rounds.indicator_file import LARGEST_FILE


class IndicatorsForm(forms.Form):
    """One CSV file."""

    file = forms.FileField(
        label="The file",
        help_text=f"A .csv with the heading organisation,question,value or organisation,question,value,label, "
        f"up to {describe_size(LARGEST_FILE)}.",
        allow_empty_file=True,  # what reads it says what is wrong
        error_messages={"required": "Choose the file"},
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            largest = describe_size(LARGEST_FILE)
            self.fields["file"].error_messages["required"] = f"The file is too large. It can have up to {largest}."
