# SPDX-License-Identifier: MIT
"""The forms of sending for signature, signing, sending back and opening again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.actions.signing import Acknowledged, Reopening
from trigpoint_web.rounds.forms.moments import MomentsForm


class SubmitForm(forms.Form):
    """One tick that names what is open; there is none when nothing is. The numbers seen go along, hidden."""

    acknowledged = forms.BooleanField(
        label="", error_messages={"required": "Tick the box to show that you know what is still open"}
    )
    not_answered = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    without_evidence = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, typed: Any = None, *, now_open: Acknowledged) -> None:
        super().__init__(typed, initial={name: getattr(now_open, name) for name in Acknowledged.__slots__})
        if now_open == Acknowledged():
            del self.fields["acknowledged"]
        else:
            self.fields["acknowledged"].label = say_open(now_open)

    @property
    def given(self) -> Acknowledged:
        """What was acknowledged. For a valid form."""
        return Acknowledged(self.cleaned_data["not_answered"], self.cleaned_data["without_evidence"])


def say_open(now_open: Acknowledged) -> str:
    """Return what is ticked, with its numbers.

    >>> say_open(Acknowledged(1, 2))
    'I know that 1 question has no answer and 2 answers have no evidence'
    """
    questions = (
        "1 question has no answer"
        if now_open.not_answered == 1
        else f"{now_open.not_answered} questions have no answer"
    )
    answers = (
        "1 answer has no evidence"
        if now_open.without_evidence == 1
        else f"{now_open.without_evidence} answers have no evidence"
    )
    said = [text for text, count in ((questions, now_open.not_answered), (answers, now_open.without_evidence)) if count]
    return f"I know that {' and '.join(said)}"


_READ_AGAIN = "Read the declaration again: the page did not come back whole"


class SignForm(forms.Form):
    """The tick under the declaration, and the seal of the words that were shown."""

    agreed = forms.BooleanField(
        label="I have read this declaration and sign it",
        error_messages={"required": "Tick the box to sign the declaration"},
    )
    seal = forms.CharField(
        widget=forms.HiddenInput,
        validators=[RegexValidator(r"\A[0-9a-f]{64}\Z", _READ_AGAIN)],
        error_messages={"required": _READ_AGAIN},
    )


class SendBackForm(forms.Form):
    """Why the answers go back unsigned."""

    reason = forms.CharField(
        label="Why do you send the answers back?",
        help_text="Those who answer can read it. It is kept in the history.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Say why you send the answers back"},
    )


class ReopenForm(MomentsForm):
    """Why a signed submission is opened again, and until when."""

    reason = forms.CharField(
        label="Why is it opened again?",
        help_text="The organisation can read it. It is kept in the history.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Say why the answers are opened again"},
    )

    def __init__(self, typed: Any = None, *, needs_due: bool, **options: Any) -> None:
        super().__init__(typed, **options)
        hint = (
            "The time for answers is over, so it needs a new one."
            if needs_due
            else "Leave it empty to keep the day due."
        )
        self.add_moment("until", "New day due", is_required=needs_due, hint=hint)
        if not needs_due:
            self.fields["until_time"].required = False

    @property
    def given(self) -> Reopening:
        """What was decided. For a valid form."""
        return Reopening(self.cleaned_data["reason"], self.moment("until"))

    def clean(self) -> None:
        """Say what is wrong with the moment beside it."""
        super().clean()
        self.moment("until")
