# SPDX-License-Identifier: MIT
"""The form that takes a filled-in questionnaire back."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint.io.spreadsheet_parts import LARGEST_UPLOAD
from trigpoint_web.rounds.file_types import describe_size


class WorkbookForm(forms.Form):
    """One spreadsheet."""

    workbook = forms.FileField(
        label="Your filled-in spreadsheet",
        help_text=f"An .xlsx that you downloaded here, up to {describe_size(LARGEST_UPLOAD)}.",
        allow_empty_file=True,  # what reads it says what is wrong
        error_messages={"required": "Choose the spreadsheet that you filled in"},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            self.fields["workbook"].error_messages["required"] = (
                f"The file is too large. A questionnaire has {describe_size(LARGEST_UPLOAD)} at most."
            )
