# SPDX-License-Identifier: MIT
"""Forms of evidence. What a file or link is, the actions check; here only what must be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.rounds.actions.evidence import LONGEST_TITLE, GivenEvidence
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.evidence_links import LinkRefused
from trigpoint_web.rounds.file_types import ALLOWED, ENDINGS, FileRefused, describe_size
from trigpoint_web.rounds.models import Evidence


class EvidenceForm(forms.Form):
    """A file or a link, what to call it, and until when it is good."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,  # the action says what to do about it
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    link = forms.CharField(
        label="Or a link",
        required=False,
        help_text="The whole address, such as https://example.org/page. Others need to be able to open it.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(
        label="What to call it (optional)",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="If you leave this empty, we use the name of the file or the address of the link.",
    )
    expires_on = DayMonthYearField(
        label="Last day on which it is good (optional)",
        required=False,
        help_text="For example, 27 3 2027. Give it for evidence that has to be renewed, such as a certificate.",
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.fields["file"].help_text = f"{ALLOWED}. Up to {describe_size(settings.EVIDENCE_LARGEST)}."

    def clean(self) -> dict[str, Any]:
        """Ask for one of file and link."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_too_large:
            largest = describe_size(settings.EVIDENCE_LARGEST)
            self.add_error("file", f"The file is too large. It can have {largest} at most.")
        elif cleaned.get("file") is not None and cleaned.get("link"):
            self.add_error("link", "Give a file or a link, not both. Add the other one after this.")
        elif cleaned.get("file") is None and not cleaned.get("link") and self.needs_source:
            self.add_error("file", "Choose a file, or give a link")
        return cleaned

    @property
    def needs_source(self) -> bool:
        """Whether there must be a file or a link."""
        return True

    @property
    def given(self) -> GivenEvidence:
        """What was given, once the form is valid."""
        return GivenEvidence(**self.cleaned_data)

    def explain(self, refused: ActionRefused) -> None:
        """Put what an action refused beside the field it is about. Raises it again when it is about none."""
        fields = {FileRefused: "file", LinkRefused: "link"}
        if type(refused) not in fields:
            raise refused
        self.add_error(fields[type(refused)], str(refused))


class EvidenceChangeForm(EvidenceForm):
    """The same for evidence that there is: a file or link makes a new version."""

    field_order = ("title", "expires_on", "file", "link")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label, self.fields["title"].help_text = "What it is called", ""
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Say what it is called"
        self.fields["file"].label = "New version: a file (optional)"
        self.fields["link"].label = "New version: a link (optional)"

    @property
    def needs_source(self) -> bool:
        """There is a version already."""
        return False


class ReuseForm(forms.Form):
    """Which of the evidence that the organisation has."""

    chosen = forms.MultipleChoiceField(
        label="Evidence of your organisation",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one",
            "invalid_choice": "One that you chose is no longer offered. Look again, and choose.",
        },
    )

    def __init__(self, *args: Any, offered: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField), "it is one, just above"
        field.choices = [(str(evidence.pk), evidence.title) for evidence in offered]

    @property
    def chosen_evidence(self) -> list[Evidence]:
        """What was chosen, once the form is valid."""
        return [evidence for evidence in self.offered if str(evidence.pk) in self.cleaned_data["chosen"]]
